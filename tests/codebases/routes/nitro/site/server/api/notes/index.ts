const listed = (event) => {
  const query = getQuery(event);
  return query.page;
};

export default defineEventHandler(listed);
