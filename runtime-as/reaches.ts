// What a user's privilege reaches, worked out once and kept: most checks then are one look at this table and one at the
// record (answer.ts of the host never sees it; decide.ts gives the same answers with their reasons).
//
// A slot of the table, 16 bytes, is picked by (user, privilege) and says for which pair it stands:
//   0  u32  the pair's tag << 8, and flags (below); 0 = empty
//   4  u16  first unit reached, u16 how many units from there; 8 the same again
//  12  u32  one bit of 32 for each team whose records may be reached: a hint, the full judgment decides
// Behind all slots each has 16 bytes more, for conditions that are facts of the records (REACH_FORBID, REACH_PERMIT):
//   0  u32  where a page keeps the fact of a forbid, 4 that of a permit (bytes from the page's first plane)
//           and in the low bits REACH_OWN, REACH_ASK_OWN, REACH_SHARES, of the permit; with REACH_RUN not a fact but
//           the number of a program that is run for the user and the record, in the 24 bits above; REACH_ALWAYS: neither
//   8  u16  the permit's first unit, u16 how many; 12 u32 one bit of 32 for each team
// Units are counted modulo 65,536, so that `first 0, 65,535 units` and `first NO_UNIT, 1 unit` are everything.
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
  FALSE,
  HOLDER_SELF,
  KIND_TASK,
  LEVEL_CHILDREN,
  LEVEL_ORGANIZATION,
  LEVEL_UNIT,
  NO_UNIT,
  OWNED_BY_ORGANIZATION,
  OWNED_BY_PARENT,
  OWNED_BY_PRINCIPAL,
  PAGE_FACTS,
  PAGE_OWNERS,
  PAGE_PLANE_BYTES,
  PAGE_SHARED,
  PAGE_UNITS,
  PROGRAM_FACT,
  REACH_BYTES,
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
  WORLD_GENERATION,
  WORLD_REACH_BITS,
  WORLD_REACHES,
} from "./constants";
import { isUserFact, UNKNOWN, userAnswer, userFactsAge } from "./facts";
import {
  concernsPrincipal,
  isForbid,
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
  privilegeCount,
  programRow,
  slotOf,
} from "./image";
import { worldWord } from "./memory";
import { placeInPage } from "./pages";
import { contextCount, contextRows, userRow } from "./principals";
import { askAboutDescribed, askAs } from "./question";
import { isQuick, quickHolds, recordFactFor } from "./quick";

/** The user's own records are reached. */
export const REACH_OWN: u32 = 1;
/** What is not reached must be asked in full. */
export const REACH_ASK: u32 = 2;
/** The user's own records must be asked about in full. */
export const REACH_ASK_OWN: u32 = 4;
/** Records that are shared must be asked about in full. */
export const REACH_SHARES: u32 = 8;
/** Nothing is reached where a fact is true or an error. */
export const REACH_FORBID: u32 = 16;
/** More is reached where a fact is true. */
export const REACH_PERMIT: u32 = 32;
/** Of a permit: its condition is no fact, and is run. */
const REACH_RUN: u32 = 64;
/** Of a permit: its condition is a fact of the user, and holds. */
const REACH_ALWAYS: u32 = 128;
const REACH_NEVER: u32 = 32;
const FLAG_BITS: u32 = 8;
export const FLAGS: u32 = 255;
export const SLOT_BYTES: usize = REACH_BYTES / 2;

export const REACH_UNITS: usize = 4;
export const REACH_MORE_UNITS: usize = 8;
export const REACH_TEAMS: usize = 12;

// Where the table is and how a pair picks its slot: a loop over many questions reads these once.
export let table: usize = 0;
export let bits: u64 = 0;
export let mask: u64 = 0;
export let stride: u64 = 0;
/** From a slot to what it has behind all slots. */
let behind: usize = 0;
let generation: u32 = 0;
let factsAge: u32 = 0;

/** Empties the table when people, roles, units or facts of users have changed. Before the first `reachOf` of a call of the host. */
export function readyReaches(): void {
  const isCurrent = generation === worldWord(WORLD_GENERATION) && factsAge === userFactsAge;
  if (isCurrent && table === worldWord(WORLD_REACHES)) return;
  table = worldWord(WORLD_REACHES);
  generation = worldWord(WORLD_GENERATION);
  factsAge = userFactsAge;
  bits = worldWord(WORLD_REACH_BITS);
  mask = ((<u64>1) << bits) - 1;
  // An odd multiple of a line: users in a row fall into different lines, the actions of one entity into neighbours.
  stride = ((<u64>privilegeCount() + 7) & ~7) | 8;
  behind = (<usize>SLOT_BYTES) << (<usize>bits);
  memory.fill(table, 0, behind);
}

/** The slot of a user and a privilege, both in range; its flags are in the low bits of the first word. */
export function reachOf(user: u32, privilege: u32): usize {
  const pair = <u64>user * stride + privilege;
  const slot = table + <usize>(pair & mask) * SLOT_BYTES;
  const tag = tagOf(pair, bits);
  if ((load<u32>(slot) & ~FLAGS) !== tag) fill(slot, tag, user, privilege);
  return slot;
}

/** What tells apart the pairs that pick the same slot. */
export function tagOf(pair: u64, bits: u64): u32 {
  return (<u32>(pair >> bits) + 1) << FLAG_BITS;
}

