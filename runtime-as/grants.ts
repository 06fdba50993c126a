// Steps 3 to 5 of the check: the grants of a slot that the principal has, and what they reach (semantics.md section 1).

import { conditionalsEnd, firstConditional, privilegeOfConditional } from "./conditionals";
import {
  CONDITIONAL_ROW_BYTES,
  CONDITIONAL_ROW_LEVEL,
  CONDITIONAL_ROW_PROGRAM,
  CONTEXT_BYTES,
  CONTEXT_CONDITIONALS,
  CONTEXT_FIRST_UNIT,
  CONTEXT_HOLDER,
  CONTEXT_LAST_UNIT,
  CONTEXT_LIST_FLAGS,
  CONTEXT_LIST_PLANES,
  CONTEXT_PLANES,
  CONTEXTS_CONDITIONAL,
  FLAG_INHERIT_ABOVE_USER,
  FLAG_TEAM_GRANT_SERVES_SHARE,
  HOLDER_INHERITS,
  HOLDER_SELF,
  LEVEL_CHILDREN,
  LEVEL_ORGANIZATION,
  LEVEL_UNIT,
  LEVEL_USER,
  NO_UNIT,
  ORGANIZATION,
  SCOPE_ROLE,
  SCOPE_TEAM,
  SHARE_DIRECT,
  SHARE_INHERITED,
  SHARE_PRINCIPAL,
  TEAM_BIT,
  TRUE,
  USER_UNIT,
} from "./constants";
import {
  levelOfPermit,
  listCount,
  listMember,
  listProgram,
  permits,
  principalScope,
  scopeReference,
} from "./guardrails";
import {
  guardListOf,
  isConditional,
  levelBits,
  looksAtRecords,
  NO,
  ownershipIsRecomputed,
  setting,
  slotOf,
} from "./image";
import { run } from "./interpret";
import { markTeam, markUnits, planIsOpen } from "./plan";
import {
  contextCount,
  contextHasRole,
  contextRows,
  contextsOfTeam,
  endOfUnit,
  isMember,
  ownContexts,
  teamContexts,
  unitOfTeam,
} from "./principals";
import { administered, owner, principal, principalRow, shares, unit } from "./question";
import { nextShare } from "./shares";

// What has been gathered: level bits of all grants, by who holds them.
/** Of every grant: G of step 4. */
let any: u32 = 0;
/** Held by the user himself. */
let self: u32 = 0;
/** Held by a team with inheritance (semantics.md T3). */
let inherited: u32 = 0;
/** Held by the very team that owns the record. */
let ofOwningTeam: u32 = 0;
/** Of grants that serve a share to the user himself (semantics.md S1). */
let serving: u32 = 0;
/** Held by a team without inheritance (semantics.md T2). */
let teamOnly: u32 = 0;
/** Some level reaches the record's unit (rule 5a). */
let reached: bool = false;
/** While a creation is asked about: the unit of the owner to be (semantics.md A2); else NO. */
let ownersUnit: u32 = NO;

export function grantsAny(): bool {
  return any !== 0;
}

/** Whether some grant is at this level (1 user to 4 organization) or above. */
export function grantsAtLeast(level: u32): bool {
  return any >> (level - 1) !== 0;
}

export function levelReaches(): bool {
  return reached;
}

/** A creation is asked about, for an owner in this unit, until NO puts an end to it. */
export function askAboutCreation(unitOfOwner: u32): void {
  ownersUnit = unitOfOwner;
}

/** Whether the levels of one grant reach a unit (rule 5a). */
function reachUnit(levels: u32, first: u32, last: u32, there: u32): bool {
  if ((levels & LEVEL_ORGANIZATION) !== 0) return true;
  if (there === NO_UNIT) return false;
  if ((levels & LEVEL_CHILDREN) !== 0 && first <= there && there <= last) return true;
  return (levels & LEVEL_UNIT) !== 0 && first === there;
}

/** Held by a team without inheritance (semantics.md T2). */
function isTeamOnly(holder: u32): bool {
  return holder !== <u32>HOLDER_SELF && (holder & HOLDER_INHERITS) === 0;
}

/**
 * Whether one grant serves to create a record for its owner (semantics.md A1, A2): its level reaches his unit; or it is one's
 * own, or a team's that passes it on (T3, T4), and the record too; or it is held by the team that is to own the record.
 */
function servesCreation(levels: u32, first: u32, last: u32, holder: u32): bool {
  if (owner === principal && isTeamOnly(holder)) return false;
  if (reachUnit(levels, first, last, ownersUnit)) return true;
  if (owner === principal)
    return holder === <u32>HOLDER_SELF || setting(FLAG_INHERIT_ABOVE_USER) || (levels & LEVEL_USER) !== 0;
  return holder !== <u32>HOLDER_SELF && (holderTeam(holder) | <u32>TEAM_BIT) === owner;
}

