// Conditions of a block's questions (batch-block.ts): of those that have the same user and privilege one step of the condition
// after the other, each for all of them; of others, whose condition is a fact of the record, all facts together. The answers
// are those of `withFacts` (reach-facts.ts).
import { APART, APART_BYTES, area } from "./area";
import {
  asks,
  BLOCK,
  gathered,
  inOwnUnits,
  inUnits,
  MARKS,
  reached,
  SHARED_TO_SIGN,
  slotOfQuestion,
} from "./batch-block";
import { factBits, unknown } from "./batch-lanes";
import { MARK_OF_PRINCIPAL, MARK_TEAM, PAGE_PLANE_BYTES } from "./constants";
import { rangesFor } from "./quick";
import { inAllRanges, wanting } from "./quick-block";
import {
  behind,
  FACT_FORBID,
  FACT_PERMIT,
  FACT_TEAMS,
  FACT_UNITS,
  FLAGS,
  REACH_ALWAYS,
  REACH_ASK_OWN,
  REACH_FORBID,
  REACH_OWN,
  REACH_PERMIT,
  REACH_RUN,
  REACH_SHARES,
  reachUsers,
} from "./reach-table";

// Of each question: the flags of its slot and above them those of its permit; where planes keep a fact; its permit's units; and
// all that its slot has behind all slots.
const flags: usize = ASC_FEATURE_THREADS ? area + APART : memory.data(APART_BYTES, 16);
const COLUMN: usize = 32 * 4;
const planes: usize = flags + COLUMN;
const units: usize = planes + COLUMN;
const rows: usize = units + COLUMN;
const PERMIT_FLAGS: u32 = 8;
/** Flags that some question has, and those that all have. */
let someFlags: u32 = 0;
let allFlags: u32 = 0;

// What is said of the questions last asked about, a bit each.
export let allowed: u32 = 0;
/** To be looked at again. */
export let open: u32 = 0;
/** To be asked alone: what their conditions read is not there, or is no fact. */
export let untold: u32 = 0;

/** The fact of each of these questions' records that planes keep where `planes` says. */
function facts(lanes: u32, records: usize): u32 {
  if (lanes === 0) return 0;
  const bits = factBits(lanes, records, planes);
  untold |= unknown;
  return bits;
}

/** The facts that planes keep in one place for all questions. */
function factsAt(lanes: u32, records: usize, plane: u32): u32 {
  const same = i32x4.splat(plane);
  for (let at = planes; at < planes + COLUMN; at += 16) v128.store(at, same);
  return facts(lanes, records);
}

/** For which of these questions the condition of the slot's permit holds. */
function holding(lanes: u32, user: u32, records: usize, permit: u32): u32 {
  if ((permit & REACH_ALWAYS) !== 0) return lanes;
  if ((permit & REACH_RUN) === 0) return factsAt(lanes, records, permit & ~FLAGS);
  const quick = rangesFor(permit >> 8, user);
  if (quick === 0) {
    untold |= lanes;
    return 0;
  }
  const holds = inAllRanges(quick, lanes, records);
  untold |= wanting;
  return holds;
}

/** What a permit that holds for a question reaches beyond units. */
function beyondUnits(i: u32, user: u32, permit: u32, teams: u32): void {
  const isSure = reachUsers <= <u32>MARK_OF_PRINCIPAL + 1;
  const mark = load<u32>(gathered + ((<usize>i) << 2), MARKS);
  const isOwn = (mark & (MARK_OF_PRINCIPAL | MARK_TEAM)) === (user & MARK_OF_PRINCIPAL);
  const owns = isOwn && (permit & REACH_OWN) !== 0;
  const isOpen =
    owns ||
    (isOwn && (permit & REACH_ASK_OWN) !== 0) ||
    ((permit & REACH_SHARES) !== 0 && (mark << SHARED_TO_SIGN) >> 31 !== 0) ||
    ((mark & MARK_TEAM) !== 0 && ((teams >> (mark & 31)) & 1) !== 0);
  allowed |= u32(owns && isSure) << i;
  open |= u32(isOpen) << i;
}

