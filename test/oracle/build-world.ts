import type {
  Assignment,
  PrincipalName,
  Share,
  Team,
  World,
  WorldRecord,
} from "../../compiler/model/model.ts";
import { valuesOf } from "./build-conditions.ts";
import { mask, type Plan, place, type RolePlan, rolesIn } from "./plan.ts";

function principalOf(text: string): PrincipalName {
  return text.startsWith("team ") ? { kind: "team", name: text.slice(5) } : { kind: "user", name: text };
}

/** The world of a plan, with a default team for every unit (T6). */
export function worldOf(plan: Plan): World {
  const units = plan.units ?? { Root: undefined };
  const disabled = new Set(plan.disabled);
  const roles = rolesIn(plan);
  const assignments = (held: readonly RolePlan[] | undefined, unit: string): Assignment[] =>
    (held ?? []).map((role) =>
      typeof role === "string"
        ? { role: place(roles, role), unit }
        : { role: place(roles, role[0]), unit: role[1] },
    );
  const teams: Team[] = Object.entries(plan.teams ?? {}).map(([name, team]) => ({
    name,
    kind: team.kind ?? "owner",
    unit: team.in,
    roles: assignments(team.roles, team.in),
    members: team.members ?? [],
    administrator: team.administrator,
    attributes: valuesOf(team.attributes),
  }));
  for (const name of Object.keys(units))
    if (!teams.some((team) => team.name === name))
      teams.push({
        name,
        kind: "default",
        unit: name,
        roles: [],
        members: [],
        administrator: undefined,
        attributes: new Map(),
      });
  const entities = Object.keys(plan.entities ?? {});
  return {
    units: Object.entries(units).map(([name, parent]) => ({ name, parent, disabled: disabled.has(name) })),
    users: Object.entries(plan.users ?? {}).map(([name, user]) => ({
      name,
      unit: user.in,
      disabled: disabled.has(name),
      roles: assignments(user.roles, user.in),
      manager: undefined,
      position: undefined,
      attributes: valuesOf(user.attributes),
    })),
    teams,
    positions: [],
    records: Object.entries(plan.records ?? {}).map(
      ([id, record]): WorldRecord => ({
        entity: place(entities, record.entity),
        id,
        owner: record.owner === undefined ? undefined : principalOf(record.owner),
        unit: record.unit ?? ownersUnit(plan, record.owner),
        parent: record.parent,
        attributes: valuesOf(record.attributes),
      }),
    ),
    shares: (plan.shares ?? []).map(
      (share): Share => ({
        record: { entity: place(entities, plan.records?.[share.record]?.entity ?? ""), id: share.record },
        principal: share.with === "organization" ? undefined : principalOf(share.with),
        direct: mask(share.direct ?? []),
        inherited: mask(share.inherited ?? []),
      }),
    ),
    profileMembers: new Map(),
  };
}

function ownersUnit(plan: Plan, owner: string | undefined): string | undefined {
  if (owner === undefined) return undefined;
  const { kind, name } = principalOf(owner);
  return kind === "user" ? plan.users?.[name]?.in : (plan.teams?.[name]?.in ?? name);
}