const FACT_FORBID: usize = 0;
const FACT_PERMIT: usize = 4;
const FACT_UNITS: usize = 8;
const FACT_TEAMS: usize = 12;

// What is being worked out for a slot.
let units: u32 = 0;
let moreUnits: u32 = 0;
let forbid: u32 = 0;
let permit: u32 = 0;
let permitUnits: u32 = 0;

function everything(): void {
  units = 0xffff << 16;
  moreUnits = (1 << 16) | NO_UNIT;
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
  askAboutDescribed(NO, NO_UNIT);
  for (let i: u32 = 0, count = listCount(list); i < count; i++) {
    const guardrail = listMember(list, i);
    if (!concernsPrincipal(guardrail)) continue;
    const program = listProgram(list, i);
    if (!isForbid(guardrail) || looksAtRecord(guardrail)) return REACH_ASK;
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
      ? (1 << 16) | NO_UNIT
      : level === LEVEL_ORGANIZATION
        ? 0xffff << 16
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
  const isPlain =
    kind !== KIND_TASK &&
    kind !== OWNED_BY_PARENT &&
    load<u32>(row, USER_ADMINISTERS) === 0 &&
    ownershipIsRecomputed();
  if (!isPlain) return REACH_ASK;
  const list = guardListOf(privilege);
  let flags: u32 = 0;
  if (list !== 0 && mayConcern(list, userFlags)) {
    askAs(user);
    const verdict = guarded(list);
    if (verdict === NOTHING || verdict === REACH_ASK) return verdict;
    flags = verdict & REACH_FORBID;
  }
  const slot = slotOf(privilege);
  if (slot === NO) return 0;
  const own = levelBits(load<u32>(row, USER_OWN_PLANES), slot);
  const ofTeams = levelBits(load<u32>(row, USER_TEAM_PLANES), slot);
  const levels = own | ofTeams;
  if ((userFlags & USER_ADMINISTRATOR) !== 0 || (levels & LEVEL_ORGANIZATION) !== 0) {
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
  if (!addContexts(load<u32>(row, USER_TEAM_CONTEXTS), slot) || !all) flags |= REACH_ASK;
  return flags | beyondUnits(kind, own !== 0);
}

/** Works out the slot of a pair anew. */
export function fill(slot: usize, tag: u32, user: u32, privilege: u32): void {
  const row = userRow(user);
  units = 0;
  moreUnits = 0;
  const flags = work(row, user, privilege);
  store<u32>(slot, tag | flags);
  store<u32>(slot, units, REACH_UNITS);
  store<u32>(slot, moreUnits, REACH_MORE_UNITS);
  const hint = (flags & (REACH_SHARES | REACH_PERMIT)) !== 0 ? teamHint(row) : 0;
  store<u32>(slot, (flags & REACH_SHARES) !== 0 ? hint : 0, REACH_TEAMS);
  if ((flags & (REACH_FORBID | REACH_PERMIT)) === 0) return;
  const facts = slot + behind;
  store<u32>(facts, forbid, FACT_FORBID);
  store<u32>(facts, permit, FACT_PERMIT);
  store<u32>(facts, permitUnits, FACT_UNITS);
  store<u32>(facts, (permit & REACH_SHARES) !== 0 ? hint : 0, FACT_TEAMS);
}

/** Facts of the records over what the table says without them (bit 0 the answer, bit 1 that it is open). */
export function withFacts(reach: usize, answer: u32, user: u32, page: usize, record: u32): u32 {
  const place = placeInPage(record);
  const planes = <usize>load<u32>(page, PAGE_FACTS);
  const flags = load<u32>(reach);
  const facts = reach + behind;
  const more = load<u32>(facts, FACT_PERMIT);
  // Facts that were not worked out: the programs are run.
  if (planes === 0 && ((flags & REACH_FORBID) !== 0 || (more & (REACH_RUN | REACH_ALWAYS)) === 0)) return 2;
  const bit: u32 = 1 << (place & 31);
  const word: usize = (place >> 5) << 2;
  if ((flags & REACH_FORBID) !== 0) {
    const plane = planes + load<u32>(facts, FACT_FORBID) + word;
    if (((load<u32>(plane) | load<u32>(plane, PAGE_PLANE_BYTES)) & bit) !== 0) return 0;
  }
  if ((answer & 1) !== 0 || (flags & REACH_PERMIT) === 0) return answer;
  if ((more & REACH_RUN) !== 0) {
    const holds = quickHolds(more >> 8, user, page, record);
    if (holds !== TRUE) return holds === FALSE ? answer : 2;
  } else if ((more & REACH_ALWAYS) === 0 && (load<u32>(planes + (more & ~(<u32>0xff)) + word) & bit) === 0)
    return answer;
  const unit = <u32>load<u16>(page + (place << 1), PAGE_UNITS);
  const units = load<u32>(facts, FACT_UNITS);
  if (((unit - units) & 0xffff) < units >> 16) return 1;
  const owner = load<u32>(page + (place << 2), PAGE_OWNERS);
  if (owner === user && (more & REACH_OWN) !== 0) return 1;
  const isOpen =
    (owner === user && (more & REACH_ASK_OWN) !== 0) ||
    ((more & REACH_SHARES) !== 0 && (load<u32>(page + word, PAGE_SHARED) & bit) !== 0) ||
    ((owner >> 31) & (load<u32>(facts, FACT_TEAMS) >> owner) & 1) !== 0;
  return isOpen ? 2 : answer;
}
