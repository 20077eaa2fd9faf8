import { z } from "zod";
import { admin, member, open, router } from "./trpc";

const shape = z.object({ title: z.string(), body: z.string() });

export const notes = router({
  one: open.input(z.object({ id: z.string() })).query(({ input }) => load(input.id)),
  make: member.input(shape).mutation(({ input }) => save(input)),
  admin: { purge: admin.mutation(() => purge()) },
  feed: open.subscription(async function* () {}),
});
