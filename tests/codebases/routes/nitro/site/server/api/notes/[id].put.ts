export default defineEventHandler(async (event) => {
  const { title } = await readBody(event);
  return { title, id: getRouterParam(event, "id") };
});
