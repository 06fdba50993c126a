// Every source that allows, not only the first (semantics.md section 10). Two words a source: kind, reference.

import { conditionalsEnd, firstConditional, privilegeOfConditional } from "./conditionals";
import {
  ACTIONS,
  CONDITIONAL_ROW_BYTES,
  CONDITIONAL_ROW_LEVEL,
  CONDITIONAL_ROW_PROGRAM,
  CONDITIONAL_ROW_ROLE,
  CONTEXT_BYTES,
  CONTEXT_CONDITIONALS,
  CONTEXT_FIRST_UNIT,
  CONTEXT_HOLDER,
  CONTEXT_LAST_UNIT,
  CONTEXT_ROLES,
  KIND_TASK,
  OWNED_BY_PARENT,
  OWNED_BY_UNIT,
  SHARE_DIRECT,
  SHARE_INHERITED,
  SHARE_PRINCIPAL,
  SOURCE_ADMINISTRATOR,
  SOURCE_ERROR_IN_GUARDRAIL,
  SOURCE_ERROR_IN_ROLE,
  SOURCE_HIERARCHY,
  SOURCE_OWNER,
  SOURCE_PARENT,
  SOURCE_PERMIT,
  SOURCE_ROLE,
  SOURCE_SHARE,
  SOURCE_TEAM,
  TEAM_BIT,
  TRUE,
  USER_ENABLED,
  USER_FLAGS,
} from "./constants";
import { explainErrors } from "./facts";
import {
  gather,
  gatherPermit,
  levelReaches,
  ownerReaches,
  reaches,
  shareServes,
  teamReaches,
} from "./grants";
import { concernsPrincipal, concernsRecord, listCount, listMember, listProgram, permits } from "./guardrails";
import { nextReport, startReports } from "./hierarchy-explain";
import {
  entityOf,
  guardListOf,
  isFlat,
  kindOf,
  levelBits,
  NO,
  privilegeCount,
  rolePlanes,
  slotOf,
} from "./image";
import { interpret } from "./interpret";
import { climbOnce, decisivePrivilege, isAdministrator, turnTo, turnToDescribed } from "./judge";
import { pageOf } from "./pages";
import {
  contextCount,
  contextRows,
  contextsOfTeam,
  ownContexts,
  teamContexts,
  userCount,
  userRow,
} from "./principals";
import { administered, owner, principalRow, shares } from "./question";
import { nextShare } from "./shares";

let at: usize = 0;
let room: u32 = 0;
let found: u32 = 0;
/** Only the first source is asked for: the one of the lowest kind, and among those of the lowest reference. */
let seeksFirst: bool = false;
const NOTHING: u64 = ~(<u64>0);
let first: u64 = NOTHING;

function emit(kind: u32, reference: u32): void {
  if (seeksFirst) {
    // Errors of conditions are no sources; their kinds are above all others.
    if (kind <= <u32>SOURCE_HIERARCHY) first = min<u64>(first, ((<u64>kind) << 32) | reference);
    return;
  }
  if (found < room) {
    store<u32>(at + found * 8, kind);
    store<u32>(at + found * 8, reference, 4);
  }
  found++;
}

/** Whether nothing that could follow comes before what was found: kinds are looked for in their order. */
function isSettled(): bool {
  return seeksFirst && first !== NOTHING;
}

/** Whether levels reach in the context of a row. */
function contextReaches(row: usize, levels: u32): bool {
  const first = load<u16>(row, CONTEXT_FIRST_UNIT);
  return reaches(levels, first, load<u16>(row, CONTEXT_LAST_UNIT), load<u32>(row, CONTEXT_HOLDER));
}

/** Each role whose own level reaches the record, once a context. */
function emitRoles(list: usize, slot: u32, flat: bool): void {
  const count = contextCount(list);
  for (let i: u32 = 0; i < count; i++) {
    const row = contextRows(list) + i * CONTEXT_BYTES;
    const roles = <usize>load<u32>(row, CONTEXT_ROLES);
    const roleCount = load<u32>(roles);
    for (let r: u32 = 0; r < roleCount; r++) {
      const role = load<u32>(roles + 4 + r * 4);
      const levels = levelBits(rolePlanes(role), slot);
      if (levels === 0) continue;
      if (flat || contextReaches(row, levels)) emit(SOURCE_ROLE, role);
    }
  }
}

/** Roles whose grant under a condition reaches the record, and those whose condition erred. */
function emitConditionalRoles(list: usize, privilege: u32, flat: bool): void {
  const count = contextCount(list);
  for (let i: u32 = 0; i < count; i++) {
    const row = contextRows(list) + i * CONTEXT_BYTES;
    const rows = <usize>load<u32>(row, CONTEXT_CONDITIONALS);
    if (rows === 0) continue;
    const end = conditionalsEnd(rows);
    let at = firstConditional(rows, privilege);
    for (; at < end && privilegeOfConditional(at) === privilege; at += CONDITIONAL_ROW_BYTES) {
      const role = load<u32>(at, CONDITIONAL_ROW_ROLE);
      // Run anew: facts do not keep the kind of an error.
      const answer = interpret(load<u32>(at, CONDITIONAL_ROW_PROGRAM));
      if (answer > <u32>TRUE) emit(SOURCE_ERROR_IN_ROLE | (answer << 8), role);
      if (answer !== TRUE) continue;
      const levels = load<u32>(at, CONDITIONAL_ROW_LEVEL);
      if (flat || contextReaches(row, levels)) emit(SOURCE_ROLE, role);
    }
  }
}

