// Questions of a block without the table of what users reach: where there are more pairs of user and privilege than it has
// room for. First where each question's levels lie in memory, then the levels, then the units of the records that these
// concern, each for the whole block before the next, so that many reads are on their way together. It needs to know who is
// who (who-index.ts); what is more than a level in the user's unit is left to decide.ts.
import { area, JUDGED, JUDGED_BYTES } from "./area";
import { BLOCK } from "./batch-block";
import {
  ACTION_SHIFT,
  DEAD_UNIT,
  LEVEL_CHILDREN,
  LEVEL_ORGANIZATION,
  LEVEL_UNIT,
  MARK_OF_PRINCIPAL,
  MARK_SHARED,
  MARK_TEAM,
  OWNED_BY_PRINCIPAL,
  PAGE_COUNT,
  PAGE_ENTITY,
  PAGE_MARKS,
  PAGE_OWNERS,
  PAGE_SHIFT,
  PAGE_UNITS,
  PRIVILEGE_CONDITIONAL,
  PRIVILEGE_GUARDS,
  PRIVILEGE_KIND,
  PRIVILEGE_SLOT,
  USER_TEAM_PLANES,
  USER_TEAM_SET,
  WORLD_PAGE_COUNT,
} from "./constants";
import { NO, ownershipIsRecomputed, privilegeCount, privilegeRow } from "./image";
import { worldWord } from "./memory";
import { pageOfRecord, placeInPage } from "./pages";
import { endOfUnit, userCount, userRow } from "./principals";
import { ALONE, FIRST_SORT, holdsThroughTeams, openWho, planesOfSort, words } from "./who-index";

/** Questions of the last block that were not answered: they are to be decided alone. */
export let undecided: u32 = 0;

// Of each question a word in each column: where the level bits of the user's own roles are and those of his teams', then these
// bits; how far they are to be shifted; the user's unit; the record's place in its page, as an address 2 bytes a record.
const places: usize = ASC_FEATURE_THREADS ? area + JUDGED : memory.data(JUDGED_BYTES, 16);
const COLUMN: usize = 32 * 4;
const OF_TEAMS: usize = COLUMN;
const SHIFT: usize = 2 * COLUMN;
const UNIT: usize = 3 * COLUMN;
const RECORD: usize = 4 * COLUMN;
/** The levels of teams that hold nothing. */
const noLevels: usize = memory.data(1, 16);

/** What has been read ahead goes here: what nobody can use is not read. */
export let touched: u32 = 0;

// Short loops that read and do nothing else, so that as much as can be is on its way at once; the loops behind them decide.

function touchUsers(principals: usize): void {
  const last = userCount() - 1;
  let sum: u32 = 0;
  for (let at: usize = 0; at < COLUMN; at += 4) {
    sum ^= load<u32>(words + ((<usize>min(load<u32>(principals + at), last)) << 2));
  }
  touched = sum;
}

/** There is a place for each question, found or not. */
function touchLevels(): void {
  let sum: u32 = 0;
  for (let at: usize = 0; at < COLUMN; at += 4) sum ^= <u32>load<u8>(load<u32>(places + at));
  touched = sum;
}

function touchRecords(lanes: u32, column: usize): void {
  let sum: u32 = 0;
  for (let left = lanes; left !== 0; left &= left - 1) {
    sum ^= <u32>load<u16>(<usize>load<u32>(places + ((<usize>ctz(left)) << 2), RECORD) + column);
  }
  touched = sum;
}

/** For decide.ts: the rows of users, the owners of records, the teams. */
function touchOwners(lanes: u32, principals: usize, records: usize): void {
  let sum: u32 = 0;
  for (let left = lanes; left !== 0; left &= left - 1) {
    const at = (<usize>ctz(left)) << 2;
    const record = load<u32>(records + at);
    sum ^= load<u32>(userRow(load<u32>(principals + at)), USER_TEAM_SET);
    sum ^= load<u32>(pageOfRecord(record) + (placeInPage(record) << 2), PAGE_OWNERS);
  }
  for (let left = lanes; left !== 0; left &= left - 1) {
    const at = (<usize>ctz(left)) << 2;
    sum ^= load<u32>(load<u32>(userRow(load<u32>(principals + at)), USER_TEAM_SET));
  }
  touched = sum;
}

/** Whether nothing but levels, ownership and shares matters for the privilege: no guardrail, no condition, no parent. */
function isLevelMatter(about: usize): bool {
  const kind = load<u32>(about, PRIVILEGE_KIND * 4) ^ OWNED_BY_PRINCIPAL;
  const unguarded = load<u32>(about, PRIVILEGE_GUARDS * 4) ^ NO;
  return (kind | unguarded | load<u32>(about, PRIVILEGE_CONDITIONAL * 4)) === 0;
}

