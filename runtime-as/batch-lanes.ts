// What the conditions of a block's questions (batch-block.ts) read of their records, several questions at a time.
import { BIT, BLOCK, gathered, PAGE_FACTS, PAGE_VALUES, PLACE, powers, splats } from "./batch-block";
import { placeInPage } from "./pages";
import { columnAt, isWanting } from "./quick";

/** Bytes of a block's addresses, and of its values, in one column. */
export const ADDRESS_BYTES: usize = 32 * 4;
export const VALUES_BYTES: usize = 32 * 8;

// In memory, for constants would be made anew in each step of a loop (batch-block.ts).
const laneBits: usize = memory.data<u32>([1, 2, 4, 8], 16);
/** The value of records that have none. */
const nothing: usize = memory.data<u64>([0], 8);

/** The word at each address. */
function wordsAt(addresses: v128): v128 {
  let words = i32x4.splat(0);
  words = v128.load32_lane(<usize>(<u32>i32x4.extract_lane(addresses, 0)), words, 0);
  words = v128.load32_lane(<usize>(<u32>i32x4.extract_lane(addresses, 1)), words, 1);
  words = v128.load32_lane(<usize>(<u32>i32x4.extract_lane(addresses, 2)), words, 2);
  return v128.load32_lane(<usize>(<u32>i32x4.extract_lane(addresses, 3)), words, 3);
}

function placesOf(records: usize): v128 {
  return v128.and(v128.load(records), v128.load32_splat(splats + PLACE));
}

/** Of the questions last asked about: facts of their pages have not been worked out. */
export let unknown: u32 = 0;

/** Brings the byte at each of sixteen addresses together: two by two, for each of a row waits for the one before. */
function bytesAt(addresses: usize): v128 {
  let low = v128.load8_splat(<usize>load<u32>(addresses));
  let high = v128.load8_splat(<usize>load<u32>(addresses, 32));
  low = v128.load8_lane(<usize>load<u32>(addresses, 4), low, 1);
  high = v128.load8_lane(<usize>load<u32>(addresses, 36), high, 1);
  low = v128.load8_lane(<usize>load<u32>(addresses, 8), low, 2);
  high = v128.load8_lane(<usize>load<u32>(addresses, 40), high, 2);
  low = v128.load8_lane(<usize>load<u32>(addresses, 12), low, 3);
  high = v128.load8_lane(<usize>load<u32>(addresses, 44), high, 3);
  low = v128.load8_lane(<usize>load<u32>(addresses, 16), low, 4);
  high = v128.load8_lane(<usize>load<u32>(addresses, 48), high, 4);
  low = v128.load8_lane(<usize>load<u32>(addresses, 20), low, 5);
  high = v128.load8_lane(<usize>load<u32>(addresses, 52), high, 5);
  low = v128.load8_lane(<usize>load<u32>(addresses, 24), low, 6);
  high = v128.load8_lane(<usize>load<u32>(addresses, 56), high, 6);
  low = v128.load8_lane(<usize>load<u32>(addresses, 28), low, 7);
  high = v128.load8_lane(<usize>load<u32>(addresses, 60), high, 7);
  return i64x2.shuffle(low, high, 0, 2);
}

/** The places of sixteen records in bytes of planes. */
function placesInBytes(records: usize): v128 {
  const low = v128.load32_splat(splats + BIT);
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
    const facts = v128.load(gathered + ((<usize>i) << 2), PAGE_FACTS);
    bits |= (<u32>i32x4.bitmask(i32x4.eq(facts, i32x4.splat(0)))) << i;
  }
  return bits;
}

/** In which bytes of a plane the facts of four questions' records are. */
export function byteOf(records: usize): v128 {
  return i32x4.shr_u(placesOf(records), 3);
}

// Behind the addresses of bytes and two columns more (batch-slots.ts).
const LAST: usize = 3 * 32 * 4;

/** To be called before `lastByte`. */
export function keepLastByte(): void {
  store<u32>(gathered + LAST, ((<u32>memory.size()) << 16) - 1);
}

/** Where a byte may be read: facts of records that nobody asks about may lie elsewhere, but what is read must be there. */
export function lastByte(): v128 {
  return v128.load32_splat(gathered + LAST);
}

/** The facts of these questions, the addresses of whose bytes stand at `gathered`; not all pages may have some. */
export function factsThere(lanes: u32, records: usize, allHave: bool): u32 {
  unknown = allHave ? 0 : withoutFacts() & lanes;
  const bits = bitsAt(gathered, records) | (bitsAt(gathered + 64, records + 64) << 16);
  return bits & lanes & ~unknown;
}

/**
 * The fact of each of these questions' records; where planes keep it stands at `planes`, for four questions after the other: the
 * next four so many bytes on, 0 where it is the same for all.
 */
export function factBits(lanes: u32, records: usize, planes: usize, step: usize): u32 {
  keepLastByte();
  let least = i32x4.splat(-1);
  let record = records;
  for (let at = gathered; at < gathered + BLOCK * 4; at += 16) {
    const pages = v128.load(at, PAGE_FACTS);
    least = i32x4.min_u(least, pages);
    const bytes = i32x4.add(i32x4.add(pages, v128.load(planes)), byteOf(record));
    v128.store(at, i32x4.min_u(bytes, lastByte()));
    record += 16;
    planes += step;
  }
  return factsThere(lanes, records, i32x4.all_true(least));
}

