import { error } from "../entry.ts";

/** BWK4xx: limits, images and data. */
export const limits = {
  BWK401: error(
    "Brackets or `if`s nested too deeply (compiler/syntax/limits.ts).",
    (a: { limit: number }) => ({
      message: `nested too deeply: more than ${a.limit} levels`,
      help: "close a bracket that was left open, or split what is nested",
    }),
  ),
  BWK402: error(
    "A file that is too large to be read (compiler/syntax/limits.ts).",
    (a: { limit: number }) => ({
      message: `the file is too large: a policy file holds at most ${a.limit} characters`,
      help: "spread the declarations over several files",
    }),
  ),
  BWK403: error(
    "An expression with too many operators (compiler/syntax/limits.ts).",
    (a: { limit: number }) => ({
      message: `this expression is too long: more than ${a.limit} operators`,
      help: 'say `["a", "b"].contains(…)` instead of many comparisons, or split the expression',
    }),
  ),
  BWK404: error(
    "A project whose grants name too many privileges (compiler/model/context.ts).",
    (a: { limit: number }) => ({
      message: `too many grants: the roles of a project grant at most ${a.limit} privileges`,
      help: "grant on the entities that a role needs instead of on `*`",
    }),
  ),
  BWK405: error(
    "A set in an expression with too many elements (compiler/expressions/limits.ts).",
    (a: { limit: number; found: number }) => ({
      message: `a set in an expression holds at most ${a.limit} elements, found ${a.found}`,
      help: "give the records an attribute that says which of them are meant, and compare that",
    }),
  ),
  BWK406: error(
    "A condition whose code would be too large (compiler/expressions/limits.ts).",
    (a: { limit: number; found: number }) => ({
      message: `this condition is too large: it needs ${a.found} words of code, and ${a.limit} are allowed`,
      help: "write smaller sets, or give the records an attribute that says which of them are meant",
    }),
  ),
  BWK407: error("A mask whose pattern becomes too many steps (compiler/masks/).", (a: { limit: number }) => ({
    message: `this mask is too large: its pattern needs more than ${a.limit} steps`,
    help: "write smaller repetitions: `{1000}` counts as a thousand copies",
  })),
} as const;
