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
      const asked = [this.#privilege, this.#record, way];
      if (way === bySort && !this.#hasTeams) {
        const teams = memory.words[(core.world() + WORLD_TEAM_COUNT) >>> 2] as number;
        this.#withBits(memory, (address) => {
          const job = { kind: WHO_TEAMS, arguments: [...asked, address], total: teams, grain: teamsOfGrain };
          crew.run(job, 0, Number.POSITIVE_INFINITY);
        });
        this.#hasTeams = true;
      }
      this.#next = crew.run(this.#usersJob(asked, way), this.#next, deadline);
      if (this.#next < this.#users) return false;
      if (way === bySort) this.#withBits(memory, (address) => core.whoSpecial(address));
      return true;
    } finally {
      core.closeWhoCan();
    }
  }

  #usersJob(asked: readonly number[], way: number): Job {
    return {
      kind: WHO_USERS,
      arguments: asked,
      total: this.#users,
      grain: way === bySort ? usersBySort : usersAlone,
      stage: (words, at, first, count) => {
        words.set(this.answers.subarray(first >>> 5, (first >>> 5) + wordsOf(count)), at);
      },
      take: (words, at, first, count) => {
        this.answers.set(words.subarray(at, at + wordsOf(count)), first >>> 5);
      },
    };
  }

  /** Lets the core write into the bits of all users. */
  #withBits(memory: Memory, use: (address: number) => void): void {
    memory.scratch(this.answers.length * 4, (address) => {
      memory.words.set(this.answers, address >>> 2);
      use(address);
      this.answers.set(memory.words.subarray(address >>> 2, (address >>> 2) + this.answers.length));
    });
  }
}
