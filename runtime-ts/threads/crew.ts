// The main thread's side of the board (worker.ts). It works beside its workers, and they work only while it does: between two
// calls of `run` no worker touches the core's memory, so that the rest of the engine need not know that there are threads.
import { BailiwickError } from "../errors.ts";
import type { Host } from "../host.ts";
import type { LoadedWorld } from "../loaded-world.ts";
import { type Area, leaveArea, takeArea } from "./areas.ts";
import type { ThreadsCore } from "./core.ts";
import { threadsModule } from "./core.ts";
import { maySleep, startThread, type Thread } from "./platform.ts";
import * as board from "./worker.ts";

/** Questions of one kind that threads share, a grain at a time. */
export interface Job {
  readonly kind: number;
  readonly arguments: readonly number[];
  /** How many questions there are, and how many make a grain. */
  readonly total: number;
  readonly grain: number;
  /** Writes what the core needs for questions into a slot: `at` is an index into the words of memory. */
  stage?(words: Uint32Array, at: number, first: number, count: number): void;
  /** Reads the answers out of it. */
  take?(words: Uint32Array, at: number, first: number, count: number): void;
}

/** Three columns of requests and their answers: the largest grain. */
export const slotBytes = board.GRAIN * 12 + board.GRAIN / 8;
/** Of each thread: one that it works on, and some ahead. */
const slotsOfThread = 4;
/** Fewer grains are done before a worker is awake. */
const worthWaking = 4;

export class Crew {
  /** Workers and the main thread. */
  readonly threads: number;
  readonly #host: Host;
  readonly #core: ThreadsCore;
  readonly #slots: number;
  readonly #board: Int32Array<SharedArrayBuffer>;
  readonly #maySleep: boolean = maySleep();
  #workers: readonly Thread[] = [];
  #loaded: LoadedWorld | undefined;
  #changes = -1;
  #staging: Area | undefined;
  #areas: Area[] = [];

  readonly #mainRests: boolean;

  private constructor(host: Host, core: ThreadsCore, workers: number, mainRests: boolean) {
    this.#mainRests = mainRests;
    this.threads = workers + 1;
    this.#host = host;
    this.#core = core;
    this.#slots = this.threads * slotsOfThread;
    this.#board = new Int32Array(new SharedArrayBuffer((board.SLOTS + this.#slots * board.SLOT_WORDS) * 4));
    // Anything but the word to stop.
    this.#board[board.KIND] = board.BATCH;
  }

