// Users, teams, contexts: what the host wrote down about people (abi.ts, "The world in memory").
import {
  CONTEXT_BYTES,
  CONTEXT_LIST_COUNT,
  CONTEXT_LIST_FLAGS,
  CONTEXT_LIST_ROWS,
  CONTEXT_ROLES,
  CONTEXTS_ADMINISTRATOR,
  TEAM_BIT,
  TEAM_BYTES,
  TEAM_CONTEXTS,
  TEAM_SET_COUNT,
  TEAM_SET_TEAMS,
  TEAM_UNIT,
  USER_ADMINISTERS,
  USER_BYTES,
  USER_CONTEXTS,
  USER_TEAM_CONTEXTS,
  USER_TEAM_SET,
  WORLD_TEAMS,
  WORLD_UNIT_ENDS,
  WORLD_USER_COUNT,
  WORLD_USERS,
} from "./constants";
import { NO } from "./image";
import { worldWord } from "./memory";

export function userCount(): u32 {
  return worldWord(WORLD_USER_COUNT);
}

export function userRow(user: u32): usize {
  return worldWord(WORLD_USERS) + user * USER_BYTES;
}

/** The user's own contexts. */
export function ownContexts(row: usize): usize {
  return load<u32>(row, USER_CONTEXTS);
}

/** The contexts of all owner, group and default teams of the user. */
export function teamContexts(row: usize): usize {
  return load<u32>(row, USER_TEAM_CONTEXTS);
}

/** The contexts that a team gives its members; NO = no team. */
export function contextsOfTeam(team: u32): usize {
  return load<u32>(worldWord(WORLD_TEAMS) + team * TEAM_BYTES, TEAM_CONTEXTS);
}

export function unitOfTeam(team: u32): u32 {
  return load<u16>(worldWord(WORLD_TEAMS) + team * TEAM_BYTES, TEAM_UNIT);
}

export function endOfUnit(unit: u32): u32 {
  return load<u16>(worldWord(WORLD_UNIT_ENDS) + unit * 2);
}

export function contextCount(list: usize): u32 {
  return load<u32>(list, CONTEXT_LIST_COUNT);
}

export function contextRows(list: usize): usize {
  return list + CONTEXT_LIST_ROWS;
}

export function holdsAdministrator(list: usize): bool {
  return (load<u32>(list, CONTEXT_LIST_FLAGS) & CONTEXTS_ADMINISTRATOR) !== 0;
}

function contains(numbers: usize, count: u32, number: u32): bool {
  for (let i: u32 = 0; i < count; i++) if (load<u32>(numbers + i * 4) === number) return true;
  return false;
}

/** Whether the user is a member of the team: owner, group, default or access. */
export function isMember(row: usize, team: u32): bool {
  const set = <usize>load<u32>(row, USER_TEAM_SET);
  return contains(set + TEAM_SET_TEAMS, load<u32>(set, TEAM_SET_COUNT), team);
}

/** The team of which the user counts as a member because he administers it and it owns the record (semantics.md T8). */
export function administeredOwner(row: usize, owner: u32): u32 {
  const list = <usize>load<u32>(row, USER_ADMINISTERS);
  if (list === 0 || owner === NO || (owner & <u32>TEAM_BIT) === 0) return NO;
  const team = owner & ~(<u32>TEAM_BIT);
  return contains(list + 4, load<u32>(list), team) ? team : NO;
}

/** Whether a context's role set holds the role. */
export function contextHasRole(context: usize, role: u32): bool {
  const roles = <usize>load<u32>(context, CONTEXT_ROLES);
  return contains(roles + 4, load<u32>(roles), role);
}

/** Whether some context of the list holds the role. */
export function holdsRole(list: usize, role: u32): bool {
  const count = contextCount(list);
  for (let i: u32 = 0; i < count; i++) {
    if (contextHasRole(contextRows(list) + i * CONTEXT_BYTES, role)) return true;
  }
  return false;
}
