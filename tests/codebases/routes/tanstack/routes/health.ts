import { createFileRoute } from "@tanstack/react-router";

export const Route = createFileRoute("/health")({
  server: { handlers: { GET: () => new Response("up") } },
});

const shown = "createFileRoute('/fake')({})";
