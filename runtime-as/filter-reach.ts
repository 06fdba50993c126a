// What gathered grants reach of the records that `filter` looks at, page by page (plan.ts, filter-page.ts).
import { area, ONE_PAGE, ONE_PAGE_BYTES } from "./area";
import {
  ACTIONS,
  FLAG_MODERN,
  OWNED_BY_UNIT,
  PAGE_COUNT,
  PAGE_FACTS,
  TEAM_SET_COUNT,
  TEAM_SET_TEAMS,
  USER_TEAM_SET,
  USER_UNIT,
  WORLD_TEAM_COUNT,
} from "./constants";
import { fillPage, planPage, sharePage, WORDS_OF_PAGE } from "./filter-page";
import { grantsAny, levelReaches, ownRecordsReached, serveAllShares, teamRecordsReached } from "./grants";
import { hierarchyPage } from "./hierarchy-page";
import { isFlat, kindOf, NO, setting } from "./image";
import { worldWord } from "./memory";
import { addToSieve } from "./page-words";
import { pageAddress } from "./pages";
import { planSieve, planTeams, planUnits, settleRuns } from "./plan";
import { unitOfTeam } from "./principals";
import { principalRow } from "./question";

const onePage: usize = ASC_FEATURE_THREADS ? area + ONE_PAGE : memory.data(ONE_PAGE_BYTES, 16);

let pageNumbers: usize = 0;
/** How many pages are looked at. */
export let pageTotal: u32 = 0;

/** Looks at these pages, whose numbers lie one after the other, from now on. */
export function lookAtPages(numbers: usize, total: u32): void {
  pageNumbers = numbers;
  pageTotal = total;
  foundOwn = foundTeams = foundShares = false;
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
  memory.fill(planSieve, 0, 16);
  looksForTeams = false;
  looksForOwn = !foundOwn && ownRecordsReached() && !holdsAllOf(load<u16>(principalRow, USER_UNIT));
  const set = <usize>load<u32>(principalRow, USER_TEAM_SET);
  const members = load<u32>(set, TEAM_SET_COUNT);
  for (let i: u32 = 0; i < members; i++) {
    const team = load<u32>(set + TEAM_SET_TEAMS + i * 4);
    const isReached = teamRecordsReached(load<u8>(planTeams + team) !== 0);
    store<u8>(planTeams + team, u8(isReached));
    if (foundTeams || !isReached || holdsAllOf(unitOfTeam(team))) continue;
    addToSieve(planSieve, team);
    looksForTeams = true;
  }
  settleRuns();
  return PLAN;
}

/** One page of what the gathered grants reach, into `out` (512 bytes). */
function reachPage(privilege: u32, verdict: u32, page: usize, out: usize): void {
  if (verdict === EVERYTHING) {
    fillPage(out, load<u32>(page, PAGE_COUNT));
    return;
  }
  const unitOwned = kindOf(privilege) === OWNED_BY_UNIT;
  const teams = looksForTeams && !unitOwned ? worldWord(WORLD_TEAM_COUNT) : 0;
  planPage(page, out, u32(looksForOwn && !unitOwned), teams);
  if (!foundShares) sharePage(page, out, 1 << (privilege % ACTIONS));
  hierarchyPage(privilege, page, out);
}

/** Marks as reached, so that nobody looks for them, the records of which a fact is not true and those that have been found. */
function wantOnly(isTrue: usize, pageOut: usize): void {
  for (let word: usize = 0; word < WORDS_OF_PAGE * 4; word += 4) {
    store<u32>(onePage + word, ~load<u32>(isTrue + word) | load<u32>(pageOut + word));
  }
}

/** What the gathered grants reach, everywhere (NO) or where a fact of the records says so. */
export function reachPages(privilege: u32, fact: u32, out: usize): void {
  const verdict = gatheredSay(privilege);
  if (verdict === NOTHING) return;
  for (let index: u32 = 0; index < pageTotal; index++) {
    const page = pageAt(index);
    const pageOut = out + index * WORDS_OF_PAGE * 4;
    if (fact === NO) reachPage(privilege, verdict, page, pageOut);
    else {
      const isTrue = trueOfFact(page, fact);
      wantOnly(isTrue, pageOut);
      reachPage(privilege, verdict, page, onePage);
      for (let word: usize = 0; word < WORDS_OF_PAGE * 4; word += 4) {
        store<u32>(
          pageOut + word,
          load<u32>(pageOut + word) | (load<u32>(onePage + word) & load<u32>(isTrue + word)),
        );
      }
    }
  }
}

/** Notes what was looked for by the grants just gathered. */
export function noteFound(): void {
  if (!grantsAny()) return;
  foundOwn = ownRecordsReached();
  foundShares = serveAllShares();
  // A team's records are reached by a grant of the user's own, whichever team it is.
  foundTeams = teamRecordsReached(false);
}
