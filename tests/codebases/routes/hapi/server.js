const Hapi = require("@hapi/hapi");
const notes = require("./notes");

const init = async () => {
  const server = Hapi.server({ port: 3000 });
  server.route({ method: "GET", path: "/early", handler: () => "early" });
  server.auth.strategy("jwt", "jwt", {});
  server.auth.default("jwt");
  server.route([
    { method: ["PUT", "PATCH"], path: "/files/{name*}", handler: (request, h) => request.payload.text },
    { method: "*", path: "/open", options: { auth: false, handler: (request) => request.query.page } },
    { method: "DELETE", path: "/users/{user?}", options: { auth: { strategy: "jwt", scope: ["admin"] }, validate: { params: {} } }, handler: () => "" },
  ]);
  await server.register({ plugin: notes, routes: { prefix: "/notes" } });
};

init();
