import { Router } from "jsr:@oak/oak@17";

export const admin = new Router();

admin.use(async (ctx, next) => {
  if (!ctx.request.headers.get("authorization")) {
    ctx.throw(401);
  }
  await next();
});
admin.delete("/notes/:note", (ctx) => {
  ctx.response.status = 204;
});
