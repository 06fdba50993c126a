// One principal over all records of an entity. What is the same for every record is worked out once (plan.ts); a page is
// then two byte look-ups and a compare a record. What looks at single records goes through the plain check.

import { conditionalsEnd, firstConditional, privilegeOfConditional } from "./conditionals";
import {
  CONDITIONAL_ROW_BYTES,
  CONDITIONAL_ROW_PROGRAM,
  CONTEXT_BYTES,
  CONTEXT_CONDITIONALS,
  DECISION_ALLOW,
  NO_UNIT,
  OWNED_BY_PARENT,
  PAGE_COUNT,
  PAGE_FACTS,
  PAGE_OWNERS,
  PAGE_PLANE_BYTES,
  PAGE_SHIFT,
  PROGRAM_FACT,
  USER_ADMINISTERS,
  USER_CONDITIONAL,
  USER_ENABLED,
  USER_FLAGS,
  USER_TEAM_SET,
  WORLD_TEAM_COUNT,
} from "./constants";
import { decide } from "./decide";
import { WORDS_OF_PAGE } from "./filter-page";
import {
  forgetCount,
  lookAtPages,
  noteFound,
  pageAt,
  pageNumber,
  pageTotal,
  population,
  reachAll,
  reachPages,
  trueOfFact,
} from "./filter-reach";
import { gather, gatherConditional, gatherPermit } from "./grants";
import {
  concernsPrincipal,
  forbids,
  isForbid,
  listCount,
  listMember,
  listProgram,
  looksAtRecord,
} from "./guardrails";
import { closeHierarchy, openHierarchy } from "./hierarchy-page";
import {
  entityOf,
  guardListOf,
  isConditional,
  isRecordFact,
  kindOf,
  looksAtRecords,
  NO,
  ownershipIsRecomputed,
  privilegeCount,
  programRow,
  slotOf,
} from "./image";
import { isAdministrator } from "./judge";
import { allocate, mark, reset, worldWord } from "./memory";
import { pageNumbersOf, pagesOfEntity } from "./pages";
import { clearPlan, endPlan, startPlan } from "./plan";
import {
  administeredOwner,
  contextCount,
  contextRows,
  ownContexts,
  teamContexts,
  userCount,
  userRow,
} from "./principals";
import { askAboutDescribed, askAs, principal, principalRow } from "./question";
import { recordFactFor } from "./quick-ranges";

// What guardrails leave to do: nothing, what plan and facts say, or to ask one by one, where some guardrail or condition looks at
// single records in a way that neither knows.
const FORBIDDEN: u32 = 0;
const BY_PLAN: u32 = 1;
const ONE_BY_ONE: u32 = 2;

/** The fact of records that a grant's condition comes to for the principal, as bytes into the planes of a page; NO: none. */
function factOfGrant(program: u32): u32 {
  return recordFactFor(program, principal);
}

/** The same of a guardrail's condition, whose errors count too: its own fact. */
function factOfGuardrail(program: u32): u32 {
  return isRecordFact(program) ? load<u32>(programRow(program), PROGRAM_FACT * 4) * PAGE_PLANE_BYTES * 2 : NO;
}

/** Whether every page of the entity has facts, and this is one of them. */
function pagesHave(fact: u32): bool {
  if (fact === NO) return false;
  for (let index: u32 = 0; index < pageTotal; index++) {
    if (load<u32>(pageAt(index), PAGE_FACTS) === 0) return false;
  }
  return true;
}

/** What the guardrails that concern the principal leave to do; those that facts of records decide come later. */
function guardrailsSay(list: usize): u32 {
  if (list === 0) return BY_PLAN;
  const count = listCount(list);
  let verdict = BY_PLAN;
  for (let i: u32 = 0; i < count; i++) {
    const guardrail = listMember(list, i);
    if (!concernsPrincipal(guardrail)) continue;
    const program = listProgram(list, i);
    if (looksAtRecord(guardrail) || (looksAtRecords(program) && !pagesHave(factOfGuardrail(program))))
      verdict = ONE_BY_ONE;
    else if (!looksAtRecords(program) && forbids(list, i)) return FORBIDDEN;
  }
  return verdict;
}

/** Whether some grant of the privilege may stand under a condition for this user. */
function mayBeConditional(privilege: u32): bool {
  return (<u32>load<u16>(principalRow, USER_FLAGS) & USER_CONDITIONAL) !== 0 && isConditional(privilege);
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
  forgetCount();
  for (let index: u32 = 0; index < pageTotal; index++) {
    const page = pageAt(index);
    const count = load<u32>(page, PAGE_COUNT);
    for (let place: u32 = 0; place < count; place++) {
      const owner = load<u32>(page + place * 4, PAGE_OWNERS);
      if (administeredOnly && administeredOwner(principalRow, owner) === NO) continue;
      askOne(privilege, index, place, out);
    }
  }
}

/** Grants under conditions that facts of the records decide: each alone, with its own plan. */
function reachConditionals(privilege: u32, list: usize, out: usize): void {
  const count = contextCount(list);
  for (let i: u32 = 0; i < count; i++) {
    const row = contextRows(list) + i * CONTEXT_BYTES;
    const rows = <usize>load<u32>(row, CONTEXT_CONDITIONALS);
    if (rows === 0) continue;
    const end = conditionalsEnd(rows);
    let at = firstConditional(rows, privilege);
    for (; at < end && privilegeOfConditional(at) === privilege; at += CONDITIONAL_ROW_BYTES) {
      const program = load<u32>(at, CONDITIONAL_ROW_PROGRAM);
      if (!looksAtRecords(program)) continue;
      clearPlan();
      gatherConditional(row, at);
      reachPages(privilege, factOfGrant(program), out);
    }
  }
}

