// What each batch form is for a crew: its grains, what is staged for them, where their answers go.
import { NONE, PAGE_RECORDS, WORLD_TEAM_COUNT } from "../../runtime-as/abi.ts";
import { type BatchRequests, wordsOf } from "../bulk.ts";
import type { Memory } from "../memory.ts";
import { numberOrNone, wordsWithin } from "../sets.ts";
import type { ThreadsCore } from "./core.ts";
import { type Crew, type Job, slotBytes } from "./crew.ts";
import { wordsToFill } from "./platform.ts";
import { BATCH, FILTER, GRAIN, WHO_TEAMS, WHO_USERS } from "./worker.ts";

/** Requests pass through the slots: what they take of memory does not grow with their number. */
export function batchJob(requests: BatchRequests, answers: Uint32Array): Job {
  const { principals, privileges, records } = requests;
  return {
    kind: BATCH,
    arguments: [],
    total: principals.length,
    grain: GRAIN,
    stage: (words, at, first, count) => {
      words.set(principals.subarray(first, first + count), at);
      words.set(privileges.subarray(first, first + count), at + GRAIN);
      words.set(records.subarray(first, first + count), at + GRAIN * 2);
    },
    take: (words, at, first, count) => {
      const from = at + GRAIN * 3;
      answers.set(words.subarray(from, from + wordsOf(count)), first >>> 5);
    },
  };
}

const wordsOfPage = PAGE_RECORDS / 32;
/** A grain works its plan out anew, which few pages would not be worth; more do not fit into a slot. */
const fewestPages = 8;
/** So many that threads end at about the same time. */
const grainsOfThread = 20;
const mostPages = Math.floor(slotBytes / (wordsOfPage * 4));

/** Pages of an entity; `answers` gives a bit for each record, and is not asked for before there are some to write. */
export function filterJob(
  user: number,
  privilege: number,
  pages: number,
  threads: number,
  answers: () => Uint32Array,
): Job {
  const even = Math.ceil(pages / (threads * grainsOfThread));
  return {
    kind: FILTER,
    arguments: [user, privilege],
    total: pages,
    grain: Math.min(mostPages, Math.max(fewestPages, even)),
    take: (words, at, first, count) => {
      const to = first * wordsOfPage;
      const all = answers();
      const length = Math.min(count * wordsOfPage, all.length - to);
      all.set(words.subarray(at, at + length), to);
    },
  };
}

/** As many bits, or more, as make whole words. */
const wholeWords = (bits: number): number => wordsOf(Math.ceil(bits)) * 32;

/** What `openWhoCan` returns where sorts of users decide. */
const bySort = 1;
/** The least grain of users whom sorts decide. */
const leastBySort = 8_192;
/** Users who are asked alone, and teams. */
const usersAlone = 2_048;
const teamsOfGrain = 1_024;

/** Who has a privilege on a record: teams first, then whom the record names, last users. */
export class WhoQuestion {
  #answers: Uint32Array | undefined;
  readonly #given: Uint32Array | undefined;
  readonly #privilege: number;
  readonly #record: number;
  readonly #users: number;
  #hasTeams = false;
  #next = 0;

  /** Throws BWK441 where the users do not fit into the given words. */
  constructor(privilege: number, record: number | undefined, users: number, into?: Uint32Array) {
    this.#given = wordsWithin(into, users);
    this.#privilege = numberOrNone(privilege);
    this.#record = numberOrNone(record ?? NONE);
    this.#users = users;
  }

  /** One bit a user; complete when `section` has returned true. */
  get answers(): Uint32Array {
    this.#answers ??= this.#given ?? wordsToFill(wordsOf(this.#users));
    return this.#answers;
  }

  /** Answers until `deadline`; true when everything is answered. Throws BWK414. */
  section(crew: Crew, core: ThreadsCore, memory: Memory, deadline: number): boolean {
    const way = core.openWhoCan(this.#privilege, this.#record);
    try {
      // All threads write into the same bits.
      return memory.scratch(wordsOf(this.#users) * 4, (address) => {
        if (this.#answers !== undefined) memory.words.set(this.#answers, address >>> 2);
        return this.#goOn(crew, core, memory, way, address, deadline);
      });
    } finally {
      core.closeWhoCan();
    }
  }

  #goOn(
    crew: Crew,
    core: ThreadsCore,
    memory: Memory,
    way: number,
    address: number,
    deadline: number,
  ): boolean {
    const asked = [this.#privilege, this.#record, way, address];
    if (way === bySort && !this.#hasTeams) {
      const teams = new DataView(core.memory.buffer).getUint32(core.world() + WORLD_TEAM_COUNT, true);
      const job = { kind: WHO_TEAMS, arguments: asked, total: teams, grain: teamsOfGrain };
      crew.run(job, 0, Number.POSITIVE_INFINITY);
      core.whoSpecial(address);
      this.#hasTeams = true;
    }
    const bySorts = Math.max(leastBySort, wholeWords(this.#users / (crew.threads * grainsOfThread)));
    const job: Job = {
      kind: WHO_USERS,
      arguments: asked,
      total: this.#users,
      grain: way === bySort ? bySorts : usersAlone,
      // Others go on meanwhile.
      take: (words, _, first, count) => {
        const from = (address + (first >>> 3)) >>> 2;
        this.answers.set(words.subarray(from, from + wordsOf(count)), first >>> 5);
      },
    };
    this.#next = crew.run(job, this.#next, deadline);
    if (this.#next === this.#users) return true;
    // What teams and the record have given to users who are still to come.
    job.take?.(memory.words, 0, this.#next, this.#users - this.#next);
    return false;
  }
}
