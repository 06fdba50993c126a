import { ACTIONS, NONE, PAGE_RECORDS } from "../runtime-as/abi.ts";
import { Bitset, type NameList } from "./bitset.ts";
import { BailiwickError } from "./errors.ts";
import type { Core } from "./instantiate.ts";
import type { LoadedWorld } from "./loaded-world.ts";
import type { Memory } from "./memory.ts";
import type { Policy } from "./policy.ts";
import type { InContext, Question } from "./questions.ts";
import { quote } from "./quote.ts";

/** Requests in numbers, one index a request. The record of a task privilege is `noRecord`. */
export interface BatchRequests {
  readonly principals: Uint32Array;
  readonly privileges: Uint32Array;
  readonly records: Uint32Array;
}

/** What a question for a set may carry. */
export interface SetOptions extends InContext {
  /**
   * Words that the answer is written into, at least one for 32 records or users; the set is theirs until they are written again.
   * Who asks again and again spares the making of new memory, which can take as long as a quick answer.
   */
  readonly into?: Uint32Array;
}

/** Requests that cross the border at once: enough to hide the crossing, few enough to stay in the cache. */
const chunk = 4_096;
/** Words of so many bits. */
export const wordsOf = (bits: number): number => (bits + 31) >>> 5;

/** Bits that the core wrote and counted. */
interface Bits {
  readonly words: Uint32Array;
  readonly ones: number;
}

/** The words of `into` that `count` bits take; undefined where there is none. Throws BWK441 where they do not fit. */
export function wordsWithin(into: Uint32Array | undefined, count: number): Uint32Array | undefined {
  if (into === undefined) return undefined;
  const needed = wordsOf(count);
  if (!(into instanceof Uint32Array) || into.length < needed) {
    throw new BailiwickError("BWK441", `\`into\` is a Uint32Array of at least ${needed} words`);
  }
  return into.subarray(0, needed);
}

/** Such bits, copied out of its memory. */
function bitsAt(memory: Memory, address: number, count: number, ones: number, to?: Uint32Array): Bits {
  const view = memory.words.subarray(address >>> 2, (address >>> 2) + wordsOf(count));
  to?.set(view);
  // A copy of a view need not be cleared first, as a slice is.
  return { words: to ?? new Uint32Array(view), ones };
}

/** How many requests there are. Throws BWK441 where the arrays do not fit. */
export function checkRequests(requests: BatchRequests): number {
  const { principals } = requests;
  for (const name of ["principals", "privileges", "records"] as const) {
    if (!(requests[name] instanceof Uint32Array)) {
      throw new BailiwickError("BWK441", `${quote(name)} is a Uint32Array`);
    }
    if (requests[name].length !== principals.length) {
      throw new BailiwickError(
        "BWK441",
        `${quote(name)} has ${requests[name].length} items, \`principals\` has ${principals.length}`,
      );
    }
  }
  return principals.length;
}

/** Passes requests through a staging buffer, a chunk at a time. */
export function checkBatch(core: Core, memory: Memory, requests: BatchRequests): Bitset {
  const total = checkRequests(requests);
  const { principals, privileges, records } = requests;
  const answers = new Uint32Array(wordsOf(total));
  const room = Math.min(total, chunk);
  memory.scratch(room * 12 + wordsOf(room) * 4, (address) => {
    const { words } = memory;
    const at = address >>> 2;
    for (let from = 0; from < total; from += chunk) {
      const to = Math.min(total, from + chunk);
      words.set(principals.subarray(from, to), at);
      words.set(privileges.subarray(from, to), at + room);
      words.set(records.subarray(from, to), at + room * 2);
      const out = at + room * 3;
      core.checkBatch(address, (at + room) * 4, (at + room * 2) * 4, to - from, out * 4);
      answers.set(words.subarray(out, out + wordsOf(to - from)), from >>> 5);
    }
  });
  return new Bitset(answers, total);
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

/** One bit a record. Throws BWK441, and BWK414 where the core finds no memory for its plan. */
export function filterBits(
  core: Core,
  memory: Memory,
  principal: number,
  privilege: number,
  pages: number,
  count: number,
  into?: Uint32Array,
): Bits {
  const to = wordsWithin(into, count);
  return memory.scratch((pages * PAGE_RECORDS) / 8, (out) => {
    const ones = core.filter(principal, privilege, out) >>> 0;
    if (ones === NONE) {
      throw new BailiwickError("BWK414", "out of memory: the tables of a filter do not fit");
    }
    return bitsAt(memory, out, count, ones, to);
  });
}

/** One bit a user. Throws BWK441. */
export function whoCanBits(
  core: Core,
  memory: Memory,
  privilege: number,
  record: number,
  users: number,
  into?: Uint32Array,
): Bits {
  const to = wordsWithin(into, users);
  return memory.scratch(wordsOf(users) * 4, (out) => {
    const ones = core.whoCan(privilege, record, out) >>> 0;
    return bitsAt(memory, out, users, ones, to);
  });
}

/** Sources that fit without asking twice. */
const usualSources = 32;

/** What the core writes as sources (kind and reference of each) when it is asked with room for `capacity` at `out`. */
export function readSources(memory: Memory, ask: (out: number, capacity: number) => number): Uint32Array {
  const read = (capacity: number): { words: Uint32Array; found: number } =>
    memory.scratch(capacity * 8, (out) => {
      const found = ask(out, capacity);
      const written = Math.min(found, capacity) * 2;
      return { words: memory.words.slice(out >>> 2, (out >>> 2) + written), found };
    });
  const first = read(usualSources);
  return first.found <= usualSources ? first.words : read(first.found).words;
}

/** The sources of a question, and the errors of conditions: kind and reference of each. */
export function sourceWords(core: Core, memory: Memory, question: Question): Uint32Array {
  const { principal, privilege, record, described } = question;
  return readSources(memory, (out, capacity) =>
    described === undefined
      ? core.explain(principal, privilege, record, out, capacity)
      : core.explainDescribed(
          principal,
          privilege,
          described.owner,
          described.unit,
          described.parent,
          out,
          capacity,
        ),
  );
}
