import type {
  Assignment,
  Model,
  PrincipalName,
  Share,
  Team,
  User,
  World,
  WorldRecord,
} from "../../compiler/index.ts";
import type { Organization } from "./organization.ts";

const rightBits: Record<string, number> = {
  read: 2,
  write: 4,
  delete: 8,
  assign: 16,
  share: 32,
  append: 64,
  appendTo: 128,
};

/** Which records the twin shall know: all, or those in the set ("entity/id"). */
type Wanted = ReadonlySet<string> | undefined;

function principal(type: string | undefined, name: string): PrincipalName {
  return { kind: type === "team" ? "team" : "user", name };
}

function twinRecords(organization: Organization, model: Model, wanted: Wanted): WorldRecord[] {
  const units = new Map<string, string>();
  for (const { id, businessUnit } of organization.directory.users) units.set(`user ${id}`, businessUnit);
  for (const { id, businessUnit } of organization.directory.teams) units.set(`team ${id}`, businessUnit);
  const result: WorldRecord[] = [];
  for (const { entity, columns } of organization.records) {
    const number = model.policy.entities.findIndex(({ name }) => name === entity);
    const parentOf = model.policy.entities[number]?.parent;
    const lookup =
      parentOf === undefined
        ? undefined
        : model.policy.entities[number]?.attributes[parentOf.attribute]?.name;
    (columns.id as string[]).forEach((id, i) => {
      if (wanted !== undefined && !wanted.has(`${entity}/${id}`)) return;
      const name = columns.owner?.[i];
      const owner = name === undefined ? undefined : principal(columns.owner_type?.[i], name);
      result.push({
        entity: number,
        id,
        owner,
        // Classic mode: the owner's unit (semantics.md B7).
        unit: owner === undefined ? columns.business_unit?.[i] : units.get(`${owner.kind} ${owner.name}`),
        parent: lookup === undefined ? undefined : columns[lookup]?.[i],
        attributes: new Map(),
      });
    });
  }
  return result;
}

function twinShares(organization: Organization, model: Model, wanted: Wanted): Share[] {
  const { shares } = organization;
  const result: Share[] = [];
  shares.id.forEach((id, i) => {
    const entity = shares.entity[i] as string;
    if (wanted !== undefined && !wanted.has(`${entity}/${id}`)) return;
    const type = shares.principal_type[i];
    result.push({
      record: { entity: model.policy.entities.findIndex(({ name }) => name === entity), id },
      principal: type === "organization" ? undefined : principal(type, shares.principal[i] as string),
      direct: (shares.rights[i] as string)
        .split("|")
        .reduce((mask, right) => mask | (rightBits[right] as number), 0),
      inherited: 0,
    });
  });
  return result;
}

/** The generated organization as the slow twin takes it: the same people and records, by name. */
export function twinWorld(organization: Organization, model: Model, wanted?: Wanted): World {
  const { directory } = organization;
  const roleNumbers = new Map(model.policy.roles.map(({ name }, number) => [name, number]));
  const assign = (roles: readonly string[], unit: string): Assignment[] =>
    roles.map((role) => ({ role: roleNumbers.get(role) as number, unit }));
  const users: User[] = directory.users.map(({ id, businessUnit, roles, disabled }) => ({
    name: id,
    unit: businessUnit,
    disabled: disabled === true,
    roles: assign(roles, businessUnit),
    manager: undefined,
    position: undefined,
    attributes: new Map(),
  }));
  const teams: Team[] = directory.teams.map(({ id, kind, businessUnit, roles, members, administrator }) => ({
    name: id,
    kind,
    unit: businessUnit,
    roles: assign(roles, businessUnit),
    members,
    administrator,
    attributes: new Map(),
  }));
  for (const { id } of directory.businessUnits) {
    teams.push({
      name: id,
      kind: "default",
      unit: id,
      roles: assign(directory.defaultTeamRoles[id] ?? [], id),
      members: [],
      administrator: undefined,
      attributes: new Map(),
    });
  }
  return {
    units: directory.businessUnits.map(({ id, parent, disabled }) => ({
      name: id,
      parent,
      disabled: disabled === true,
    })),
    users,
    teams,
    positions: [],
    records: twinRecords(organization, model, wanted),
    shares: twinShares(organization, model, wanted),
    profileMembers: new Map(),
  };
}
