export const handler = (req) => new Response("pong");
