// The people, places, records and shares of a random project, mended to be legal (language.md section 7, semantics.md 2 to 4).
import type { AttributePlan } from "./attribute-plan.ts";
import { designValues, type Named } from "./design-attributes.ts";
import { at, bits } from "./design-policy.ts";
import { Namer, recordNames, teamNames, unitNames, userNames } from "./names.ts";
import {
  type AssignmentPlan,
  type DefaultTeamPlan,
  type DescribedPlan,
  type EntityPlan,
  type PrincipalPlan,
  type Project,
  type RecordPlan,
  type RolePlan,
  recordActions,
  type SharePlan,
  shareRights,
  type TeamPlan,
  type UnitPlan,
  type UserPlan,
} from "./project.ts";
import type { Sketch } from "./sketch.ts";

export function designUnits(sketches: Sketch["units"]): UnitPlan[] {
  const namer = new Namer();
  const units: UnitPlan[] = [];
  for (const [index, sketch] of sketches.entries())
    units.push({
      name: namer.name(unitNames, sketch.name),
      parent: index === 0 ? undefined : at(units, sketch.parent).name,
      // The root cannot be disabled (B1).
      disabled: index > 0 && sketch.disabled,
    });
  return units;
}

function isAtOrBelow(units: readonly UnitPlan[], unit: string, ancestor: string): boolean {
  for (let at: string | undefined = unit; at !== undefined; at = units.find((u) => u.name === at)?.parent)
    if (at === ancestor) return true;
  return false;
}

/** Role copies that the holder may have (B5, B6): the role's unit is at or above the copy's; classic: the copy is the holder's. */
function designAssignments(
  sketches: Sketch["users"][number]["roles"],
  holdersUnit: string,
  { roles, units, modern }: { roles: readonly RolePlan[]; units: readonly UnitPlan[]; modern: boolean },
): AssignmentPlan[] {
  const held = new Map<string, AssignmentPlan>();
  for (const sketch of sketches) {
    const role = at(roles, sketch.role);
    const named = modern ? at(units, sketch.unit).name : holdersUnit;
    const unit = sketch.named ? named : holdersUnit;
    if (role.unit !== undefined && !isAtOrBelow(units, unit, role.unit)) continue;
    held.set(JSON.stringify([role.name, unit]), { role: role.name, unit: sketch.named ? unit : undefined });
  }
  return [...held.values()];
}

export interface People {
  readonly roles: readonly RolePlan[];
  readonly units: readonly UnitPlan[];
  readonly modern: boolean;
}

export function designUsers(sketches: Sketch["users"], people: People): UserPlan[] {
  const namer = new Namer();
  return sketches.map((sketch) => {
    const unit = at(people.units, sketch.unit).name;
    return {
      name: namer.name(userNames, sketch.name),
      unit,
      disabled: sketch.disabled,
      roles: designAssignments(sketch.roles, unit, people),
      attributes: {},
    };
  });
}

const kinds = ["owner", "owner", "owner", "group", "access"] as const;

export function designTeams(
  sketches: Sketch["teams"],
  users: readonly UserPlan[],
  people: People,
): TeamPlan[] {
  const namer = new Namer(people.units.map((unit) => unit.name));
  return sketches.map((sketch) => {
    const unit = at(people.units, sketch.unit).name;
    const kind = at(kinds, sketch.kind);
    return {
      name: namer.name(teamNames, sketch.name),
      kind,
      unit,
      roles: kind === "access" ? [] : designAssignments(sketch.roles, unit, people),
      members: bits(users, sketch.members).map((user) => user.name),
      administrator: sketch.administrator % 3 === 1 ? at(users, sketch.administrator >> 2).name : undefined,
      attributes: {},
    };
  });
}

export function designDefaultTeams(sketches: Sketch["defaults"], people: People): DefaultTeamPlan[] {
  const teams = new Map<string, DefaultTeamPlan>();
  for (const sketch of sketches) {
    const unit = at(people.units, sketch.unit).name;
    teams.set(unit, { unit, roles: designAssignments(sketch.roles, unit, people) });
  }
  return [...teams.values()].filter((team) => team.roles.length > 0);
}

type Owners = Pick<Project, "entities" | "roles" | "units" | "users" | "teams" | "defaultTeams">;

export function principalsThatOwn({ users, teams, units }: Owners): PrincipalPlan[] {
  const owning = teams.filter((team) => team.kind !== "access").map((team) => team.name);
  return [
    ...users.map(({ name }): PrincipalPlan => ({ kind: "user", name })),
    ...[...owning, ...units.map((unit) => unit.name)].map((name): PrincipalPlan => ({ kind: "team", name })),
  ];
}

