// What quick programs have worked out of users (quick.ts, "bound"), for many users at once: when questions about different users
// take turns, most of it is copied instead of worked out anew. A frame stands where its program and user lead; another one
// takes the place.
import { allocate } from "./memory";
import {
  QUICK_AGE,
  QUICK_BOUND_END,
  QUICK_STEPS_END,
  QUICK_TROUBLE,
  STEP_BYTES,
  STEP_SLOT,
} from "./quick-layout";

const FRAME_BITS: u32 = 12;
// A frame: program + 1, user, `factsAge` and trouble; then the results of the bound steps.
const FRAME_PROGRAM: usize = 0;
const FRAME_USER: usize = 4;
const FRAME_AGE: usize = 8;
const FRAME_TROUBLE: usize = 12;
const FRAME_VALUES: usize = 16;
/** Programs with more results of which the user decides are worked out anew each time. */
const MOST_VALUES: usize = 14;
const FRAME_BYTES: usize = FRAME_VALUES + MOST_VALUES * 8;

let frames: usize = 0;

/** Makes room for frames; false where there is no memory. */
export function makeFrames(): bool {
  frames = allocate(FRAME_BYTES << FRAME_BITS);
  return frames !== 0;
}

function frameOf(program: u32, user: u32): usize {
  const place = ((user + program * 31) * 0x9e3779b1) >> (32 - FRAME_BITS);
  return frames + <usize>place * FRAME_BYTES;
}

function fits(quick: usize): bool {
  return (
    load<u32>(quick, QUICK_BOUND_END) - load<u32>(quick, QUICK_STEPS_END) <= <u32>(MOST_VALUES * STEP_BYTES)
  );
}

/** Puts back what was worked out of the user at that age of facts; false where that is not kept. */
export function bring(quick: usize, program: u32, user: u32, age: u32): bool {
  const frame = frameOf(program, user);
  const isHis =
    load<u32>(frame, FRAME_PROGRAM) === program + 1 &&
    load<u32>(frame, FRAME_USER) === user &&
    load<u32>(frame, FRAME_AGE) === age;
  if (!isHis) return false;
  const end = <usize>load<u32>(quick, QUICK_BOUND_END);
  let value = frame;
  for (let step = <usize>load<u32>(quick, QUICK_STEPS_END); step < end; step += STEP_BYTES) {
    store<i64>(load<u32>(step, STEP_SLOT), load<i64>(value, FRAME_VALUES));
    value += 8;
  }
  store<u32>(quick, load<u32>(frame, FRAME_TROUBLE), QUICK_TROUBLE);
  return true;
}

/** Keeps what has been worked out of the user. */
export function keep(quick: usize, program: u32, user: u32): void {
  if (!fits(quick)) return;
  const frame = frameOf(program, user);
  store<u32>(frame, program + 1, FRAME_PROGRAM);
  store<u32>(frame, user, FRAME_USER);
  store<u32>(frame, load<u32>(quick, QUICK_AGE), FRAME_AGE);
  store<u32>(frame, load<u32>(quick, QUICK_TROUBLE), FRAME_TROUBLE);
  const end = <usize>load<u32>(quick, QUICK_BOUND_END);
  let value = frame;
  for (let step = <usize>load<u32>(quick, QUICK_STEPS_END); step < end; step += STEP_BYTES) {
    store<i64>(value, load<i64>(load<u32>(step, STEP_SLOT)), FRAME_VALUES);
    value += 8;
  }
}
