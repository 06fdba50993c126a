// What the slots of a block's questions say of conditions (reach-table.ts), a column each, so that questions of different users
// and privileges can be answered together.
import { APART, APART_BYTES, area } from "./area";
import { BLOCK, FLAG, gathered, SLOTS, splats } from "./batch-block";
import { FACTS } from "./reach-table";

/** Bytes of a word of each question. */
export const COLUMN: usize = 32 * 4;
/** The flags of a slot, and above them those of its permit. */
const flags: usize = ASC_FEATURE_THREADS ? area + APART : memory.data(APART_BYTES, 16);
/** Where planes keep the fact of the permit, or its program in the 24 bits above flags. */
const PLANES: usize = COLUMN;
export const planes: usize = flags + PLANES;
/** The permit's units. */
const UNITS: usize = 2 * COLUMN;
export const units: usize = flags + UNITS;
/** For what is worked out of these. */
export const others: usize = units + COLUMN;
export const PERMIT_FLAGS: u32 = 8;
/** Flags that some question has, and those that all have. */
let someFlags: u32 = 0;
let allFlags: u32 = 0;

/** Spreads what the slots of four questions say: `slots` has their addresses, the columns begin at `out`. Their flags. */
function spreadSlots(slots: usize, out: usize): v128 {
  const slots0 = load<u32>(slots);
  const slots1 = load<u32>(slots, 4);
  const slots2 = load<u32>(slots, 8);
  const slots3 = load<u32>(slots, 12);
  const row0 = v128.load(slots0, FACTS);
  const row1 = v128.load(slots1, FACTS);
  const row2 = v128.load(slots2, FACTS);
  const row3 = v128.load(slots3, FACTS);
  const low = i32x4.shuffle(row0, row1, 0, 4, 1, 5);
  const high = i32x4.shuffle(row2, row3, 0, 4, 1, 5);
  const lowMore = i32x4.shuffle(row0, row1, 2, 6, 3, 7);
  const highMore = i32x4.shuffle(row2, row3, 2, 6, 3, 7);
  const permits = i64x2.shuffle(low, high, 1, 3);
  const flagBits = v128.load32_splat(splats, FLAG);
  v128.store(out, v128.andnot(permits, flagBits), PLANES);
  v128.store(out, i64x2.shuffle(lowMore, highMore, 0, 2), UNITS);
  let firsts = v128.load32_zero(slots0);
  firsts = v128.load32_lane(slots1, firsts, 1);
  firsts = v128.load32_lane(slots2, firsts, 2);
  firsts = v128.load32_lane(slots3, firsts, 3);
  const both = v128.or(v128.and(firsts, flagBits), i32x4.shl(v128.and(permits, flagBits), PERMIT_FLAGS));
  v128.store(out, both);
  return both;
}

/** One word of four: those that are set in any of them. */
function anyOf(words: v128): u32 {
  const pairs = v128.or(words, i64x2.shuffle(words, words, 1, 0));
  return <u32>i32x4.extract_lane(pairs, 0) | <u32>i32x4.extract_lane(pairs, 1);
}

/** Brings together what the slots of all questions say. */
export function bringSlots(): void {
  let some = i32x4.splat(0);
  let all = i32x4.splat(-1);
  // Addresses that only go up, for what is added to a constant is added anew each time.
  let slots = gathered + SLOTS;
  for (let out = flags; out < flags + COLUMN; out += 16) {
    const both = spreadSlots(slots, out);
    slots += 16;
    some = v128.or(some, both);
    all = v128.and(all, both);
  }
  someFlags = anyOf(some);
  allFlags = ~anyOf(v128.not(all));
}

/** Which questions have a flag. */
export function flagged(flag: u32): u32 {
  if ((someFlags & flag) === 0) return 0;
  if ((allFlags & flag) !== 0) return 0xffffffff;
  const wanted = i32x4.splat(flag);
  let bits: u32 = 0;
  for (let i: u32 = 0; i < BLOCK; i += 4) {
    const has = v128.and(v128.load(flags + ((<usize>i) << 2)), wanted);
    bits |= (<u32>i32x4.bitmask(i32x4.eq(has, wanted))) << i;
  }
  return bits;
}
