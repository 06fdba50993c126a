import { Bitset, PrincipalSet, RecordSet } from "../bitset.ts";
import { type BatchRequests, checkBatch, checkRequests, wordsOf } from "../bulk.ts";
import { type Engine, hostOf } from "../engine.ts";
import { BailiwickError } from "../errors.ts";
import type { Host } from "../host.ts";
import type { LoadedWorld } from "../loaded-world.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { checkMatrixRequest, type MatrixRequest, planOf } from "../matrix/plan.ts";
import { MatrixRows } from "../matrix/rows.ts";
import type { InContext } from "../questions.ts";
import {
  filterRecords,
  numberOrNone,
  recordsToFilter,
  type SetOptions,
  usersWhoCan,
  wordsWithin,
} from "../sets.ts";
import { isThreadsCore, memoryCanBeShared } from "./core.ts";
import { Crew } from "./crew.ts";
import { batchJob, filterJob, WhoQuestion } from "./jobs.ts";
import { hasWorkers, nextTurn, processors, say, wordsToFill } from "./platform.ts";
import { MOST_WORKERS } from "./worker.ts";

export interface PoolOptions {
  /**
   * Threads beside the main thread, which works too; by itself one for each further processor. 0: the main thread alone,
   * whatever core the engine has.
   */
  readonly workers?: number;
  /** Is told why there is one thread alone; by itself a warning of the process, or of the console. */
  readonly onFallback?: (why: string) => void;
  /** @internal */
  readonly mainRests?: boolean;
}

export interface JobOptions extends InContext {
  /** Ends the job with the signal's reason before it is done. The pool then answers the next one. */
  readonly signal?: AbortSignal;
}

/** How long questions are answered before other work of the main thread gets its turn. */
const sliceMs = 16;
/** Requests that one thread answers between two looks at the clock. */
const aloneRequests = 65_536;

/** Where the platform has no name for it, nothing asks for it. */
const asyncDispose: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? Symbol("asyncDispose");

/**
 * Several threads that answer the batch forms of one engine; `startPool` makes it. The answers are the engine's own. Jobs are
 * answered in the order in which they were asked, a few milliseconds at a time, and in between other work of the main thread
 * has its turn.
 *
 * Every job throws BWK438 after `close`, BWK439 where the engine's world has changed before it was done, what its signal
 * says, and what the method of the engine throws. Arrays that were given must stay as they are until it is done.
 */
export class Pool {
  /** How many threads answer, the main thread among them. */
  readonly threads: number;
  readonly #host: Host;
  readonly #crew: Crew | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | undefined;

  /** @internal */
  constructor(host: Host, crew: Crew | undefined) {
    this.#host = host;
    this.#crew = crew;
    this.threads = crew?.threads ?? 1;
  }

  /** How often a worker has failed and the main thread has done its part: 0, unless something is wrong. */
  get failures(): number {
    return this.#crew?.failures ?? 0;
  }

