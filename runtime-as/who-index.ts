// Who is who, for questions about all users: a word a user instead of his row, one a privilege, and the members of each team. Worked out when
// people, roles or units have changed, into memory that the host gives (WORLD_WHO).
//
// The word of a user is the number of his sort and, in the high half, his unit. Users of one sort hold the same grants of
// their own, in their units alone. NOBODY is denied everything; ALONE must be asked for himself: their words say no unit, for
// whoever was removed has none.
import {
  CONTEXT_FIRST_UNIT,
  OWNED_BY_PRINCIPAL,
  PRIVILEGE_CONDITIONAL,
  PRIVILEGE_GUARDS,
  PRIVILEGE_KIND,
  PRIVILEGE_SLOT,
  TEAM_SET_COUNT,
  TEAM_SET_TEAMS,
  USER_ADMINISTERS,
  USER_ADMINISTRATOR,
  USER_CONDITIONAL,
  USER_CONTEXTS,
  USER_ENABLED,
  USER_FLAGS,
  USER_GUARDED,
  USER_MANAGES,
  USER_OWN_PLANES,
  USER_TEAM_CONTEXTS,
  USER_TEAM_SET,
  USER_UNIT,
  WORLD_GENERATION,
  WORLD_TEAM_COUNT,
  WORLD_UNIT_COUNT,
  WORLD_WHO,
  WORLD_WHO_GENERATION,
} from "./constants";
import { NO, privilegeCount, privilegeRow } from "./image";
import { world, worldWord } from "./memory";
import { contextCount, contextRows, userCount, userRow } from "./principals";

export const NOBODY: u32 = 0;
export const ALONE: u32 = 1;
/** The first sort that is neither. */
export const FIRST_SORT: u32 = 2;
export const MOST_SORTS: u32 = 0xfffe;
/** Of a sort's word: its users hold something under a condition, themselves or through a team. */
const CONDITIONAL: u32 = 1;
/** Their teams hold something, too. */
export const WITH_TEAMS: u32 = 2;
/** Of a privilege's word, in the sign: more than levels, ownership and shares decides. */
export const NO_LEVELS: u32 = 0x80000000;

/** Sorts: the number after the last, then of each from FIRST_SORT on its plane row's address with CONDITIONAL and WITH_TEAMS. */
export let sorts: usize = 0;
/** Words of users. */
export let words: usize = 0;
/** Of each privilege where its levels are in a plane, or NO_LEVELS. */
export let levelSlots: usize = 0;
/** For each team where its members begin, and where they all end. */
let starts: usize = 0;
let members: usize = 0;
/** Users who are asked alone: their number, then who. */
export let alone: usize = 0;

/** Slots of the table that finds sorts: a power of two, at least twice their number. */
let hashBits: u32 = 0;

function place(at: usize): usize {
  const users = <usize>userCount();
  const most = min(<u32>users, MOST_SORTS);
  hashBits = 33 - <u32>clz(most | 1);
  sorts = at;
  words = sorts + (<usize>most + 1) * 4;
  alone = words + users * 4;
  levelSlots = alone + (users + 1) * 4;
  starts = levelSlots + <usize>privilegeCount() * 4;
  members = starts + (<usize>worldWord(WORLD_TEAM_COUNT) + 2) * 4;
  return members;
}

function memberships(): usize {
  let count: usize = 0;
  const users = userCount();
  for (let user: u32 = 0; user < users; user++) {
    count += <usize>load<u32>(<usize>load<u32>(userRow(user), USER_TEAM_SET), TEAM_SET_COUNT);
  }
  return count;
}

/** Bytes that the host must give, also for working it out; 0 while what it gave is up to date. */
export function whoBytes(): usize {
  const at = <usize>worldWord(WORLD_WHO);
  const isCurrent = at !== 0 && worldWord(WORLD_WHO_GENERATION) === worldWord(WORLD_GENERATION);
  return isCurrent ? 0 : place(0) + memberships() * 4 + ((<usize>4) << hashBits);
}

function sortAt(sort: usize): usize {
  return sorts + ((sort - FIRST_SORT + 1) << 2);
}

/** The number of a sort, a new one where it has not been met; ALONE when there is no number left. */
function sortOf(key: u32, hash: usize): u32 {
  const last = ((<u32>1) << hashBits) - 1;
  let slot = (key * 0x9e3779b1) >> (32 - hashBits);
  let found = load<u32>(hash + ((<usize>slot) << 2));
  while (found !== 0) {
    if (load<u32>(sortAt(found)) === key) return found;
    slot = (slot + 1) & last;
    found = load<u32>(hash + ((<usize>slot) << 2));
  }
  const sort = load<u32>(sorts);
  if (sort >= MOST_SORTS) return ALONE;
  store<u32>(sorts, sort + 1);
  store<u32>(sortAt(sort), key);
  store<u32>(hash + ((<usize>slot) << 2), sort);
  return sort;
}

