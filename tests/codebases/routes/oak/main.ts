import { Application, Router } from "https://deno.land/x/oak@v12.6.1/mod.ts";
import { admin } from "./admin.ts";

const router = new Router({ prefix: "/api" });
router.get("/notes/:note", (ctx) => {
  ctx.response.body = ctx.request.headers.get("x-trace");
});
router.use("/admin", admin.routes(), admin.allowedMethods());

const app = new Application();
app.use(router.routes());
await app.listen({ port: 8000 });
