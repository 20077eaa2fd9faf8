export async function GET({ url, cookies }) {
  return new Response(url.searchParams.get("page") + cookies.get("session"));
}

export const fallback = async () => new Response("any");
