// What a user's privilege reaches, worked out once and kept in a table (reach-table.ts): most checks then are one look at
// this table and one at the record. decide.ts gives the same answers with their reasons.
import { conditionalsEnd, firstConditional, privilegeOfConditional } from "./conditionals";
import {
  CONDITIONAL_ROW_BYTES,
  CONDITIONAL_ROW_LEVEL,
  CONDITIONAL_ROW_PROGRAM,
  CONTEXT_BYTES,
  CONTEXT_CONDITIONALS,
  CONTEXT_FIRST_UNIT,
  CONTEXT_HOLDER,
  CONTEXT_LAST_UNIT,
  CONTEXT_PLANES,
  HOLDER_SELF,
  KIND_TASK,
  LEVEL_CHILDREN,
  LEVEL_ORGANIZATION,
  LEVEL_UNIT,
  NO_UNIT,
  OWNED_BY_ORGANIZATION,
  OWNED_BY_PARENT,
  OWNED_BY_PRINCIPAL,
  PAGE_PLANE_BYTES,
  PROGRAM_FACT,
  TEAM_SET_COUNT,
  TEAM_SET_TEAMS,
  TRUE,
  USER_ADMINISTERS,
  USER_ADMINISTRATOR,
  USER_CONDITIONAL,
  USER_CONTEXTS,
  USER_ENABLED,
  USER_FLAGS,
  USER_MANAGES,
  USER_OWN_PLANES,
  USER_TEAM_CONTEXTS,
  USER_TEAM_PLANES,
  USER_TEAM_SET,
} from "./constants";
import { isUserFact, UNKNOWN, userAnswer } from "./facts";
import {
  concernsPrincipal,
  isForbid,
  levelOfPermit,
  listCount,
  listMember,
  listProgram,
  looksAtRecord,
  mayConcern,
} from "./guardrails";
import {
  guardListOf,
  isConditional,
  isRecordFact,
  kindOf,
  levelBits,
  NO,
  ownershipIsRecomputed,
  programRow,
  slotOf,
} from "./image";
import { contextCount, contextRows, userRow } from "./principals";
import { askAboutDescribed, askAs } from "./question";
import { isQuick } from "./quick";
import { recordFactFor } from "./quick-ranges";
import {
  ALL_UNITS,
  FACT_FORBID,
  FACT_PERMIT,
  FACT_TEAMS,
  FACT_UNITS,
  FACTS,
  FLAGS,
  NO_UNIT_ONLY,
  REACH_ALWAYS,
  REACH_ASK,
  REACH_ASK_OWN,
  REACH_CONTEXTS,
  REACH_FORBID,
  REACH_MORE_UNITS,
  REACH_OWN,
  REACH_PERMIT,
  REACH_RUN,
  REACH_SHARES,
  REACH_TEAMS,
  REACH_UNITS,
  slotAt,
  tagOf,
} from "./reach-table";

const REACH_NEVER: u32 = 32;

// What is being worked out for a slot.
let units: u32 = 0;
let moreUnits: u32 = 0;
let forbid: u32 = 0;
let permit: u32 = 0;
let permitUnits: u32 = 0;
/** A permit reaches everything. */
let permitted: bool = false;

function everything(): void {
  units = ALL_UNITS;
  moreUnits = NO_UNIT_ONLY;
}

/** Adds an interval of units; false where a slot has no room for one more. */
function addUnits(first: u32, last: u32): bool {
  const added = ((last - first + 1) << 16) | first;
  if (covers(units, first, last) || covers(moreUnits, first, last)) return true;
  if (units === 0 || covers(added, units & 0xffff, lastOf(units))) {
    units = added;
    if (covers(added, moreUnits & 0xffff, lastOf(moreUnits))) moreUnits = 0;
    return true;
  }
  if (moreUnits === 0 || covers(added, moreUnits & 0xffff, lastOf(moreUnits))) {
    moreUnits = added;
    return true;
  }
  return false;
}

function lastOf(interval: u32): u32 {
  return (interval & 0xffff) + (interval >> 16) - 1;
}

function covers(interval: u32, first: u32, last: u32): bool {
  return interval !== 0 && (interval & 0xffff) <= first && last <= lastOf(interval);
}

/** Rule 5a over a context list; false where some interval found no room. */
function addContexts(list: usize, slot: u32): bool {
  let all = true;
  let row = contextRows(list);
  for (let left = contextCount(list); left > 0; left--) {
    const levels = levelBits(load<u32>(row, CONTEXT_PLANES), slot);
    const first = <u32>load<u16>(row, CONTEXT_FIRST_UNIT);
    let found: bool = true;
    if ((levels & LEVEL_CHILDREN) !== 0) found = addUnits(first, load<u16>(row, CONTEXT_LAST_UNIT));
    else if ((levels & LEVEL_UNIT) !== 0) found = addUnits(first, first);
    if (!found) all = false;
    row += CONTEXT_BYTES;
  }
  return all;
}