/** Answers those questions of the block, found in the table, that have the slot of a user. */
export function answerTogether(lanes: u32, slot: usize, user: u32, records: usize): void {
  const flags = load<u32>(slot);
  const more = slot + behind;
  let left = lanes;
  untold = 0;
  if ((flags & REACH_FORBID) !== 0) {
    const plane = load<u32>(more, FACT_FORBID);
    left &= ~(factsAt(left, records, plane) | factsAt(left, records, plane + PAGE_PLANE_BYTES));
  }
  allowed = reached & left;
  open = asks & left;
  const permit = load<u32>(more, FACT_PERMIT);
  if ((flags & REACH_PERMIT) !== 0) {
    const holds = holding(left & ~allowed & ~untold, user, records, permit);
    if (holds !== 0) {
      const reaches = holds & inUnits(load<u32>(more, FACT_UNITS));
      const teams = load<u32>(more, FACT_TEAMS);
      allowed |= reaches;
      for (let rest = holds & ~reaches; rest !== 0; rest &= rest - 1) {
        beyondUnits(<u32>ctz(rest), user, permit, teams);
      }
    }
  }
  allowed &= ~untold;
  open &= ~allowed & ~untold;
}

/** Brings together what the slots of all questions say. */
function bringSlots(): void {
  someFlags = 0;
  allFlags = 0xffffffff;
  for (let i: u32 = 0; i < BLOCK; i++) {
    const slot = slotOfQuestion(i);
    const row = v128.load(slot + behind);
    const permit = <u32>i32x4.extract_lane(row, <u8>(FACT_PERMIT / 4));
    const both = (load<u32>(slot) & FLAGS) | ((permit & FLAGS) << PERMIT_FLAGS);
    v128.store(rows + ((<usize>i) << 4), row);
    store<u32>(flags + ((<usize>i) << 2), both);
    someFlags |= both;
    allFlags &= both;
  }
}

/** Which questions have a flag. */
function flagged(flag: u32): u32 {
  if ((someFlags & flag) === 0) return 0;
  if ((allFlags & flag) !== 0) return 0xffffffff;
  const wanted = i32x4.splat(flag);
  let bits: u32 = 0;
  for (let i: u32 = 0; i < BLOCK; i += 4) {
    const has = v128.and(v128.load(flags + ((<usize>i) << 2)), wanted);
    bits |= (<u32>i32x4.bitmask(i32x4.eq(has, wanted))) << i;
  }
  return bits;
}

/** Where planes keep the facts of permits, and their units, out of the rows. */
function spreadPermits(): void {
  const isPlane = i32x4.splat(~FLAGS);
  for (let at: usize = 0; at < COLUMN; at += 16) {
    const row = rows + (at << 2);
    const low = i32x4.shuffle(v128.load(row), v128.load(row, 16), 1, 5, 2, 6);
    const high = i32x4.shuffle(v128.load(row, 32), v128.load(row, 48), 1, 5, 2, 6);
    v128.store(planes + at, v128.and(i64x2.shuffle(low, high, 0, 2), isPlane));
    v128.store(units + at, i64x2.shuffle(low, high, 1, 3));
  }
}

/** For which of these questions a guardrail forbids by a fact, or by an error in it. */
function forbidden(lanes: u32, records: usize): u32 {
  if (lanes === 0) return 0;
  let bits: u32 = 0;
  for (let plane: u32 = 0; plane <= <u32>PAGE_PLANE_BYTES; plane += PAGE_PLANE_BYTES) {
    for (let at: usize = 0; at < COLUMN; at += 4) {
      store<u32>(planes + at, load<u32>(rows + (at << 2), FACT_FORBID) + plane);
    }
    bits |= facts(lanes, records);
  }
  return bits;
}

/** Answers those questions of the block, found in the table, whose users or privileges differ; what is no fact is untold. */
export function answerApart(lanes: u32, principals: usize, records: usize): void {
  bringSlots();
  const permits = lanes & flagged(REACH_PERMIT);
  untold = permits & flagged(REACH_RUN << PERMIT_FLAGS);
  let left = lanes & ~untold;
  left &= ~forbidden(left & flagged(REACH_FORBID), records);
  allowed = reached & left;
  open = asks & left;
  const asked = permits & left & ~allowed & ~untold;
  if (asked !== 0) {
    spreadPermits();
    const always = asked & flagged(REACH_ALWAYS << PERMIT_FLAGS);
    const holds = always | facts(asked & ~always, records);
    const reaches = holds & inOwnUnits(units);
    allowed |= reaches;
    for (let rest = holds & ~reaches; rest !== 0; rest &= rest - 1) {
      const i = <u32>ctz(rest);
      const row = rows + ((<usize>i) << 4);
      const user = load<u32>(principals + ((<usize>i) << 2));
      beyondUnits(i, user, load<u32>(row, FACT_PERMIT), load<u32>(row, FACT_TEAMS));
    }
  }
  allowed &= ~untold;
  open &= ~allowed & ~untold;
}
