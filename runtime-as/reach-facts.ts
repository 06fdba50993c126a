// Facts of the records over what the table of reaches says without them.
import {
  MARK_SHARED,
  PAGE_FACTS,
  PAGE_MARKS,
  PAGE_OWNERS,
  PAGE_PLANE_BYTES,
  PAGE_UNITS,
  TRUE,
} from "./constants";
import { placeInPage } from "./pages";
import { quickHolds } from "./quick-ranges";
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
} from "./reach-table";

/** Another answer than 1 or 0. */
export const LOOK_AGAIN: u32 = 2;

/** What the permit of a slot, whose condition holds, reaches beyond units: 1, 0, or LOOK_AGAIN. */
function beyondUnits(reach: usize, more: u32, user: u32, page: usize, place: u32): u32 {
  const owner = load<u32>(page + (place << 2), PAGE_OWNERS);
  if (owner === user && (more & REACH_OWN) !== 0) return 1;
  const isOpen =
    (owner === user && (more & REACH_ASK_OWN) !== 0) ||
    ((more & REACH_SHARES) !== 0 && (<u32>load<u16>(page + (place << 1), PAGE_MARKS) & MARK_SHARED) !== 0) ||
    ((owner >> 31) & (load<u32>(reach, FACTS + FACT_TEAMS) >> owner) & 1) !== 0;
  return isOpen ? LOOK_AGAIN : 0;
}

/** Whether a guardrail forbids by a fact, or by an error in it. */
function isForbidden(reach: usize, planes: usize, place: u32): bool {
  const plane = planes + load<u32>(reach, FACTS + FACT_FORBID) + ((place >> 5) << 2);
  return (((load<u32>(plane) | load<u32>(plane, PAGE_PLANE_BYTES)) >> place) & 1) !== 0;
}

/**
 * The answer with the conditions of a slot: 1, 0, or LOOK_AGAIN where facts leave it open, or are not known. `seen` is the answer
 * without them in bit 0, and more than 1 where it is open.
 */
export function withFacts(reach: usize, seen: u32, user: u32, page: usize, record: u32): u32 {
  const place = placeInPage(record);
  const planes = <usize>load<u32>(page, PAGE_FACTS);
  const flags = load<u32>(reach);
  if ((flags & REACH_FORBID) !== 0) {
    // Facts that were not worked out: the programs are run.
    if (planes === 0) return LOOK_AGAIN;
    if (isForbidden(reach, planes, place)) return 0;
  }
  if ((seen & 1) !== 0) return 1;
  if ((flags & REACH_PERMIT) !== 0) {
    const more = load<u32>(reach, FACTS + FACT_PERMIT);
    let holds = more & REACH_ALWAYS;
    if ((more & REACH_RUN) !== 0) {
      holds = quickHolds(more >> 8, user, page, record);
      if (holds > <u32>TRUE) return LOOK_AGAIN;
    } else if (holds === 0) {
      if (planes === 0) return LOOK_AGAIN;
      holds = (load<u32>(planes + (more & ~FLAGS) + ((place >> 5) << 2)) >> place) & 1;
    }
    if (holds !== 0) {
      const units = load<u32>(reach, FACTS + FACT_UNITS);
      const unit = <u32>load<u16>(page + (place << 1), PAGE_UNITS);
      if (((unit - units) & 0xffff) < units >> 16) return 1;
      const beyond = beyondUnits(reach, more, user, page, place);
      if (beyond !== 0) return beyond;
    }
  }
  return seen === 0 ? 0 : LOOK_AGAIN;
}
