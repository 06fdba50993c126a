import { agree } from "./agree.ts";
import { machine } from "./machine.ts";
import { measure, quick, thorough } from "./measure.ts";
import type { Question, RaceQuestion } from "./question.ts";
import type { ContestantResult, Result } from "./result.ts";
import { spread } from "./statistics.ts";

async function race({ name, title, prepare }: RaceQuestion, isQuick: boolean): Promise<Result> {
  const { world, unit, contestants, goals, notes } = await prepare(isQuick);
  try {
    const compared = await agree(contestants);
    const rounds = await measure(contestants, isQuick ? quick : thorough);
    const base = rounds.get(contestants[0]?.name as string) as readonly number[];
    const results = contestants.map(({ name }): ContestantResult => {
      const values = rounds.get(name) as readonly number[];
      const time = spread(values);
      const ratio = spread(values.map((value, round) => value / (base[round] as number)));
      return { name, time, ratio, answersPerSecond: 1e9 / time.median };
    });
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

export function runQuestion(question: Question, isQuick: boolean): Promise<Result> {
  return "prepare" in question
    ? race(question, isQuick)
    : question.measure(isQuick, isQuick ? quick : thorough);
}
