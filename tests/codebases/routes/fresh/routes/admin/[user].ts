export const config = { routeOverride: "/staff/:user" };
export const handler = { DELETE: (req, ctx) => new Response(ctx.params.user) };
