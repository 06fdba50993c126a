// One check, in the order of semantics.md section 1.
import {
  ACTIONS,
  DECISION_ALLOW,
  DENY_ACCESS,
  DENY_DISABLED,
  DENY_FORBID,
  DENY_PRIVILEGE,
  MAX_PARENT_CHAIN,
  NO_UNIT,
  OWNED_BY_PARENT,
  OWNED_BY_UNIT,
  USER_ENABLED,
  USER_FLAGS,
} from "./abi";
import { gather, grantsAny, levelReaches, ownerReaches, shareReaches, teamReaches } from "./grants";
import { matchingForbid } from "./guardrails";
import { entityCount, guardListOf, isFlat, NO, ownershipOf, parentOf, privilegeCount, slotOf } from "./image";
import { contextsOfTeam, holdsAdministrator, ownContexts, teamContexts, userCount } from "./principals";
import { administered, askAboutDescribed, askAboutLoaded, askAs, owner, principalRow } from "./question";

/** Rule 0: the user, his unit and every unit above are enabled. */
export function isEnabled(): bool {
  return (<u32>load<u16>(principalRow, USER_FLAGS) & USER_ENABLED) !== 0;
}

/** Rule 2: an administrator role, his own or of an owner or group team. */
export function isAdministrator(): bool {
  return (
    holdsAdministrator(ownContexts(principalRow)) ||
    holdsAdministrator(teamContexts(principalRow)) ||
    (administered !== NO && holdsAdministrator(contextsOfTeam(administered)))
  );
}

/** Rules 1 to 5 about the record in question. */
export function judge(privilege: u32): u32 {
  const list = guardListOf(privilege);
  if (list !== 0) {
    const forbid = matchingForbid(list);
    if (forbid !== NO) return (forbid << 8) | DENY_FORBID;
  }
  const slot = slotOf(privilege);
  if (slot === NO) return DENY_PRIVILEGE;
  if (isAdministrator()) return DECISION_ALLOW;
  gather(slot, list);
  if (!grantsAny()) return DENY_PRIVILEGE;
  if (isFlat(privilege) || levelReaches()) return DECISION_ALLOW;
  const entity = privilege / ACTIONS;
  if (ownershipOf(entity) === OWNED_BY_UNIT) return DENY_ACCESS;
  return ownerReaches() || teamReaches() || shareReaches(privilege % ACTIONS) ? DECISION_ALLOW : DENY_ACCESS;
}

/** Climbs from records owned by their parent to the record that decides (semantics.md E2). `privilege` of that record. */
let climbed: u32 = 0;

export function decisivePrivilege(): u32 {
  return climbed;
}

/** Returns 0 when the question stands at the deciding record, else the denial met on the way. */
export function climb(privilege: u32): u32 {
  climbed = privilege;
  for (let steps: u32 = 0; steps <= <u32>MAX_PARENT_CHAIN; steps++) {
    const entity = climbed / ACTIONS;
    if (entity >= entityCount() || ownershipOf(entity) !== OWNED_BY_PARENT) return 0;
    const list = guardListOf(climbed);
    if (list !== 0) {
      const forbid = matchingForbid(list);
      if (forbid !== NO) return (forbid << 8) | DENY_FORBID;
    }
    const parent = parentOf(entity);
    climbed = parent * ACTIONS + (climbed % ACTIONS);
    if (!askAboutLoaded(parent, owner)) return DENY_ACCESS;
  }
  return DENY_ACCESS;
}

/** Rules 1 to 5, after climbing to the deciding record. */
function decideAsked(privilege: u32): u32 {
  const entity = privilege / ACTIONS;
  if (entity < entityCount() && ownershipOf(entity) === OWNED_BY_PARENT) {
    const denial = climb(privilege);
    return denial !== 0 ? denial : judge(decisivePrivilege());
  }
  return judge(privilege);
}

/** Turns to a loaded record, or to none for tasks; returns 0, or the denial of a question about nothing. */
export function ask(user: u32, privilege: u32, record: u32): u32 {
  if (user >= userCount() || privilege >= privilegeCount()) return DENY_PRIVILEGE;
  askAs(user);
  if (!isEnabled()) return DENY_DISABLED;
  const entity = privilege / ACTIONS;
  if (entity >= entityCount()) askAboutDescribed(NO, NO_UNIT);
  else if (!askAboutLoaded(entity, record)) return DENY_ACCESS;
  return 0;
}

/** Turns to a record that is not loaded. Of a parent-owned entity only the parent record counts. */
export function askDescribed(user: u32, privilege: u32, itsOwner: u32, itsUnit: u32, parent: u32): u32 {
  if (user >= userCount() || privilege >= privilegeCount()) return DENY_PRIVILEGE;
  askAs(user);
  if (!isEnabled()) return DENY_DISABLED;
  const entity = privilege / ACTIONS;
  const ownedByParent = entity < entityCount() && ownershipOf(entity) === OWNED_BY_PARENT;
  if (ownedByParent) askAboutDescribed(parent, NO_UNIT);
  else askAboutDescribed(itsOwner, itsUnit);
  return 0;
}

/** Whether `user` has `privilege` on `record` (NONE for tasks): DECISION_ALLOW or a DENY_ code. */
export function decide(user: u32, privilege: u32, record: u32): u32 {
  const denial = ask(user, privilege, record);
  return denial !== 0 ? denial : decideAsked(privilege);
}

/** The same about a record that is described instead of loaded. */
export function decideDescribed(user: u32, privilege: u32, itsOwner: u32, itsUnit: u32, parent: u32): u32 {
  const denial = askDescribed(user, privilege, itsOwner, itsUnit, parent);
  return denial !== 0 ? denial : decideAsked(privilege);
}
