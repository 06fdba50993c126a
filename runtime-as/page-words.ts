// Which records of a page a compare of their units or marks picks, 32 of them as the bits of a word. The SIMD core
// compares eight at once; the plain core goes record by record and gives the same words.
import { area, SPREAD, SPREAD_BYTES } from "./area";
import {
  MARK_OF_PRINCIPAL,
  MARK_TEAM,
  PAGE_MARKS,
  PAGE_OWNERS,
  PAGE_RECORDS,
  PAGE_UNITS,
  TEAM_BIT,
} from "./constants";

const spread: usize = ASC_FEATURE_THREADS ? area + SPREAD : memory.data(SPREAD_BYTES, 16);

/** One word of records whose unit is one of `count` units from `first` on. */
function unitWord(units: usize, first: u32, count: u32): u32 {
  let word: u32 = 0;
  for (let i: u32 = 0; i < 32; i++) {
    word |= u32(((<u32>load<u16>(units + i * 2) - first) & 0xffff) < count) << i;
  }
  return word;
}

/** Adds the records of a page whose unit is one of `count` units, fewer than 65,536, from `first` on. */
export function addUnits(page: usize, first: u32, count: u32, out: usize): void {
  const end = page + PAGE_UNITS + PAGE_RECORDS * 2;
  if (ASC_FEATURE_SIMD) {
    // As signed numbers the units from the first on begin with the lowest. Through memory, for some engines would spread
    // these over the lanes anew in each step.
    store<u16>(spread, <u16>(0x8000 - first));
    store<u16>(spread, <u16>(count - 0x8000), 2);
    const shift = v128.load16_splat(spread);
    const limit = v128.load16_splat(spread, 2);
    for (let units = page + PAGE_UNITS; units < end; units += 64) {
      const low = i8x16.narrow_i16x8_s(
        i16x8.lt_s(i16x8.add(v128.load(units), shift), limit),
        i16x8.lt_s(i16x8.add(v128.load(units, 16), shift), limit),
      );
      const high = i8x16.narrow_i16x8_s(
        i16x8.lt_s(i16x8.add(v128.load(units, 32), shift), limit),
        i16x8.lt_s(i16x8.add(v128.load(units, 48), shift), limit),
      );
      store<u32>(out, load<u32>(out) | i8x16.bitmask(low) | (i8x16.bitmask(high) << 16));
      out += 4;
    }
    return;
  }
  for (let units = page + PAGE_UNITS; units < end; units += 64) {
    store<u32>(out, load<u32>(out) | unitWord(units, first, count));
    out += 4;
  }
}

/** Records whose mark is `wanted` in the bits of `mask`. */
function markWord(page: usize, start: u32, mask: u32, wanted: u32): u32 {
  const marks = page + start * 2 + PAGE_MARKS;
  if (ASC_FEATURE_SIMD) {
    const bits = i16x8.splat(<i16>mask);
    const who = i16x8.splat(<i16>wanted);
    const low = i8x16.narrow_i16x8_s(
      i16x8.eq(v128.and(v128.load(marks), bits), who),
      i16x8.eq(v128.and(v128.load(marks, 16), bits), who),
    );
    const high = i8x16.narrow_i16x8_s(
      i16x8.eq(v128.and(v128.load(marks, 32), bits), who),
      i16x8.eq(v128.and(v128.load(marks, 48), bits), who),
    );
    return i8x16.bitmask(low) | (i8x16.bitmask(high) << 16);
  }
  let word: u32 = 0;
  for (let i: u32 = 0; i < 32; i++) word |= u32((load<u16>(marks + i * 2) & mask) === wanted) << i;
  return word;
}

/** Of the records outside `word`, those that a user owns. */
export function ownerWord(page: usize, start: u32, word: u32, user: u32): u32 {
  const marked = markWord(page, start, MARK_OF_PRINCIPAL | MARK_TEAM, user & MARK_OF_PRINCIPAL) & ~word;
  let owned = marked;
  for (let rest = marked; rest !== 0; rest &= rest - 1) {
    const i = <u32>ctz(rest);
    if (load<u32>(page + (start + i) * 4, PAGE_OWNERS) !== user) owned ^= (<u32>1) << i;
  }
  return owned;
}

/** One of 128 bits for the team, in the sieve of `sieved`. */
export function addToSieve(sieve: usize, team: u32): void {
  const at = sieve + (team & 15);
  store<u8>(at, load<u8>(at) | <u8>((<u32>1) << ((team >> 4) & 7)));
}

/** Of 16 records, those that a team owns which may be in the sieve: a byte each, 0 for the others. */
function sieved(marks: usize, sieve: v128): v128 {
  const low = v128.load(marks);
  const high = v128.load(marks, 16);
  const bytes = i16x8.splat(0xff);
  const numbers = i8x16.narrow_i16x8_u(v128.and(low, bytes), v128.and(high, bytes));
  const teams = i8x16.narrow_i16x8_s(i16x8.shr_s(i16x8.shl(low, 1), 15), i16x8.shr_s(i16x8.shl(high, 1), 15));
  const nibble = i8x16.splat(15);
  const bits = i8x16.swizzle(sieve, v128.and(numbers, nibble));
  const bit = i8x16.swizzle(
    i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128),
    v128.and(i8x16.shr_u(numbers, 4), nibble),
  );
  return v128.and(i8x16.eq(v128.and(bits, bit), bit), teams);
}

/** Records that a team owns which may be in the sieve (or nobody: NONE has the team bit too). */
function teamWord(page: usize, start: u32, sieve: usize): u32 {
  const marks = page + start * 2 + PAGE_MARKS;
  if (ASC_FEATURE_SIMD) {
    const table = v128.load(sieve);
    return i8x16.bitmask(sieved(marks, table)) | (i8x16.bitmask(sieved(marks + 32, table)) << 16);
  }
  return markWord(page, start, MARK_TEAM, MARK_TEAM);
}

/**
 * Of the records outside `word`, which are owned by a team that is marked in `teams` (a byte a team, `count` of them). With few
 * teams a mark says for certain which one owns a record.
 */
export function markedTeamsWord(
  page: usize,
  start: u32,
  word: u32,
  sieve: usize,
  teams: usize,
  count: u32,
): u32 {
  const isSure = count <= <u32>MARK_OF_PRINCIPAL;
  const owners = page + start * 4 + PAGE_OWNERS;
  const marks = page + start * 2 + PAGE_MARKS;
  let owned: u32 = 0;
  for (let rest = teamWord(page, start, sieve) & ~word; rest !== 0; rest &= rest - 1) {
    const i = <u32>ctz(rest);
    const team = isSure
      ? <u32>load<u16>(marks + i * 2) & MARK_OF_PRINCIPAL
      : load<u32>(owners + i * 4) ^ <u32>TEAM_BIT;
    owned |= u32(team < count && load<u8>(teams + team) !== 0) << i;
  }
  return owned;
}
