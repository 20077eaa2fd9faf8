export default defineEventHandler((event) => {
  if (!getHeader(event, "authorization")) {
    throw createError({ statusCode: 401 });
  }
});
