import { Bitset } from "./bitset.ts";
import { BailiwickError } from "./errors.ts";
import type { Core } from "./instantiate.ts";
import type { Memory } from "./memory.ts";
import type { Question } from "./questions.ts";
import { quote } from "./quote.ts";

/** Requests in numbers, one index a request. The record of a task privilege is `noRecord`. */
export interface BatchRequests {
  readonly principals: Uint32Array;
  readonly privileges: Uint32Array;
  readonly records: Uint32Array;
}

/** Requests that cross the border at once: enough to hide the crossing, few enough to stay in the cache. */
const chunk = 4_096;
/** Words of so many bits. */
export const wordsOf = (bits: number): number => (bits + 31) >>> 5;

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