/** Rule 5a for one grant; of a creation A1 and A2. */
export function reaches(levels: u32, first: u32, last: u32, holder: u32): bool {
  return ownersUnit === NO
    ? reachUnit(levels, first, last, unit)
    : servesCreation(levels, first, last, holder);
}

export function holderTeam(holder: u32): u32 {
  return holder & ~(<u32>HOLDER_INHERITS);
}

function add(levels: u32, first: u32, last: u32, holder: u32): void {
  any |= levels;
  if (planIsOpen()) {
    markUnits(levels, first, last);
    if (holder !== <u32>HOLDER_SELF) markTeam(holderTeam(holder));
  }
  if (reaches(levels, first, last, holder)) reached = true;
  if (holder === <u32>HOLDER_SELF) {
    self |= levels;
    serving |= levels;
    return;
  }
  if ((holder & HOLDER_INHERITS) !== 0) {
    inherited |= levels;
    serving |= levels;
  } else {
    teamOnly |= levels;
    serving |= setting(FLAG_TEAM_GRANT_SERVES_SHARE) ? levels : levels & ~(<u32>LEVEL_USER);
  }
  if ((holderTeam(holder) | <u32>TEAM_BIT) === owner) ofOwningTeam |= levels;
}

/** Whether a condition holds; in a plan, where no record is asked about, what looks at records is left to its facts. */
function holdsNow(program: u32): bool {
  if (planIsOpen() && looksAtRecords(program)) return false;
  return run(program) === TRUE;
}

/** A grant under a condition, in the context that holds it. */
function addConditional(row: usize, conditional: usize): void {
  const level = load<u32>(conditional, CONDITIONAL_ROW_LEVEL);
  add(
    level,
    load<u16>(row, CONTEXT_FIRST_UNIT),
    load<u16>(row, CONTEXT_LAST_UNIT),
    load<u32>(row, CONTEXT_HOLDER),
  );
}

/** Gathers one grant under a condition alone: what does it reach where the condition holds? */
export function gatherConditional(row: usize, conditional: usize): void {
  forget();
  addConditional(row, conditional);
}

/** Grants of a role set that stand under conditions which hold (rule 3, semantics.md E5). */
function addConditionals(row: usize, privilege: u32): void {
  const list = <usize>load<u32>(row, CONTEXT_CONDITIONALS);
  if (list === 0) return;
  const end = conditionalsEnd(list);
  for (let at = firstConditional(list, privilege); at < end && privilegeOfConditional(at) === privilege; ) {
    if (holdsNow(load<u32>(at, CONDITIONAL_ROW_PROGRAM))) addConditional(row, at);
    at += CONDITIONAL_ROW_BYTES;
  }
}

function addConditionalContexts(list: usize, privilege: u32): void {
  if ((load<u32>(list, CONTEXT_LIST_FLAGS) & CONTEXTS_CONDITIONAL) === 0) return;
  const count = contextCount(list);
  for (let i: u32 = 0; i < count; i++) addConditionals(contextRows(list) + i * CONTEXT_BYTES, privilege);
}

function addContexts(list: usize, slot: u32): void {
  if (levelBits(load<u32>(list, CONTEXT_LIST_PLANES), slot) === 0) return;
  const count = contextCount(list);
  let row = contextRows(list);
  for (let i: u32 = 0; i < count; i++) {
    const levels = levelBits(load<u32>(row, CONTEXT_PLANES), slot);
    if (levels !== 0) {
      add(
        levels,
        load<u16>(row, CONTEXT_FIRST_UNIT),
        load<u16>(row, CONTEXT_LAST_UNIT),
        load<u32>(row, CONTEXT_HOLDER),
      );
    }
    row += CONTEXT_BYTES;
  }
}

/** A permit `in Role::` counts once for each copy of the role, in its context and with its holder. */
function addRoleCopies(list: usize, role: u32, level: u32): void {
  const count = contextCount(list);
  let row = contextRows(list);
  for (let i: u32 = 0; i < count; i++) {
    if (contextHasRole(row, role)) {
      add(
        level,
        load<u16>(row, CONTEXT_FIRST_UNIT),
        load<u16>(row, CONTEXT_LAST_UNIT),
        load<u32>(row, CONTEXT_HOLDER),
      );
    }
    row += CONTEXT_BYTES;
  }
}

