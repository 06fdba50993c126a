// Scopes of guardrails (language.md section 5): which of them concern the question.
import {
  EFFECT_FORBID,
  FALSE,
  GUARD_LIST_COUNT,
  GUARD_LIST_EVERYBODY,
  GUARD_LIST_MEMBERS,
  GUARD_MEMBER_WORDS,
  GUARDRAIL_EFFECT,
  GUARDRAIL_LEVEL,
  GUARDRAIL_PRINCIPAL,
  GUARDRAIL_RECORD_ENTITY,
  GUARDRAIL_UNIT,
  GUARDRAIL_WORDS,
  NO_UNIT,
  SCOPE_ANY,
  SCOPE_BYTES,
  SCOPE_PRINCIPAL,
  SCOPE_PRINCIPAL_FIRST,
  SCOPE_PRINCIPAL_LAST,
  SCOPE_RECORD,
  SCOPE_RESOURCE_FIRST,
  SCOPE_RESOURCE_LAST,
  SCOPE_ROLE,
  SCOPE_TEAM,
  SCOPE_UNIT,
  SCOPE_USER,
  TRUE,
  USER_FLAGS,
  USER_GUARDED,
  USER_UNIT,
  WORLD_GUARDRAILS,
} from "./constants";
import { guardrailCount, guardrailRow, NO } from "./image";
import { run } from "./interpret";
import { worldWord } from "./memory";
import { contextsOfTeam, holdsRole, isMember, ownContexts, teamContexts, userCount } from "./principals";
import { administered, askAs, principal, principalRow, record, unit } from "./question";

function imageWord(guardrail: u32, column: u32): u32 {
  return load<u32>(guardrailRow(guardrail, GUARDRAIL_WORDS) + column * 4);
}

/** The resolved scope of a guardrail (abi.ts, SCOPE_*). */
function scopeRow(guardrail: u32): usize {
  return <usize>worldWord(WORLD_GUARDRAILS) + guardrail * SCOPE_BYTES;
}

export function isForbid(guardrail: u32): bool {
  return imageWord(guardrail, GUARDRAIL_EFFECT) === EFFECT_FORBID;
}

export function levelOfPermit(guardrail: u32): u32 {
  return imageWord(guardrail, GUARDRAIL_LEVEL);
}

export function principalScope(guardrail: u32): u32 {
  return imageWord(guardrail, GUARDRAIL_PRINCIPAL);
}

/** Team or role that a permit names as holder. */
export function scopeReference(guardrail: u32): u32 {
  return load<u32>(scopeRow(guardrail), SCOPE_PRINCIPAL);
}

/** Whether the guardrail looks at the record's unit or at one record only. */
export function looksAtRecord(guardrail: u32): bool {
  return imageWord(guardrail, GUARDRAIL_UNIT) !== NO || imageWord(guardrail, GUARDRAIL_RECORD_ENTITY) !== NO;
}

export function concernsPrincipal(guardrail: u32): bool {
  const kind = principalScope(guardrail);
  if (kind === SCOPE_ANY) return true;
  const scope = scopeRow(guardrail);
  const reference = load<u32>(scope, SCOPE_PRINCIPAL);
  if (kind === SCOPE_UNIT) {
    const own = <u32>load<u16>(principalRow, USER_UNIT);
    return (
      <u32>load<u16>(scope, SCOPE_PRINCIPAL_FIRST) <= own &&
      own <= <u32>load<u16>(scope, SCOPE_PRINCIPAL_LAST)
    );
  }
  if (reference === NO) return false;
  if (kind === SCOPE_USER) return reference === principal;
  if (kind === SCOPE_TEAM) return reference === administered || isMember(principalRow, reference);
  return (
    kind === SCOPE_ROLE &&
    (holdsRole(ownContexts(principalRow), reference) ||
      holdsRole(teamContexts(principalRow), reference) ||
      (administered !== NO && holdsRole(contextsOfTeam(administered), reference)))
  );
}

export function concernsRecord(guardrail: u32): bool {
  const scope = scopeRow(guardrail);
  if (imageWord(guardrail, GUARDRAIL_RECORD_ENTITY) !== NO) {
    const only = load<u32>(scope, SCOPE_RECORD);
    if (only === NO || only !== record) return false;
  }
  if (imageWord(guardrail, GUARDRAIL_UNIT) === NO) return true;
  return (
    unit !== NO_UNIT &&
    <u32>load<u16>(scope, SCOPE_RESOURCE_FIRST) <= unit &&
    unit <= <u32>load<u16>(scope, SCOPE_RESOURCE_LAST)
  );
}

/** How many guardrails a list has. */
export function listCount(list: usize): u32 {
  return load<u32>(list, GUARD_LIST_COUNT * 4);
}

export function listMember(list: usize, index: u32): u32 {
  return load<u32>(list + index * GUARD_MEMBER_WORDS * 4, GUARD_LIST_MEMBERS * 4);
}

/** The program of the condition under which the member stands, NO where it has none. */
export function listProgram(list: usize, index: u32): u32 {
  return load<u32>(list + index * GUARD_MEMBER_WORDS * 4, GUARD_LIST_MEMBERS * 4 + 4);
}

/** Whether the scopes of a member match the question. */
function inScope(guardrail: u32): bool {
  return concernsPrincipal(guardrail) && concernsRecord(guardrail);
}

/** Whether a forbid of a list applies: an error in its condition does not open the gate (language.md section 5). */
export function forbids(list: usize, index: u32): bool {
  const guardrail = listMember(list, index);
  if (!isForbid(guardrail) || !inScope(guardrail)) return false;
  const program = listProgram(list, index);
  return program === NO || run(program) !== FALSE;
}

/** Whether a permit of a list applies: its condition holds, and without an error. */
export function permits(list: usize, index: u32): bool {
  const guardrail = listMember(list, index);
  if (isForbid(guardrail) || !inScope(guardrail)) return false;
  const program = listProgram(list, index);
  return program === NO || run(program) === TRUE;
}

/** Whether the guardrails of a list can concern a user with these flags. */
export function mayConcern(list: usize, flags: u32): bool {
  return (flags & USER_GUARDED) !== 0 || load<u32>(list, GUARD_LIST_EVERYBODY * 4) !== 0;
}

/** Marks the user if some guardrail names him, and only then. */
export function guardUser(user: u32): void {
  if (user >= userCount()) return;
  askAs(user);
  const guardrails = guardrailCount();
  let flags = <u32>load<u16>(principalRow, USER_FLAGS) & ~(<u32>USER_GUARDED);
  for (let guardrail: u32 = 0; guardrail < guardrails; guardrail++) {
    if (principalScope(guardrail) === SCOPE_ANY || !concernsPrincipal(guardrail)) continue;
    flags |= USER_GUARDED;
    break;
  }
  store<u16>(principalRow, <u16>flags, USER_FLAGS);
}

/** The same for every user; called when people have been written. */
export function markGuarded(): void {
  const users = userCount();
  for (let user: u32 = 0; user < users; user++) guardUser(user);
}

/** The first forbid of the list that concerns the question, or NO. */
export function matchingForbid(list: usize): u32 {
  const count = listCount(list);
  for (let i: u32 = 0; i < count; i++) {
    if (forbids(list, i)) return listMember(list, i);
  }
  return NO;
}
