// What the table of what users reach alone can tell of a question, for those who want the reason, too: that a level reaches the
// record, or that he has levels for the privilege and none of them reaches it.
import {
  DEAD_UNIT,
  MARK_OF_PRINCIPAL,
  MARK_TEAM,
  PAGE_MARKS,
  PAGE_SHIFT,
  PAGE_UNITS,
  ROW_OF_PAGE_HEAD,
  WORLD_PAGE_COUNT,
} from "./constants";
import { worldWord } from "./memory";
import { isInPage, placeInPage, rowOfPage } from "./pages";
import {
  coversUnit,
  FLAG_BITS,
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
  TEAM_TO_OPEN,
} from "./reach-table";
import { reachOf } from "./reaches";

export const UNTOLD: u32 = 0;
/** `decide` allows. */
export const IN_REACH: u32 = 1;
/** `decide` denies with DENY_ACCESS. */
export const OUT_OF_REACH: u32 = 2;

/** More than units decides. */
const OPEN: u32 = REACH_ASK | REACH_CONTEXTS | REACH_PERMIT;

/**
 * One of the above; of UNTOLD nothing is known. A slot that nobody has is filled, those of others are left to them: whoever asks by
 * names asks too seldom to fight for one.
 */
export function tableVerdict(user: u32, privilege: u32, record: u32): u32 {
  readyReaches();
  const number = record >> PAGE_SHIFT;
  if (user >= reachUsers || number >= worldWord(WORLD_PAGE_COUNT)) return UNTOLD;
  const row = rowOfPage(number);
  const place = placeInPage(record);
  if (!isInPage(load<u32>(row, ROW_OF_PAGE_HEAD), privilege, place)) return UNTOLD;
  const reach = slotAt(user, privilege);
  if (load<u32>(reach) === 0) reachOf(user, privilege);
  const flags = load<u32>(reach);
  if (flags >> FLAG_BITS !== user + 1 || (flags & REACH_FORBID) !== 0) return UNTOLD;
  const page = <usize>load<u32>(row);
  const unit = <u32>load<u16>(page + (place << 1), PAGE_UNITS);
  const units = load<u32>(reach, REACH_UNITS);
  if ((coversUnit(units, unit) | coversUnit(load<u32>(reach, REACH_MORE_UNITS), unit)) !== 0) return IN_REACH;
  // Whatever may be his, his teams' or shared with him is open; of a slot that reaches nothing it is not known why.
  const mark = <u32>load<u16>(page + (place << 1), PAGE_MARKS);
  const mayBeHis = u32((mark & (MARK_OF_PRINCIPAL | MARK_TEAM)) === (user & MARK_OF_PRINCIPAL));
  const his = mayBeHis * (REACH_OWN | REACH_ASK_OWN);
  const open =
    (flags & (OPEN | his | ((mark >> SHARED_TO_OPEN) & REACH_SHARES))) |
    ((mark >> TEAM_TO_OPEN) & (load<u32>(reach, REACH_TEAMS) >> mark) & 1) |
    u32(unit === DEAD_UNIT) |
    u32((units | (flags & (REACH_OWN | REACH_ASK_OWN | REACH_SHARES))) === 0);
  return open === 0 ? OUT_OF_REACH : UNTOLD;
}
