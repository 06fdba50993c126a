// One thread and two threads of the same engine, and what two threads of this machine give at all: a loop that only counts.
import { Worker } from "node:worker_threads";
import type { Bitset } from "../../runtime-ts/index.ts";
import type { Contestant } from "../harness/contestant.ts";

export const ONE_THREAD = "one thread";
export const TWO_THREADS = "two threads";
export const ONE_LOOP = "limit: counting, one thread";
export const TWO_LOOPS = "limit: counting, two threads";

/** Asks again and again, and takes the time. */
function timed(ask: () => Promise<unknown>): (times: number) => Promise<number> {
  return async (times) => {
    const start = performance.now();
    for (let i = 0; i < times; i++) await ask();
    return performance.now() - start;
  };
}

/** The same question asked of a pool and of its engine; `answers` answers each. */
export function twoAndOne(
  answers: number,
  two: () => Promise<Bitset>,
  one: () => Bitset,
  close: () => Promise<void>,
): Contestant[] {
  return [
    {
      name: TWO_THREADS,
      answers,
      decisions: async () => (await two()).words,
      run: () => {
        throw new Error("a pool takes its time elsewhere");
      },
      runElsewhere: timed(two),
      close,
    },
    {
      name: ONE_THREAD,
      answers,
      decisions: () => one().words,
      run: () => one().words[0] ?? 0,
    },
  ];
}

const rounds = 4_000_000;
/** Sums that do not wait for each other, so that a loop keeps a whole core busy: two halves of one core are no two cores. */
const count = (times: number): number => {
  let a = 1;
  let b = 2;
  let c = 3;
  let d = 4;
  for (let i = 0; i < times; i++) {
    a = (a + i) | 0;
    b = (b ^ a) | 0;
    c = (c + i) | 0;
    d = (d ^ c) | 0;
  }
  return a ^ b ^ c ^ d;
};

const otherThread = `
const { workerData: word } = require("node:worker_threads");
const count = ${count};
for (let seen = 0; ; ) {
  Atomics.wait(word, 0, seen);
  seen = Atomics.load(word, 0);
  count(${rounds / 2});
  Atomics.store(word, 1, seen);
  Atomics.notify(word, 1);
}`;

/** Loops that need nothing but a processor, by one thread and by halves: where two do not take half as long, the machine was busy. */
export function countingLoops(): Contestant[] {
  const word = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(otherThread, { eval: true, workerData: word });
  const both = (): number => {
    const turn = Atomics.add(word, 0, 1) + 1;
    Atomics.notify(word, 0);
    const counted = count(rounds / 2);
    for (let seen = Atomics.load(word, 1); seen !== turn; seen = Atomics.load(word, 1))
      Atomics.wait(word, 1, seen);
    return counted;
  };
  const limit = { answers: rounds, decisions: () => new Uint32Array(0), isLimit: true } as const;
  return [
    { ...limit, name: ONE_LOOP, run: () => count(rounds) },
    { ...limit, name: TWO_LOOPS, run: both, close: async () => void (await worker.terminate()) },
  ];
}
