exports.plugin = {
  name: "notes",
  register: async (server, options) => {
    server.route({
      method: "GET",
      path: "/{note}",
      options: { auth: { mode: "try" } },
      handler: async (request, h) => request.state.session,
    });
  },
};
