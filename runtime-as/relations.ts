// `in` of expressions: units, teams, roles (language.md section 6).
import {
  NO_UNIT,
  PAGE_OWNERS,
  PAGE_UNITS,
  TEAM_BIT,
  USER_UNIT,
  WORLD_TEAM_COUNT,
  WORLD_UNIT_COUNT,
} from "./constants";
import { NO } from "./image";
import { worldWord } from "./memory";
import { pageOf, placeInPage } from "./pages";
import {
  administeredOwner,
  contextsOfTeam,
  endOfUnit,
  holdsRole,
  isMember,
  ownContexts,
  teamContexts,
  unitOfTeam,
  userCount,
  userRow,
} from "./principals";

export function isTeam(someone: u32): bool {
  return (someone & <u32>TEAM_BIT) !== 0;
}

export function teamNumber(someone: u32): u32 {
  return someone & ~(<u32>TEAM_BIT);
}

/** The unit of a user or team. */
export function unitOfPrincipal(someone: u32): u32 {
  if (someone < userCount()) return load<u16>(userRow(someone), USER_UNIT);
  const team = teamNumber(someone);
  return isTeam(someone) && team < worldWord(WORLD_TEAM_COUNT) ? unitOfTeam(team) : NO_UNIT;
}

/** The unit of a record of the entity. */
export function unitOfRecord(entity: u32, record: u32): u32 {
  const page = pageOf(entity, record);
  return page === 0 ? NO_UNIT : load<u16>(page + placeInPage(record) * 2, PAGE_UNITS);
}

/** The owner word of a record of the entity; NO where it is not loaded or has none. */
export function ownerOfRecord(entity: u32, record: u32): u32 {
  const page = pageOf(entity, record);
  return page === 0 ? NO : load<u32>(page + placeInPage(record) * 4, PAGE_OWNERS);
}

/** Whether `unit` is `above` or lies below it. */
export function isWithin(unit: u32, above: u32): bool {
  const units = worldWord(WORLD_UNIT_COUNT);
  return unit < units && above < units && above <= unit && unit <= endOfUnit(above);
}

/**
 * Whether `someone` is `whom`, or a user in that team. Where the team owns the record (`owner`), its administrator counts
 * as a member, whoever asks (semantics.md T8).
 */
export function isIn(someone: u32, whom: u32, owner: u32): bool {
  if (someone === whom) return someone !== NO;
  if (!isTeam(whom) || someone >= userCount()) return false;
  const row = userRow(someone);
  return (whom === owner && administeredOwner(row, owner) !== NO) || isMember(row, teamNumber(whom));
}

/** Whether a user holds the role, himself or through an owner, group or default team, the one that he administers included (T8). */
export function hasRole(someone: u32, role: u32, owner: u32): bool {
  if (someone >= userCount()) return false;
  const row = userRow(someone);
  if (holdsRole(ownContexts(row), role) || holdsRole(teamContexts(row), role)) return true;
  const administered = administeredOwner(row, owner);
  return administered !== NO && holdsRole(contextsOfTeam(administered), role);
}
