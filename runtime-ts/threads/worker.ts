// What a thread of a pool does, and how a job lies in memory for both sides. It imports nothing: the file also travels as text
// into workers (scripts/build.mjs).

// The board, words of shared memory beside the core's. The main thread writes a job on it, opens it, and closes it again when
// no worker works on it any more; who comes late finds it closed. In between workers touch nothing but their own areas and
// the slots that they have claimed.
/** Goes up with every opening: workers sleep on it. */
export const ROUND = 0;
/** OPEN while workers may join, and how many have joined. */
export const STATE = 1;
/** The next grain that nobody has claimed, and how many there are to claim; CLOSED: no more. */
export const NEXT = 2;
export const STAGED = 3;
/** What is asked: a number below; arguments. */
export const KIND = 4;
export const ARGUMENTS = 5;
/** Goes up when the world has changed: instances begin anew. */
export const EPOCH = 9;
export const IMAGE = 10;
/** Where slots lie in the core's memory, bytes of one, and how many there are. */
export const SLOTS_AT = 11;
export const SLOT_BYTES = 12;
export const SLOT_COUNT = 13;
/** How many workers found no room in their area, or failed. */
export const FAILURES = 14;
/** How many grains there are to claim in all, while the job is open: who finds them claimed need not wait for more. */
export const TOTAL = 15;
/** Of each worker its area: address and bytes. */
export const AREAS = 16;
export const AREA_WORDS = 2;
export const MOST_WORKERS = 64;
/** Of each slot: whether its grain is done, its first question and how many. */
export const SLOTS: number = AREAS + MOST_WORKERS * AREA_WORDS;
export const SLOT_WORDS = 3;

export const OPEN: number = 2 ** 30;
export const CLOSED = -1;

export const DONE = 1;
/** The worker could not do it: the main thread does. */
export const LEFT = 2;

// Kinds of jobs. A new one (a matrix of principals and records) needs a case in `begin`, `runGrain` and `end`, its core export
// in runtime-as/threads.ts, and its staging in jobs.ts.
export const STOP = 0;
export const BATCH = 1;
/** Arguments: user, privilege. A grain is a range of pages. */
export const FILTER = 2;
/** Arguments: privilege, record, the way of `openWhoCan`, address of the bits of all users. A grain is a range of teams. */
export const WHO_TEAMS = 3;
/** The same arguments. A grain is a range of users, whose bits fill words of their own. */
export const WHO_USERS = 4;

/** Looks at a word that take some 20 and some 100 microseconds: for to be woken takes longer than many a pause. */
export const SHORT_WATCH = 2_000;
export const LONG_WATCH = 10_000;

/** Requests of a grain of BATCH: enough to hide what sharing costs, few enough to stay in the cache. */
export const GRAIN = 4096;

/** Questions in parts: what a thread asks of its instance (runtime-as/threads.ts). */
export interface PartsCore {
  /** In a worker's instance: uses a validated image and the world in memory; 0 where its area is too small. */
  attach(image: number, bytes: number): number;
  forgetRequestFacts(): void;
  checkBatch(principals: number, privileges: number, records: number, count: number, out: number): void;
  /** `filter` over at most `count` pages of the privilege's entity from its page `first` on; -1: out of memory. */
  filterPart(principal: number, privilege: number, first: number, count: number, out: number): number;
  /** Returns in which way it is answered: every thread must find the same one. */
  openWhoCan(privilege: number, record: number): number;
  /** Members of teams, into the bits of all users; several threads at once. */
  whoAmongTeams(first: number, end: number, out: number): void;
  /** Users of whole words of the answer, beside the bits that are there. */
  whoAmongUsers(first: number, end: number, out: number): void;
  /** Whom the record itself names, into the bits of all users, while no other thread writes there. */
  whoSpecial(out: number): void;
  closeWhoCan(): void;
}

/** What a worker is given. */
export interface Equipment {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly board: Int32Array;
  readonly index: number;
}

const word = (board: Int32Array, at: number): number => board[at] as number;

/** Looks at a word, at most so often, until it is not as it was before; whether it is. */
export function watch(board: Int32Array, at: number, before: number, looks: number): boolean {
  for (let look = 0; look < looks; look++) if (Atomics.load(board, at) !== before) return true;
  return false;
}

const asksWho = (board: Int32Array): boolean =>
  word(board, KIND) === WHO_TEAMS || word(board, KIND) === WHO_USERS;

/** Before the first grain of a job in a worker. The main thread has done the same. */
function begin(core: PartsCore, board: Int32Array): void {
  // Another request, perhaps with another context.
  core.forgetRequestFacts();
  if (!asksWho(board)) return;
  const way = core.openWhoCan(word(board, ARGUMENTS), word(board, ARGUMENTS + 1));
  if (way !== word(board, ARGUMENTS + 2)) throw new Error("the tables of a question did not fit");
}

