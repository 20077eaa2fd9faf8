import { error } from "@sveltejs/kit";

export async function handle({ event, resolve }) {
  const session = event.cookies.get("session");
  if (!session) {
    throw error(401, "sign in");
  }
  return resolve(event);
}
