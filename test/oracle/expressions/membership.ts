// `in` and `is` (language.md section 6): units and what lies below them, teams and their members, roles and their holders.
import type { User } from "../../../compiler/model/model.ts";
import { isResource, type Situation } from "./situation.ts";
import { type EntityValue, equal } from "./values.ts";

/** `left in right`. Everything is in itself. */
export function isIn(left: EntityValue, right: EntityValue, situation: Situation): boolean {
  // Where there is no record, it is in nothing.
  if (left.type === undefined) return false;
  if (equal(left, right)) return true;
  if (right.id === undefined) return false;
  if (right.type === "BusinessUnit") return isInUnit(left, right.id, situation);
  const user = left.type === "User" ? situation.facts.findUser(left.id ?? "") : undefined;
  if (user === undefined) return false;
  if (right.type === "Team") return isMember(user, right.id, situation);
  if (right.type === "Role") return holds(user, right.id, situation);
  return false;
}

/** The unit of a user, team or record, or the unit itself, is that one or lies below it. */
function isInUnit(left: EntityValue, unit: string, situation: Situation): boolean {
  const own = unitOf(left, situation);
  return own !== undefined && situation.facts.hasUnit(own) && situation.facts.isAtOrBelow(own, unit);
}

function unitOf(entity: EntityValue, situation: Situation): string | undefined {
  const { facts, record } = situation;
  const { type, id } = entity;
  if (isResource(entity, situation)) return record?.unit;
  if (type === undefined || id === undefined) return undefined;
  if (type === "BusinessUnit") return id;
  if (type === "User") return facts.findUser(id)?.unit;
  if (type === "Team") return facts.findTeam(id)?.unit;
  return facts.findRecord(type, id)?.unit;
}

/** Of any kind of team; T8 makes the administrator of the owning team a member. */
function isMember(user: User, team: string, { facts, record }: Situation): boolean {
  return facts.teamsOf(user, record).some((candidate) => candidate.name === team);
}

/** The role, directly or through an owner, group or default team. */
function holds(user: User, role: string, { facts, record }: Situation): boolean {
  const holders = [user, ...facts.ownerTeamsOf(user, record)];
  return holders.some((holder) => holder.roles.some((held) => facts.role(held.role).name === role));
}
