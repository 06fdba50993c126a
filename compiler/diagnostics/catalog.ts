// Every diagnostic of the compiler, once: its code, its severity, what it is about, and its words; one file a range.
// Messages: lower case, no final period, user text in backticks, one line; the mend goes into `help`.
// Codes are never reused.
import { limits } from "./codes/limits.ts";
import { meaning } from "./codes/meaning.ts";
import { names } from "./codes/names.ts";
import { syntax } from "./codes/syntax.ts";
import { warnings } from "./codes/warnings.ts";

export type { Entry, Severity, Words } from "./entry.ts";

export const catalog = { ...syntax, ...names, ...meaning, ...limits, ...warnings } as const;

export type Code = keyof typeof catalog;
export type Arguments<C extends Code> = Parameters<(typeof catalog)[C]["words"]>[0];