function emitPermits(list: usize): void {
  const count = listCount(list);
  for (let i: u32 = 0; i < count; i++) {
    if (!permits(list, i)) continue;
    const guardrail = listMember(list, i);
    gatherPermit(guardrail);
    if (levelReaches()) emit(SOURCE_PERMIT, guardrail);
  }
}

/** Guardrails in scope whose condition erred. */
function emitErrors(list: usize): void {
  if (list === 0) return;
  const count = listCount(list);
  for (let i: u32 = 0; i < count; i++) {
    const guardrail = listMember(list, i);
    const program = listProgram(list, i);
    if (program === NO || !concernsPrincipal(guardrail) || !concernsRecord(guardrail)) continue;
    const answer = interpret(program);
    if (answer > <u32>TRUE) emit(SOURCE_ERROR_IN_GUARDRAIL | (answer << 8), guardrail);
  }
}

function emitShares(action: u32): void {
  for (let share = shares; share !== 0; share = nextShare(share)) {
    if (!shareServes(share)) continue;
    const to = load<u32>(share, SHARE_PRINCIPAL);
    if ((<u32>load<u8>(share, SHARE_DIRECT) & (1 << action)) !== 0) emit(SOURCE_SHARE, to);
    if ((<u32>load<u8>(share, SHARE_INHERITED) & (1 << action)) !== 0) emit(SOURCE_PARENT, to);
  }
}

function emitReports(privilege: u32): void {
  if (!startReports(privilege)) return;
  for (let report = nextReport(privilege); report !== NO; report = nextReport(privilege)) {
    emit(SOURCE_HIERARCHY, report);
  }
}

function emitSources(privilege: u32): void {
  const list = guardListOf(privilege);
  if (!seeksFirst) emitErrors(list);
  const slot = slotOf(privilege);
  if (slot === NO) return;
  const flat = isFlat(privilege);
  if (isAdministrator()) emit(SOURCE_ADMINISTRATOR, 0);
  if (isSettled()) return;
  emitRoles(ownContexts(principalRow), slot, flat);
  emitRoles(teamContexts(principalRow), slot, flat);
  emitConditionalRoles(ownContexts(principalRow), privilege, flat);
  emitConditionalRoles(teamContexts(principalRow), privilege, flat);
  if (administered !== NO) {
    emitRoles(contextsOfTeam(administered), slot, flat);
    emitConditionalRoles(contextsOfTeam(administered), privilege, flat);
  }
  if (isSettled()) return;
  if (list !== 0) emitPermits(list);
  if (isSettled()) return;
  if (flat || kindOf(privilege) === OWNED_BY_UNIT) return;
  gather(privilege);
  if (ownerReaches()) emit(SOURCE_OWNER, 0);
  if (isSettled()) return;
  if (teamReaches()) emit(SOURCE_TEAM, owner & ~(<u32>TEAM_BIT));
  if (isSettled()) return;
  emitShares(privilege % ACTIONS);
  if (isSettled()) return;
  emitReports(privilege);
}

/** The errors of every record on the way to the deciding one, and its sources. */
function explainFrom(privilege: u32): void {
  let asked = privilege;
  while (kindOf(asked) === OWNED_BY_PARENT) {
    if (!seeksFirst) emitErrors(guardListOf(asked));
    if (climbOnce(asked) !== 0) return;
    asked = decisivePrivilege();
  }
  emitSources(asked);
}

function explainAsked(privilege: u32, out: usize, capacity: u32): u32 {
  at = out;
  room = capacity;
  found = 0;
  explainErrors(true);
  explainFrom(privilege);
  explainErrors(false);
  return found;
}

/** Whether there is such a user and privilege, and he passes the gate (rule 0). */
function mayAsk(user: u32, privilege: u32): bool {
  if (user >= userCount() || privilege >= privilegeCount()) return false;
  return (<u32>load<u16>(userRow(user), USER_FLAGS) & USER_ENABLED) !== 0;
}

/** The sources of an allowed check; returns their number, which may exceed `capacity` (nothing is written beyond it). */
export function explain(user: u32, privilege: u32, record: u32, out: usize, capacity: u32): u32 {
  if (!mayAsk(user, privilege)) return 0;
  const isTask = kindOf(privilege) === KIND_TASK;
  const page: usize = isTask ? 0 : pageOf(entityOf(privilege), record);
  if (!isTask && page === 0) return 0;
  turnTo(user, page, record);
  return explainAsked(privilege, out, capacity);
}

/** What a condition says of the question that was explained last: TRUE, FALSE or ERROR_*. */
export function answerOf(program: u32): u32 {
  return interpret(program);
}

/** The first source of an allowed check: its kind << 32 and its reference. */
export function firstSource(user: u32, privilege: u32, record: u32): u64 {
  turnTo(user, kindOf(privilege) === KIND_TASK ? 0 : pageOf(entityOf(privilege), record), record);
  first = NOTHING;
  seeksFirst = true;
  explainFrom(privilege);
  seeksFirst = false;
  return first;
}

/** The same about a record that is described instead of loaded. */
export function explainDescribed(
  user: u32,
  privilege: u32,
  itsOwner: u32,
  itsUnit: u32,
  parent: u32,
  out: usize,
  capacity: u32,
): u32 {
  if (!mayAsk(user, privilege)) return 0;
  turnToDescribed(user, privilege, itsOwner, itsUnit, parent);
  return explainAsked(privilege, out, capacity);
}
