import { error } from "../entry.ts";

/** BWK1xx: what cannot be read, and what this version reads but does not support. */
export const syntax = {
  BWK198: error("Something that parses and is not supported yet.", (a: { what: string }) => ({
    message: `${a.what} not supported yet`,
    help: undefined,
  })),
} as const;
