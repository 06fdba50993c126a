// What the table of reaches leaves open: more units than a slot has room for, the user's own records where their marks do not
// say for certain that they are his, the records of his teams, and shared ones.
import {
  ACTIONS,
  DECISION_ALLOW,
  ORGANIZATION,
  PAGE_OWNERS,
  PAGE_UNITS,
  SHARE_DIRECT,
  SHARE_INHERITED,
  SHARE_PRINCIPAL,
  TEAM_BIT,
  USER_CONTEXTS,
  USER_TEAM_CONTEXTS,
} from "./constants";
import { decide, levelsReach } from "./decide";
import { NO, slotOf } from "./image";
import { placeInPage } from "./pages";
import { administeredOwner, isMember, userRow } from "./principals";
import { REACH_ASK, REACH_CONTEXTS, REACH_FORBID, REACH_OWN, REACH_PERMIT } from "./reach-table";
import { firstShare, nextShare } from "./shares";

function judged(user: u32, privilege: u32, record: u32): u32 {
  return u32(decide(user, privilege, record) === DECISION_ALLOW);
}

/** Rule 5a over all contexts. */
function unitReached(row: usize, privilege: u32, unit: u32): bool {
  const slot = slotOf(privilege);
  return (
    levelsReach(load<u32>(row, USER_CONTEXTS), slot, unit) ||
    levelsReach(load<u32>(row, USER_TEAM_CONTEXTS), slot, unit)
  );
}

/** Rule 5b, a team of his. */
function isTeams(row: usize, principal: u32): bool {
  return (principal & <u32>TEAM_BIT) !== 0 && principal !== NO && isMember(row, principal & ~(<u32>TEAM_BIT));
}

/** Rule 5c where every share to him, his teams or everybody serves (semantics.md S1: he has a grant of his own). */
function isSharedWith(row: usize, user: u32, first: usize, action: u32): bool {
  for (let share = first; share !== 0; share = nextShare(share)) {
    const rights = <u32>(load<u8>(share, SHARE_DIRECT) | load<u8>(share, SHARE_INHERITED));
    if (((rights >> action) & 1) === 0) continue;
    const to = load<u32>(share, SHARE_PRINCIPAL);
    if (to === user || to === <u32>ORGANIZATION || isTeams(row, to)) return true;
  }
  return false;
}

/** 1 or 0: rules 5b and 5c where the user has a grant of his own, and administers no team. */
export function isHisOrShared(row: usize, user: u32, page: usize, record: u32, privilege: u32): u32 {
  const place = placeInPage(record);
  const owner = load<u32>(page + ((<usize>place) << 2), PAGE_OWNERS);
  if (owner === user || isTeams(row, owner)) return 1;
  return u32(isSharedWith(row, user, firstShare(page, place), privilege & (ACTIONS - 1)));
}

/** 1 or 0 for a question that the user's slot at `reach` leaves open, about a record in its page. */
export function lookAgain(reach: usize, user: u32, privilege: u32, page: usize, record: u32): u32 {
  const flags = load<u32>(reach);
  if ((flags & (REACH_ASK | REACH_FORBID | REACH_PERMIT)) !== 0) return judged(user, privilege, record);
  const row = userRow(user);
  const place = <usize>placeInPage(record);
  if (
    (flags & REACH_CONTEXTS) !== 0 &&
    unitReached(row, privilege, load<u16>(page + (place << 1), PAGE_UNITS))
  )
    return 1;
  const owner = load<u32>(page + (place << 2), PAGE_OWNERS);
  if (administeredOwner(row, owner) !== NO) return judged(user, privilege, record);
  const isHis = owner === user || isTeams(row, owner);
  if ((flags & REACH_OWN) !== 0) {
    return u32(isHis || isSharedWith(row, user, firstShare(page, <u32>place), privilege & (ACTIONS - 1)));
  }
  // What grants of teams alone give of these, the judgment knows.
  return isHis || firstShare(page, <u32>place) !== 0 ? judged(user, privilege, record) : 0;
}
