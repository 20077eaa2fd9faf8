export async function GET({ params, request }) {
  return new Response(request.headers.get("x-trace"));
}

export const ALL = async ({ request }) => {
  const body = await request.json();
  return new Response(body.title);
};
