// What the conditions of a block's questions (batch-block.ts) read of their records, four questions at a time. Of questions that
// are not asked about, nothing but address 0 is read: their records may be of entities that have no such fact or column.
import { BIT, BLOCK, gathered, HEADS, PLACE, powers, splats } from "./batch-block";
import { PAGE_RECORDS } from "./constants";
import { placeInPage } from "./pages";

/** Of records found in a column: where each value is, 0 where there is no column. */
export const FOUND_BYTES: usize = 32 * 4;

// In memory, for constants would be made anew in each step of a loop (batch-block.ts).
const laneBits: usize = memory.data<u32>([1, 2, 4, 8], 16);

/** All bits of each lane that is asked about, from bit `i` on. */
function askedLanes(lanes: v128, i: u32): v128 {
  const bits = i32x4.shl(v128.load(laneBits), i);
  return i32x4.eq(v128.and(lanes, bits), bits);
}

/** Where the facts of four questions' pages are, of what these begin with. */
function factsOf(heads: usize): v128 {
  const first = i64x2.shuffle(v128.load(heads), v128.load(heads, 16), 1, 3);
  const second = i64x2.shuffle(v128.load(heads, 32), v128.load(heads, 48), 1, 3);
  return i32x4.shuffle(first, second, 0, 2, 4, 6);
}

/** Where their columns are. */
function valuesOf(heads: usize): v128 {
  const first = i64x2.shuffle(v128.load(heads), v128.load(heads, 16), 1, 3);
  const second = i64x2.shuffle(v128.load(heads, 32), v128.load(heads, 48), 1, 3);
  return i32x4.shuffle(first, second, 1, 3, 5, 7);
}

/** The word at each address. */
function wordsAt(addresses: v128): v128 {
  let words = i32x4.splat(0);
  words = v128.load32_lane(<usize>(<u32>i32x4.extract_lane(addresses, 0)), words, 0);
  words = v128.load32_lane(<usize>(<u32>i32x4.extract_lane(addresses, 1)), words, 1);
  words = v128.load32_lane(<usize>(<u32>i32x4.extract_lane(addresses, 2)), words, 2);
  return v128.load32_lane(<usize>(<u32>i32x4.extract_lane(addresses, 3)), words, 3);
}

/** All bits of each lane whose place has its bit in the plane at an address. */
function bitsAt(planes: v128, places: v128, asked: v128): v128 {
  const addresses = v128.and(i32x4.add(planes, i32x4.shr_u(places, 3)), asked);
  let bytes = i32x4.splat(0);
  bytes = v128.load8_lane(<usize>(<u32>i32x4.extract_lane(addresses, 0)), bytes, 0);
  bytes = v128.load8_lane(<usize>(<u32>i32x4.extract_lane(addresses, 1)), bytes, 4);
  bytes = v128.load8_lane(<usize>(<u32>i32x4.extract_lane(addresses, 2)), bytes, 8);
  bytes = v128.load8_lane(<usize>(<u32>i32x4.extract_lane(addresses, 3)), bytes, 12);
  const bit = i8x16.swizzle(v128.load(powers), v128.and(places, v128.load32_splat(splats, BIT)));
  return i32x4.ne(v128.and(bytes, bit), i32x4.splat(0));
}

function placesOf(records: usize): v128 {
  return v128.and(v128.load(records), v128.load32_splat(splats, PLACE));
}

/** Of the questions last asked about: facts of their pages have not been worked out. */
export let unknown: u32 = 0;

/** The fact of each of these questions' records, that planes keep at `plane`. */
export function factBits(lanes: u32, records: usize, plane: usize): u32 {
  const all = i32x4.splat(lanes);
  const plane4 = i32x4.splat(<u32>plane);
  const none = i32x4.splat(0);
  let bits: u32 = 0;
  let unknownBits: u32 = 0;
  for (let i: u32 = 0; i < BLOCK; i += 4) {
    const at = (<usize>i) << 2;
    const asked = askedLanes(all, i);
    const planes = factsOf(gathered + (at << 2) + HEADS);
    const isNone = i32x4.eq(planes, none);
    const facts = bitsAt(i32x4.add(planes, plane4), placesOf(records + at), v128.andnot(asked, isNone));
    unknownBits |= (<u32>i32x4.bitmask(v128.and(asked, isNone))) << i;
    bits |= (<u32>i32x4.bitmask(facts)) << i;
  }
  unknown = unknownBits;
  return bits & lanes;
}

/** Finds the values of these questions' records in the column four times its number away. */
export function find(lanes: u32, records: usize, offset: u32, out: usize): void {
  const all = i32x4.splat(lanes);
  const offsets = i32x4.splat(offset);
  const none = i32x4.splat(0);
  for (let i: u32 = 0; i < BLOCK; i += 4) {
    const at = (<usize>i) << 2;
    const tables = valuesOf(gathered + (at << 2) + HEADS);
    const hasColumns = v128.andnot(askedLanes(all, i), i32x4.eq(tables, none));
    const columns = wordsAt(v128.and(i32x4.add(tables, offsets), hasColumns));
    const isThere = v128.andnot(hasColumns, i32x4.eq(columns, none));
    const values = i32x4.add(columns, i32x4.shl(placesOf(records + at), 3));
    v128.store(out + at, v128.and(values, isThere));
  }
}

/** Of the values last looked at: they are 0, as wanting ones are too. */
export let zeros: u32 = 0;

/** Which of the values that have been found lie in a range. */
export function inside(found: usize, low: i64, span: u64): u32 {
  const zero = i64x2.splat(0);
  // As signed numbers: what lies beyond the span is greater.
  const lowest = i64x2.splat(low - i64.MIN_VALUE);
  const highest = i64x2.splat(<i64>span + i64.MIN_VALUE);
  let outside: u32 = 0;
  let zeroBits: u32 = 0;
  for (let i: u32 = 0; i < BLOCK; i += 4) {
    const at = found + ((<usize>i) << 2);
    const first = v128.load64_lane(load<u32>(at, 4), v128.load64_zero(load<u32>(at)), 1);
    const second = v128.load64_lane(load<u32>(at, 12), v128.load64_zero(load<u32>(at, 8)), 1);
    const isOut = i32x4.shuffle(
      i64x2.gt_s(i64x2.sub(first, lowest), highest),
      i64x2.gt_s(i64x2.sub(second, lowest), highest),
      0,
      2,
      4,
      6,
    );
    const isZero = i32x4.shuffle(i64x2.eq(first, zero), i64x2.eq(second, zero), 0, 2, 4, 6);
    outside |= (<u32>i32x4.bitmask(isOut)) << i;
    zeroBits |= (<u32>i32x4.bitmask(isZero)) << i;
  }
  zeros = zeroBits;
  return ~outside;
}

/** Which of these questions' records have no value in the column in which they have been found. */
export function wantingOf(lanes: u32, records: usize, found: usize): u32 {
  let bits: u32 = 0;
  for (let left = lanes; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
    const at = (<usize>i) << 2;
    const place = placeInPage(load<u32>(records + at));
    const value = <usize>load<u32>(found + at);
    const word = value - (place << 3) + ((place >> 5) << 2);
    const isThere = value !== 0 && ((load<u32>(word, PAGE_RECORDS * 8) >> (place & 31)) & 1) !== 0;
    bits |= u32(!isThere) << i;
  }
  return bits;
}