function teamHint(row: usize): u32 {
  const set = <usize>load<u32>(row, USER_TEAM_SET);
  let hint: u32 = 0;
  for (let i = load<u32>(set, TEAM_SET_COUNT); i > 0; i--) {
    const team = load<u32>(set + i * 4, TEAM_SET_TEAMS - 4);
    hint |= (<u32>1) << team;
  }
  return hint;
}

/** The teams that the user administers, of whose records more may be reached (semantics.md T8). */
function administeredHint(row: usize, privilege: u32): u32 {
  const list = <usize>load<u32>(row, USER_ADMINISTERS);
  if (list === 0 || slotOf(privilege) === NO || (load<u16>(row, USER_FLAGS) & USER_ENABLED) === 0) return 0;
  let hint: u32 = 0;
  for (let i = load<u32>(list); i > 0; i--) hint |= (<u32>1) << load<u32>(list + i * 4);
  return hint;
}

/** What a grant reaches beyond units, as flags. */
function beyondUnits(kind: u32, isOwn: bool): u32 {
  return kind === OWNED_BY_PRINCIPAL ? REACH_SHARES | (isOwn ? REACH_OWN : REACH_ASK_OWN) : 0;
}

/** Where a page keeps the fact of a program. */
function planeOf(program: u32): u32 {
  return load<u32>(programRow(program), PROGRAM_FACT * 4) * PAGE_PLANE_BYTES * 2;
}

/** What guardrails leave: nothing (the flags then are 0), REACH_FORBID where one fact decides, REACH_ASK, or all (PLAIN). */
const NOTHING: u32 = 0;
const PLAIN: u32 = 256;
function guarded(list: usize): u32 {
  let verdict = PLAIN;
  permitted = false;
  askAboutDescribed(NO, NO_UNIT);
  for (let i: u32 = 0, count = listCount(list); i < count; i++) {
    const guardrail = listMember(list, i);
    if (!concernsPrincipal(guardrail)) continue;
    const program = listProgram(list, i);
    if (looksAtRecord(guardrail)) return REACH_ASK;
    if (!isForbid(guardrail)) {
      if (program !== NO || levelOfPermit(guardrail) !== LEVEL_ORGANIZATION) return REACH_ASK;
      permitted = true;
      continue;
    }
    if (program === NO) return NOTHING;
    if (!isRecordFact(program) || verdict !== PLAIN) return REACH_ASK;
    forbid = planeOf(program);
    verdict = REACH_FORBID;
  }
  return verdict;
}

/** What decides a condition for a user, as a permit has it; REACH_NEVER where it cannot hold, NO where the table has no word for it. */
function decisive(program: u32, user: u32): u32 {
  const fact = recordFactFor(program, user);
  if (fact !== NO) return fact;
  if (!isUserFact(program)) return isQuick(program) && program >> 24 === 0 ? (program << 8) | REACH_RUN : NO;
  const answer = userAnswer(program, user);
  if (answer === UNKNOWN) return NO;
  return answer === TRUE ? REACH_ALWAYS : REACH_NEVER;
}

/** Adds the one grant that stands under a fact; REACH_ASK where there are several, or none that facts decide. */
function addConditional(row: usize, user: u32, privilege: u32, kind: u32): u32 {
  let found: usize = 0;
  let context: usize = 0;
  for (let which: usize = 0; which < 2; which++) {
    const list = <usize>load<u32>(row + (which === 0 ? USER_CONTEXTS : USER_TEAM_CONTEXTS));
    for (let i: u32 = 0, count = contextCount(list); i < count; i++) {
      const held = contextRows(list) + i * CONTEXT_BYTES;
      const rows = <usize>load<u32>(held, CONTEXT_CONDITIONALS);
      if (rows === 0) continue;
      const end = conditionalsEnd(rows);
      let at = firstConditional(rows, privilege);
      for (; at < end && privilegeOfConditional(at) === privilege; at += CONDITIONAL_ROW_BYTES) {
        if (found !== 0) return REACH_ASK;
        found = at;
        context = held;
      }
    }
  }
  if (found === 0) return 0;
  const program = load<u32>(found, CONDITIONAL_ROW_PROGRAM);
  const decides = decisive(program, user);
  if (decides === NO) return REACH_ASK;
  if (decides === REACH_NEVER) return 0;
  const level = load<u32>(found, CONDITIONAL_ROW_LEVEL);
  const first = <u32>load<u16>(context, CONTEXT_FIRST_UNIT);
  const last = <u32>load<u16>(context, CONTEXT_LAST_UNIT);
  permit = decides | beyondUnits(kind, load<u32>(context, CONTEXT_HOLDER) === HOLDER_SELF);
  permitUnits =
    kind === OWNED_BY_ORGANIZATION
      ? NO_UNIT_ONLY
      : level === LEVEL_ORGANIZATION
        ? ALL_UNITS
        : level === LEVEL_CHILDREN
          ? ((last - first + 1) << 16) | first
          : level === LEVEL_UNIT
            ? (1 << 16) | first
            : 0;
  return REACH_PERMIT;
}

