import { open, router } from "./trpc";
import { notes } from "./notes";

export const appRouter = router({ notes, health: open.query(() => "up") });
