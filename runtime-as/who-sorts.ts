// The answers of `whoCan` by sort and unit (who-index.ts): two bytes a user, from tables made for the question. The SIMD core
// collects those of sixteen users before it compares them.
import { words } from "./who-index";

function holds(at: usize, sortTable: usize, unitTable: usize): u32 {
  const who = load<u32>(at);
  return u32((load<u8>(sortTable + (who & 0xffff)) & load<u8>(unitTable + (who >> 16))) !== 0);
}

/** Sixteen users: a bit each. */
function sixteen(at: usize, sortTable: usize, unitTable: usize): u32 {
  let ofSorts = i32x4.splat(0);
  ofSorts = v128.load8_lane(sortTable + <usize>load<u16>(at), ofSorts, 0);
  ofSorts = v128.load8_lane(sortTable + <usize>load<u16>(at, 4), ofSorts, 1);
  ofSorts = v128.load8_lane(sortTable + <usize>load<u16>(at, 8), ofSorts, 2);
  ofSorts = v128.load8_lane(sortTable + <usize>load<u16>(at, 12), ofSorts, 3);
  ofSorts = v128.load8_lane(sortTable + <usize>load<u16>(at, 16), ofSorts, 4);
  ofSorts = v128.load8_lane(sortTable + <usize>load<u16>(at, 20), ofSorts, 5);
  ofSorts = v128.load8_lane(sortTable + <usize>load<u16>(at, 24), ofSorts, 6);
  ofSorts = v128.load8_lane(sortTable + <usize>load<u16>(at, 28), ofSorts, 7);
  ofSorts = v128.load8_lane(sortTable + <usize>load<u16>(at, 32), ofSorts, 8);
  ofSorts = v128.load8_lane(sortTable + <usize>load<u16>(at, 36), ofSorts, 9);
  ofSorts = v128.load8_lane(sortTable + <usize>load<u16>(at, 40), ofSorts, 10);
  ofSorts = v128.load8_lane(sortTable + <usize>load<u16>(at, 44), ofSorts, 11);
  ofSorts = v128.load8_lane(sortTable + <usize>load<u16>(at, 48), ofSorts, 12);
  ofSorts = v128.load8_lane(sortTable + <usize>load<u16>(at, 52), ofSorts, 13);
  ofSorts = v128.load8_lane(sortTable + <usize>load<u16>(at, 56), ofSorts, 14);
  ofSorts = v128.load8_lane(sortTable + <usize>load<u16>(at, 60), ofSorts, 15);
  let ofUnits = i32x4.splat(0);
  ofUnits = v128.load8_lane(unitTable + <usize>load<u16>(at, 2), ofUnits, 0);
  ofUnits = v128.load8_lane(unitTable + <usize>load<u16>(at, 6), ofUnits, 1);
  ofUnits = v128.load8_lane(unitTable + <usize>load<u16>(at, 10), ofUnits, 2);
  ofUnits = v128.load8_lane(unitTable + <usize>load<u16>(at, 14), ofUnits, 3);
  ofUnits = v128.load8_lane(unitTable + <usize>load<u16>(at, 18), ofUnits, 4);
  ofUnits = v128.load8_lane(unitTable + <usize>load<u16>(at, 22), ofUnits, 5);
  ofUnits = v128.load8_lane(unitTable + <usize>load<u16>(at, 26), ofUnits, 6);
  ofUnits = v128.load8_lane(unitTable + <usize>load<u16>(at, 30), ofUnits, 7);
  ofUnits = v128.load8_lane(unitTable + <usize>load<u16>(at, 34), ofUnits, 8);
  ofUnits = v128.load8_lane(unitTable + <usize>load<u16>(at, 38), ofUnits, 9);
  ofUnits = v128.load8_lane(unitTable + <usize>load<u16>(at, 42), ofUnits, 10);
  ofUnits = v128.load8_lane(unitTable + <usize>load<u16>(at, 46), ofUnits, 11);
  ofUnits = v128.load8_lane(unitTable + <usize>load<u16>(at, 50), ofUnits, 12);
  ofUnits = v128.load8_lane(unitTable + <usize>load<u16>(at, 54), ofUnits, 13);
  ofUnits = v128.load8_lane(unitTable + <usize>load<u16>(at, 58), ofUnits, 14);
  ofUnits = v128.load8_lane(unitTable + <usize>load<u16>(at, 62), ofUnits, 15);
  const reaches = v128.and(ofSorts, ofUnits);
  return i8x16.bitmask(i8x16.ne(reaches, i8x16.splat(0)));
}

/** Adds the users from `first`, a multiple of 32, to `end` who have a level in common with their unit: a bit each from `out` on. */
export function addBySort(sortTable: usize, unitTable: usize, first: u32, end: u32, out: usize): void {
  let at = words + ((<usize>first) << 2);
  const last = words + ((<usize>end) << 2);
  for (; at + 128 <= last; at += 128) {
    let word: u32 = 0;
    if (ASC_FEATURE_SIMD) {
      word = sixteen(at, sortTable, unitTable) | (sixteen(at + 64, sortTable, unitTable) << 16);
    } else {
      for (let i: usize = 0; i < 128; i += 4)
        word = (word >> 1) | (holds(at + i, sortTable, unitTable) << 31);
    }
    store<u32>(out, load<u32>(out) | word);
    out += 4;
  }
  let rest: u32 = 0;
  for (let i: u32 = 0; at < last; i++) {
    rest |= holds(at, sortTable, unitTable) << i;
    at += 4;
  }
  if (rest !== 0) store<u32>(out, load<u32>(out) | rest);
}
