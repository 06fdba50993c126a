// One question, from the table of what users reach: a look at its slot and one at the record.
import {
  DECISION_ALLOW,
  MARK_OF_PRINCIPAL,
  MARK_TEAM,
  PAGE_MARKS,
  PAGE_SHIFT,
  PAGE_UNITS,
  ROW_OF_PAGE_HEAD,
  WORLD_PAGE_COUNT,
} from "./constants";
import { decide } from "./decide";
import { worldWord } from "./memory";
import { isInPage, placeInPage, rowOfPage } from "./pages";
import { LOOK_AGAIN, withFacts } from "./reach-facts";
import {
  coversUnit,
  FLAGS,
  isReady,
  REACH_ASK,
  REACH_ASK_OWN,
  REACH_CONTEXTS,
  REACH_FORBID,
  REACH_MORE_UNITS,
  REACH_OWN,
  REACH_PERMIT,
  REACH_SHARES,
  REACH_TEAMS,
  REACH_UNITS,
  reachUsers,
  readyReaches,
  SHARED_TO_OPEN,
  slotAt,
  sureOwn,
  TEAM_TO_OPEN,
  tagOf,
} from "./reach-table";
import { reachOf } from "./reaches";
import { lookAgain } from "./second-look";

function allowsAnew(user: u32, privilege: u32, record: u32): u32 {
  readyReaches();
  return allows(user, privilege, record);
}

/** What the table has no word for is judged; what it has none for yet is worked out first. */
function answerOtherwise(user: u32, privilege: u32, record: u32): u32 {
  const number = record >> PAGE_SHIFT;
  if (user < reachUsers && number < worldWord(WORLD_PAGE_COUNT)) {
    if (isInPage(load<u32>(rowOfPage(number), ROW_OF_PAGE_HEAD), privilege, placeInPage(record))) {
      reachOf(user, privilege);
      return allows(user, privilege, record);
    }
  }
  return u32(decide(user, privilege, record) === DECISION_ALLOW);
}

/**
 * Whether `decide` allows; 1 or 0. Whatever is not answered here is left to others at once, each with a return of its own: nothing
 * then has to be kept for after their call.
 */
export function allows(user: u32, privilege: u32, record: u32): u32 {
  if (!isReady()) return allowsAnew(user, privilege, record);
  const number = record >> PAGE_SHIFT;
  if (user >= reachUsers) return answerOtherwise(user, privilege, record);
  if (number >= worldWord(WORLD_PAGE_COUNT)) return answerOtherwise(user, privilege, record);
  const row = rowOfPage(number);
  const place = placeInPage(record);
  if (!isInPage(load<u32>(row, ROW_OF_PAGE_HEAD), privilege, place))
    return answerOtherwise(user, privilege, record);
  const reach = slotAt(user, privilege);
  const flags = load<u32>(reach);
  if ((flags & ~FLAGS) !== tagOf(user)) return answerOtherwise(user, privilege, record);
  // No branch between what is true of one question in two.
  const page = <usize>load<u32>(row);
  const unit = <u32>load<u16>(page + (place << 1), PAGE_UNITS);
  const mark = <u32>load<u16>(page + (place << 1), PAGE_MARKS);
  const isOwn = u32((mark & (MARK_OF_PRINCIPAL | MARK_TEAM)) === (user & MARK_OF_PRINCIPAL));
  // His own records are reached, or open; shared ones are open.
  const known = flags & ((isOwn * (REACH_OWN | REACH_ASK_OWN)) | ((mark >> SHARED_TO_OPEN) & REACH_SHARES));
  const isTeams = (mark >> TEAM_TO_OPEN) & (load<u32>(reach, REACH_TEAMS) >> mark) & 1;
  const allowed =
    coversUnit(load<u32>(reach, REACH_UNITS), unit) |
    coversUnit(load<u32>(reach, REACH_MORE_UNITS), unit) |
    (known & sureOwn);
  const open = (flags & (REACH_ASK | REACH_CONTEXTS)) | known | isTeams;
  if ((flags & (REACH_FORBID | REACH_PERMIT)) !== 0) {
    const seen = withFacts(reach, allowed | (open << 1), user, page, record);
    return seen === LOOK_AGAIN ? lookAgain(reach, user, privilege, page, record) : seen;
  }
  if ((open & (allowed - 1)) !== 0) return lookAgain(reach, user, privilege, page, record);
  return allowed;
}