/** After the last. */
function end(core: PartsCore, board: Int32Array): void {
  if (asksWho(board)) core.closeWhoCan();
}

/** Answers the grain in a slot; false where there was no memory for it. */
export function runGrain(core: PartsCore, board: Int32Array, slot: number): boolean {
  const at = word(board, SLOTS_AT) + slot * word(board, SLOT_BYTES);
  const first = word(board, SLOTS + slot * SLOT_WORDS + 1);
  const count = word(board, SLOTS + slot * SLOT_WORDS + 2);
  switch (word(board, KIND)) {
    case BATCH:
      core.checkBatch(at, at + GRAIN * 4, at + GRAIN * 8, count, at + GRAIN * 12);
      return true;
    case FILTER:
      return core.filterPart(word(board, ARGUMENTS), word(board, ARGUMENTS + 1), first, count, at) !== -1;
    case WHO_TEAMS:
      core.whoAmongTeams(first, first + count, word(board, ARGUMENTS + 3));
      return true;
    default:
      core.whoAmongUsers(first, first + count, word(board, ARGUMENTS + 3) + (first >>> 3));
      return true;
  }
}

/** The number of a grain that is now this thread's; -1 where none is left, for now or at all. */
export function claim(board: Int32Array): number {
  for (;;) {
    const next = Atomics.load(board, NEXT);
    if (next >= Atomics.load(board, STAGED)) return -1;
    if (Atomics.compareExchange(board, NEXT, next, next + 1) === next) return next;
  }
}

/** Whether no grain will come that nobody has claimed. */
const areAllClaimed = (board: Int32Array): boolean => Atomics.load(board, NEXT) >= Atomics.load(board, TOTAL);

/** Says how a grain ended. */
export function finish(board: Int32Array, slot: number, how: number): void {
  Atomics.store(board, SLOTS + slot * SLOT_WORDS, how);
  Atomics.notify(board, SLOTS + slot * SLOT_WORDS);
}

function attach({ module, memory, board, index }: Equipment): PartsCore {
  const address = word(board, AREAS + index * AREA_WORDS);
  const imports = { env: { memory }, area: { given: address } };
  const core = new WebAssembly.Instance(module, imports).exports as unknown as PartsCore;
  if (core.attach(word(board, IMAGE), word(board, AREAS + index * AREA_WORDS + 1)) === 0) {
    throw new Error("the area of a worker is too small");
  }
  return core;
}

/** Works on grains until none is left or the board is closed. */
function serve(core: PartsCore, board: Int32Array): void {
  begin(core, board);
  for (;;) {
    const grain = claim(board);
    if (grain !== -1) {
      const slot = grain % word(board, SLOT_COUNT);
      let how = LEFT;
      try {
        if (runGrain(core, board, slot)) how = DONE;
      } finally {
        finish(board, slot, how);
      }
      continue;
    }
    const staged = Atomics.load(board, STAGED);
    if (staged === CLOSED || areAllClaimed(board)) break;
    if (Atomics.load(board, NEXT) >= staged) Atomics.wait(board, STAGED, staged);
  }
  end(core, board);
}

/** Joins the job on the board; false where it is closed, or others do all of it. */
function join(board: Int32Array): boolean {
  for (;;) {
    const state = Atomics.load(board, STATE);
    if ((state & OPEN) === 0 || areAllClaimed(board)) return false;
    if (Atomics.compareExchange(board, STATE, state, state + 1) === state) return true;
  }
}

/** A worker's life: sleeps until a job is on the board, and works on it beside the others, until it is told to stop. */
export function work(equipment: Equipment): void {
  const { board } = equipment;
  let core: PartsCore | undefined;
  let epoch = 0;
  let round = 0;
  for (;;) {
    // Often the next job comes at once: the next part of this question, or the next question.
    if (!watch(board, ROUND, round, LONG_WATCH)) Atomics.wait(board, ROUND, round);
    round = Atomics.load(board, ROUND);
    if (Atomics.load(board, KIND) === STOP) return;
    if (!join(board)) continue;
    try {
      if (core === undefined || epoch !== word(board, EPOCH)) core = attach(equipment);
      epoch = word(board, EPOCH);
      serve(core, board);
    } catch {
      // What it has claimed is marked: the main thread does it. The next job finds a new instance.
      core = undefined;
      Atomics.add(board, FAILURES, 1);
    }
    Atomics.sub(board, STATE, 1);
    Atomics.notify(board, STATE);
  }
}
