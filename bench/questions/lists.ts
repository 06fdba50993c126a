import type { Contestant } from "../harness/contestant.ts";

/** Lists about several subjects, one after the other; `each` answers make a list: a multiple of 32, so that bits can be joined. */
export function inTurn(
  name: string,
  subjects: readonly number[],
  each: number,
  list: (subject: number) => Uint32Array,
): Contestant {
  if (each % 32 !== 0) throw new Error("lists are joined by words of 32 bits");
  return {
    name,
    answers: each * subjects.length,
    decisions: () => {
      const words = new Uint32Array((each * subjects.length) / 32);
      subjects.forEach((subject, i) => {
        words.set(list(subject), (i * each) / 32);
      });
      return words;
    },
    run: () => {
      let mixed = 0;
      for (const subject of subjects) mixed ^= list(subject)[0] as number;
      return mixed;
    },
  };
}
