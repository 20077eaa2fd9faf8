export async function loader({ params, request }) {
  return request.headers.get("x-trace");
}

export const action = async ({ request }) => {
  const form = await request.formData();
  return form.get("title");
};
