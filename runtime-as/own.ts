// Creating and owning: the checks of semantics.md section 6 that are not one right on one record (A1 to A3, S6).
import { conditionalsEnd, firstConditional, privilegeOfConditional } from "./conditionals";
import {
  CONDITIONAL_ROW_BYTES,
  CONDITIONAL_ROW_PROGRAM,
  CONTEXT_BYTES,
  CONTEXT_CONDITIONALS,
  CONTEXT_LIST_PLANES,
  DECISION_ALLOW,
  DENY_ACCESS,
  DENY_DISABLED,
  DENY_PRIVILEGE,
  SCOPE_ROLE,
  SCOPE_TEAM,
  SIDE_PRINCIPAL,
  TEAM_BIT,
  TRUE,
  USER_ENABLED,
  USER_FLAGS,
  WORLD_TEAM_COUNT,
} from "./constants";
import { explainDescribed } from "./explain";
import { askAboutCreation, gather, grantsAny, letsOwn, levelReaches } from "./grants";
import {
  concernsRecord,
  isForbid,
  listCount,
  listMember,
  listProgram,
  principalScope,
  scopeReference,
} from "./guardrails";
import { entityOf, guardListOf, levelBits, NO, privilegeCount, programSides, slotOf } from "./image";
import { run } from "./interpret";
import { forbidden, isAdministrator, turnTo, turnToDescribed } from "./judge";
import { worldWord } from "./memory";
import { pageOf } from "./pages";
import {
  contextCount,
  contextRows,
  contextsOfTeam,
  holdsAdministrator,
  holdsRole,
  userCount,
  userRow,
} from "./principals";
import { disregardAdministered } from "./question";

/**
 * Whether a user may create a record that somebody will own (semantics.md A1, A2): as `decideDescribed` on the record as it
 * would be, but the level of a grant limits the owner and not the record.
 */
export function decideCreate(user: u32, privilege: u32, itsOwner: u32, itsUnit: u32, ownersUnit: u32): u32 {
  if (user >= userCount() || privilege >= privilegeCount()) return DENY_PRIVILEGE;
  if ((<u32>load<u16>(userRow(user), USER_FLAGS) & USER_ENABLED) === 0) return DENY_DISABLED;
  turnToDescribed(user, privilege, itsOwner, itsUnit, NO);
  const denial = forbidden(privilege);
  if (denial !== 0) return denial;
  if (slotOf(privilege) === NO) return DENY_PRIVILEGE;
  if (isAdministrator()) return DECISION_ALLOW;
  askAboutCreation(ownersUnit);
  gather(privilege);
  askAboutCreation(NO);
  if (!grantsAny()) return DENY_PRIVILEGE;
  return levelReaches() ? DECISION_ALLOW : DENY_ACCESS;
}

/** The sources of an allowed creation, as `explainDescribed` gives them. */
export function explainCreate(
  user: u32,
  privilege: u32,
  itsOwner: u32,
  itsUnit: u32,
  ownersUnit: u32,
  out: usize,
  capacity: u32,
): u32 {
  askAboutCreation(ownersUnit);
  const found = explainDescribed(user, privilege, itsOwner, itsUnit, NO, out, capacity);
  askAboutCreation(NO);
  return found;
}

/** Whether the user asked about may own, by what he may read (semantics.md A3): nobody's call, so neither gate nor forbids count. */
function userMayOwn(privilege: u32): bool {
  disregardAdministered();
  if (isAdministrator()) return true;
  gather(privilege);
  return letsOwn();
}

/** Whether a condition holds that can be asked where no user asks. */
function holdsForTeam(program: u32): bool {
  if (program === NO) return true;
  return (programSides(program) & SIDE_PRINCIPAL) === 0 && run(program) === TRUE;
}

function teamHoldsConditional(list: usize, privilege: u32): bool {
  const count = contextCount(list);
  for (let i: u32 = 0; i < count; i++) {
    const rows = <usize>load<u32>(contextRows(list) + i * CONTEXT_BYTES, CONTEXT_CONDITIONALS);
    if (rows === 0) continue;
    const end = conditionalsEnd(rows);
    let at = firstConditional(rows, privilege);
    for (; at < end && privilegeOfConditional(at) === privilege; at += CONDITIONAL_ROW_BYTES) {
      if (holdsForTeam(load<u32>(at, CONDITIONAL_ROW_PROGRAM))) return true;
    }
  }
  return false;
}

/** A permit `in Team::` is a grant of that team, one `in Role::` of every team that holds the role. */
function teamIsPermitted(team: u32, contexts: usize, privilege: u32): bool {
  const list = guardListOf(privilege);
  if (list === 0) return false;
  const count = listCount(list);
  for (let i: u32 = 0; i < count; i++) {
    const guardrail = listMember(list, i);
    if (isForbid(guardrail) || !concernsRecord(guardrail)) continue;
    const kind = principalScope(guardrail);
    const reference = scopeReference(guardrail);
    const holds =
      (kind === SCOPE_TEAM && reference === team) || (kind === SCOPE_ROLE && holdsRole(contexts, reference));
    if (holds && holdsForTeam(listProgram(list, i))) return true;
  }
  return false;
}

/** Whether a team may own: through its own role at any level (semantics.md A3). */
function teamMayOwn(team: u32, privilege: u32): bool {
  if (team >= worldWord(WORLD_TEAM_COUNT)) return false;
  const contexts = contextsOfTeam(team);
  return (
    holdsAdministrator(contexts) ||
    levelBits(load<u32>(contexts, CONTEXT_LIST_PLANES), slotOf(privilege)) !== 0 ||
    teamHoldsConditional(contexts, privilege) ||
    teamIsPermitted(team, contexts, privilege)
  );
}

/** The user on whose behalf the record is looked at: a team has none, so any will do. */
function looker(owner: u32): u32 {
  return (owner & <u32>TEAM_BIT) === 0 ? owner : 0;
}

function exists(owner: u32, privilege: u32): bool {
  return looker(owner) < userCount() && privilege < privilegeCount() && slotOf(privilege) !== NO;
}

function mayOwnAsked(owner: u32, privilege: u32): bool {
  return (owner & <u32>TEAM_BIT) === 0
    ? userMayOwn(privilege)
    : teamMayOwn(owner & ~(<u32>TEAM_BIT), privilege);
}

/**
 * Whether a user or team may become the owner of a loaded record (semantics.md A3); `privilege` is to read its entity.
 * Conditions look at the record as it is.
 */
export function mayOwn(owner: u32, privilege: u32, record: u32): bool {
  if (!exists(owner, privilege)) return false;
  const page = pageOf(entityOf(privilege), record);
  if (page === 0) return false;
  turnTo(looker(owner), page, record);
  return mayOwnAsked(owner, privilege);
}

/** The same about a record that is to be created, for this owner, in this unit. */
export function mayOwnDescribed(owner: u32, privilege: u32, itsUnit: u32): bool {
  if (!exists(owner, privilege)) return false;
  turnToDescribed(looker(owner), privilege, owner, itsUnit, NO);
  return mayOwnAsked(owner, privilege);
}

/** Whether a user has some grant of a privilege on a loaded record, whatever it reaches (semantics.md S6, step 4). */
export function holdsGrant(user: u32, privilege: u32, record: u32): bool {
  if (!exists(user, privilege)) return false;
  const page = pageOf(entityOf(privilege), record);
  if (page === 0) return false;
  turnTo(user, page, record);
  if (isAdministrator()) return true;
  gather(privilege);
  return grantsAny();
}
