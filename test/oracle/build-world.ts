import type {
  Assignment,
  PrincipalName,
  Share,
  Team,
  Value,
  World,
  WorldRecord,
} from "../../compiler/model/model.ts";
import { valuesOf } from "./build-conditions.ts";
import { mask, type Plan, place, type RolePlan, rolesIn, type ValuesPlan } from "./plan.ts";

export function principalOf(text: string): PrincipalName {
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
      manager: user.manager,
      position: user.position,
      attributes: valuesOf(user.attributes),
    })),
    teams,
    positions: Object.entries(plan.positions ?? {}).map(([name, parent]) => ({ name, parent })),
    records: Object.entries(plan.records ?? {}).map(
      ([id, record]): WorldRecord => ({
        entity: place(entities, record.entity),
        id,
        owner: record.owner === undefined ? undefined : principalOf(record.owner),
        unit: record.unit ?? ownersUnit(plan, record.owner),
        parent: record.parent,
        attributes: attributesOf(plan, record.entity, record.attributes),
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
    profileMembers: new Map(
      Object.entries(plan.profiles ?? {}).map(([name, { members }]) => [name, members.map(principalOf)]),
    ),
  };
}

/** The values of a record; where the attribute is a lookup or a choice of the plan, a text is what that asks for. */
export function attributesOf(
  plan: Plan,
  entity: string,
  values: ValuesPlan | undefined,
): ReadonlyMap<string, Value> {
  const entities = Object.keys(plan.entities ?? {});
  const attributes = valuesOf(values);
  for (const [name, value] of attributes) {
    const type = plan.attributes?.[entity]?.[name]?.split(" ")[0];
    if (type === undefined || value.kind !== "String") continue;
    if (entities.includes(type))
      attributes.set(name, { kind: "Record", entity: place(entities, type), id: value.value });
    if (type === "Choice") attributes.set(name, { kind: "Choice", value: value.value });
  }
  return attributes;
}

function ownersUnit(plan: Plan, owner: string | undefined): string | undefined {
  if (owner === undefined) return undefined;
  const { kind, name } = principalOf(owner);
  return kind === "user" ? plan.users?.[name]?.in : (plan.teams?.[name]?.in ?? name);
}
