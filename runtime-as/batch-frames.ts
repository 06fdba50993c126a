// What is kept of the users of a block's questions whose conditions are run (quick-frames.ts), for all of them at once: frames
// are far apart, and thus on their way together.
import { BLOCK } from "./batch-block";
import { factsAge } from "./facts";
import {
  FRAME_BITS,
  FRAME_BYTES,
  FRAME_NEVER,
  FRAME_STEPS,
  FRAMES_OF_PROGRAM,
  firstFrame,
  SPREAD_FRAMES,
} from "./quick-frames";

// Of the questions last asked about, a bit each.
/** The program is a matter of ranges for the user, which his frame has. */
export let framed: u32 = 0;
/** It is known to hold of no record. */
export let never: u32 = 0;

/**
 * Finds the frames of these questions' users and programs, which stand in the 24 bits above flags: the address of each goes to
 * `out`, and stands also where it is another's, of which nothing is said.
 */
export function findFrames(lanes: u32, programs: usize, users: usize, out: usize): void {
  const frames = i32x4.splat(<u32>firstFrame());
  const bytes = i32x4.splat(<u32>FRAME_BYTES);
  const perProgram = i32x4.splat(FRAMES_OF_PROGRAM);
  const spread = i32x4.splat(SPREAD_FRAMES);
  const age = i32x4.splat(factsAge);
  const one = i32x4.splat(1);
  const steps = i32x4.splat(FRAME_STEPS);
  const nothing = i32x4.splat(FRAME_NEVER);
  let knownBits: u32 = 0;
  let neverBits: u32 = 0;
  for (const end = out + BLOCK * 4; out < end; out += 16) {
    const user = v128.load(users);
    const program = i32x4.shr_u(v128.load(programs), 8);
    const key = i32x4.mul(i32x4.add(user, i32x4.mul(program, perProgram)), spread);
    v128.store(out, i32x4.add(i32x4.mul(i32x4.shr_u(key, 32 - FRAME_BITS), bytes), frames));
    const first = v128.load(<usize>load<u32>(out));
    const second = v128.load(<usize>load<u32>(out, 4));
    const third = v128.load(<usize>load<u32>(out, 8));
    const fourth = v128.load(<usize>load<u32>(out, 12));
    const low = i32x4.shuffle(first, second, 0, 4, 1, 5);
    const high = i32x4.shuffle(third, fourth, 0, 4, 1, 5);
    const lowMore = i32x4.shuffle(first, second, 2, 6, 3, 7);
    const highMore = i32x4.shuffle(third, fourth, 2, 6, 3, 7);
    const ends = i64x2.shuffle(lowMore, highMore, 1, 3);
    const isHis = v128.and(
      v128.and(
        i32x4.eq(i64x2.shuffle(low, high, 0, 2), i32x4.add(program, one)),
        i32x4.eq(i64x2.shuffle(low, high, 1, 3), user),
      ),
      i32x4.eq(i64x2.shuffle(lowMore, highMore, 0, 2), age),
    );
    // Shifted by what is always the same: other shifts need a certain register.
    knownBits = (knownBits >> 4) | ((<u32>i32x4.bitmask(v128.and(isHis, i32x4.gt_u(ends, steps)))) << 28);
    neverBits = (neverBits >> 4) | ((<u32>i32x4.bitmask(v128.and(isHis, i32x4.eq(ends, nothing)))) << 28);
    programs += 16;
    users += 16;
  }
  never = neverBits & lanes;
  framed = knownBits & lanes & ~never;
}
