// What gathered grants reach of the records that `filter` looks at, page by page (plan.ts, filter-page.ts).
import { SIEVE_BYTES } from "./area";
import {
  ACTIONS,
  FLAG_MODERN,
  OWNED_BY_UNIT,
  PAGE_COUNT,
  PAGE_FACTS,
  TEAM_BIT,
  TEAM_SET_COUNT,
  TEAM_SET_TEAMS,
  USER_TEAM_SET,
  USER_UNIT,
  WORLD_TEAM_COUNT,
} from "./constants";
import {
  countPage,
  fillPage,
  isPlainPage,
  planPage,
  sharePage,
  WORDS_OF_PAGE,
  writePage,
} from "./filter-page";
import { grantsAny, levelReaches, ownRecordsReached, serveAllShares, teamRecordsReached } from "./grants";
import { hierarchyPage, looksBelow } from "./hierarchy-page";
import { isFlat, kindOf, NO, setting } from "./image";
import { worldWord } from "./memory";
import { addToSieve, SIEVE_BITS } from "./owner-words";
import { everywhere, fillEverywhere } from "./page-words";
import { pageAddress } from "./pages";
import { planRuns, planSieve, planTeams, planUnits, settleRuns } from "./plan";
import { unitOfTeam } from "./principals";
import { principal, principalRow } from "./question";

let pageNumbers: usize = 0;
/** How many pages are looked at. */
export let pageTotal: u32 = 0;

/** How many records have been found, where that is known; NO where they must be counted. */
let known: u32 = NO;

/** Looks at these pages, whose numbers lie one after the other, from now on. */
export function lookAtPages(numbers: usize, total: u32): void {
  pageNumbers = numbers;
  pageTotal = total;
  foundOwn = foundTeams = foundShares = false;
  known = NO;
}

/** Before answers are changed. */
export function forgetCount(): void {
  known = NO;
}

/** How many records were found in the end; deleted ones are taken out. */
export function population(out: usize): u32 {
  if (known !== NO) return known;
  let count: u32 = 0;
  for (let index: u32 = 0; index < pageTotal; index++) {
    count += countPage(pageAt(index), out + index * WORDS_OF_PAGE * 4);
  }
  return count;
}

/** Where a page keeps for which records a fact is true; the plane of its errors follows. */
export function trueOfFact(page: usize, fact: u32): usize {
  return <usize>load<u32>(page, PAGE_FACTS) + fact;
}

export function pageNumber(index: u32): u32 {
  return load<u32>(pageNumbers + index * 4);
}

/** Where a page of those that are looked at lies. */
export function pageAt(index: u32): usize {
  return pageAddress(pageNumber(index));
}

// No bit, every bit, or what the plan says of each record.
const NOTHING: u32 = 0;
const EVERYTHING: u32 = 1;
const PLAN: u32 = 2;

/** Whether the principal's own records must be looked for beside the units of the plan; likewise those of his teams. */
let looksForOwn: bool = false;
let looksForTeams: bool = false;

// What the grants without conditions have found of all records: those under conditions need not look for it.
let foundOwn: bool = false;
let foundTeams: bool = false;
let foundShares: bool = false;

/** Whether the units of the plan hold everything that an owner in this unit owns: in the classic mode it lies where he does. */
function holdsAllOf(unit: u32): bool {
  return !setting(FLAG_MODERN) && load<u8>(planUnits + unit) !== 0;
}

/** Which records the gathered grants reach. With PLAN the tables of plan.ts are filled in. */
function gatheredSay(privilege: u32): u32 {
  if (!grantsAny()) return NOTHING;
  if (isFlat(privilege) || levelReaches()) return EVERYTHING;
  // Only teams of the user were marked: turn "holds a grant" into "its records are reached".
  memory.fill(planSieve, 0, SIEVE_BYTES);
  looksForTeams = false;
  looksForOwn = !foundOwn && ownRecordsReached() && !holdsAllOf(load<u16>(principalRow, USER_UNIT));
  const set = <usize>load<u32>(principalRow, USER_TEAM_SET);
  const members = load<u32>(set, TEAM_SET_COUNT);
  if (looksForOwn) addToSieve(planSieve, principal, 0);
  for (let i: u32 = 0; i < members; i++) {
    const team = load<u32>(set + TEAM_SET_TEAMS + i * 4);
    const isReached = teamRecordsReached(load<u8>(planTeams + team) !== 0);
    store<u8>(planTeams + team, u8(isReached));
    if (foundTeams || !isReached || holdsAllOf(unitOfTeam(team))) continue;
    // Neighbours share a bit: they have most of their marks in common.
    addToSieve(planSieve, team | TEAM_BIT, 1 + (i * (SIEVE_BITS - 1)) / members);
    looksForTeams = true;
  }
  settleRuns();
  return PLAN;
}

/** Whether the plan looks for owners beside units. */
function looksForOwners(privilege: u32): bool {
  return (looksForOwn || looksForTeams) && kindOf(privilege) !== OWNED_BY_UNIT;
}

/** What the gathered grants reach of the records of a page whose bits of the plane `where` are 1, added to `out` (512 bytes). */
function reachPage(privilege: u32, verdict: u32, page: usize, where: usize, out: usize, ahead: usize): void {
  if (verdict === EVERYTHING) {
    fillPage(out, load<u32>(page, PAGE_COUNT), where);
    return;
  }
  planPage(page, where, looksForOwners(privilege), worldWord(WORLD_TEAM_COUNT), out, ahead);
  if (!foundShares) sharePage(page, 1 << (privilege % ACTIONS), where, out);
  hierarchyPage(privilege, page, where, out);
}

/** Every record there is. */
export function reachAll(out: usize): void {
  fillEverywhere();
  for (let index: u32 = 0; index < pageTotal; index++) {
    fillPage(out + index * WORDS_OF_PAGE * 4, load<u32>(pageAt(index), PAGE_COUNT), everywhere);
  }
}

/** Whether one run of units is all that is looked at of plain pages. */
function isOneRun(privilege: u32, verdict: u32): bool {
  return verdict === PLAN && planRuns === 1 && !looksForOwners(privilege) && !looksBelow();
}

/** What the gathered grants reach, everywhere (NO), which comes first, or where a fact of the records says so. */
export function reachPages(privilege: u32, fact: u32, out: usize): void {
  const verdict = gatheredSay(privilege);
  if (verdict === NOTHING) return;
  if (fact === NO) fillEverywhere();
  const writes = fact === NO && isOneRun(privilege, verdict);
  let count: u32 = 0;
  for (let index: u32 = 0; index < pageTotal; index++) {
    const page = pageAt(index);
    const bits = out + index * WORDS_OF_PAGE * 4;
    const ahead = index + 1 < pageTotal ? pageAt(index + 1) - page : 0;
    if (writes && isPlainPage(page)) {
      count += writePage(page, bits, ahead);
      continue;
    }
    const where = fact === NO ? everywhere : trueOfFact(page, fact);
    reachPage(privilege, verdict, page, where, bits, ahead);
    if (writes) count += countPage(page, bits);
  }
  known = writes ? count : NO;
}

/** Notes what was looked for by the grants just gathered. */
export function noteFound(): void {
  if (!grantsAny()) return;
  foundOwn = ownRecordsReached();
  foundShares = serveAllShares();
  // A team's records are reached by a grant of the user's own, whichever team it is.
  foundTeams = teamRecordsReached(false);
}
