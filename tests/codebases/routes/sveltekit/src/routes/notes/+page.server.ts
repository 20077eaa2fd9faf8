export const actions = {
  add: async ({ request }) => {
    const form = await request.formData();
    return form.get("title");
  },
};