/** Whether facts cannot decide some grant under a condition that the user has. */
function hasMixedConditionals(privilege: u32, list: usize): bool {
  const count = contextCount(list);
  for (let i: u32 = 0; i < count; i++) {
    const rows = <usize>load<u32>(contextRows(list) + i * CONTEXT_BYTES, CONTEXT_CONDITIONALS);
    if (rows === 0) continue;
    const end = conditionalsEnd(rows);
    let at = firstConditional(rows, privilege);
    for (; at < end && privilegeOfConditional(at) === privilege; at += CONDITIONAL_ROW_BYTES) {
      const program = load<u32>(at, CONDITIONAL_ROW_PROGRAM);
      if (looksAtRecords(program) && !pagesHave(factOfGrant(program))) return true;
    }
  }
  return false;
}

/** Guardrails that facts of the records decide: permits add, forbids (an error too) take away. */
function reachGuarded(privilege: u32, list: usize, effect: bool, out: usize): void {
  const count = listCount(list);
  for (let i: u32 = 0; i < count; i++) {
    const guardrail = listMember(list, i);
    const program = listProgram(list, i);
    if (!looksAtRecords(program) || isForbid(guardrail) !== effect || !concernsPrincipal(guardrail)) continue;
    if (effect) forbidPages(factOfGuardrail(program), out);
    else {
      clearPlan();
      gatherPermit(guardrail);
      reachPages(privilege, factOfGuardrail(program), out);
    }
  }
}

function forbidPages(fact: u32, out: usize): void {
  forgetCount();
  for (let index: u32 = 0; index < pageTotal; index++) {
    const isTrue = trueOfFact(pageAt(index), fact);
    const pageOut = out + index * WORDS_OF_PAGE * 4;
    for (let word: usize = 0; word < WORDS_OF_PAGE * 4; word += 4) {
      const forbidden = load<u32>(isTrue + word) | load<u32>(isTrue + PAGE_PLANE_BYTES + word);
      store<u32>(pageOut + word, load<u32>(pageOut + word) & ~forbidden);
    }
  }
}

/** Everything that plan and facts decide; false where records must be asked one by one. */
function byPlan(privilege: u32, out: usize): bool {
  const list = guardListOf(privilege);
  const verdict = guardrailsSay(list);
  if (verdict !== BY_PLAN) return verdict === FORBIDDEN;
  if (slotOf(privilege) === NO) return true;
  if (isAdministrator()) {
    reachAll(out);
  } else {
    const conditional = mayBeConditional(privilege);
    // Unrecomputed ownership (B9) lets one grant change what another gives: conditions then need whole judgments.
    if ((conditional || list !== 0) && !ownershipIsRecomputed()) return false;
    const own = ownContexts(principalRow);
    const ofTeams = teamContexts(principalRow);
    if (conditional && (hasMixedConditionals(privilege, own) || hasMixedConditionals(privilege, ofTeams)))
      return false;
    gather(privilege);
    reachPages(privilege, NO, out);
    noteFound();
    if (conditional) {
      reachConditionals(privilege, own, out);
      reachConditionals(privilege, ofTeams, out);
    }
    if (list !== 0) reachGuarded(privilege, list, false, out);
  }
  if (list !== 0) reachGuarded(privilege, list, true, out);
  return true;
}

/**
 * The records of the privilege's entity on which `user` has it: one bit a record in page order into `out` (zeroed, 512
 * bytes a page). Returns how many; NONE when the scratch tables find no memory.
 */
export function filter(user: u32, privilege: u32, out: usize): u32 {
  return filterPages(user, privilege, 0, NO, out);
}

/** The same of at most `count` of the entity's pages, from its page `first` on, which is the first of `out`. */
export function filterPages(user: u32, privilege: u32, first: u32, count: u32, out: usize): u32 {
  if (user >= userCount() || privilege >= privilegeCount()) return 0;
  const entity = entityOf(privilege);
  if (entity === NO) return 0;
  if ((<u32>load<u16>(userRow(user), USER_FLAGS) & USER_ENABLED) === 0) return 0;
  askAs(user);
  const pages = pagesOfEntity(entity);
  const skipped = min(first, pages);
  lookAtPages(pageNumbersOf(entity) + ((<usize>skipped) << 2), min(count, pages - skipped));
  if (kindOf(privilege) === OWNED_BY_PARENT) {
    oneByOne(privilege, out, false);
    return population(out);
  }
  const scratch = mark();
  const teamBytes = worldWord(WORLD_TEAM_COUNT) + 1;
  const tables = allocate(NO_UNIT + 1 + 2 * teamBytes);
  if (tables === 0 || !openHierarchy(privilege)) {
    reset(scratch);
    return NO;
  }
  askAboutDescribed(NO, NO_UNIT);
  startPlan(tables, tables + NO_UNIT + 1, teamBytes, <usize>load<u32>(principalRow, USER_TEAM_SET));
  const done = byPlan(privilege, out);
  closeHierarchy();
  endPlan();
  reset(scratch);
  if (!done) oneByOne(privilege, out, false);
  else if (load<u32>(principalRow, USER_ADMINISTERS) !== 0) oneByOne(privilege, out, true);
  return population(out);
}
