import { duration, many, threeDigits } from "./numbers.ts";
import { contestantOf, type GoalResult, type Result } from "./result.ts";

type Measured = Pick<Result, "contestants">;

/** Median time an answer of at most so many nanoseconds. */
export function atMost(result: Measured, contestant: string, nanoseconds: number): GoalResult {
  const { median } = contestantOf(result, contestant).time;
  return {
    goal: `p50 ≤ ${duration(nanoseconds)}`,
    reached: duration(median),
    isMet: median <= nanoseconds,
  };
}

/** So many answers a second. */
export function perSecond(result: Measured, contestant: string, least: number, unit: string): GoalResult {
  const { answersPerSecond } = contestantOf(result, contestant);
  return {
    goal: `≥ ${many(least)} ${unit}/s`,
    reached: `${many(answersPerSecond)}/s`,
    isMet: answersPerSecond >= least,
  };
}

/** The first contestant is so many times as fast as another. */
export function fasterThan(result: Measured, other: string, least: number): GoalResult {
  const { median } = contestantOf(result, other).ratio;
  return {
    goal: `≥ ${threeDigits(least)} x ${other}`,
    reached: `${threeDigits(median)} x`,
    isMet: median >= least,
  };
}

/** The first contestant reaches such a part of what a limit does in the same time. */
export function partOfLimit(result: Measured, limit: string, least: number): GoalResult {
  const { median } = contestantOf(result, limit).ratio;
  return {
    goal: `≥ ${threeDigits(least)} of the limit`,
    reached: threeDigits(median),
    isMet: median >= least,
  };
}
