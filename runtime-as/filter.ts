// One principal over all records of an entity. What is the same for every record is worked out once (plan.ts); a page is
// then two byte look-ups and a compare a record. What looks at single records goes through the plain check.
import {
  ACTIONS,
  DECISION_ALLOW,
  NO_UNIT,
  OWNED_BY_PARENT,
  OWNED_BY_UNIT,
  PAGE_COUNT,
  PAGE_OWNERS,
  PAGE_RECORDS,
  PAGE_SHARES,
  PAGE_SHIFT,
  PAGE_UNITS,
  SHARE_DIRECT,
  SHARE_INHERITED,
  SHARE_NEXT,
  TEAM_BIT,
  TEAM_SET_COUNT,
  TEAM_SET_TEAMS,
  USER_ADMINISTERS,
  USER_CONDITIONAL,
  USER_ENABLED,
  USER_FLAGS,
  USER_TEAM_SET,
  WORLD_TEAM_COUNT,
} from "./abi";
import { decide } from "./decide";
import {
  gather,
  grantsAny,
  levelReaches,
  ownRecordsReached,
  shareServes,
  teamRecordsReached,
} from "./grants";
import { concernsPrincipal, isForbid, listCount, listMember, listProgram, looksAtRecord } from "./guardrails";
import { entityOf, guardListOf, isConditional, isFlat, kindOf, NO, privilegeCount, slotOf } from "./image";
import { isAdministrator } from "./judge";
import { allocate, mark, reset, worldWord } from "./memory";
import { pageAddress, pageNumbersOf, pagesOfEntity } from "./pages";
import { endPlan, planTeams, planUnits, startPlan } from "./plan";
import { administeredOwner, userCount, userRow } from "./principals";
import { askAboutDescribed, askAs, principal, principalRow } from "./question";

const WORDS_OF_PAGE: u32 = PAGE_RECORDS >> 5;

let pageNumbers: usize = 0;
let pageTotal: u32 = 0;

function pageNumber(index: u32): u32 {
  return load<u32>(pageNumbers + index * 4);
}

/** No bit, every bit, or what the plan says of each record. */
const NOTHING: u32 = 0;
const EVERYTHING: u32 = 1;
const PLAN: u32 = 2;
/** Some guardrail looks at single records: ask record by record. */
const ONE_BY_ONE: u32 = 3;

/** What the guardrails that concern the principal leave to do. */
function guardrailsSay(list: usize): u32 {
  if (list === 0) return PLAN;
  const count = listCount(list);
  let verdict = PLAN;
  for (let i: u32 = 0; i < count; i++) {
    const guardrail = listMember(list, i);
    if (!concernsPrincipal(guardrail)) continue;
    if (looksAtRecord(guardrail) || listProgram(list, i) !== NO) verdict = ONE_BY_ONE;
    else if (isForbid(guardrail)) return NOTHING;
  }
  return verdict;
}

/** Whether some grant of the privilege may stand under a condition for this user. */
function mayBeConditional(row: usize, privilege: u32): bool {
  return (<u32>load<u16>(row, USER_FLAGS) & USER_CONDITIONAL) !== 0 && isConditional(privilege);
}

/** Which records the gathered grants reach. With PLAN the tables of plan.ts are filled in. */
function grantsSay(privilege: u32): u32 {
  const slot = slotOf(privilege);
  if (slot === NO) return NOTHING;
  if (isAdministrator()) return EVERYTHING;
  if (mayBeConditional(principalRow, privilege)) return ONE_BY_ONE;
  gather(privilege);
  if (!grantsAny()) return NOTHING;
  if (isFlat(privilege) || levelReaches()) return EVERYTHING;
  // Only teams of the user were marked: turn "holds a grant" into "its records are reached".
  const set = <usize>load<u32>(principalRow, USER_TEAM_SET);
  const members = load<u32>(set, TEAM_SET_COUNT);
  for (let i: u32 = 0; i < members; i++) {
    const at = planTeams + load<u32>(set + TEAM_SET_TEAMS + i * 4);
    store<u8>(at, u8(teamRecordsReached(load<u8>(at) !== 0)));
  }
  return PLAN;
}

function fillPage(out: usize, count: u32): void {
  for (let word: u32 = 0; word < WORDS_OF_PAGE; word++) {
    const left = count - min(count, word * 32);
    store<u32>(out + word * 4, left >= 32 ? NO : (1 << left) - 1);
  }
}

function planPage(page: usize, out: usize, own: u32, teams: u32): void {
  const count = load<u32>(page, PAGE_COUNT);
  const units = planUnits;
  const ofTeams = planTeams;
  for (let first: u32 = 0; first < count; first += 32) {
    const end = min(first + 32, count);
    let word: u32 = 0;
    for (let i = first; i < end; i++) {
      const owner = load<u32>(page + i * 4, PAGE_OWNERS);
      const unit = <u32>load<u16>(page + i * 2, PAGE_UNITS);
      const team = min(owner ^ <u32>TEAM_BIT, teams);
      const bit =
        <u32>load<u8>(units + unit) | <u32>load<u8>(ofTeams + team) | (u32(owner === principal) & own);
      word |= bit << (i & 31);
    }
    store<u32>(out + (first >> 5) * 4, word);
  }
}

