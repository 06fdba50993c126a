import { agree } from "./agree.ts";
import type { Contestant } from "./contestant.ts";
import { machine } from "./machine.ts";
import { measure, quick, type Rounds, thorough } from "./measure.ts";
import type { OwnQuestion, RaceQuestion } from "./question.ts";
import type { ContestantResult, Result } from "./result.ts";
import { spread } from "./statistics.ts";

/** Times, and ratios to the first contestant round by round: what disturbs one round disturbs both sides of its ratio. */
export function timesOf(contestants: readonly Contestant[], rounds: Rounds): ContestantResult[] {
  const base = rounds.get(contestants[0]?.name as string) as readonly number[];
  return contestants.map(({ name }) => {
    const values = rounds.get(name) as readonly number[];
    const time = spread(values);
    const ratio = spread(values.map((value, round) => value / (base[round] as number)));
    return { name, time, ratio, answersPerSecond: 1e9 / time.median };
  });
}

async function race({ name, title, prepare }: RaceQuestion, isQuick: boolean): Promise<Result> {
  const { world, unit, contestants, goals, notes } = await prepare(isQuick);
  try {
    const compared = await agree(contestants);
    const timed = contestants.filter(({ isJudge }) => isJudge !== true);
    const results = timesOf(timed, await measure(timed, isQuick ? quick : thorough));
    return {
      name,
      title,
      world,
      unit,
      isQuick,
      machine: machine(),
      compared,
      contestants: results,
      goals: goals?.({ contestants: results }) ?? [],
      notes: notes ?? [],
    };
  } finally {
    for (const { close } of contestants) await close?.();
  }
}

export function runQuestion(question: RaceQuestion | OwnQuestion, isQuick: boolean): Promise<Result> {
  return "prepare" in question
    ? race(question, isQuick)
    : question.measure(isQuick, isQuick ? quick : thorough);
}
