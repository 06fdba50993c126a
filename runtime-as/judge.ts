// The whole judgment, step by step in the order of semantics.md section 1 (the gate has been passed).
import {
  ACTIONS,
  DECISION_ALLOW,
  DENY_ACCESS,
  DENY_FORBID,
  DENY_PRIVILEGE,
  MAX_PARENT_CHAIN,
  NO_UNIT,
  OWNED_BY_PARENT,
  OWNED_BY_UNIT,
  USER_ADMINISTRATOR,
  USER_FLAGS,
} from "./constants";
import { gather, grantsAny, levelReaches, ownerReaches, shareReaches, teamReaches } from "./grants";
import { matchingForbid } from "./guardrails";
import { hierarchyReaches } from "./hierarchy";
import { entityOf, guardListOf, isFlat, kindOf, NO, parentOf, slotOf } from "./image";
import { pageOf } from "./pages";
import { contextsOfTeam, holdsAdministrator } from "./principals";
import { administered, askAboutDescribed, askAboutLoaded, askAs, owner, principalRow } from "./question";

/** Rule 2: an administrator role, his own or of an owner or group team. */
export function isAdministrator(): bool {
  if ((<u32>load<u16>(principalRow, USER_FLAGS) & USER_ADMINISTRATOR) !== 0) return true;
  return administered !== NO && holdsAdministrator(contextsOfTeam(administered));
}

/** Rule 1; 0 where nothing forbids. */
export function forbidden(privilege: u32): u32 {
  const list = guardListOf(privilege);
  if (list === 0) return 0;
  const forbid = matchingForbid(list);
  return forbid === NO ? 0 : (forbid << 8) | DENY_FORBID;
}

/** Rules 1 to 5 about the record in question. */
function judge(privilege: u32): u32 {
  const denial = forbidden(privilege);
  if (denial !== 0) return denial;
  const slot = slotOf(privilege);
  if (slot === NO) return DENY_PRIVILEGE;
  if (isAdministrator()) return DECISION_ALLOW;
  gather(privilege);
  if (!grantsAny()) return DENY_PRIVILEGE;
  if (isFlat(privilege) || levelReaches()) return DECISION_ALLOW;
  if (kindOf(privilege) === OWNED_BY_UNIT) return DENY_ACCESS;
  const reached =
    ownerReaches() || teamReaches() || shareReaches(privilege % ACTIONS) || hierarchyReaches(privilege);
  return reached ? DECISION_ALLOW : DENY_ACCESS;
}

let climbed: u32 = 0;

/** The privilege of the record that `climb` ended at. */
export function decisivePrivilege(): u32 {
  return climbed;
}

/**
 * Climbs from a record owned by its parent to the one that decides (semantics.md E2). Returns 0 when the question stands
 * there, else the denial met on the way: a forbid that matches a record below, or a parent that is missing.
 */
export function climb(privilege: u32): u32 {
  climbed = privilege;
  for (let steps: u32 = 0; steps <= <u32>MAX_PARENT_CHAIN; steps++) {
    if (kindOf(climbed) !== OWNED_BY_PARENT) return 0;
    const denial = climbOnce(climbed);
    if (denial !== 0) return denial;
  }
  return DENY_ACCESS;
}

/** One step up from a record that its parent decides about; 0, or the denial met here. */
export function climbOnce(privilege: u32): u32 {
  const denial = forbidden(privilege);
  if (denial !== 0) return denial;
  const parent = parentOf(entityOf(privilege));
  const page = pageOf(parent, owner);
  if (page === 0) return DENY_ACCESS;
  askAboutLoaded(page, owner);
  climbed = parent * ACTIONS + (privilege % ACTIONS);
  return 0;
}

function judgeAsked(privilege: u32): u32 {
  if (kindOf(privilege) !== OWNED_BY_PARENT) return judge(privilege);
  const denial = climb(privilege);
  return denial !== 0 ? denial : judge(climbed);
}

/** Turns to a record in its page, or to none (page 0: a task). */
export function turnTo(user: u32, page: usize, record: u32): void {
  askAs(user);
  if (page === 0) askAboutDescribed(NO, NO_UNIT);
  else askAboutLoaded(page, record);
}

/** Turns to a record that is not loaded; of a parent-owned entity the parent stands where the owner would. */
export function turnToDescribed(user: u32, privilege: u32, itsOwner: u32, itsUnit: u32, parent: u32): void {
  askAs(user);
  if (kindOf(privilege) === OWNED_BY_PARENT) askAboutDescribed(parent, NO_UNIT);
  else askAboutDescribed(itsOwner, itsUnit);
}

export function judgeLoaded(user: u32, privilege: u32, page: usize, record: u32): u32 {
  turnTo(user, page, record);
  return judgeAsked(privilege);
}

export function judgeDescribed(user: u32, privilege: u32, itsOwner: u32, itsUnit: u32, parent: u32): u32 {
  turnToDescribed(user, privilege, itsOwner, itsUnit, parent);
  return judgeAsked(privilege);
}
