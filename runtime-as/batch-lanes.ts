// What the conditions of a block's questions (batch-block.ts) read of their records, several questions at a time.
import { BIT, BLOCK, gathered, HEADS, PLACE, powers, splats } from "./batch-block";
import { PAGE_RECORDS } from "./constants";
import { placeInPage } from "./pages";

/** Of records found in a column: where each value is, 0 where there is no column. */
export const FOUND_BYTES: usize = 32 * 4;

// In memory, for constants would be made anew in each step of a loop (batch-block.ts).
const laneBits: usize = memory.data<u32>([1, 2, 4, 8], 16);
const signs: usize = memory.data<u64>([0x8000000000000000], 16);

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

function placesOf(records: usize): v128 {
  return v128.and(v128.load(records), v128.load32_splat(splats, PLACE));
}

/** Of the questions last asked about: facts of their pages have not been worked out. */
export let unknown: u32 = 0;

// Where slots were gathered there is room, once the block has been answered: for addresses of bytes, then for the bytes.
const BYTES: usize = 32 * 4;

/** Brings the byte at each of sixteen addresses together. */
function bytesAt(addresses: usize): v128 {
  let bytes = v128.load8_splat(<usize>load<u32>(addresses));
  bytes = v128.load8_lane(<usize>load<u32>(addresses, 4), bytes, 1);
  bytes = v128.load8_lane(<usize>load<u32>(addresses, 8), bytes, 2);
  bytes = v128.load8_lane(<usize>load<u32>(addresses, 12), bytes, 3);
  bytes = v128.load8_lane(<usize>load<u32>(addresses, 16), bytes, 4);
  bytes = v128.load8_lane(<usize>load<u32>(addresses, 20), bytes, 5);
  bytes = v128.load8_lane(<usize>load<u32>(addresses, 24), bytes, 6);
  bytes = v128.load8_lane(<usize>load<u32>(addresses, 28), bytes, 7);
  bytes = v128.load8_lane(<usize>load<u32>(addresses, 32), bytes, 8);
  bytes = v128.load8_lane(<usize>load<u32>(addresses, 36), bytes, 9);
  bytes = v128.load8_lane(<usize>load<u32>(addresses, 40), bytes, 10);
  bytes = v128.load8_lane(<usize>load<u32>(addresses, 44), bytes, 11);
  bytes = v128.load8_lane(<usize>load<u32>(addresses, 48), bytes, 12);
  bytes = v128.load8_lane(<usize>load<u32>(addresses, 52), bytes, 13);
  bytes = v128.load8_lane(<usize>load<u32>(addresses, 56), bytes, 14);
  bytes = v128.load8_lane(<usize>load<u32>(addresses, 60), bytes, 15);
  return bytes;
}

/** The places of sixteen records in bytes of planes. */
function placesInBytes(records: usize): v128 {
  const low = v128.load32_splat(splats, BIT);
  return i8x16.narrow_i16x8_u(
    i16x8.narrow_i32x4_u(v128.and(v128.load(records), low), v128.and(v128.load(records, 16), low)),
    i16x8.narrow_i32x4_u(v128.and(v128.load(records, 32), low), v128.and(v128.load(records, 48), low)),
  );
}

/** The bits of sixteen records, in the bytes at sixteen addresses. */
function bitsAt(addresses: usize, records: usize): u32 {
  const bit = i8x16.swizzle(v128.load(powers), placesInBytes(records));
  return <u32>i8x16.bitmask(i8x16.eq(v128.and(bytesAt(addresses), bit), bit));
}

/** Questions whose pages have no facts. */
function withoutFacts(): u32 {
  let bits: u32 = 0;
  for (let i: u32 = 0; i < BLOCK; i += 4) {
    const facts = factsOf(gathered + ((<usize>i) << 4) + HEADS);
    bits |= (<u32>i32x4.bitmask(i32x4.eq(facts, i32x4.splat(0)))) << i;
  }
  return bits;
}