function addPermit(guardrail: u32): void {
  const level = levelOfPermit(guardrail);
  const kind = principalScope(guardrail);
  const reference = scopeReference(guardrail);
  if (kind === SCOPE_TEAM) {
    const home = unitOfTeam(reference);
    add(level, home, endOfUnit(home), reference);
  } else if (kind === SCOPE_ROLE) {
    addRoleCopies(ownContexts(principalRow), reference, level);
    addRoleCopies(teamContexts(principalRow), reference, level);
    if (administered !== NO) addRoleCopies(contextsOfTeam(administered), reference, level);
  } else {
    const home = <u32>load<u16>(principalRow, USER_UNIT);
    add(level, home, endOfUnit(home), HOLDER_SELF);
  }
}

function forget(): void {
  any = 0;
  self = 0;
  inherited = 0;
  ofOwningTeam = 0;
  serving = 0;
  teamOnly = 0;
  reached = false;
}

/** Gathers one permit alone: what would it reach? */
export function gatherPermit(guardrail: u32): void {
  forget();
  addPermit(guardrail);
}

/** Gathers every grant of the privilege: roles of the user, of his teams, and matching permits. */
export function gather(privilege: u32): void {
  forget();
  const slot = slotOf(privilege);
  addContexts(ownContexts(principalRow), slot);
  addContexts(teamContexts(principalRow), slot);
  if (administered !== NO) addContexts(contextsOfTeam(administered), slot);
  if (isConditional(privilege)) {
    addConditionalContexts(ownContexts(principalRow), privilege);
    addConditionalContexts(teamContexts(principalRow), privilege);
    if (administered !== NO) addConditionalContexts(contextsOfTeam(administered), privilege);
  }
  const list = guardListOf(privilege);
  if (list === 0) return;
  const count = listCount(list);
  for (let i: u32 = 0; i < count; i++) {
    if (planIsOpen() && looksAtRecords(listProgram(list, i))) continue;
    if (permits(list, i)) addPermit(listMember(list, i));
  }
}

/** Modern mode before ownership was recomputed: owners need a grant at user level, or a level that reaches (semantics.md B9). */
function ownersReach(): bool {
  return ownershipIsRecomputed() || (any & LEVEL_USER) !== 0 || reached;
}

function belongsToTeam(team: u32): bool {
  return team === administered || isMember(principalRow, team);
}

/** Held by the user himself, or inherited by him (semantics.md T3, T4). */
function heldAsOneself(): bool {
  const fromTeams = setting(FLAG_INHERIT_ABOVE_USER) ? inherited : inherited & LEVEL_USER;
  return (self | fromTeams) !== 0;
}

/** Rule 5b: what the gathered grants give on the user's own records. */
export function ownRecordsReached(): bool {
  return ownersReach() && heldAsOneself();
}

/** Whether a grant to read lets its user own records (semantics.md A3). */
export function letsOwn(): bool {
  return heldAsOneself() || (teamOnly & LEVEL_ORGANIZATION) !== 0;
}

/** Rule 5b: what they give on the records of a team of his; `ofTeam`: the team holds a grant of its own. */
export function teamRecordsReached(ofTeam: bool): bool {
  return (self !== 0 || ofTeam) && ownersReach();
}

/** Rule 5b where the user himself is the owner. */
export function ownerReaches(): bool {
  return owner === principal && ownRecordsReached();
}

/** Rule 5b where a team of the user is the owner. */
export function teamReaches(): bool {
  if (owner === NO || (owner & <u32>TEAM_BIT) === 0) return false;
  return teamRecordsReached(ofOwningTeam !== 0) && belongsToTeam(owner & ~(<u32>TEAM_BIT));
}

/** Whether a share row is to the user, to a team of his, or to everybody, and a grant serves it (rule 5c, S1). */
export function shareServes(share: usize): bool {
  const to = load<u32>(share, SHARE_PRINCIPAL);
  if (to === <u32>ORGANIZATION) return any !== 0;
  if ((to & <u32>TEAM_BIT) !== 0) return any !== 0 && belongsToTeam(to & ~(<u32>TEAM_BIT));
  return to === principal && serving !== 0;
}

/** Whether the grants serve every share with the principal, with a team of his or with everybody. */
export function serveAllShares(): bool {
  return any !== 0 && serving !== 0;
}

/** Rule 5c: some share of the record carries the right. */
export function shareReaches(action: u32): bool {
  for (let share = shares; share !== 0; share = nextShare(share)) {
    const mask = <u32>(load<u8>(share, SHARE_DIRECT) | load<u8>(share, SHARE_INHERITED));
    if ((mask & (1 << action)) !== 0 && shareServes(share)) return true;
  }
  return false;
}
