export default { base: "/docs", output: "server" };