/** The fact of each of these questions' records; where planes keep it stands at `planes`, a word each. */
export function factBits(lanes: u32, records: usize, planes: usize): u32 {
  // Records of other questions may be of entities that have no such fact: what is read then does not matter, but must be there.
  store<u32>(gathered, ((<u32>memory.size()) << 16) - 1, BYTES);
  let least = i32x4.splat(-1);
  const last = v128.load32_splat(gathered, BYTES);
  let heads = gathered + HEADS;
  let record = records;
  for (let at = gathered; at < gathered + BLOCK * 4; at += 16) {
    const facts = factsOf(heads);
    least = i32x4.min_u(least, facts);
    const plane = i32x4.add(facts, v128.load(planes));
    v128.store(at, i32x4.min_u(i32x4.add(plane, i32x4.shr_u(placesOf(record), 3)), last));
    heads += 64;
    record += 16;
    planes += 16;
  }
  unknown = i32x4.all_true(least) ? 0 : withoutFacts() & lanes;
  const bits = bitsAt(gathered, records) | (bitsAt(gathered + 64, records + 64) << 16);
  return bits & lanes & ~unknown;
}

/** Finds the values of these questions' records in the column four times its number away. */
export function find(lanes: u32, records: usize, offset: u32, out: usize): void {
  const all = i32x4.splat(lanes);
  const offsets = i32x4.splat(offset);
  const none = i32x4.splat(0);
  let heads = gathered + HEADS;
  for (let i: u32 = 0; i < BLOCK; i += 4) {
    const tables = valuesOf(heads);
    const hasColumns = v128.andnot(askedLanes(all, i), i32x4.eq(tables, none));
    const columns = wordsAt(v128.and(i32x4.add(tables, offsets), hasColumns));
    const isThere = v128.andnot(hasColumns, i32x4.eq(columns, none));
    const values = i32x4.add(columns, i32x4.shl(placesOf(records), 3));
    v128.store(out, v128.and(values, isThere));
    heads += 64;
    records += 16;
    out += 16;
  }
}

/** Of the values last looked at: they are 0, as wanting ones are too. */
export let zeros: u32 = 0;

/** Two values that have been found. */
function twoAt(found: usize): v128 {
  return v128.load64_lane(load<u32>(found, 4), v128.load64_zero(load<u32>(found)), 1);
}

/** Which of the values that have been found lie in a range. */
export function inside(found: usize, low: i64, span: u64): u32 {
  const zero = i64x2.splat(0);
  // As signed numbers: what lies beyond the span is greater.
  const lowest = i64x2.splat(low - i64.MIN_VALUE);
  const highest = i64x2.splat(<i64>span + i64.MIN_VALUE);
  let outside: u32 = 0;
  let zeroBits: u32 = 0;
  for (let i: u32 = 0; i < BLOCK; i += 4) {
    const first = twoAt(found);
    const second = twoAt(found + 8);
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
    found += 16;
  }
  zeros = zeroBits;
  return ~outside;
}

/** All bits of each of two values that lies beyond its range, whose bounds stand that far into the frames of two questions. */
function beyond(values: v128, bounds: usize, frames: usize): v128 {
  const first = v128.load(<usize>load<u32>(frames) + bounds);
  const second = v128.load(<usize>load<u32>(frames, 4) + bounds);
  const sign = v128.load64_splat(signs);
  const distance = i64x2.sub(values, i64x2.shuffle(first, second, 0, 2));
  return i64x2.gt_s(v128.xor(distance, sign), v128.xor(i64x2.shuffle(first, second, 1, 3), sign));
}

/**
 * The same, each in the range whose bounds stand that far into its own frame: the address of this is at `frames`, a word each. A
 * loop of its own, for one user's bounds need not be read again for each value.
 */
export function insideOwn(found: usize, bounds: usize, frames: usize): u32 {
  const zero = i64x2.splat(0);
  let outside: u32 = 0;
  let zeroBits: u32 = 0;
  for (let i: u32 = 0; i < BLOCK; i += 4) {
    const first = twoAt(found);
    const second = twoAt(found + 8);
    const isOut = i32x4.shuffle(
      beyond(first, bounds, frames),
      beyond(second, bounds, frames + 8),
      0,
      2,
      4,
      6,
    );
    const isZero = i32x4.shuffle(i64x2.eq(first, zero), i64x2.eq(second, zero), 0, 2, 4, 6);
    outside |= (<u32>i32x4.bitmask(isOut)) << i;
    zeroBits |= (<u32>i32x4.bitmask(isZero)) << i;
    found += 16;
    frames += 16;
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
