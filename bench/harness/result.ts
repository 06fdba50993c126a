import type { Agreement } from "./agree.ts";
import type { Machine } from "./machine.ts";
import type { Spread } from "./statistics.ts";

/** What one contestant took. */
export interface ContestantResult {
  readonly name: string;
  /** Nanoseconds an answer. */
  readonly time: Spread;
  /** How many times as long as the first contestant, round by round. */
  readonly ratio: Spread;
  readonly answersPerSecond: number;
  /** Of the times of single requests, where those were taken. */
  readonly percentile99?: number;
}

/** Something to be reached, and what was. */
export interface GoalResult {
  readonly goal: string;
  readonly reached: string;
  readonly isMet: boolean;
}

/** What `bench/results/<name>.json` holds. */
export interface Result {
  readonly name: string;
  readonly title: string;
  readonly world: string;
  /** What an answer is: a check, a record, a user. */
  readonly unit: string;
  readonly isQuick: boolean;
  /** Whose time is 1 in ratios; the first contestant's where nothing is said. */
  readonly ratioTo?: string;
  readonly machine: Machine;
  readonly compared: readonly Agreement[];
  readonly contestants: readonly ContestantResult[];
  readonly goals: readonly GoalResult[];
  readonly notes: readonly string[];
}

export function contestantOf(result: Pick<Result, "contestants">, name: string): ContestantResult {
  const found = result.contestants.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no contestant ${name}`);
  return found;
}