/** Whether all that the user holds himself, he holds in his own unit. */
function holdsInHisUnit(row: usize): bool {
  const list = <usize>load<u32>(row, USER_CONTEXTS);
  const count = contextCount(list);
  return (
    count === 0 ||
    (count === 1 && load<u16>(contextRows(list), CONTEXT_FIRST_UNIT) === load<u16>(row, USER_UNIT))
  );
}

function wordOf(row: usize, hash: usize): u32 {
  const flags = <u32>load<u16>(row, USER_FLAGS);
  const unit = <u32>load<u16>(row, USER_UNIT);
  if ((flags & USER_ENABLED) === 0) return NOBODY;
  const isSimple =
    unit < worldWord(WORLD_UNIT_COUNT) &&
    (flags & (USER_ADMINISTRATOR | USER_GUARDED | USER_MANAGES)) === 0 &&
    load<u32>(row, USER_ADMINISTERS) === 0 &&
    holdsInHisUnit(row);
  if (!isSimple) return ALONE;
  const conditional: u32 = (flags & USER_CONDITIONAL) === 0 ? 0 : CONDITIONAL;
  const withTeams: u32 = contextCount(load<u32>(row, USER_TEAM_CONTEXTS)) === 0 ? 0 : WITH_TEAMS;
  return (unit << 16) | sortOf(load<u32>(row, USER_OWN_PLANES) | conditional | withTeams, hash);
}

/** The slot of a privilege where nothing but levels, ownership and shares matters: no guardrail, no condition, no parent. */
function levelSlot(privilege: u32): u32 {
  const about = privilegeRow(privilege);
  const slot = load<u32>(about, PRIVILEGE_SLOT * 4);
  const kind = load<u32>(about, PRIVILEGE_KIND * 4) ^ OWNED_BY_PRINCIPAL;
  const guards = load<u32>(about, PRIVILEGE_GUARDS * 4) ^ NO;
  const isMore = (kind | guards | load<u32>(about, PRIVILEGE_CONDITIONAL * 4)) !== 0;
  return isMore || slot === NO ? NO_LEVELS : slot;
}

/** The same of a privilege that is there, once the index is open. */
export function slotOfLevels(privilege: u32): u32 {
  return load<u32>(levelSlots + ((<usize>privilege) << 2));
}

/** Works everything out into memory of `whoBytes` bytes, all of them 0. */
export function makeWho(at: usize): void {
  place(at);
  const users = userCount();
  const hash = members + memberships() * 4;
  store<u32>(sorts, FIRST_SORT);
  for (let privilege: u32 = 0; privilege < privilegeCount(); privilege++) {
    store<u32>(levelSlots + ((<usize>privilege) << 2), levelSlot(privilege));
  }
  for (let user: u32 = 0; user < users; user++) {
    const row = userRow(user);
    const word = wordOf(row, hash);
    store<u32>(words + ((<usize>user) << 2), word);
    if ((word & 0xffff) === ALONE) {
      const count = load<u32>(alone) + 1;
      store<u32>(alone, count);
      store<u32>(alone + ((<usize>count) << 2), user);
    }
    // How many members each team has, two places further on than where they will begin.
    const set = <usize>load<u32>(row, USER_TEAM_SET);
    for (let i: usize = load<u32>(set, TEAM_SET_COUNT); i > 0; i--) {
      const team = starts + ((<usize>load<u32>(set + (i << 2), TEAM_SET_TEAMS - 4)) << 2);
      store<u32>(team, load<u32>(team, 8) + 1, 8);
    }
  }
  const teams = <usize>worldWord(WORLD_TEAM_COUNT);
  for (let team: usize = 1; team < teams; team++) {
    const begin = starts + (team << 2);
    store<u32>(begin, load<u32>(begin, 4) + load<u32>(begin), 4);
  }
  for (let user: u32 = 0; user < users; user++) {
    const set = <usize>load<u32>(userRow(user), USER_TEAM_SET);
    for (let i: usize = load<u32>(set, TEAM_SET_COUNT); i > 0; i--) {
      const team = starts + ((<usize>load<u32>(set + (i << 2), TEAM_SET_TEAMS - 4)) << 2);
      const next = load<u32>(team, 4);
      store<u32>(members + ((<usize>next) << 2), user);
      store<u32>(team, next + 1, 4);
    }
  }
  store<u32>(world(), <u32>at, WORLD_WHO);
  store<u32>(world(), worldWord(WORLD_GENERATION), WORLD_WHO_GENERATION);
}

/** Finds what has been worked out; false where it is missing or old. */
export function openWho(): bool {
  const at = <usize>worldWord(WORLD_WHO);
  if (at === 0 || worldWord(WORLD_WHO_GENERATION) !== worldWord(WORLD_GENERATION)) return false;
  place(at);
  return true;
}

export function isConditionalSort(sort: usize): bool {
  return (load<u32>(sortAt(sort)) & CONDITIONAL) !== 0;
}

export function planesOfSort(sort: usize): usize {
  return <usize>(load<u32>(sortAt(sort)) & ~(CONDITIONAL | WITH_TEAMS));
}

/** Where the members of a team begin; they end where those of the next one begin. */
export function membersOf(team: u32): usize {
  return members + ((<usize>load<u32>(starts + ((<usize>team) << 2))) << 2);
}
