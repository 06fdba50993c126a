// Everybody who has a privilege on a record. Most users are decided by their sort and unit (who-index.ts), two looks at tables
// of bytes that are made for the question; whom teams, ownership, shares or something special concern is asked alone.
// A question is open until it is closed, and answered in this order: teams, whom the record itself names, users. Several threads
// may share teams, and then users, among them.
import { allows } from "./allows";
import {
  ACTIONS,
  CONTEXT_BYTES,
  CONTEXT_FIRST_UNIT,
  CONTEXT_LAST_UNIT,
  CONTEXT_LIST_PLANES,
  CONTEXT_PLANES,
  GUARD_LIST_EVERYBODY,
  KIND_TASK,
  LEVEL_CHILDREN,
  LEVEL_ORGANIZATION,
  LEVEL_UNIT,
  NO_UNIT,
  ORGANIZATION,
  OWNED_BY_PARENT,
  OWNED_BY_PRINCIPAL,
  SHARE_DIRECT,
  SHARE_INHERITED,
  SHARE_PRINCIPAL,
  TEAM_BIT,
  WORLD_TEAM_COUNT,
  WORLD_UNIT_COUNT,
} from "./constants";
import {
  entityOf,
  guardListOf,
  isConditional,
  isFlat,
  kindOf,
  levelBits,
  NO,
  ownershipIsRecomputed,
  privilegeCount,
  slotOf,
} from "./image";
import { allocate, mark, reset, worldWord } from "./memory";
import { pageOf } from "./pages";
import { contextCount, contextRows, contextsOfTeam, endOfUnit, userCount } from "./principals";
import { askAboutDescribed, askAboutLoaded, askAs, owner, shares, unit } from "./question";
import { readyReaches } from "./reach-table";
import { nextShare } from "./shares";
import {
  alone,
  FIRST_SORT,
  isConditionalSort,
  membersOf,
  openWho,
  planesOfSort,
  sorts,
  words,
} from "./who-index";
import { addBySort } from "./who-sorts";

/** Of a byte of a sort or a unit, beside LEVEL_UNIT, LEVEL_CHILDREN and LEVEL_ORGANIZATION: any level at all counts. */
const ANY: u32 = 16;

// The question that is open.
let out: usize = 0;
let asked: u32 = 0;
let about: u32 = 0;
/** How it is answered. */
let way: u32 = 0;
let slot: u32 = NO;
/** The record's owner, unit and first share, where they count; ANY where no level is needed. */
let owns: u32 = NO;
let there: u32 = NO_UNIT;
let firstShare: usize = 0;
let any: u32 = 0;
/** A byte a sort and a byte a unit, in memory that `closeWhoCan` gives back. */
let sortTable: usize = 0;
let unitTable: usize = 0;
let scratch: usize = 0;

/** Nobody has it. */
const NO_ONE: u32 = 0;
/** By sorts and units, and some alone. */
const BY_SORT: u32 = 1;
/** Everybody is asked alone. */
const ALONE_ALL: u32 = 2;

function wordOf(user: u32): usize {
  return out + ((<usize>user >> 5) << 2);
}

function set(user: u32, holds: u32): void {
  const at = wordOf(user);
  store<u32>(at, (load<u32>(at) & ~((<u32>1) << user)) | (holds << (user & 31)));
}

/** Adds a user whom another thread may have beside others in the same word. */
function add(user: u32): void {
  if (ASC_FEATURE_THREADS) atomic.or<u32>(wordOf(user), (<u32>1) << user);
  else set(user, 1);
}

function askAlone(user: u32): void {
  set(user, allows(user, asked, about));
}

/** What each sort holds, as the levels by which it may reach; NOBODY and ALONE have nothing. */
function markSorts(): void {
  const count = <usize>load<u32>(sorts);
  for (let sort = <usize>FIRST_SORT; sort < count; sort++) {
    const levels = levelBits(planesOfSort(sort), slot);
    store<u8>(sortTable + sort, <u8>(levels | (levels === 0 ? 0 : ANY)));
  }
}

/** By which levels each unit's users reach the record. */
function markUnits(): void {
  const units = worldWord(WORLD_UNIT_COUNT);
  for (let at: u32 = 0; at < units; at++) {
    let levels: u32 = LEVEL_ORGANIZATION | any;
    if (at <= there && there !== NO_UNIT && there <= endOfUnit(at)) levels |= LEVEL_CHILDREN;
    if (at === there) levels |= LEVEL_UNIT;
    store<u8>(unitTable + at, <u8>levels);
  }
}

/** Rule 5a for what a team gives its members. */
function teamReaches(team: u32): bool {
  const list = contextsOfTeam(team);
  if (levelBits(load<u32>(list, CONTEXT_LIST_PLANES), slot) === 0) return false;
  if (any !== 0) return true;
  let row = contextRows(list);
  for (let left = contextCount(list); left > 0; left--) {
    const levels = levelBits(load<u32>(row, CONTEXT_PLANES), slot);
    if ((levels & LEVEL_ORGANIZATION) !== 0) return true;
    const first = <u32>load<u16>(row, CONTEXT_FIRST_UNIT);
    if (there !== NO_UNIT) {
      if ((levels & LEVEL_UNIT) !== 0 && first === there) return true;
      const isBelow = first <= there && there <= <u32>load<u16>(row, CONTEXT_LAST_UNIT);
      if ((levels & LEVEL_CHILDREN) !== 0 && isBelow) return true;
    }
    row += CONTEXT_BYTES;
  }
  return false;
}

