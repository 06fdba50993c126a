// Conditions of a block's questions (batch-block.ts) that have the same user and privilege: one step of the condition for all
// of them before the next. The answers are those of `withFacts` (reach-facts.ts).
import { asks, gathered, inUnits, MARKS, reached, SHARED_TO_SIGN } from "./batch-block";
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
/** To be asked alone: what their conditions read is not there. */
export let untold: u32 = 0;

/** The fact of each of these questions' records, that planes keep at `plane`. */
function facts(lanes: u32, records: usize, plane: usize): u32 {
  const bits = factBits(lanes, records, plane);
  untold |= unknown;
  return bits;
}

/** For which of these questions the condition of the slot's permit holds. */
function holding(lanes: u32, user: u32, records: usize, permit: u32): u32 {
  if ((permit & REACH_ALWAYS) !== 0) return lanes;
  if ((permit & REACH_RUN) === 0) return facts(lanes, records, permit & ~(<u32>0xff));
  const quick = rangesFor(permit >> 8, user);
  if (quick === 0) {
    untold |= lanes;
    return 0;
  }
  const holds = inAllRanges(quick, lanes, records);
  untold |= wanting;
  return holds;
}

/** What a permit that holds for these questions reaches beyond units. */
function beyondUnits(lanes: u32, user: u32, permit: u32, teams: u32): void {
  const isSure = reachUsers <= <u32>MARK_OF_PRINCIPAL + 1;
  for (let left = lanes; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
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
}

/** Answers those questions of the block, found in the table, that have the slot of a user. */
export function answerTogether(lanes: u32, slot: usize, user: u32, records: usize): void {
  const flags = load<u32>(slot);
  const rows = slot + behind;
  let left = lanes;
  untold = 0;
  if ((flags & REACH_FORBID) !== 0) {
    const plane = <usize>load<u32>(rows, FACT_FORBID);
    left &= ~(facts(left, records, plane) | facts(left, records, plane + PAGE_PLANE_BYTES));
  }
  allowed = reached & left;
  open = asks & left;
  const permit = load<u32>(rows, FACT_PERMIT);
  if ((flags & REACH_PERMIT) !== 0) {
    const holds = holding(left & ~allowed & ~untold, user, records, permit);
    if (holds !== 0) {
      const reaches = holds & inUnits(load<u32>(rows, FACT_UNITS));
      allowed |= reaches;
      beyondUnits(holds & ~reaches, user, permit, load<u32>(rows, FACT_TEAMS));
    }
  }
  allowed &= ~untold;
  open &= ~allowed & ~untold;
}
