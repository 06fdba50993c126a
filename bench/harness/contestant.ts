/** Somebody who answers a question's requests: this project, a peer, or a loop that shows what the machine can do. */
export interface Contestant {
  readonly name: string;
  /** How many answers a run gives: those to the first so many requests. Slow contestants take fewer. */
  readonly answers: number;
  /** The answers, a bit each. They are compared with everybody else's before the clock starts. */
  readonly decisions: () => Uint32Array | Promise<Uint32Array>;
  /** Gives all answers once. Returns a number made of them, so that none can be left out. */
  readonly run: () => number;
  /** Nanoseconds of each answer, once, where requests are compared one by one. */
  readonly each?: () => Float64Array;
  /** In place of `run` where it runs elsewhere: the milliseconds that so many runs took by the clock there. */
  readonly runElsewhere?: (times: number) => Promise<number>;
  /** Reads without deciding: it has no decisions to compare. */
  readonly isLimit?: true;
  /** Is asked before the clock starts, and not timed. */
  readonly isJudge?: true;
  readonly close?: () => void | Promise<void>;
}

/** Bit by bit, where answers come one at a time. */
export function collect(count: number, decide: (request: number) => boolean): Uint32Array {
  const words = new Uint32Array((count + 31) >>> 5);
  for (let i = 0; i < count; i++)
    if (decide(i)) words[i >>> 5] = (words[i >>> 5] as number) | (1 << (i & 31));
  return words;
}