function askPrincipal(principal: u32): void {
  if ((principal & <u32>TEAM_BIT) === 0) {
    askAlone(principal);
    return;
  }
  const team = principal & ~(<u32>TEAM_BIT);
  const end = membersOf(team + 1);
  for (let at = membersOf(team); at < end; at += 4) askAlone(load<u32>(at));
}

/** Whether a share of the record gives everybody the right of the action. */
function isSharedWithAll(first: usize, action: u32): bool {
  for (let share = first; share !== 0; share = nextShare(share)) {
    const rights = <u32>(load<u8>(share, SHARE_DIRECT) | load<u8>(share, SHARE_INHERITED));
    if (((rights >> action) & 1) !== 0 && load<u32>(share, SHARE_PRINCIPAL) === <u32>ORGANIZATION)
      return true;
  }
  return false;
}

/** Where in the list of users who are asked alone the first one is that is not below `user`. */
function firstAlone(user: u32): u32 {
  let low: u32 = 0;
  let high = load<u32>(alone);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<u32>(alone + ((<usize>middle) << 2), 4) < user) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Asks alone whoever from `first` to `end` holds something under a condition. */
function askConditional(first: u32, end: u32): void {
  for (let user = first; user < end; user++) {
    const sort = <usize>(load<u32>(words + ((<usize>user) << 2)) & 0xffff);
    if (sort >= <usize>FIRST_SORT && isConditionalSort(sort)) askAlone(user);
  }
}

/** Prepares an answer by sorts; ALONE_ALL where guardrails, a parent or rule B9 leave everybody to be asked alone. */
function open(privilege: u32, record: u32): u32 {
  if (privilege >= privilegeCount()) return NO_ONE;
  const kind = kindOf(privilege);
  const list = guardListOf(privilege);
  slot = slotOf(privilege);
  if (kind === OWNED_BY_PARENT || !ownershipIsRecomputed() || slot === NO) return ALONE_ALL;
  if (list !== 0 && load<u32>(list, GUARD_LIST_EVERYBODY * 4) !== 0) return ALONE_ALL;
  const page = kind === KIND_TASK ? <usize>0 : pageOf(entityOf(privilege), record);
  if (kind !== KIND_TASK && page === 0) return NO_ONE;
  if (!openWho()) return ALONE_ALL;
  sortTable = allocate(load<u32>(sorts));
  unitTable = allocate(<usize>worldWord(WORLD_UNIT_COUNT) + 1);
  if (sortTable === 0 || unitTable === 0) return ALONE_ALL;
  if (userCount() > 0) askAs(0);
  if (page === 0) askAboutDescribed(NO, NO_UNIT);
  else askAboutLoaded(page, record);
  // Asking alone turns to the record anew: what it is stays here.
  const hasOwner = kind === OWNED_BY_PRINCIPAL;
  owns = hasOwner ? owner : NO;
  there = unit;
  firstShare = hasOwner ? shares : <usize>0;
  any = isFlat(privilege) || isSharedWithAll(firstShare, privilege % ACTIONS) ? ANY : 0;
  markSorts();
  markUnits();
  return BY_SORT;
}

/**
 * Opens the question who has a privilege on a record. Nothing is allocated but by it until it is closed. Returns the way in
 * which it is answered, which is the same for all threads that answer it together.
 */
export function openWhoCan(privilege: u32, record: u32): u32 {
  readyReaches();
  asked = privilege;
  about = record;
  scratch = mark();
  way = open(privilege, record);
  return way;
}

export function closeWhoCan(): void {
  reset(scratch);
}

/** Adds the members of those teams from `first` to `end` whose grants reach the record; who is asked alone is left to that. */
export function whoAmongTeams(first: u32, end: u32, into: usize): void {
  if (way !== BY_SORT) return;
  out = into;
  for (let team = first; team < end; team++) {
    if (!teamReaches(team)) continue;
    const last = membersOf(team + 1);
    for (let at = membersOf(team); at < last; at += 4) {
      const user = load<u32>(at);
      if ((load<u32>(words + ((<usize>user) << 2)) & 0xffff) >= FIRST_SORT) add(user);
    }
  }
}

/** Answers for the users from `first`, a multiple of 32, to `end`, whose words begin at `into`. */
export function whoAmongUsers(first: u32, end: u32, into: usize): void {
  // As if there were words for those before them.
  out = into - (<usize>first >> 3);
  if (way === ALONE_ALL) for (let user = first; user < end; user++) askAlone(user);
  if (way !== BY_SORT) return;
  addBySort(sortTable, unitTable, first, end, into);
  const last = firstAlone(end);
  for (let i = firstAlone(first); i < last; i++) askAlone(load<u32>(alone + ((<usize>i) << 2), 4));
  if (isConditional(asked)) askConditional(first, end);
}

/** Asks alone who owns the record or has a share of it. */
export function whoSpecial(into: usize): void {
  if (way !== BY_SORT) return;
  out = into;
  if (owns !== NO) askPrincipal(owns);
  for (let share = firstShare; share !== 0; share = nextShare(share)) {
    const principal = load<u32>(share, SHARE_PRINCIPAL);
    if (principal !== <u32>ORGANIZATION) askPrincipal(principal);
  }
}

/** Who has the privilege on the record: one bit a user into `into` (zeroed by the caller); returns how many. */
export function whoCan(privilege: u32, record: u32, into: usize): u32 {
  openWhoCan(privilege, record);
  whoAmongTeams(0, worldWord(WORLD_TEAM_COUNT), into);
  whoSpecial(into);
  whoAmongUsers(0, userCount(), into);
  closeWhoCan();
  let count: u32 = 0;
  const end = into + ((<usize>userCount() + 31) >> 5) * 4;
  for (let at = into; at < end; at += 4) count += <u32>popcnt(load<u32>(at));
  return count;
}
