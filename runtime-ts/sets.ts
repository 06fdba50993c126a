// The questions whose answer is a set: which records a user may do something with, and who may do it.
import { ACTIONS, NONE, PAGE_RECORDS } from "../runtime-as/abi.ts";
import { type NameList, PrincipalSet, RecordSet } from "./bitset.ts";
import { wordsOf } from "./bulk.ts";
import { BailiwickError } from "./errors.ts";
import type { Core } from "./instantiate.ts";
import type { LoadedWorld } from "./loaded-world.ts";
import type { Memory } from "./memory.ts";
import type { Policy } from "./policy.ts";
import type { InContext } from "./questions.ts";

/** What a question for a set may carry. */
export interface SetOptions extends InContext {
  /**
   * Words that the answer is written into, at least one for 32 records or users; the set is theirs until they are written again.
   * Who asks again and again spares the making of new memory, which can take as long as a quick answer.
   */
  readonly into?: Uint32Array;
}

/** Who answers. */
interface Answering {
  readonly core: Core;
  readonly memory: Memory;
  readonly policy: Policy;
}

/** A number as the core takes it: what is none of its numbers stands for nothing. */
export const numberOrNone = (number: number): number => (number >>> 0 === number ? number : NONE);

/** The words of `into` that `count` bits take; undefined where there is none. Throws BWK441 where they do not fit. */
export function wordsWithin(into: Uint32Array | undefined, count: number): Uint32Array | undefined {
  if (into === undefined) return undefined;
  const needed = wordsOf(count);
  if (!(into instanceof Uint32Array) || into.length < needed) {
    throw new BailiwickError("BWK441", `\`into\` is a Uint32Array of at least ${needed} words`);
  }
  return into.subarray(0, needed);
}

/** Bits that the core wrote, copied out of its memory. */
function copied(memory: Memory, address: number, count: number, to: Uint32Array | undefined): Uint32Array {
  const view = memory.words.subarray(address >>> 2, (address >>> 2) + wordsOf(count));
  to?.set(view);
  // A copy of a view need not be cleared first, as a slice is.
  return to ?? new Uint32Array(view);
}

/** The records over which a privilege is filtered: their ids, and how many pages they fill. Throws BWK441 for a task privilege. */
export function recordsToFilter(
  policy: Policy,
  { records }: LoadedWorld,
  privilege: number,
): { readonly ids: NameList; readonly pages: number } {
  const entity = Math.floor(privilege / ACTIONS);
  if (!(privilege >>> 0 === privilege && entity < policy.entities.length)) {
    throw new BailiwickError("BWK441", "only a privilege of an entity has records to filter");
  }
  return { ids: records.tableOf(entity).view(), pages: records.pages.pageCountOf(entity) };
}

/** The records on which a user has a privilege. Throws BWK441, and BWK414 where the core finds no memory for its plan. */
export function filterRecords(
  { core, memory, policy }: Answering,
  loaded: LoadedWorld,
  principal: number,
  privilege: number,
  into?: Uint32Array,
): RecordSet {
  const { ids, pages } = recordsToFilter(policy, loaded, privilege);
  const to = wordsWithin(into, ids.length);
  return memory.scratch((pages * PAGE_RECORDS) / 8, (out) => {
    const ones = core.filter(numberOrNone(principal), privilege, out) >>> 0;
    if (ones === NONE) {
      throw new BailiwickError("BWK414", "out of memory: the tables of a filter do not fit");
    }
    return new RecordSet(copied(memory, out, ids.length, to), ids, ones);
  });
}

/** The users who have a privilege, on a record where it is a record's. Throws BWK441. */
export function usersWhoCan(
  { core, memory }: Answering,
  { world }: LoadedWorld,
  privilege: number,
  record: number | undefined,
  into?: Uint32Array,
): PrincipalSet {
  const { names } = world.users;
  const to = wordsWithin(into, names.length);
  return memory.scratch(wordsOf(names.length) * 4, (out) => {
    const ones = core.whoCan(numberOrNone(privilege), numberOrNone(record ?? NONE), out) >>> 0;
    return new PrincipalSet(copied(memory, out, names.length, to), names.view(), ones);
  });
}
