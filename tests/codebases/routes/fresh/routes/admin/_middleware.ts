export async function handler(req, ctx) {
  if (!req.headers.get("authorization")) {
    return new Response("no", { status: 401 });
  }
  return await ctx.next();
}
