// Where each instance keeps what it writes while it answers. In the target `threads` several instances work over one memory, a
// thread each: what one of them notes, another must not see. There these places lie in an area that belongs to the instance;
// in the other targets they are constants, as any static memory is.
//
//   const gathered: usize = ASC_FEATURE_THREADS ? area + GATHERED : memory.data(GATHERED_BYTES, 16);
//
// Static memory of another form is shared by all instances (test/core/areas.test.ts holds the list).
import { MAX_SET_ELEMENTS, MAX_STACK, PAGE_RECORDS } from "./constants";

// Bytes of each place.
export const GATHERED_BYTES: i32 = 32 * (16 + 7 * 4);
export const PLACES_BYTES: i32 = 4 * 32 * (4 + 8);
/** Words of 512 questions (batch-judge.ts, batch-held.ts). */
export const JUDGED_BYTES: i32 = 4 * 512 * 4;
export const HELD_BYTES: i32 = 10 * (512 + 4) * 4;
/** Two words each of 1,024 questions. */
export const OPEN_BYTES: i32 = 2 * (1_024 + 4) * 4;
/** A word of each slot that is watched (batch-choice.ts). */
export const WATCHED_BYTES: i32 = 4_096 * 4;
export const SPREAD_BYTES: i32 = 16;
/** A program and the fact that it may ask: two stacks' worth. */
export const STACK_BYTES: i32 = 2 * MAX_STACK * 8;
export const SIEVE_BYTES: i32 = 64;
export const EVERYWHERE_BYTES: i32 = PAGE_RECORDS / 8;
export const NIBBLES_BYTES: i32 = 16;
export const RUNS_BYTES: i32 = 12 * 8;
export const WRITER_STACK_BYTES: i32 = 64 * 12;
export const DRAFT_LOADS_BYTES: i32 = 256 * 16;
export const DRAFT_STEPS_BYTES: i32 = 512 * 32;
export const DRAFT_BOUND_BYTES: i32 = 256 * 32;
export const DRAFT_SLOTS_BYTES: i32 = 256 * 8;
export const CANDIDATE_BYTES: i32 = 32;
export const WORDS_BYTES: i32 = 256 * 4;
/** Room for the literals of a program and of a fact that it asks; verification bounds both. */
export const SETS_BYTES: i32 = 2 * (MAX_SET_ELEMENTS * 8 + 4096 * 8);

// Where each lies in an area; all are multiples of 16.
export const GATHERED: usize = 0;
export const PLACES: usize = GATHERED + GATHERED_BYTES;
export const JUDGED: usize = PLACES + PLACES_BYTES;
export const HELD: usize = JUDGED + JUDGED_BYTES;
export const OPEN: usize = HELD + HELD_BYTES;
export const WATCHED: usize = OPEN + OPEN_BYTES;
export const SPREAD: usize = WATCHED + WATCHED_BYTES;
export const STACK: usize = SPREAD + SPREAD_BYTES;
export const SIEVE: usize = STACK + STACK_BYTES;
export const RUNS: usize = SIEVE + SIEVE_BYTES;
export const WRITER_STACK: usize = RUNS + RUNS_BYTES;
export const DRAFT_LOADS: usize = WRITER_STACK + WRITER_STACK_BYTES;
export const DRAFT_STEPS: usize = DRAFT_LOADS + DRAFT_LOADS_BYTES;
export const DRAFT_BOUND: usize = DRAFT_STEPS + DRAFT_STEPS_BYTES;
export const DRAFT_SLOTS: usize = DRAFT_BOUND + DRAFT_BOUND_BYTES;
export const CANDIDATE: usize = DRAFT_SLOTS + DRAFT_SLOTS_BYTES;
export const BROUGHT: usize = CANDIDATE + CANDIDATE_BYTES;
export const FIRST_STEPS: usize = BROUGHT + WORDS_BYTES;
export const EVERYWHERE: usize = FIRST_STEPS + WORDS_BYTES;
export const NIBBLES: usize = EVERYWHERE + EVERYWHERE_BYTES;
export const SETS: usize = NIBBLES + NIBBLES_BYTES;
export const AREA_BYTES: i32 = <i32>SETS + SETS_BYTES;

/** What the host gives the instance of a worker; 0 to the main thread's, which has a place of its own. */
declare const given: usize;
const own: usize = ASC_FEATURE_THREADS ? memory.data(AREA_BYTES, 16) : 0;

/** The area of this instance, where it has one. */
export const area: usize = ASC_FEATURE_THREADS ? (given === 0 ? own : given) : 0;

/** Whether this is the instance of a worker: what the world has of caches is then the main thread's. */
export function isWorkers(): bool {
  return ASC_FEATURE_THREADS && given !== 0;
}

// A worker's own caches, in place of those of the world.
/** For WORLD_REACHES. */
export let ownReaches: usize = 0;
/** For HIERARCHY_CACHE. */
export let ownRanks: usize = 0;

export function useOwnCaches(reaches: usize, ranks: usize): void {
  ownReaches = reaches;
  ownRanks = ranks;
}
