export const onRequest = (context, next) => {
  const token = context.request.headers.get("authorization");
  if (!token) {
    return new Response("sign in", { status: 401 });
  }
  return next();
};
