import { defineAction } from "astro:actions";

export const server = {
  like: defineAction({ handler: async (input) => input }),
  mail: { send: defineAction({ handler: async () => "sent" }) },
};