  /** Starts workers. With `mainRests` they answer everything, which is how tests see that they can. Throws BWK429. */
  static async start(host: Host, core: ThreadsCore, workers: number, mainRests = false): Promise<Crew> {
    const crew = new Crew(host, core, workers, mainRests);
    const equipment = { module: threadsModule(), memory: core.memory, board: crew.#board };
    const starting = Array.from({ length: workers }, (_, index) => startThread({ ...equipment, index }));
    const started = await Promise.allSettled(starting);
    crew.#workers = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const failure = started.find((one) => one.status === "rejected");
    if (failure === undefined) return crew;
    await crew.end();
    throw new BailiwickError(
      "BWK429",
      `a worker thread does not start: ${failure.reason instanceof Error ? failure.reason.message : String(failure.reason)}`,
    );
  }

  /** How often a worker could not do its part, which the main thread then did. */
  get failures(): number {
    return Atomics.load(this.#board, board.FAILURES);
  }

  /** Gives every worker an area that is large enough, and tells them when the world has changed. Throws BWK414. */
  prepare(loaded: LoadedWorld): void {
    if (this.#loaded === loaded && this.#changes === this.#host.changes) return;
    const { memory } = this.#host;
    if (this.#loaded !== loaded) {
      // Areas lay in the memory of the world before.
      this.#areas = [];
      this.#staging = undefined;
      this.#loaded = loaded;
    }
    const bytes = this.#core.workerBytes() >>> 0;
    for (let worker = 0; worker < this.threads - 1; worker++) {
      const before = this.#areas[worker];
      if (before !== undefined && before.bytes >= bytes) continue;
      const area = takeArea(memory, loaded, bytes);
      if (before !== undefined) leaveArea(loaded, before);
      this.#areas[worker] = area;
      this.#board.set([area.address, area.bytes], board.AREAS + worker * board.AREA_WORDS);
    }
    this.#staging ??= takeArea(memory, loaded, this.#slots * slotBytes);
    this.#board[board.SLOTS_AT] = this.#staging.address;
    this.#board[board.SLOT_BYTES] = slotBytes;
    this.#board[board.SLOT_COUNT] = this.#slots;
    this.#board[board.IMAGE] = this.#core.imageAddress();
    this.#board[board.EPOCH] = (this.#board[board.EPOCH] as number) + 1;
    this.#changes = this.#host.changes;
  }

  /**
   * Answers questions of a job from `from` on, as many as there is time for until `deadline`; returns where the next call goes
   * on. Throws BWK414.
   */
  run(job: Job, from: number, deadline: number): number {
    const shared = this.#board;
    const { words } = this.#host.memory;
    const grains = Math.ceil((job.total - from) / job.grain);
    let staged = 0;
    let taken = 0;
    const take = (): void => {
      this.#take(job, words, from, taken);
      taken++;
    };
    shared[board.KIND] = job.kind;
    shared.set(job.arguments, board.ARGUMENTS);
    Atomics.store(shared, board.NEXT, 0);
    Atomics.store(shared, board.STAGED, 0);
    Atomics.store(shared, board.TOTAL, grains);
    try {
      if (grains >= worthWaking || this.#mainRests) this.#open();
      while (taken < grains) {
        if (taken < staged && this.#isEnded(taken)) take();
        else if (performance.now() >= deadline) break;
        else if (staged < grains && staged - taken < this.#slots) this.#stage(job, words, from, staged++);
        else this.#help(taken);
      }
    } finally {
      this.#close();
    }
    // What was staged and not claimed is staged again next time.
    const claimed = Atomics.load(shared, board.NEXT);
    while (taken < claimed) take();
    return Math.min(job.total, from + taken * job.grain);
  }

  #open(): void {
    Atomics.store(this.#board, board.STATE, board.OPEN);
    Atomics.add(this.#board, board.ROUND, 1);
    Atomics.notify(this.#board, board.ROUND);
  }

  /** Nobody joins any more; returns when all who did have left. */
  #close(): void {
    Atomics.store(this.#board, board.STAGED, board.CLOSED);
    Atomics.and(this.#board, board.STATE, ~board.OPEN);
    Atomics.notify(this.#board, board.STAGED);
    for (let left = Atomics.load(this.#board, board.STATE); left > 0; ) {
      this.#wait(board.STATE, left);
      left = Atomics.load(this.#board, board.STATE);
    }
  }

  /** Waits while a word of the board is as it was; or for a while. */
  #wait(at: number, before: number): void {
    if (board.watch(this.#board, at, before, board.SHORT_WATCH)) return;
    if (this.#maySleep) Atomics.wait(this.#board, at, before);
  }

  #flagAt(grain: number): number {
    return board.SLOTS + (grain % this.#slots) * board.SLOT_WORDS;
  }

  #isEnded(grain: number): boolean {
    return Atomics.load(this.#board, this.#flagAt(grain)) !== 0;
  }

  #stage(job: Job, words: Uint32Array, from: number, grain: number): void {
    const first = from + grain * job.grain;
    const count = Math.min(job.grain, job.total - first);
    this.#board.set([0, first, count], this.#flagAt(grain));
    job.stage?.(words, this.#wordOf(grain), first, count);
    Atomics.store(this.#board, board.STAGED, grain + 1);
    Atomics.notify(this.#board, board.STAGED);
  }

  #wordOf(grain: number): number {
    return ((this.#staging as Area).address + (grain % this.#slots) * slotBytes) >>> 2;
  }

  /** Does a grain, or, where none is left, waits for that which is the next to be taken. */
  #help(next: number): void {
    const grain = this.#mainRests ? -1 : board.claim(this.#board);
    if (grain === -1) this.#wait(this.#flagAt(next), 0);
    else this.#answer(grain);
  }

  #answer(grain: number): void {
    const slot = grain % this.#slots;
    if (!board.runGrain(this.#core, this.#board, slot)) {
      throw new BailiwickError("BWK414", "out of memory: the tables of a question do not fit");
    }
    board.finish(this.#board, slot, board.DONE);
  }

  #take(job: Job, words: Uint32Array, from: number, grain: number): void {
    if (Atomics.load(this.#board, this.#flagAt(grain)) === board.LEFT) this.#answer(grain);
    const first = from + grain * job.grain;
    job.take?.(words, this.#wordOf(grain), first, Math.min(job.grain, job.total - first));
  }

  /** Ends all workers. */
  async end(): Promise<void> {
    Atomics.store(this.#board, board.KIND, board.STOP);
    Atomics.add(this.#board, board.ROUND, 1);
    Atomics.notify(this.#board, board.ROUND);
    await Promise.all(this.#workers.map((worker) => worker.end()));
    const loaded = this.#loaded;
    if (loaded === undefined) return;
    for (const area of this.#areas) leaveArea(loaded, area);
    if (this.#staging !== undefined) leaveArea(loaded, this.#staging);
    this.#areas = [];
    this.#staging = undefined;
    this.#loaded = undefined;
  }
}
