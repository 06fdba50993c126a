// What a snapshot holds in bulk, in a linear pass: owners and units, which must exist.
import {
  ACTIONS,
  DEAD_UNIT,
  MARK_OF_PRINCIPAL,
  MARK_TEAM,
  NO_UNIT,
  NONE,
  OWNED_BY_PARENT,
  PAGE_COUNT,
  PAGE_ENTITY,
  PAGE_MARKS,
  PAGE_OWNERS,
  PAGE_RECORDS,
  PAGE_UNITS,
  TEAM_BIT,
  WORLD_PAGE_COUNT,
  WORLD_TEAM_COUNT,
  WORLD_UNIT_COUNT,
} from "./constants";
import { kindOf } from "./image";
import { worldWord } from "./memory";
import { pageAddress } from "./pages";
import { userCount } from "./principals";

/** Whether somebody has this number (1 or 0), without a branch: which of both he is cannot be foreseen. */
function isKnown(principal: u32, users: u32, teams: u32): u32 {
  return u32(principal < users) | u32((principal ^ <u32>TEAM_BIT) < teams);
}

/** What may stand in pages: numbers below these. */
let users: u32 = 0;
let teams: u32 = 0;
let units: u32 = 0;

/** Not 0 where the record at this place has an owner or a unit that does not exist. Writes the mark of its owner. */
function markOwner(page: usize, place: usize, byParent: bool): u32 {
  const owner = load<u32>(page + (place << 2), PAGE_OWNERS);
  const unit = <u32>load<u16>(page + (place << 1), PAGE_UNITS);
  const mark = (owner & MARK_OF_PRINCIPAL) | ((owner >> 31) * <u32>MARK_TEAM);
  store<u16>(page + (place << 1), <u16>mark, PAGE_MARKS);
  const noUnit = u32(unit >= units) & u32(unit !== NO_UNIT) & u32(unit !== DEAD_UNIT);
  return noUnit | (u32(!byParent) & u32(owner !== <u32>NONE) & (isKnown(owner, users, teams) ^ 1));
}

/** Lanes of four owners who do not exist. */
function strangersOf(owners: v128): v128 {
  const known = v128.or(
    i32x4.lt_u(owners, i32x4.splat(users)),
    i32x4.lt_u(v128.xor(owners, i32x4.splat(<u32>TEAM_BIT)), i32x4.splat(teams)),
  );
  return v128.not(v128.or(known, i32x4.eq(owners, i32x4.splat(<u32>NONE))));
}

/** `mark` of four owners, a word each. */
function marksOf(owners: v128): v128 {
  const team = v128.and(i32x4.shr_s(owners, 31), i32x4.splat(<u32>MARK_TEAM));
  return v128.or(v128.and(owners, i32x4.splat(<u32>MARK_OF_PRINCIPAL)), team);
}

/** `markOwner` of eight records from this place on. */
function markEight(page: usize, place: usize, byParent: bool): u32 {
  const first = v128.load(page + (place << 2), PAGE_OWNERS);
  const second = v128.load(page + (place << 2), PAGE_OWNERS + 16);
  const marks = i16x8.narrow_i32x4_u(marksOf(first), marksOf(second));
  v128.store(page + (place << 1), marks, PAGE_MARKS);
  const lie = v128.load(page + (place << 1), PAGE_UNITS);
  const known = v128.or(
    i16x8.lt_u(lie, i16x8.splat(<u16>units)),
    v128.or(i16x8.eq(lie, i16x8.splat(<u16>NO_UNIT)), i16x8.eq(lie, i16x8.splat(<u16>DEAD_UNIT))),
  );
  const noOwner = v128.any_true(v128.or(strangersOf(first), strangersOf(second)));
  return u32(!i16x8.all_true(known)) | (u32(!byParent) & u32(noOwner));
}

/** Behind its records a page is empty, whatever the snapshot holds: that is no owner, least of all where there is no user. */
function emptyBehind(page: usize, count: usize): void {
  const places = <usize>PAGE_RECORDS - count;
  memory.fill(page + PAGE_OWNERS + (count << 2), 0, places << 2);
  memory.fill(page + PAGE_UNITS + (count << 1), 0, places << 1);
  memory.fill(page + PAGE_MARKS + (count << 1), 0, places << 1);
}

/**
 * Whether every owner and every unit of every record exists. Writes the marks of owners anew; those of shares are gone, and
 * come back with the shares.
 */
export function ownersAreKnown(): bool {
  const pages = worldWord(WORLD_PAGE_COUNT);
  units = worldWord(WORLD_UNIT_COUNT);
  users = userCount();
  teams = worldWord(WORLD_TEAM_COUNT);
  for (let number: u32 = 0; number < pages; number++) {
    const page = pageAddress(number);
    const byParent = kindOf(load<u32>(page, PAGE_ENTITY) * ACTIONS) === OWNED_BY_PARENT;
    let strangers: u32 = 0;
    const count = <usize>load<u32>(page, PAGE_COUNT);
    let place: usize = 0;
    if (ASC_FEATURE_SIMD) {
      for (; place + 8 <= count; place += 8) strangers |= markEight(page, place, byParent);
    }
    for (; place < count; place++) strangers |= markOwner(page, place, byParent);
    emptyBehind(page, count);
    if (strangers !== 0) return false;
  }
  return true;
}
