import type { Failure } from "../report.ts";

/** What did not hold; undefined where all did. */
export type Finding =
  | (Pick<Failure, "expected" | "decided" | "why"> & Partial<Pick<Failure, "missing" | "unexpected">>)
  | undefined;

export interface Differences {
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
}

/** What two sets of names do not have in common, each in its own order. */
export function differences(expected: readonly string[], found: readonly string[]): Differences {
  return {
    missing: expected.filter((name) => !found.includes(name)),
    unexpected: found.filter((name) => !expected.includes(name)),
  };
}
