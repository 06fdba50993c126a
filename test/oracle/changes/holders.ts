// semantics.md B5, B6, B8, T5, T6: users and teams while they change.
import type { Assignment, PrincipalName, Value } from "../../../compiler/model/model.ts";
import type { AttributeValues, Change, GivenRole } from "../../../compiler/model/script.ts";
import { type PlainWorld, samePrincipal } from "../plain-world.ts";
import type { Outcome } from "./change.ts";

/** B8: classic, the roles are gone and the records come along; modern, the switches say. */
export function moveHolder(world: PlainWorld, holder: PrincipalName, unit: string): Outcome {
  const { ownershipAcrossBusinessUnits, keepRolesOnUnitChange, moveRecordsWithOwner } = world.policy.settings;
  const user = holder.kind === "user" ? world.users.get(holder.name) : undefined;
  const team = holder.kind === "team" ? world.teams.get(holder.name) : undefined;
  const from = user?.unit ?? team?.unit;
  if (from === undefined) return "there is no such user or team";
  if (!world.units.has(unit)) return "there is no such business unit";
  if (team?.kind === "default") return "a default team stays in its business unit";
  if (from === unit) return undefined;
  const keeps = ownershipAcrossBusinessUnits && keepRolesOnUnitChange;
  if (user !== undefined) world.users.set(user.name, { ...user, unit, roles: keeps ? user.roles : [] });
  if (team !== undefined) world.teams.set(team.name, { ...team, unit, roles: keeps ? team.roles : [] });
  if (ownershipAcrossBusinessUnits && !moveRecordsWithOwner) return undefined;
  for (const record of [...world.records.values()])
    if (record.owner !== undefined && samePrincipal(record.owner, holder))
      world.setRecord({ ...record, unit });
  return undefined;
}

export function disableUser(world: PlainWorld, name: string, disabled: boolean): Outcome {
  const user = world.users.get(name);
  if (user === undefined) return "there is no such user";
  world.users.set(name, { ...user, disabled });
  return undefined;
}

export function editUser(world: PlainWorld, change: Extract<Change, { kind: "edit user" }>): Outcome {
  const user = world.users.get(change.user);
  if (user === undefined) return "there is no such user";
  const roles = change.roles === undefined ? user.roles : copies(world, change.roles, user.unit);
  if (typeof roles === "string") return roles;
  const { manager, position, attributes } = change;
  world.users.set(user.name, {
    ...user,
    roles,
    manager: manager === undefined ? user.manager : (manager ?? undefined),
    position: position === undefined ? user.position : (position ?? undefined),
    attributes: withValues(user.attributes, attributes),
  });
  return undefined;
}

export function editTeam(world: PlainWorld, change: Extract<Change, { kind: "edit team" }>): Outcome {
  const team = world.teams.get(change.team);
  if (team === undefined) return "there is no such team";
  // T5
  if (team.kind === "access" && (change.roles?.length ?? 0) > 0) return "an access team holds no roles";
  // T6
  if (team.kind === "default" && change.members !== undefined)
    return "the members of a default team are the users of its unit";
  const roles = change.roles === undefined ? team.roles : copies(world, change.roles, team.unit);
  if (typeof roles === "string") return roles;
  const { members, administrator, attributes } = change;
  world.teams.set(team.name, {
    ...team,
    roles,
    members: members ?? team.members,
    administrator: administrator === undefined ? team.administrator : (administrator ?? undefined),
    attributes: withValues(team.attributes, attributes),
  });
  return undefined;
}

/** B5: a role has copies in its unit and below. B6: classic, only copies of the holder's own unit may be assigned. */
export function copies(
  world: PlainWorld,
  given: readonly GivenRole[],
  own: string,
): readonly Assignment[] | string {
  const { settings, roles } = world.policy;
  const assigned: Assignment[] = [];
  for (const { role, unit = own } of given) {
    if (!settings.ownershipAcrossBusinessUnits && unit !== own) return "a role of another business unit";
    if (!world.units.has(unit)) return "there is no such business unit";
    const home = roles[role]?.unit;
    if (home !== undefined && !world.isAtOrBelow(unit, home)) return "the role has no copy there";
    assigned.push({ role, unit });
  }
  return assigned;
}

function withValues(before: ReadonlyMap<string, Value>, changes: AttributeValues): Map<string, Value> {
  const after = new Map(before);
  for (const [name, value] of changes)
    if (value === "none") after.delete(name);
    else after.set(name, value);
  return after;
}
