import type { Engine } from "../../runtime-ts/index.ts";
import type { Contestant } from "../harness/contestant.ts";
import { BAILIWICK } from "../peers/bailiwick.ts";

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

/** What is said of the two ways. */
export const intoNote =
  "bailiwick writes into the words it is given, as the limit does; the other way makes an array for each answer";

/** The records that users may reach, written into words that are given, and into an array made for each answer. */
export function bothWays(
  engine: Engine,
  users: readonly number[],
  records: number,
  privilege: number,
): Contestant[] {
  const into = new Uint32Array(records / 32);
  return [
    inTurn(BAILIWICK, users, records, (user) => engine.filter(user, privilege, { into }).words),
    inTurn(`${BAILIWICK}, new arrays`, users, records, (user) => engine.filter(user, privilege).words),
  ];
}