/** Finds the values of these questions' records in the column four times its number away: their addresses go to `out`. */
export function find(lanes: u32, records: usize, offset: u32, out: usize): void {
  let asked = i32x4.splat(lanes);
  const offsets = i32x4.splat(offset);
  const none = i32x4.splat(0);
  const nowhere = i32x4.splat(<u32>nothing);
  let at = gathered;
  for (const end = records + BLOCK * 4; records < end; records += 16) {
    const tables = v128.load(at, PAGE_VALUES);
    const bits = v128.load(laneBits);
    const hasColumns = v128.andnot(i32x4.eq(v128.and(asked, bits), bits), i32x4.eq(tables, none));
    asked = i32x4.shr_u(asked, 4);
    const columns = wordsAt(v128.and(i32x4.add(tables, offsets), hasColumns));
    const isThere = v128.andnot(hasColumns, i32x4.eq(columns, none));
    const values = i32x4.add(columns, i32x4.shl(placesOf(records), 3));
    v128.store(out, v128.bitselect(values, nowhere, isThere));
    at += 16;
    out += 16;
  }
}

/**
 * Brings together the values at a block's addresses; 0 is the value of records that have none. In as few steps as can be: values
 * are far away, and the more of them are on their way together, the sooner all are there.
 */
export function bringValues(addresses: usize, out: usize): void {
  for (const end = addresses + ADDRESS_BYTES; addresses < end; addresses += 4) {
    store<u64>(out, load<u64>(<usize>load<u32>(addresses)));
    out += 8;
  }
}

/** Of the values last looked at: they are 0, as wanting ones are too. */
export let zeros: u32 = 0;

/** Which of a block's values are 0: few are, mostly. */
function zerosOf(values: usize): u32 {
  let bits: u32 = 0;
  for (let i: u32 = 0; i < BLOCK; i++) bits |= u32(load<u64>(values + ((<usize>i) << 3)) === 0) << i;
  return bits;
}

/** All bits of four lanes, of which two pairs are given with twice as many bits. */
function fourOf(low: v128, high: v128): v128 {
  return i32x4.shuffle(low, high, 0, 2, 4, 6);
}

/** Which of a block's values lie in a range, whose bounds are as frames have them. */
export function inside(values: usize, low: i64, span: i64): u32 {
  const zero = i64x2.splat(0);
  const lowest = i64x2.splat(low);
  const highest = i64x2.splat(span);
  const first = values;
  let anyZero = zero;
  let outside: u32 = 0;
  for (const end = values + VALUES_BYTES; values < end; values += 32) {
    const two = v128.load(values);
    const more = v128.load(values, 16);
    const isOut = fourOf(
      i64x2.gt_s(i64x2.sub(two, lowest), highest),
      i64x2.gt_s(i64x2.sub(more, lowest), highest),
    );
    anyZero = v128.or(anyZero, v128.or(i64x2.eq(two, zero), i64x2.eq(more, zero)));
    // Shifted by what is always the same: other shifts need a certain register.
    outside = (outside >> 4) | ((<u32>i32x4.bitmask(isOut)) << 28);
  }
  zeros = v128.any_true(anyZero) ? zerosOf(first) : 0;
  return ~outside;
}

/** All bits of each of two values that lies beyond its range, whose bounds stand that far into the frames of two questions. */
function beyond(values: v128, bounds: usize, frames: usize): v128 {
  const first = v128.load(<usize>load<u32>(frames) + bounds);
  const second = v128.load(<usize>load<u32>(frames, 4) + bounds);
  const distance = i64x2.sub(values, i64x2.shuffle(first, second, 0, 2));
  return i64x2.gt_s(distance, i64x2.shuffle(first, second, 1, 3));
}

/**
 * The same, each in the range whose bounds stand that far into its own frame: the address of this is at `frames`, a word each. A
 * loop of its own, for one user's bounds need not be read again for each value.
 */
export function insideOwn(values: usize, bounds: usize, frames: usize): u32 {
  const zero = i64x2.splat(0);
  const first = values;
  let anyZero = zero;
  let outside: u32 = 0;
  for (const end = values + VALUES_BYTES; values < end; values += 32) {
    const two = v128.load(values);
    const more = v128.load(values, 16);
    const isOut = fourOf(beyond(two, bounds, frames), beyond(more, bounds, frames + 8));
    anyZero = v128.or(anyZero, v128.or(i64x2.eq(two, zero), i64x2.eq(more, zero)));
    outside = (outside >> 4) | ((<u32>i32x4.bitmask(isOut)) << 28);
    frames += 16;
  }
  zeros = v128.any_true(anyZero) ? zerosOf(first) : 0;
  return ~outside;
}

/** Which of these questions' records have no value in the column four times its number away. */
export function wantingOf(lanes: u32, records: usize, offset: u32): u32 {
  let bits: u32 = 0;
  for (let left = lanes; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
    const at = (<usize>i) << 2;
    const columns = <usize>load<u32>(gathered + at, PAGE_VALUES);
    bits |= u32(isWanting(columnAt(columns, offset), placeInPage(load<u32>(records + at)), 0)) << i;
  }
  return bits;
}
