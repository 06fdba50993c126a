// Which records of a page certain principals own: the user of a filter himself, and teams of his. A sieve lets through whom they
// own, and few others, without a look at each principal; what falls through is looked at one by one.
import { area, NIBBLES, NIBBLES_BYTES } from "./area";
import {
  MARK_OF_PRINCIPAL,
  MARK_TEAM,
  PAGE_MARKS,
  PAGE_OWNERS,
  PAGE_RECORDS,
  PAGE_UNITS,
  TEAM_BIT,
} from "./constants";

/**
 * A sieve is a table of 16 bytes for each four bits of a mark, in which a principal has one of eight bits: a mark falls through
 * that has a bit in common in all four. Principals who share a bit let through whatever mixes their marks.
 */
export const SIEVE_BITS: u32 = 8;
const TABLE: usize = 16;
/** Of the last four bits of a mark: the uppermost tells of shares. */
const UPPERMOST: u32 = 7;

const masks: usize = ASC_FEATURE_THREADS ? area + NIBBLES : memory.data(NIBBLES_BYTES, 16);

/** Adds an owner (a team with TEAM_BIT) under one of the bits, 0 to 7. */
export function addToSieve(sieve: usize, owner: u32, bit: u32): void {
  let mark = (owner & MARK_OF_PRINCIPAL) | ((owner & <u32>TEAM_BIT) === 0 ? 0 : MARK_TEAM);
  for (const end = sieve + 4 * TABLE; sieve < end; sieve += TABLE) {
    const at = sieve + (mark & 15);
    store<u8>(at, load<u8>(at) | ((<u8>1) << (<u8>bit)));
    mark >>= 4;
  }
}

/** Not 0 where a mark falls through. */
function falls(sieve: usize, mark: u32): u32 {
  const low = load<u8>(sieve + (mark & 15)) & load<u8>(sieve + ((mark >> 4) & 15), TABLE);
  const high = load<u8>(sieve + ((mark >> 8) & 15), 2 * TABLE);
  return <u32>(low & high & load<u8>(sieve + ((mark >> 12) & UPPERMOST), 3 * TABLE));
}

/**
 * Of 32 records that fall through, those that the user owns or a team that is marked in `teams`, a byte a team. With few teams
 * a mark says for certain which one owns a record; owners are farther away.
 */
function owned(page: usize, start: u32, fallen: u32, user: u32, teams: usize, teamCount: u32): u32 {
  const owners = page + start * 4 + PAGE_OWNERS;
  const marks = page + start * 2 + PAGE_MARKS;
  const isSure = teamCount <= <u32>MARK_OF_PRINCIPAL;
  let word: u32 = 0;
  for (let rest = fallen; rest !== 0; rest &= rest - 1) {
    const i = <u32>ctz(rest);
    const mark = <u32>load<u16>(marks + i * 2);
    if ((mark & MARK_TEAM) === 0) word |= u32(load<u32>(owners + i * 4) === user) << i;
    else {
      const team = isSure ? mark & MARK_OF_PRINCIPAL : load<u32>(owners + i * 4) ^ <u32>TEAM_BIT;
      word |= u32(team < teamCount && load<u8>(teams + team) !== 0) << i;
    }
  }
  return word;
}

/** Which of sixteen marks do not fall through, a bit each. */
function othersOf(marks: usize, sieve: usize, nibble: v128, uppermost: v128, lowByte: v128): u32 {
  const a = v128.load(marks);
  const b = v128.load(marks, 16);
  const low = i8x16.narrow_i16x8_u(v128.and(a, lowByte), v128.and(b, lowByte));
  const high = i8x16.narrow_i16x8_u(i16x8.shr_u(a, 8), i16x8.shr_u(b, 8));
  const lower = v128.and(
    i8x16.swizzle(v128.load(sieve), v128.and(low, nibble)),
    i8x16.swizzle(v128.load(sieve, TABLE), v128.and(i16x8.shr_u(low, 4), nibble)),
  );
  const upper = v128.and(
    i8x16.swizzle(v128.load(sieve, 2 * TABLE), v128.and(high, nibble)),
    i8x16.swizzle(v128.load(sieve, 3 * TABLE), v128.and(i16x8.shr_u(high, 4), uppermost)),
  );
  return i8x16.bitmask(i8x16.eq(v128.and(lower, upper), i32x4.splat(0)));
}

/**
 * Adds the records of a page that the user owns, or one of the teams marked in `teams` (a byte a team), where they are in the
 * sieve, and whose bits of the plane `where` are 1. Reads marks `ahead` as `addUnits` does units.
 */
export function addOwned(
  page: usize,
  sieve: usize,
  user: u32,
  teams: usize,
  teamCount: u32,
  where: usize,
  out: usize,
  ahead: usize,
): void {
  let marks = page + PAGE_MARKS;
  let first: u32 = 0;
  if (ASC_FEATURE_SIMD) {
    // Through memory, as in `addUnits`.
    store<u16>(masks, 0x0f0f);
    store<u16>(masks, <u16>(UPPERMOST | (UPPERMOST << 8)), 2);
    store<u16>(masks, 0xff, 4);
    const nibble = v128.load16_splat(masks);
    const uppermost = v128.load16_splat(masks, 2);
    const lowByte = v128.load16_splat(masks, 4);
    let touched: u32 = 0;
    for (const end = out + PAGE_RECORDS / 8; out < end; out += 4) {
      const low = othersOf(marks, sieve, nibble, uppermost, lowByte);
      const high = othersOf(marks + 32, sieve, nibble, uppermost, lowByte);
      touched |= load<u32>(marks + ahead) | load<u32>(marks + ahead - (PAGE_MARKS - PAGE_UNITS));
      const reached = load<u32>(out);
      const fallen = load<u32>(where) & ~(reached | low | (high << 16));
      if (fallen !== 0) store<u32>(out, reached | owned(page, first, fallen, user, teams, teamCount));
      first += 32;
      marks += 64;
      where += 4;
    }
    store<u32>(masks, touched, 8);
    return;
  }
  for (let start: u32 = 0; start < <u32>PAGE_RECORDS; start += 32) {
    const reached = load<u32>(out);
    let fallen: u32 = 0;
    for (let i: u32 = 0; i < 32; i++) {
      fallen |= u32(falls(sieve, load<u16>(marks)) !== 0) << i;
      marks += 2;
    }
    fallen &= load<u32>(where) & ~reached;
    if (fallen !== 0) store<u32>(out, reached | owned(page, start, fallen, user, teams, teamCount));
    where += 4;
    out += 4;
  }
}