function sharesGrant(first: usize, bit: u32): bool {
  for (let share = first; share !== 0; share = load<u32>(share, SHARE_NEXT)) {
    const mask = <u32>(load<u8>(share, SHARE_DIRECT) | load<u8>(share, SHARE_INHERITED));
    if ((mask & bit) !== 0 && shareServes(share)) return true;
  }
  return false;
}

/** Rule 5c for the records of a page that nothing else reached. */
function sharePage(page: usize, out: usize, bit: u32): void {
  const heads = <usize>load<u32>(page, PAGE_SHARES);
  if (heads === 0) return;
  const count = load<u32>(page, PAGE_COUNT);
  for (let i: u32 = 0; i < count; i++) {
    const first = <usize>load<u32>(heads + i * 4);
    if (first === 0) continue;
    const at = out + (i >> 5) * 4;
    const word = load<u32>(at);
    if (((word >> (i & 31)) & 1) === 0 && sharesGrant(first, bit)) store<u32>(at, word | (1 << (i & 31)));
  }
}

function askOne(privilege: u32, index: u32, place: u32, out: usize): void {
  const at = out + index * WORDS_OF_PAGE * 4 + (place >> 5) * 4;
  const bit: u32 = 1 << (place & 31);
  const record = (pageNumber(index) << PAGE_SHIFT) | place;
  const word = load<u32>(at);
  store<u32>(at, decide(principal, privilege, record) === DECISION_ALLOW ? word | bit : word & ~bit);
}

/** Asks about each record, or about those alone whose owner the principal administers (semantics.md T8). */
function oneByOne(privilege: u32, out: usize, administeredOnly: bool): void {
  for (let index: u32 = 0; index < pageTotal; index++) {
    const page = pageAddress(pageNumber(index));
    const count = load<u32>(page, PAGE_COUNT);
    for (let place: u32 = 0; place < count; place++) {
      const owner = load<u32>(page + place * 4, PAGE_OWNERS);
      if (administeredOnly && administeredOwner(principalRow, owner) === NO) continue;
      askOne(privilege, index, place, out);
    }
  }
}

function byPlan(privilege: u32, out: usize): void {
  const unitOwned = kindOf(privilege) === OWNED_BY_UNIT;
  const own = u32(!unitOwned && ownRecordsReached());
  const teams = unitOwned ? 0 : worldWord(WORLD_TEAM_COUNT);
  if (unitOwned) store<u8>(planTeams, 0);
  for (let index: u32 = 0; index < pageTotal; index++) {
    const page = pageAddress(pageNumber(index));
    const pageOut = out + index * WORDS_OF_PAGE * 4;
    planPage(page, pageOut, own, teams);
    sharePage(page, pageOut, 1 << (privilege % ACTIONS));
  }
}

function population(out: usize): u32 {
  let count: u32 = 0;
  const words = pageTotal * WORDS_OF_PAGE;
  for (let i: u32 = 0; i < words; i++) count += popcnt(load<u32>(out + i * 4));
  return count;
}

/**
 * The records of the privilege's entity on which `user` has it: one bit a record in page order into `out` (zeroed, 128
 * bytes a page). Returns how many; NONE when the scratch tables find no memory.
 */
export function filter(user: u32, privilege: u32, out: usize): u32 {
  if (user >= userCount() || privilege >= privilegeCount()) return 0;
  const entity = entityOf(privilege);
  if (entity === NO) return 0;
  if ((<u32>load<u16>(userRow(user), USER_FLAGS) & USER_ENABLED) === 0) return 0;
  askAs(user);
  pageTotal = pagesOfEntity(entity);
  pageNumbers = pageNumbersOf(entity);
  if (kindOf(privilege) === OWNED_BY_PARENT) {
    oneByOne(privilege, out, false);
    return population(out);
  }
  const scratch = mark();
  const tables = allocate(NO_UNIT + 1 + worldWord(WORLD_TEAM_COUNT) + 1);
  if (tables === 0) return NO;
  askAboutDescribed(NO, NO_UNIT);
  startPlan(tables, tables + NO_UNIT + 1);
  const list = guardListOf(privilege);
  let verdict = guardrailsSay(list);
  if (verdict === PLAN) {
    verdict = grantsSay(privilege);
    if (verdict === PLAN) byPlan(privilege, out);
  }
  endPlan();
  reset(scratch);
  if (verdict === EVERYTHING) {
    for (let index: u32 = 0; index < pageTotal; index++) {
      fillPage(out + index * WORDS_OF_PAGE * 4, load<u32>(pageAddress(pageNumber(index)), PAGE_COUNT));
    }
  }
  if (verdict === ONE_BY_ONE) oneByOne(privilege, out, false);
  else if (load<u32>(principalRow, USER_ADMINISTERS) !== 0) oneByOne(privilege, out, true);
  return population(out);
}
