// 32 records of a page at a time: which of them a compare of their units or owners picks, as the bits of a word. The SIMD
// core compares eight units or four owners at once; the plain core goes record by record and gives the same words.
import { PAGE_OWNERS, PAGE_UNITS, TEAM_BIT } from "./constants";

/** Records whose unit is one of `count` units from `start` on, counted modulo 65,536; `start` is the first record. */
export function unitWord(page: usize, start: u32, first: u32, count: u32): u32 {
  const units = page + start * 2 + PAGE_UNITS;
  if (ASC_FEATURE_SIMD) {
    const from = i16x8.splat(<i16>first);
    const many = i16x8.splat(<i16>count);
    const low = i8x16.narrow_i16x8_s(
      i16x8.lt_u(i16x8.sub(v128.load(units), from), many),
      i16x8.lt_u(i16x8.sub(v128.load(units, 16), from), many),
    );
    const high = i8x16.narrow_i16x8_s(
      i16x8.lt_u(i16x8.sub(v128.load(units, 32), from), many),
      i16x8.lt_u(i16x8.sub(v128.load(units, 48), from), many),
    );
    return i8x16.bitmask(low) | (i8x16.bitmask(high) << 16);
  }
  let word: u32 = 0;
  for (let i: u32 = 0; i < 32; i++) {
    word |= u32(((<u32>load<u16>(units + i * 2) - first) & 0xffff) < count) << i;
  }
  return word;
}

/** Records that a principal owns. */
export function ownerWord(page: usize, start: u32, principal: u32): u32 {
  const owners = page + start * 4 + PAGE_OWNERS;
  if (ASC_FEATURE_SIMD) {
    const who = i32x4.splat(principal);
    const low = i8x16.narrow_i16x8_s(
      i16x8.narrow_i32x4_s(i32x4.eq(v128.load(owners), who), i32x4.eq(v128.load(owners, 16), who)),
      i16x8.narrow_i32x4_s(i32x4.eq(v128.load(owners, 32), who), i32x4.eq(v128.load(owners, 48), who)),
    );
    const high = i8x16.narrow_i16x8_s(
      i16x8.narrow_i32x4_s(i32x4.eq(v128.load(owners, 64), who), i32x4.eq(v128.load(owners, 80), who)),
      i16x8.narrow_i32x4_s(i32x4.eq(v128.load(owners, 96), who), i32x4.eq(v128.load(owners, 112), who)),
    );
    return i8x16.bitmask(low) | (i8x16.bitmask(high) << 16);
  }
  let word: u32 = 0;
  for (let i: u32 = 0; i < 32; i++) word |= u32(load<u32>(owners + i * 4) === principal) << i;
  return word;
}

/** Records that a team owns (or nobody: NONE has the team bit too). */
export function teamOwnedWord(page: usize, start: u32): u32 {
  const owners = page + start * 4 + PAGE_OWNERS;
  if (ASC_FEATURE_SIMD) {
    return (
      i32x4.bitmask(v128.load(owners)) |
      (i32x4.bitmask(v128.load(owners, 16)) << 4) |
      (i32x4.bitmask(v128.load(owners, 32)) << 8) |
      (i32x4.bitmask(v128.load(owners, 48)) << 12) |
      (i32x4.bitmask(v128.load(owners, 64)) << 16) |
      (i32x4.bitmask(v128.load(owners, 80)) << 20) |
      (i32x4.bitmask(v128.load(owners, 96)) << 24) |
      (i32x4.bitmask(v128.load(owners, 112)) << 28)
    );
  }
  let word: u32 = 0;
  for (let i: u32 = 0; i < 32; i++) word |= (load<u32>(owners + i * 4) >> 31) << i;
  return word;
}

/** Of the records in `word`, which are owned by a team that is marked in `teams` (a byte a team, `count` of them). */
export function markedTeamsWord(page: usize, start: u32, word: u32, teams: usize, count: u32): u32 {
  const owners = page + start * 4 + PAGE_OWNERS;
  let owned: u32 = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) {
    const i = <u32>ctz(rest);
    const team = load<u32>(owners + i * 4) ^ <u32>TEAM_BIT;
    if (team < count && load<u8>(teams + team) !== 0) owned |= (<u32>1) << i;
  }
  return owned;
}
