export default defineNitroConfig({ baseURL: "/edge" });
