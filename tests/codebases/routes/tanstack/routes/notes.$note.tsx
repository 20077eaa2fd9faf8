import { createFileRoute, createServerFileRoute } from "@tanstack/react-router";

export const Route = createFileRoute("/_shell/notes/$note")({
  loader: ({ params }) => params.note,
  component: Note,
});

export const ServerRoute = createServerFileRoute("/api/notes/$").methods({
  POST: async ({ request }) => new Response(await request.text()),
});
