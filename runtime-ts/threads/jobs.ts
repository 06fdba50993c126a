// What each batch form is for a crew: its grains, what is staged for them, where their answers go.
import { PAGE_RECORDS, WORLD_TEAM_COUNT } from "../../runtime-as/abi.ts";
import { type BatchRequests, wordsOf } from "../bulk.ts";
import type { Memory } from "../memory.ts";
import type { ThreadsCore } from "./core.ts";
import { type Crew, type Job, slotBytes } from "./crew.ts";
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
const mostPages = Math.floor(slotBytes / (wordsOfPage * 4));

/** Pages of an entity; `answers` has a bit for each record. */
export function filterJob(
  user: number,
  privilege: number,
  pages: number,
  threads: number,
  answers: Uint32Array,
): Job {
  const even = Math.ceil(pages / (threads * 8));
  return {
    kind: FILTER,
    arguments: [user, privilege],
    total: pages,
    grain: Math.min(mostPages, Math.max(fewestPages, even)),
    take: (words, at, first, count) => {
      const to = first * wordsOfPage;
      const length = Math.min(count * wordsOfPage, answers.length - to);
      answers.set(words.subarray(at, at + length), to);
    },
  };
}

/** What `openWhoCan` returns where sorts of users decide. */
const bySort = 1;
/** A grain of users: of those whom sorts decide, of those who are asked alone, and of teams. */
const usersBySort = 16_384;
const usersAlone = 2_048;
const teamsOfGrain = 1_024;

/** Who has a privilege on a record: teams first, then users, last whom the record names. */
export class WhoQuestion {
  /** One bit a user; complete when `section` has returned true. */
  readonly answers: Uint32Array;
  readonly #privilege: number;
  readonly #record: number;
  readonly #users: number;
  #hasBegun = false;
  #hasTeams = false;
  #next = 0;

  constructor(privilege: number, record: number, users: number) {
    this.#privilege = privilege;
    this.#record = record;
    this.#users = users;
    this.answers = new Uint32Array(wordsOf(users));
  }

  /** Answers until `deadline`; true when everything is answered. Throws BWK414. */
  section(crew: Crew, core: ThreadsCore, memory: Memory, deadline: number): boolean {
    const way = core.openWhoCan(this.#privilege, this.#record);
    try {
      // All threads write into the same bits, which are copied once.
      return memory.scratch(this.answers.length * 4, (address) => {
        const at = address >>> 2;
        if (this.#hasBegun) memory.words.set(this.answers, at);
        this.#hasBegun = true;
        const isDone = this.#goOn(crew, core, way, address, deadline);
        this.answers.set(memory.words.subarray(at, at + this.answers.length));
        return isDone;
      });
    } finally {
      core.closeWhoCan();
    }
  }

  #goOn(crew: Crew, core: ThreadsCore, way: number, address: number, deadline: number): boolean {
    const asked = [this.#privilege, this.#record, way, address];
    if (way === bySort && !this.#hasTeams) {
      const teams = new DataView(core.memory.buffer).getUint32(core.world() + WORLD_TEAM_COUNT, true);
      const job = { kind: WHO_TEAMS, arguments: asked, total: teams, grain: teamsOfGrain };
      crew.run(job, 0, Number.POSITIVE_INFINITY);
      this.#hasTeams = true;
    }
    const grain = way === bySort ? usersBySort : usersAlone;
    const job = { kind: WHO_USERS, arguments: asked, total: this.#users, grain };
    this.#next = crew.run(job, this.#next, deadline);
    if (this.#next < this.#users) return false;
    if (way === bySort) core.whoSpecial(address);
    return true;
  }
}
