// What quick programs have worked out of users, for many users at once (quick.ts, "bound"; ranges.ts): when questions about
// different users take turns, little of it is worked out anew. A frame stands where its program and user lead; another one
// takes the place.
import { allocate } from "./memory";
import {
  QUICK_BOUND_END,
  QUICK_RANGES,
  QUICK_RANGES_END,
  QUICK_STEPS_END,
  QUICK_TROUBLE,
  RANGE_BYTES,
  RANGE_LOW,
  RANGE_SPAN,
  STEP_BYTES,
  STEP_SLOT,
} from "./quick-layout";

export const FRAME_BITS: u32 = 12;
/** A frame begins with a line of its own. */
const LINE_BYTES: usize = 64;
// A frame: program + 1, user, `factsAge`, and where its ranges end, or one of FRAME_*; then the low value and the span of each
// range, three of them in the first line; or trouble and the results of the bound steps, eight bytes each. Low values and spans
// have their sign turned: how far a value lies above the low one and how far it may are then compared as signed numbers, for
// which alone there is an instruction of SIMD.
const FRAME_PROGRAM: usize = 0;
const FRAME_USER: usize = 4;
const FRAME_AGE: usize = 8;
const FRAME_END: usize = 12;
export const FRAME_RANGES: usize = 16;
export const FRAME_RANGE_BYTES: usize = 16;
export const FRAME_LOW: usize = 0;
export const FRAME_SPAN: usize = 8;
const FRAME_TROUBLE: usize = 16;
const FRAME_VALUES: usize = 24;
export const FRAME_BYTES: usize = 3 * LINE_BYTES;
/** Programs with more of them are worked out anew each time. */
const MOST_VALUES: usize = (FRAME_BYTES - FRAME_VALUES) / 8;
const MOST_RANGES: usize = (FRAME_BYTES - FRAME_RANGES) / FRAME_RANGE_BYTES;

/** The user has been asked about once; results are kept. */
export const FRAME_ONCE: u32 = 0;
/** For the user the program is no matter of ranges, or of too many; results are kept. */
export const FRAME_STEPS: u32 = 1;
/** For the user it holds of no record; there are no ranges. */
export const FRAME_NEVER: u32 = 2;

let frames: usize = 0;

/** Makes room for frames; false where there is no memory. */
export function makeFrames(): bool {
  const at = allocate((FRAME_BYTES << FRAME_BITS) + LINE_BYTES);
  frames = (at + LINE_BYTES - 1) & ~(LINE_BYTES - 1);
  return at !== 0;
}

export function firstFrame(): usize {
  return frames;
}

// Where a frame stands: neighbours among users far apart, and the same user elsewhere for another program.
export const FRAMES_OF_PROGRAM: u32 = 31;
export const SPREAD_FRAMES: u32 = 0x9e3779b1;

function placeOf(program: u32, user: u32): usize {
  const place = ((user + program * FRAMES_OF_PROGRAM) * SPREAD_FRAMES) >> (32 - FRAME_BITS);
  return frames + <usize>place * FRAME_BYTES;
}

/** What is kept of the user at that age of facts; 0 where nothing is. */
export function frameOf(program: u32, user: u32, age: u32): usize {
  const frame = placeOf(program, user);
  // One branch for all three.
  const other =
    (load<u32>(frame, FRAME_PROGRAM) ^ (program + 1)) |
    (load<u32>(frame, FRAME_USER) ^ user) |
    (load<u32>(frame, FRAME_AGE) ^ age);
  return other === 0 ? frame : 0;
}

/** Where the ranges of a frame end, or one of FRAME_*. */
export function frameEnd(frame: usize): u32 {
  return load<u32>(frame, FRAME_END);
}

/** Puts the results of a frame that has no ranges back into the slots of its program. */
export function bring(quick: usize, frame: usize): void {
  store<u32>(quick, load<u32>(frame, FRAME_TROUBLE), QUICK_TROUBLE);
  const end = <usize>load<u32>(quick, QUICK_BOUND_END);
  let value = frame;
  for (let step = <usize>load<u32>(quick, QUICK_STEPS_END); step < end; step += STEP_BYTES) {
    store<i64>(load<u32>(step, STEP_SLOT), load<i64>(value, FRAME_VALUES));
    value += 8;
  }
}

/** Keeps what has been worked out of the user. */
export function keepResults(quick: usize, program: u32, user: u32, age: u32): void {
  const end = <usize>load<u32>(quick, QUICK_BOUND_END);
  const first = <usize>load<u32>(quick, QUICK_STEPS_END);
  if (end - first > MOST_VALUES * STEP_BYTES) return;
  const frame = placeOf(program, user);
  store<u32>(frame, program + 1, FRAME_PROGRAM);
  store<u32>(frame, user, FRAME_USER);
  store<u32>(frame, age, FRAME_AGE);
  store<u32>(frame, FRAME_ONCE, FRAME_END);
  store<u32>(frame, load<u32>(quick, QUICK_TROUBLE), FRAME_TROUBLE);
  let value = frame;
  for (let step = first; step < end; step += STEP_BYTES) {
    store<i64>(value, load<i64>(load<u32>(step, STEP_SLOT)), FRAME_VALUES);
    value += 8;
  }
}

/**
 * Keeps from where to where the ranges of a quick program go, instead of results; false where the frame has no room for them:
 * then the results stay, for the steps will want them.
 */
export function keepRanges(quick: usize, frame: usize): bool {
  const first = <usize>load<u32>(quick, QUICK_RANGES);
  const end = <usize>load<u32>(quick, QUICK_RANGES_END);
  if (end - first > MOST_RANGES * RANGE_BYTES) return false;
  let to = frame + FRAME_RANGES;
  for (let range = first; range < end; range += RANGE_BYTES) {
    store<i64>(to, load<i64>(range, RANGE_LOW) ^ i64.MIN_VALUE, FRAME_LOW);
    store<i64>(to, load<i64>(range, RANGE_SPAN) ^ i64.MIN_VALUE, FRAME_SPAN);
    to += FRAME_RANGE_BYTES;
  }
  store<u32>(frame, <u32>to, FRAME_END);
  return true;
}

/** Notes FRAME_STEPS or FRAME_NEVER. */
export function note(frame: usize, what: u32): void {
  store<u32>(frame, what, FRAME_END);
}
