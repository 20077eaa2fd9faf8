export default { kit: { paths: { base: "/app" } } };
