import { initTRPC, TRPCError } from "@trpc/server";

const t = initTRPC.create();

const signedIn = t.middleware(({ ctx, next }) => {
  if (!ctx.user) {
    throw new TRPCError({ code: "UNAUTHORIZED" });
  }
  return next();
});

export const router = t.router;
export const open = t.procedure;
export const member = t.procedure.use(signedIn);
export const admin = member.use(({ ctx, next }) => {
  if (ctx.user.role !== "admin") throw new TRPCError({ code: "FORBIDDEN" });
  return next();
});
