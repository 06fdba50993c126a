// One question, from the table of what users reach: a look at its slot and one at the record.
import {
  ACTION_SHIFT,
  DECISION_ALLOW,
  MARK_OF_PRINCIPAL,
  MARK_TEAM,
  PAGE_COUNT_BITS,
  PAGE_MARKS,
  PAGE_SHIFT,
  PAGE_UNITS,
  ROW_OF_PAGE_HEAD,
  WORLD_PAGE_COUNT,
} from "./constants";
import { decide } from "./decide";
import { worldWord } from "./memory";
import { placeInPage, rowOfPage } from "./pages";
import { withFacts } from "./reach-facts";
import {
  REACH_FORBID,
  REACH_MORE_UNITS,
  REACH_PERMIT,
  REACH_SHARES,
  REACH_TEAMS,
  REACH_UNITS,
  reachUsers,
  readyReaches,
} from "./reach-table";
import { reachOf } from "./reaches";
import { lookAgain } from "./second-look";

// From MARK_SHARED to REACH_SHARES, from MARK_TEAM to the bit of open questions.
const SHARED_TO_OPEN: u32 = 12;
const TEAM_TO_OPEN: u32 = 14;

/** 1 or 0: whether a unit lies in an interval of the table. */
function isIn(interval: u32, unit: u32): u32 {
  return u32(((unit - interval) & 0xffff) < interval >> 16);
}

/** What a slot says of a record in its page, without facts: bit 0 the answer, bit 1 that it leaves the question open. */
export function look(reach: usize, user: u32, page: usize, record: u32): u32 {
  const place = placeInPage(record);
  const flags = load<u32>(reach);
  const unit = <u32>load<u16>(page + (place << 1), PAGE_UNITS);
  const mark = <u32>load<u16>(page + (place << 1), PAGE_MARKS);
  const isOwn = (mark & (MARK_OF_PRINCIPAL | MARK_TEAM)) === (user & MARK_OF_PRINCIPAL);
  // Bits 0 and 2: his own records are reached, or open; bit 3: shared ones are open.
  const known = flags & ((u32(isOwn) * 5) | ((mark >> SHARED_TO_OPEN) & REACH_SHARES));
  const team = (mark >> TEAM_TO_OPEN) & (load<u32>(reach, REACH_TEAMS) >> mark);
  // With many users a mark does not say for certain who owns a record.
  const own = known & u32(reachUsers <= <u32>MARK_OF_PRINCIPAL + 1);
  const allowed =
    isIn(load<u32>(reach, REACH_UNITS), unit) | isIn(load<u32>(reach, REACH_MORE_UNITS), unit) | own;
  const open = (flags >> 1) | (flags >> 6) | known | (known >> 2) | (known >> 3) | team;
  return allowed | ((open & 1) << 1);
}

/** `allows` within a call of the host that has made the table ready. */
export function answer(user: u32, privilege: u32, record: u32): u32 {
  const number = record >> PAGE_SHIFT;
  if (user < reachUsers && number < worldWord(WORLD_PAGE_COUNT)) {
    const row = rowOfPage(number);
    const head = load<u32>(row, ROW_OF_PAGE_HEAD);
    const count = head & ((1 << PAGE_COUNT_BITS) - 1);
    if (head >> PAGE_COUNT_BITS === privilege >> ACTION_SHIFT && placeInPage(record) < count) {
      const page = <usize>load<u32>(row);
      const reach = reachOf(user, privilege);
      let seen = look(reach, user, page, record);
      if ((load<u32>(reach) & (REACH_FORBID | REACH_PERMIT)) !== 0) {
        seen = withFacts(reach, seen, user, page, record);
      }
      return seen === 2 ? lookAgain(reach, user, privilege, page, record) : seen & 1;
    }
  }
  return u32(decide(user, privilege, record) === DECISION_ALLOW);
}

/** Whether `decide` allows; 1 or 0. */
export function allows(user: u32, privilege: u32, record: u32): u32 {
  readyReaches();
  return answer(user, privilege, record);
}
