// Everybody who has a privilege on a record. Most users are decided by their sort and unit (who-index.ts), two looks at tables
// of bytes that are made for the question; whom teams, ownership, shares or something special concern is asked alone.
import { answer } from "./allows";
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
  SHARE_NEXT,
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
import { bySort } from "./who-sorts";

/** Of a byte of a sort or a unit, beside LEVEL_UNIT, LEVEL_CHILDREN and LEVEL_ORGANIZATION: any level at all counts. */
const ANY: u32 = 16;

let out: usize = 0;
let asked: u32 = 0;
let about: u32 = 0;

function set(user: u32, holds: u32): void {
  const at = out + ((<usize>user >> 5) << 2);
  store<u32>(at, (load<u32>(at) & ~((<u32>1) << user)) | (holds << (user & 31)));
}

function askAlone(user: u32): void {
  set(user, answer(user, asked, about));
}

/** Asks about everybody, one after the other. */
function askAll(): void {
  const users = userCount();
  for (let user: u32 = 0; user < users; user++) askAlone(user);
}

/** What each sort holds, as the levels by which it may reach; NOBODY and ALONE have nothing. */
function markSorts(table: usize, slot: u32): void {
  const count = <usize>load<u32>(sorts);
  for (let sort = <usize>FIRST_SORT; sort < count; sort++) {
    const levels = levelBits(planesOfSort(sort), slot);
    store<u8>(table + sort, <u8>(levels | (levels === 0 ? 0 : ANY)));
  }
}

/** By which levels each unit's users reach a record in `there`. */
function markUnits(table: usize, there: u32, any: u32): void {
  const units = worldWord(WORLD_UNIT_COUNT);
  for (let at: u32 = 0; at < units; at++) {
    let levels: u32 = LEVEL_ORGANIZATION | any;
    if (at <= there && there !== NO_UNIT && there <= endOfUnit(at)) levels |= LEVEL_CHILDREN;
    if (at === there) levels |= LEVEL_UNIT;
    store<u8>(table + at, <u8>levels);
  }
}

/** Rule 5a for what a team gives its members. */
function teamReaches(team: u32, slot: u32, there: u32, any: u32): bool {
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

/** Adds the members of every team whose grants reach the record; who is asked alone is left to that. */
function byTeams(slot: u32, there: u32, any: u32): void {
  const teams = worldWord(WORLD_TEAM_COUNT);
  for (let team: u32 = 0; team < teams; team++) {
    if (!teamReaches(team, slot, there, any)) continue;
    const end = membersOf(team + 1);
    for (let at = membersOf(team); at < end; at += 4) {
      const user = load<u32>(at);
      if ((load<u32>(words + ((<usize>user) << 2)) & 0xffff) >= FIRST_SORT) set(user, 1);
    }
  }
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
  for (let share = first; share !== 0; share = load<u32>(share, SHARE_NEXT)) {
    const rights = <u32>(load<u8>(share, SHARE_DIRECT) | load<u8>(share, SHARE_INHERITED));
    if (((rights >> action) & 1) !== 0 && load<u32>(share, SHARE_PRINCIPAL) === <u32>ORGANIZATION)
      return true;
  }
  return false;
}

/** Asks alone who owns the record, has a share of it, or is special. */
function askSpecial(owns: u32, first: usize): void {
  if (owns !== NO) askPrincipal(owns);
  for (let share = first; share !== 0; share = load<u32>(share, SHARE_NEXT)) {
    const principal = load<u32>(share, SHARE_PRINCIPAL);
    if (principal !== <u32>ORGANIZATION) askPrincipal(principal);
  }
  for (let i: usize = load<u32>(alone); i > 0; i--) askAlone(load<u32>(alone + (i << 2)));
}

/** Asks alone whoever holds something under a condition. */
function askConditional(): void {
  const users = userCount();
  for (let user: u32 = 0; user < users; user++) {
    const sort = <usize>(load<u32>(words + ((<usize>user) << 2)) & 0xffff);
    if (sort >= <usize>FIRST_SORT && isConditionalSort(sort)) askAlone(user);
  }
}

/** Answers by sorts; false where guardrails, a parent or rule B9 leave everybody to be asked alone. */
function byIndex(privilege: u32, record: u32): bool {
  const kind = kindOf(privilege);
  const slot = slotOf(privilege);
  const list = guardListOf(privilege);
  if (kind === OWNED_BY_PARENT || !ownershipIsRecomputed() || slot === NO) return false;
  if (list !== 0 && load<u32>(list, GUARD_LIST_EVERYBODY * 4) !== 0) return false;
  const page = kind === KIND_TASK ? <usize>0 : pageOf(entityOf(privilege), record);
  if (kind !== KIND_TASK && page === 0) return true;
  if (!openWho()) return false;
  const scratch = mark();
  const sortTable = allocate(load<u32>(sorts));
  const unitTable = allocate(<usize>worldWord(WORLD_UNIT_COUNT) + 1);
  if (sortTable === 0 || unitTable === 0) {
    reset(scratch);
    return false;
  }
  if (userCount() > 0) askAs(0);
  if (page === 0) askAboutDescribed(NO, NO_UNIT);
  else askAboutLoaded(page, record);
  // Asking alone turns to the record anew: what it is stays here.
  const hasOwner = kind === OWNED_BY_PRINCIPAL;
  const owns = hasOwner ? owner : NO;
  const there = unit;
  const first = hasOwner ? shares : <usize>0;
  const any: u32 = isFlat(privilege) || isSharedWithAll(first, privilege % ACTIONS) ? ANY : 0;
  markSorts(sortTable, slot);
  markUnits(unitTable, there, any);
  bySort(sortTable, unitTable, out);
  reset(scratch);
  byTeams(slot, there, any);
  askSpecial(owns, first);
  if (isConditional(privilege)) askConditional();
  return true;
}

/** Who has the privilege on the record: one bit a user into `into` (zeroed by the caller); returns how many. */
export function whoCan(privilege: u32, record: u32, into: usize): u32 {
  readyReaches();
  out = into;
  asked = privilege;
  about = record;
  if (privilege >= privilegeCount()) return 0;
  if (!byIndex(privilege, record)) askAll();
  let count: u32 = 0;
  const end = into + ((<usize>userCount() + 31) >> 5) * 4;
  for (let at = into; at < end; at += 4) count += <u32>popcnt(load<u32>(at));
  return count;
}
