import type { Contestant } from "./contestant.ts";

/** What was compared before anything was timed. */
export interface Agreement {
  readonly contestant: string;
  readonly compared: number;
  readonly allowed: number;
}

const bit = (words: Uint32Array, i: number): number => ((words[i >>> 5] as number) >>> (i & 31)) & 1;

/**
 * Asks everybody and compares with the first. Throws with the first request on which two differ, and where everything is
 * allowed or everything denied: then equal answers would prove nothing.
 */
export async function agree(contestants: readonly Contestant[]): Promise<Agreement[]> {
  const [first, ...others] = contestants.filter(({ isLimit }) => isLimit !== true) as [
    Contestant,
    ...Contestant[],
  ];
  const expected = await first.decisions();
  const result: Agreement[] = [];
  for (const contestant of [first, ...others]) {
    const words = contestant === first ? expected : await contestant.decisions();
    const compared = Math.min(first.answers, contestant.answers);
    let allowed = 0;
    for (let i = 0; i < compared; i++) {
      if (bit(words, i) !== bit(expected, i)) {
        const [here, there] = [words, expected].map((each) => (bit(each, i) === 1 ? "yes" : "no"));
        throw new Error(
          `request ${i}: ${contestant.name} answers ${here}, ${first.name} ${there}; nothing was timed`,
        );
      }
      allowed += bit(words, i);
    }
    if (allowed === 0 || allowed === compared)
      throw new Error(
        `${allowed} of ${compared} answers are yes: the world is too simple to compare anything`,
      );
    result.push({ contestant: contestant.name, compared, allowed });
  }
  return result;
}