/** Finds where the levels lie; returns the questions for which that is known. Users who are denied everything are not among them. */
function locate(principals: usize, privileges: usize, records: usize): u32 {
  const users = userCount();
  const known = privilegeCount();
  const pages = worldWord(WORLD_PAGE_COUNT);
  let found: u32 = 0;
  let open: u32 = 0;
  for (let i: u32 = 0; i < BLOCK; i++) {
    const at = (<usize>i) << 2;
    const user = load<u32>(principals + at);
    const privilege = load<u32>(privileges + at);
    store<u32>(places + at, <u32>noLevels);
    if (user >= users || privilege >= known || load<u32>(records + at) >> PAGE_SHIFT >= pages) continue;
    const who = load<u32>(words + ((<usize>user) << 2));
    const sort = who & 0xffff;
    const about = privilegeRow(privilege);
    const slot = load<u32>(about, PRIVILEGE_SLOT * 4);
    if (sort < FIRST_SORT || slot === NO || !isLevelMatter(about)) {
      open |= u32(sort >= ALONE) << i;
      continue;
    }
    const place = places + at;
    const byte = slot >> 1;
    store<u32>(place, planesOfSort(sort) + byte);
    const ofTeams = holdsThroughTeams(sort)
      ? load<u32>(userRow(user), USER_TEAM_PLANES) + byte
      : <u32>noLevels;
    store<u32>(place, ofTeams, OF_TEAMS);
    store<u32>(place, (slot & 1) << 2, SHIFT);
    store<u32>(place, who >> 16, UNIT);
    const record = load<u32>(records + at);
    store<u32>(place, pageOfRecord(record) + (placeInPage(record) << 1), RECORD);
    found |= 1 << i;
  }
  undecided = open;
  return found;
}

/** Reads the levels of each question; returns those that have one. */
function readLevels(lanes: u32): u32 {
  let held: u32 = 0;
  for (let left = lanes; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
    const place = places + ((<usize>i) << 2);
    const shift = load<u32>(place, SHIFT);
    const own = (<u32>load<u8>(load<u32>(place)) >> shift) & 15;
    const ofTeams = (<u32>load<u8>(load<u32>(place, OF_TEAMS)) >> shift) & 15;
    store<u32>(place, own);
    store<u32>(place, ofTeams, OF_TEAMS);
    held |= u32((own | ofTeams) !== 0) << i;
  }
  return held;
}

/** Of questions with levels, those whose record there is; of these, `reached` are allowed. */
let reached: u32 = 0;
function reach(lanes: u32, privileges: usize, records: usize): u32 {
  let there: u32 = 0;
  let allowed: u32 = 0;
  for (let left = lanes; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
    const at = (<usize>i) << 2;
    const place = places + at;
    const record = load<u32>(records + at);
    const page = pageOfRecord(record);
    const unit = <u32>load<u16>(load<u32>(place, RECORD), PAGE_UNITS);
    const exists =
      u32(load<u32>(page, PAGE_ENTITY) === load<u32>(privileges + at) >> ACTION_SHIFT) &
      u32(placeInPage(record) < load<u32>(page, PAGE_COUNT)) &
      u32(unit !== <u32>DEAD_UNIT);
    const own = load<u32>(place);
    const first = load<u32>(place, UNIT);
    const everywhere = u32(((own | load<u32>(place, OF_TEAMS)) & LEVEL_ORGANIZATION) !== 0);
    const below = u32((own & LEVEL_CHILDREN) !== 0) & u32(unit - first <= endOfUnit(first) - first);
    const same = u32((own & LEVEL_UNIT) !== 0) & u32(unit === first);
    there |= exists << i;
    allowed |= ((everywhere | below | same) & exists) << i;
  }
  reached = allowed;
  return there;
}

/** Which of these questions ownership, a share or a level of a team may still allow. */
function mayBeReached(lanes: u32, principals: usize): u32 {
  const withUnits: u32 = LEVEL_UNIT | LEVEL_CHILDREN;
  let open: u32 = 0;
  for (let left = lanes; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
    const at = (<usize>i) << 2;
    const mark = <u32>load<u16>(load<u32>(places + at, RECORD), PAGE_MARKS);
    const isHis = u32((mark & MARK_OF_PRINCIPAL) === (load<u32>(principals + at) & MARK_OF_PRINCIPAL));
    const isMarked = u32((mark & (MARK_TEAM | MARK_SHARED)) !== 0);
    const isElsewhere = u32((load<u32>(places + at, OF_TEAMS) & withUnits) !== 0);
    open |= (isHis | isMarked | isElsewhere) << i;
  }
  return open;
}

/** The answers of a full block, one bit each; those of `undecided` are 0. There is at least one page. */
export function judgeLevels(principals: usize, privileges: usize, records: usize): u32 {
  if (!ownershipIsRecomputed() || userCount() === 0 || !openWho()) {
    undecided = NO;
    return 0;
  }
  touchUsers(principals);
  const found = locate(principals, privileges, records);
  touchLevels();
  const held = readLevels(found);
  touchRecords(held, PAGE_UNITS);
  const there = reach(held, privileges, records);
  const missed = there & ~reached;
  touchRecords(missed, PAGE_MARKS);
  const open = mayBeReached(missed, principals);
  touchOwners(open, principals, records);
  undecided |= open;
  return reached;
}
