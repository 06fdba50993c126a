import * as abi from "../../runtime-as/abi.ts";
import type { Assignment, PrincipalName, Value, World } from "../model/model.ts";
import type { Sections } from "./sections.ts";

const teamKinds = { owner: 0, access: 1, group: 2, default: 3 } as const;

const principalKind = (principal: PrincipalName): number =>
  principal.kind === "team" ? abi.PRINCIPAL_TEAM : abi.PRINCIPAL_USER;

/** The kind of a value and its text as people write it; sets are JSON arrays. */
function valueText(value: Value): [kind: number, text: string] {
  switch (value.kind) {
    case "String":
      return [abi.VALUE_STRING, value.value];
    case "Long":
      return [abi.VALUE_LONG, value.value.toString()];
    case "Bool":
      return [abi.VALUE_BOOL, String(value.value)];
    case "Decimal":
      return [abi.VALUE_DECIMAL, value.value];
    case "Datetime":
      return [abi.VALUE_DATETIME, value.value];
    case "Choice":
      return [abi.VALUE_CHOICE, value.value];
    case "Set":
      return [
        abi.VALUE_SET,
        `[${value.value.map((item) => (typeof item === "bigint" ? item.toString() : JSON.stringify(item))).join(",")}]`,
      ];
    case "Record":
      return [abi.VALUE_RECORD, value.id];
    case "Principal":
      return [value.principal.kind === "team" ? abi.VALUE_TEAM : abi.VALUE_USER, value.principal.name];
    case "Unit":
      return [abi.VALUE_UNIT, value.name];
  }
}

function addValues(values: ReadonlyMap<string, Value>, sections: Sections): [first: number, count: number] {
  const first = sections.rows(abi.SECTION_VALUES);
  for (const [attribute, value] of values) {
    const [kind, text] = valueText(value);
    sections.add(abi.SECTION_VALUES, [sections.name(attribute), kind, sections.name(text)]);
  }
  return [first, values.size];
}

function addAssignments(roles: readonly Assignment[], sections: Sections): [first: number, count: number] {
  const first = sections.rows(abi.SECTION_ASSIGNMENTS);
  for (const { role, unit } of roles) sections.add(abi.SECTION_ASSIGNMENTS, [role, sections.name(unit)]);
  return [first, roles.length];
}

function addMembers(members: readonly string[], sections: Sections): [first: number, count: number] {
  const first = sections.rows(abi.SECTION_MEMBERS);
  for (const member of members) sections.add(abi.SECTION_MEMBERS, [sections.name(member)]);
  return [first, members.length];
}

/** The people, places and records that the source declares, by name: the runtime numbers them. */
export function addWorld(world: World, sections: Sections): void {
  for (const { name, parent, disabled } of world.units) {
    sections.add(abi.SECTION_UNITS, [
      sections.name(name),
      sections.name(parent),
      disabled ? abi.DISABLED : 0,
    ]);
  }
  for (const user of world.users) {
    sections.add(abi.SECTION_USERS, [
      sections.name(user.name),
      sections.name(user.unit),
      user.disabled ? abi.DISABLED : 0,
      sections.name(user.manager),
      sections.name(user.position),
      ...addAssignments(user.roles, sections),
      ...addValues(user.attributes, sections),
    ]);
  }
  for (const team of world.teams) {
    sections.add(abi.SECTION_TEAMS, [
      sections.name(team.name),
      teamKinds[team.kind],
      sections.name(team.unit),
      ...addAssignments(team.roles, sections),
      ...addMembers(team.members, sections),
      sections.name(team.administrator),
      ...addValues(team.attributes, sections),
    ]);
  }
  for (const { name, parent } of world.positions) {
    sections.add(abi.SECTION_POSITIONS, [sections.name(name), sections.name(parent)]);
  }
  for (const record of world.records) {
    sections.add(abi.SECTION_RECORDS, [
      record.entity,
      sections.name(record.id),
      record.owner === undefined ? abi.PRINCIPAL_USER : principalKind(record.owner),
      sections.name(record.owner?.name),
      sections.name(record.unit),
      sections.name(record.parent),
      ...addValues(record.attributes, sections),
    ]);
  }
  for (const { record, principal, direct, inherited } of world.shares) {
    sections.add(abi.SECTION_SHARES, [
      record.entity,
      sections.name(record.id),
      principal === undefined ? abi.PRINCIPAL_ORGANIZATION : principalKind(principal),
      sections.name(principal?.name),
      direct,
      inherited,
    ]);
  }
}
