export const handler = {
  async POST(req, ctx) {
    const form = await req.formData();
    return ctx.render(form.get("title"));
  },
};

export default function Notes() {
  return <ul />;
}
