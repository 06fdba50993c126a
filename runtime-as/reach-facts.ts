// Facts of the records over what the table of reaches says without them.
import {
  FALSE,
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
  REACH_ALWAYS,
  REACH_ASK_OWN,
  REACH_FORBID,
  REACH_OWN,
  REACH_PERMIT,
  REACH_RUN,
  REACH_SHARES,
} from "./reach-table";

/** The answer with the facts of a slot: bit 0 the answer, bit 1 that it is open, as `answer` has them without. */
export function withFacts(reach: usize, answer: u32, user: u32, page: usize, record: u32): u32 {
  const place = placeInPage(record);
  const planes = <usize>load<u32>(page, PAGE_FACTS);
  const flags = load<u32>(reach);
  const facts = reach + FACTS;
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
    ((more & REACH_SHARES) !== 0 && (<u32>load<u16>(page + (place << 1), PAGE_MARKS) & MARK_SHARED) !== 0) ||
    ((owner >> 31) & (load<u32>(facts, FACT_TEAMS) >> owner) & 1) !== 0;
  return isOpen ? 2 : answer;
}