/** Whether A3 surely lets the principal own: a role of his own with read, at any level. Source that says more is BWK310. */
function mayOwn(owners: Owners, entity: EntityPlan, { kind, name }: PrincipalPlan): boolean {
  const holder =
    kind === "user"
      ? owners.users.find((user) => user.name === name)
      : (owners.teams.find((team) => team.name === name) ??
        owners.defaultTeams.find((team) => team.unit === name));
  return (holder?.roles ?? []).some((held) => {
    const role = owners.roles.find((candidate) => candidate.name === held.role);
    if (role?.form === "administrator role") return true;
    return (role?.grants ?? []).some(
      ({ actions, on, level }) =>
        level !== "none" &&
        (actions.includes("read") || actions.includes("all")) &&
        (on.includes("*") || on.includes(entity.set ?? entity.name)),
    );
  });
}

export function designRecords(
  sketches: Sketch["records"],
  owners: Owners,
  { modern, inSource }: { modern: boolean; inSource: boolean },
): { readonly record: RecordPlan; readonly values: number }[] {
  const designed: { record: RecordPlan; values: number }[] = [];
  const records: RecordPlan[] = [];
  const everyName = new Namer();
  const perEntity = new Map(owners.entities.map((entity) => [entity.name, new Namer()]));
  for (const sketch of sketches) {
    const entity = at(owners.entities, sketch.entity);
    const unit = at(owners.units, sketch.unit >> 2).name;
    let owner: PrincipalPlan | undefined;
    if (entity.ownership === "userOrTeam") {
      const principals = principalsThatOwn(owners).filter((p) => !inSource || mayOwn(owners, entity, p));
      if (principals.length === 0) continue;
      owner = at(principals, sketch.owner);
    }
    const saysUnit =
      entity.ownership === "businessUnit" || (owner !== undefined && sketch.unit % 4 >= (modern ? 2 : 3));
    const parents = records.filter((record) => record.entity === entity.lookup?.to);
    const empty = parents.length === 0 || sketch.parent % 8 === 7;
    // Source: unique over all entities; tables: over their own.
    const namer = inSource ? everyName : (perEntity.get(entity.name) ?? everyName);
    const record = {
      entity: entity.name,
      id: namer.name(recordNames, sketch.name),
      owner,
      unit: saysUnit ? unit : undefined,
      parent: empty ? undefined : at(parents, sketch.parent).id,
      attributes: {},
    };
    records.push(record);
    designed.push({ record, values: sketch.values });
  }
  return designed;
}

/** Shares of the records that can be shared, one for each record and principal. */
export function designShares(
  sketches: Sketch["shares"],
  records: readonly RecordPlan[],
  owners: Owners,
  inSource: boolean,
): SharePlan[] {
  const owned = records.filter((record) => record.owner !== undefined);
  if (owned.length === 0) return [];
  const access = owners.teams
    .filter((team) => team.kind === "access")
    .map(({ name }): PrincipalPlan => ({ kind: "team", name }));
  const sharees = [undefined, ...access, ...principalsThatOwn(owners)];
  const shares = new Map<string, SharePlan>();
  for (const sketch of sketches) {
    const record = at(owned, sketch.record);
    const to = at(sharees, sketch.to);
    const direct = inSource || sketch.masks % 3 !== 1 ? bits(shareRights, sketch.direct) : [];
    const inherited = inSource || sketch.masks % 3 === 0 ? [] : bits(shareRights, sketch.inherited);
    if (direct.length === 0 && inherited.length === 0) continue;
    shares.set(JSON.stringify([record.entity, record.id, to]), {
      entity: record.entity,
      id: record.id,
      with: to,
      direct,
      inherited,
    });
  }
  return [...shares.values()];
}

/** An attribute that is not optional may be absent where nothing sees to it: it is an error when a condition reads it. */
export const sometimes = (_: AttributePlan, pick: number): boolean => pick % 6 === 5;

export function designDescribed(
  sketches: Sketch["described"],
  records: readonly RecordPlan[],
  owners: Owners,
  named: Named,
): DescribedPlan[] {
  return sketches.map((sketch) => {
    const entity = at(owners.entities, sketch.entity);
    const unit = at(owners.units, sketch.unit >> 1).name;
    const owned = entity.ownership === "userOrTeam";
    const parents = records.filter((record) => record.entity === entity.lookup?.to);
    const hasParent = entity.ownership === "parent" && parents.length > 0 && sketch.parent % 8 !== 7;
    return {
      entity: entity.name,
      owner: owned ? at(principalsThatOwn(owners), sketch.owner) : undefined,
      unit: entity.ownership === "businessUnit" || (owned && sketch.unit % 2 === 1) ? unit : undefined,
      parent: hasParent ? at(parents, sketch.parent).id : undefined,
      attributes: designValues(entity.attributes, sketch.values, named, sometimes),
      action: at(recordActions, sketch.action),
    };
  });
}
