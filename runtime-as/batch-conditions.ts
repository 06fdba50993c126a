// Conditions of a block's questions (batch-block.ts): of those that have the same user and privilege one step of the condition
// after the other, each for all of them; of others all facts together, and all programs together for which users have frames.
// The answers are those of `withFacts` (reach-facts.ts).
import {
  asks,
  forbids,
  gathered,
  having,
  inUnits,
  MARKS,
  permits,
  reached,
  SHARED_TO_SIGN,
  slotOfQuestion,
} from "./batch-block";
import { findFrames, framed, never } from "./batch-frames";
import { factBits, factsThere, unknown } from "./batch-lanes";
import { allHaveFacts, bringPermits, COLUMN, flagged, others, planes, within } from "./batch-slots";
import { MARK_OF_PRINCIPAL, MARK_TEAM, PAGE_PLANE_BYTES } from "./constants";
import { inAllRanges, unknownFacts } from "./quick-block";
import { rangesFor } from "./quick-ranges";
import {
  FACT_FORBID,
  FACT_PERMIT,
  FACT_TEAMS,
  FACT_UNITS,
  FACTS,
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

// What is said of the questions last asked about, a bit each.
export let allowed: u32 = 0;
/** To be looked at again. */
export let open: u32 = 0;
/** To be asked alone: what their conditions read is not there, or is no fact. */
export let untold: u32 = 0;

/** The fact of each of these questions' records that planes keep where `planes` says (`factBits`). */
function facts(lanes: u32, records: usize, planes: usize, step: usize): u32 {
  if (lanes === 0) return 0;
  const bits = factBits(lanes, records, planes, step);
  untold |= unknown;
  return bits;
}

/** The facts that planes keep in one place for all questions. */
function factsAt(lanes: u32, records: usize, plane: u32): u32 {
  v128.store(planes, i32x4.splat(plane));
  return facts(lanes, records, planes, 0);
}

/** For which of these questions the condition of the slot's permit holds. */
function holding(lanes: u32, user: u32, records: usize, permit: u32): u32 {
  if ((permit & REACH_ALWAYS) !== 0) return lanes;
  if ((permit & REACH_RUN) === 0) return factsAt(lanes, records, permit & ~FLAGS);
  const frame = rangesFor(permit >> 8, user);
  if (frame === 0) {
    untold |= lanes;
    return 0;
  }
  const holds = inAllRanges(permit >> 8, frame, 0, lanes, records);
  untold |= unknownFacts;
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

/** For which of these questions the program of the permit holds; untold where there are no ranges of the user yet. */
function running(lanes: u32, principals: usize, records: usize): u32 {
  if (lanes === 0) return 0;
  let bits: u32 = 0;
  findFrames(lanes, planes, principals, others);
  untold |= lanes & ~framed & ~never;
  for (let left = framed; left !== 0; ) {
    const first = (<usize>ctz(left)) << 2;
    const program = load<u32>(planes + first);
    const alike = left & having(program, planes);
    left &= ~alike;
    bits |= inAllRanges(program >> 8, <usize>load<u32>(others + first), others, alike, records);
    untold |= unknownFacts;
  }
  return bits & ~untold;
}

/** Answers those questions of the block, found in the table, that have the slot of a user. */
export function answerTogether(lanes: u32, slot: usize, user: u32, records: usize): void {
  const flags = load<u32>(slot);
  const more = slot + FACTS;
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

/** For which of these questions a guardrail forbids by a fact, or by an error in it. */
function forbidden(lanes: u32, records: usize): u32 {
  if (lanes === 0) return 0;
  let bits: u32 = 0;
  for (let plane: u32 = 0; plane <= <u32>PAGE_PLANE_BYTES; plane += PAGE_PLANE_BYTES) {
    for (let at: usize = 0; at < COLUMN; at += 4) {
      store<u32>(others + at, load<u32>(slotOfQuestion(<u32>(at >> 2)) + FACTS, FACT_FORBID) + plane);
    }
    bits |= facts(lanes, records, others, 16);
  }
  return bits;
}

/** For which of these questions the fact of the permit is true. */
function told(lanes: u32, records: usize): u32 {
  if (lanes === 0) return 0;
  const bits = factsThere(lanes, records, allHaveFacts);
  untold |= unknown;
  return bits;
}

/** Answers those questions of the block, found in the table, whose users or privileges differ. */
export function answerApart(lanes: u32, principals: usize, records: usize): void {
  untold = 0;
  let left = lanes;
  left &= ~forbidden(left & forbids, records);
  allowed = reached & left;
  open = asks & left;
  const asked = permits & left & ~allowed & ~untold;
  if (asked !== 0) {
    bringPermits(records);
    const always = flagged(asked, REACH_ALWAYS);
    const runs = flagged(asked, REACH_RUN);
    const holds = always | told(asked & ~always & ~runs, records) | running(runs, principals, records);
    const reaches = holds & within;
    allowed |= reaches;
    for (let rest = holds & ~reaches; rest !== 0; rest &= rest - 1) {
      const i = <u32>ctz(rest);
      const row = slotOfQuestion(i) + FACTS;
      const user = load<u32>(principals + ((<usize>i) << 2));
      beyondUnits(i, user, load<u32>(row, FACT_PERMIT), load<u32>(row, FACT_TEAMS));
    }
  }
  allowed &= ~untold;
  open &= ~allowed & ~untold;
}
