import type { Contestant } from "./contestant.ts";

/** How long to measure. */
export interface Effort {
  /** Of all rounds together. */
  readonly seconds: number;
  readonly leastRounds: number;
  readonly mostRounds: number;
  /** A timed stretch of one contestant lasts at least so long: shorter ones are repeated. */
  readonly stretchMilliseconds: number;
  readonly warmMilliseconds: number;
}

export const thorough: Effort = {
  seconds: 12,
  leastRounds: 9,
  mostRounds: 301,
  stretchMilliseconds: 8,
  warmMilliseconds: 400,
};
export const quick: Effort = {
  seconds: 0.6,
  leastRounds: 5,
  mostRounds: 31,
  stretchMilliseconds: 2,
  warmMilliseconds: 40,
};

/** Nanoseconds an answer, by contestant, a value a round: values of one index were measured one after the other. */
export type Rounds = ReadonlyMap<string, readonly number[]>;

let consumed = 0;

function runHere(run: () => number, times: number): number {
  const start = performance.now();
  for (let i = 0; i < times; i++) consumed += run();
  return performance.now() - start;
}

/** Milliseconds of so many runs. */
function time({ run, runElsewhere }: Contestant, times: number): number | Promise<number> {
  return runElsewhere === undefined ? runHere(run, times) : runElsewhere(times);
}

/** Runs until it is warm; returns how many runs make a stretch. */
async function warmUp(contestant: Contestant, effort: Effort): Promise<number> {
  let total = 0;
  let last = 0;
  for (let runs = 0; runs < 2 || total < effort.warmMilliseconds; runs++) {
    last = await time(contestant, 1);
    total += last;
  }
  return Math.max(1, Math.min(10_000, Math.ceil(effort.stretchMilliseconds / Math.max(last, 1e-4))));
}

/**
 * Lets everybody run in turn, again and again, each round in another order, so that what else the machine does hits all alike
 * and nobody always follows the same neighbour. No collection of garbage is forced: after one the engine of JavaScript keeps its
 * limits so close that it collects, on another core, for every 32 MB of answers, as it does not in a program.
 */
export async function measure(contestants: readonly Contestant[], effort: Effort): Promise<Rounds> {
  const rounds = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  const times: number[] = [];
  for (const contestant of contestants) times.push(await warmUp(contestant, effort));
  const start = performance.now();
  for (let round = 0; round < effort.mostRounds; round++) {
    const isLate = performance.now() - start > effort.seconds * 1000;
    if (isLate && round >= effort.leastRounds) break;
    for (let turn = 0; turn < contestants.length; turn++) {
      // Every other round backwards, and each begins with another one.
      const step = round % 2 === 0 ? turn : contestants.length - 1 - turn;
      const place = (step + (round >> 1)) % contestants.length;
      const contestant = contestants[place] as Contestant;
      const runs = times[place] as number;
      const milliseconds = await time(contestant, runs);
      rounds.get(contestant.name)?.push((milliseconds * 1e6) / (runs * contestant.answers));
    }
  }
  if (Number.isNaN(consumed)) throw new Error("an answer is no number");
  return rounds;
}