  /** `Engine.checkBatch` with several threads. */
  checkBatch(
    requests: BatchRequests & InContext,
    options: Omit<JobOptions, "context"> = {},
  ): Promise<Bitset> {
    return this.#inTurn(async (world) => {
      const total = checkRequests(requests);
      const answers = new Uint32Array(wordsOf(total));
      const job = batchJob(requests, answers);
      let next = 0;
      const section = (_: LoadedWorld, deadline: number): boolean => {
        next = this.#crew?.run(job, next, deadline) ?? this.#batchAlone(requests, answers, next, deadline);
        return next === total;
      };
      // As `Engine.checkBatch` does it.
      await this.#answer(world, { ...options, ...onlyContext(requests) }, section, ({ who, world }) => {
        if (total >= world.users.names.length) who.prepare();
      });
      return new Bitset(answers, total);
    });
  }

  #batchAlone(requests: BatchRequests, answers: Uint32Array, first: number, deadline: number): number {
    const { principals, privileges, records } = requests;
    let next = first;
    while (next < principals.length && performance.now() < deadline) {
      const end = next + aloneRequests;
      const part = {
        principals: principals.subarray(next, end),
        privileges: privileges.subarray(next, end),
        records: records.subarray(next, end),
      };
      answers.set(checkBatch(this.#host.core, this.#host.memory, part).words, next >>> 5);
      next = Math.min(end, principals.length);
    }
    return next;
  }

  /** `matrix` (the door `bailiwick/matrix`) with several threads. */
  async matrix(request: MatrixRequest, options: Omit<JobOptions, "context"> = {}): Promise<Matrix> {
    checkMatrixRequest(request);
    const loaded = this.#host.askable();
    const { changes } = this.#host;
    const plan = planOf(this.#host, loaded, request);
    const rows = new MatrixRows(request, plan);
    for (const part of rows.parts()) {
      const { words } = await this.checkBatch({ ...part, ...onlyContext(request) }, options);
      if (changes !== this.#host.changes) throw hasChanged();
      rows.take(words);
    }
    return rows.matrix();
  }

  /** `Engine.filter` with several threads. Words given as `into` are written as the answer comes, and stay so where it is aborted. */
  filter(
    principal: number,
    privilege: number,
    { into, ...options }: JobOptions & SetOptions = {},
  ): Promise<RecordSet> {
    return this.#inTurn(async (world) => {
      let next = 0;
      let found: RecordSet | undefined;
      await this.#answer(world, options, (loaded, deadline) => {
        if (this.#crew === undefined) {
          found = filterRecords(this.#host, loaded, principal, privilege, into);
          return true;
        }
        const { ids, pages } = recordsToFilter(this.#host.policy, loaded, privilege);
        const given = wordsWithin(into, ids.length);
        // Made while workers are busy already.
        const answers = (): Uint32Array => {
          found ??= new RecordSet(given ?? wordsToFill(wordsOf(ids.length)), ids);
          return found.words;
        };
        const job = filterJob(numberOrNone(principal), privilege, pages, this.threads, answers);
        next = this.#crew.run(job, next, deadline);
        if (next < pages) return false;
        // An entity without records has no page that would have asked for them.
        answers();
        return true;
      });
      return found as RecordSet;
    });
  }

  /** `Engine.whoCan` with several threads; `into` as of `filter`. */
  whoCan(
    privilege: number,
    record?: number,
    { into, ...options }: JobOptions & SetOptions = {},
  ): Promise<PrincipalSet> {
    return this.#inTurn(async (world) => {
      const { core, memory } = this.#host;
      let question: WhoQuestion | undefined;
      let found: PrincipalSet | undefined;
      const section = (loaded: LoadedWorld, deadline: number): boolean => {
        if (this.#crew === undefined || !isThreadsCore(core)) {
          found = usersWhoCan(this.#host, loaded, privilege, record, into);
          return true;
        }
        const { names } = loaded.world.users;
        question ??= new WhoQuestion(privilege, record, names.length, into);
        if (!question.section(this.#crew, core, memory, deadline)) return false;
        found = new PrincipalSet(question.answers, names.view());
        return true;
      };
      await this.#answer(world, options, section, ({ who }) => who.prepare());
      return found as PrincipalSet;
    });
  }

  /** Ends the workers when everything that has been asked is answered; nothing can be asked any more. */
  close(): Promise<void> {
    this.#closed ??= this.#last.then(() => this.#crew?.end());
    return this.#closed;
  }

  [asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Does a job when those before it are done; it is about the world as it is now, of which its numbers are. */
  async #inTurn<T>(job: (world: number) => Promise<T>): Promise<T> {
    if (this.#closed !== undefined) {
      throw new BailiwickError("BWK438", "the pool is closed", "start another one");
    }
    // Nobody may have asked yet for the world that the source declares.
    this.#host.world();
    const { changes } = this.#host;
    const done = this.#last.then(() => job(changes));
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Answers a section of a job after the other, until one has answered the last question, while the world stays this one. */
  async #answer(
    world: number,
    { signal, ...context }: JobOptions,
    section: (loaded: LoadedWorld, deadline: number) => boolean,
    prepare: (loaded: LoadedWorld) => void = () => {},
  ): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      if (world !== this.#host.changes) throw hasChanged();
      const loaded = this.#host.askable();
      // Before a context takes its memory, which is given back with all that was allocated after it.
      prepare(loaded);
      this.#crew?.prepare(loaded);
      if (this.#host.within(context, () => section(loaded, performance.now() + sliceMs))) return;
      await nextTurn();
    }
  }
}

function hasChanged(): BailiwickError {
  return new BailiwickError("BWK439", "the world has changed while questions were answered", "ask again");
}

function onlyContext({ context }: InContext): InContext {
  return context === undefined ? {} : { context };
}

/** Why this platform has one thread; undefined where it has more. */
function reasonForOne(): string | undefined {
  if (!memoryCanBeShared()) return "memory cannot be shared between threads here";
  return hasWorkers() ? undefined : "there are no workers here";
}

let hasSaid = false;

/** Says once a program why there is one thread. */
function sayOnce(why: string): void {
  if (hasSaid) return;
  hasSaid = true;
  say(`bailiwick answers with one thread: ${why}`);
}

/**
 * Starts threads for an engine that was loaded with `core: threadsCore()`. Where the platform has no shared memory or no
 * workers, the pool answers with the main thread alone, and says so once.
 * Throws BWK437 for an engine with another core, BWK429 where a worker does not start.
 */
export async function startPool(engine: Engine, options: PoolOptions = {}): Promise<Pool> {
  const host = hostOf(engine);
  const workers = Math.min(MOST_WORKERS, Math.max(0, Math.floor(options.workers ?? processors() - 1)));
  if (workers === 0) return new Pool(host, undefined);
  const why = reasonForOne();
  if (why !== undefined) {
    (options.onFallback ?? sayOnce)(why);
    return new Pool(host, undefined);
  }
  if (!isThreadsCore(host.core)) {
    throw new BailiwickError(
      "BWK437",
      "the engine's memory cannot be shared between threads",
      "load it with `core: threadsCore()`",
    );
  }
  return new Pool(host, await Crew.start(host, host.core, workers, options.mainRests));
}