/** What the privilege reaches for the user: units, what facts decide, and flags as the result. */
function work(row: usize, user: u32, privilege: u32): u32 {
  const userFlags = <u32>load<u16>(row, USER_FLAGS);
  if ((userFlags & USER_ENABLED) === 0) return 0;
  const kind = kindOf(privilege);
  const isPlain = kind !== KIND_TASK && kind !== OWNED_BY_PARENT && ownershipIsRecomputed();
  if (!isPlain) return REACH_ASK;
  const list = guardListOf(privilege);
  // Who administers the owning team counts as its member: guardrails may then concern him (semantics.md T8).
  if (list !== 0 && load<u32>(row, USER_ADMINISTERS) !== 0) return REACH_ASK;
  let flags: u32 = 0;
  if (list !== 0 && mayConcern(list, userFlags)) {
    askAs(user);
    const verdict = guarded(list);
    if (verdict === NOTHING || verdict === REACH_ASK) return verdict;
    flags = verdict & REACH_FORBID;
  } else permitted = false;
  const slot = slotOf(privilege);
  if (slot === NO) return 0;
  const own = levelBits(load<u32>(row, USER_OWN_PLANES), slot);
  const ofTeams = levelBits(load<u32>(row, USER_TEAM_PLANES), slot);
  const levels = own | ofTeams;
  if (permitted || (userFlags & USER_ADMINISTRATOR) !== 0 || (levels & LEVEL_ORGANIZATION) !== 0) {
    everything();
    return flags;
  }
  if (kind === OWNED_BY_ORGANIZATION && levels !== 0) {
    everything();
    return flags;
  }
  if ((userFlags & USER_CONDITIONAL) !== 0 && isConditional(privilege)) {
    flags |= addConditional(row, user, privilege, kind);
  }
  // Somebody below him may lend him more (semantics.md section 7).
  if ((userFlags & USER_MANAGES) !== 0) flags |= REACH_ASK;
  if (levels === 0) return flags;
  const all = addContexts(load<u32>(row, USER_CONTEXTS), slot);
  if (!addContexts(load<u32>(row, USER_TEAM_CONTEXTS), slot) || !all) flags |= REACH_CONTEXTS;
  return flags | beyondUnits(kind, own !== 0);
}

/** Works out the slot of a pair anew. */
function fill(slot: usize, tag: u32, user: u32, privilege: u32): void {
  const row = userRow(user);
  units = 0;
  moreUnits = 0;
  const flags = work(row, user, privilege);
  store<u32>(slot, tag | flags);
  store<u32>(slot, units, REACH_UNITS);
  store<u32>(slot, moreUnits, REACH_MORE_UNITS);
  const hint = (flags & (REACH_SHARES | REACH_PERMIT)) !== 0 ? teamHint(row) : 0;
  const ofShares = (flags & REACH_SHARES) !== 0 ? hint : 0;
  store<u32>(slot, ofShares | administeredHint(row, privilege), REACH_TEAMS);
  if ((flags & (REACH_FORBID | REACH_PERMIT)) === 0) return;
  const facts = slot + FACTS;
  store<u32>(facts, permit, FACT_PERMIT);
  store<u32>(facts, permitUnits, FACT_UNITS);
  store<u32>(facts, forbid, FACT_FORBID);
  store<u32>(facts, (permit & REACH_SHARES) !== 0 ? hint : 0, FACT_TEAMS);
}

/** How many slots have been taken from other users; counted modulo 2^32. */
export let taken: u32 = 0;

/** The slot of a user below `reachUsers` and a privilege; its flags are in the low bits of the first word. */
export function reachOf(user: u32, privilege: u32): usize {
  const slot = slotAt(user, privilege);
  const tag = tagOf(user);
  const before = load<u32>(slot) & ~FLAGS;
  if (before !== tag) {
    if (before !== 0) taken++;
    fill(slot, tag, user, privilege);
  }
  return slot;
}
