// What the slots of a block's questions say of their permits (reach-table.ts), so that questions of different users and
// privileges can be answered together.
import { gathered, PAGE_FACTS, RECORD_UNITS, SLOTS, slotOfQuestion, splats, TAG, UNIT } from "./batch-block";
import { byteOf, keepLastByte, lastByte } from "./batch-lanes";
import { FACT_PERMIT, FACTS } from "./reach-table";

/** Bytes of a word of each question. */
export const COLUMN: usize = 32 * 4;
// Behind the addresses of bytes (batch-lanes.ts).
const PLANES: usize = COLUMN;
/** Where planes keep the fact of the permit, or its program in the 24 bits above flags. */
export const planes: usize = gathered + PLANES;
/** For what is worked out of these. */
export const others: usize = planes + COLUMN;

/** Which questions' records lie in the permit's units, a bit each. */
export let within: u32 = 0;
/** The pages of all records have facts. */
export let allHaveFacts: bool = false;
/** Flags that some question's permit has, and those that all have. */
let someFlags: u32 = 0;
let allFlags: u32 = 0;

/** One word of four: the bits that are set in any of them. */
function anyOf(words: v128): u32 {
  const pairs = v128.or(words, i64x2.shuffle(words, words, 1, 0));
  return <u32>i32x4.extract_lane(pairs, 0) | <u32>i32x4.extract_lane(pairs, 1);
}

/**
 * Brings together what the slots of all questions say of permits, and where the facts of these are: the addresses of their bytes
 * go to `gathered`. All of it in one loop, for it is short.
 */
export function bringPermits(records: usize): void {
  keepLastByte();
  let some = i32x4.splat(0);
  let all = i32x4.splat(-1);
  let least = i32x4.splat(-1);
  let bits: u32 = 0;
  // Addresses that only go up, for what is added to a constant is added anew each time.
  for (let at = gathered; at < gathered + COLUMN; at += 16) {
    const first = v128.load64_zero(load<u32>(at, SLOTS), FACTS + FACT_PERMIT);
    const low = v128.load64_lane(load<u32>(at, SLOTS + 4), first, 1, FACTS + FACT_PERMIT);
    const third = v128.load64_zero(load<u32>(at, SLOTS + 8), FACTS + FACT_PERMIT);
    const high = v128.load64_lane(load<u32>(at, SLOTS + 12), third, 1, FACTS + FACT_PERMIT);
    const permits = i32x4.shuffle(low, high, 0, 2, 4, 6);
    const units = i32x4.shuffle(low, high, 1, 3, 5, 7);
    const places = v128.and(permits, v128.load32_splat(splats + TAG));
    const pages = v128.load(at, PAGE_FACTS);
    some = v128.or(some, permits);
    all = v128.and(all, permits);
    least = i32x4.min_u(least, pages);
    const distance = v128.and(
      i32x4.sub(v128.load(at, RECORD_UNITS), units),
      v128.load32_splat(splats + UNIT),
    );
    // Shifted by what is always the same: other shifts need a certain register.
    bits = (bits >> 4) | ((<u32>i32x4.bitmask(i32x4.lt_s(distance, i32x4.shr_u(units, 16)))) << 28);
    v128.store(at, places, PLANES);
    v128.store(at, i32x4.min_u(i32x4.add(i32x4.add(pages, places), byteOf(records)), lastByte()));
    records += 16;
  }
  within = bits;
  allHaveFacts = i32x4.all_true(least);
  someFlags = anyOf(some);
  allFlags = ~anyOf(v128.not(all));
}

/** Which of these questions' permits have a flag. */
export function flagged(lanes: u32, flag: u32): u32 {
  if ((someFlags & flag) === 0) return 0;
  if ((allFlags & flag) !== 0) return lanes;
  let bits: u32 = 0;
  for (let left = lanes; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
    bits |= u32((load<u32>(slotOfQuestion(i), FACTS + FACT_PERMIT) & flag) !== 0) << i;
  }
  return bits;
}
