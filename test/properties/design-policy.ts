// The policy half of a random project: entities, roles and guardrails, mended to be legal (language.md sections 3 to 5).
import type { AttributeTypePlan } from "./attribute-plan.ts";
import { designAttributes } from "./design-attributes.ts";
import { attributeNames, entityNames, guardrailNames, Namer, roleNames, setNames } from "./names.ts";
import {
  type EntityPlan,
  type GrantPlan,
  type GuardrailPlan,
  type LookupPlan,
  levelWords,
  type Ownership,
  type PrincipalScopePlan,
  type RecordPlan,
  type RolePlan,
  recordActions,
  type TeamPlan,
  type UnitPlan,
  type UserPlan,
} from "./project.ts";
import type { Sketch } from "./sketch.ts";

/** The item that a number means; the list must not be empty. */
export function at<T>(list: readonly T[], pick: number): T {
  return list[pick % list.length] as T;
}

export function bits<T>(list: readonly T[], mask: number): T[] {
  return list.filter((_, index) => (mask & (1 << index)) !== 0);
}

const ownerships: readonly Ownership[] = [
  "userOrTeam",
  "userOrTeam",
  "userOrTeam",
  "userOrTeam",
  "parent",
  "parent",
  "organization",
  "businessUnit",
];

const cascades = [
  "",
  "parental",
  "cascade share",
  "cascade reparent",
  "cascade share, reparent",
  "cascade assign share",
  "parental",
  "cascade share unshare merge",
  "cascade delete restrict",
  "cascade assign reparent delete cascade",
  "cascade assign, merge, delete unlink",
  "cascade unshare, merge",
];

export function designEntities(
  sketches: Sketch["entities"],
  cascading: boolean,
  alwaysOptional: (kind: AttributeTypePlan["kind"]) => boolean,
): EntityPlan[] {
  const namer = new Namer();
  const attributesOf: Sketch["entities"][number]["attributes"][] = [];
  const set = namer.name(setNames, sketches[0]?.cascade ?? 0);
  const entities: EntityPlan[] = [];
  let setOwnership: Ownership | undefined;
  for (const [index, sketch] of sketches.entries()) {
    const ownership = index === 0 ? "userOrTeam" : at(ownerships, sketch.ownership);
    const name = namer.name(entityNames, sketch.name);
    const joins = sketch.shared && ownership !== "parent" && (setOwnership ?? ownership) === ownership;
    if (joins) setOwnership = ownership;
    const lookupName = at(attributeNames, sketch.attribute);
    let lookup: LookupPlan | undefined;
    if (ownership === "parent")
      lookup = { name: lookupName, to: at(entities, sketch.lookup).name, cascade: "" };
    if (ownership === "userOrTeam" && sketch.lookup % 2 === 1) {
      const owned = [
        ...entities.filter((entity) => entity.ownership === "userOrTeam").map((e) => e.name),
        name,
      ];
      lookup = {
        name: lookupName,
        to: at(owned, sketch.lookup >> 1),
        cascade: cascading ? at(cascades, sketch.cascade) : "",
      };
    }
    entities.push({ name, ownership, set: joins ? set : undefined, lookup, attributes: [] });
    attributesOf.push(sketch.attributes);
  }
  const names = entities.map(({ name }) => name);
  // Lookups lead anywhere, so attributes come when every entity has its name.
  return entities.map((entity, index) => ({
    ...entity,
    attributes: designAttributes(attributesOf[index] ?? [], names, alwaysOptional),
  }));
}

/** What a grant may name: shared sets, and entities with privileges of their own, each with its ownership. */
export function grantable(entities: readonly EntityPlan[]): Map<string, Ownership> {
  const targets = new Map<string, Ownership>();
  for (const { name, set, ownership } of entities)
    if (ownership !== "parent") targets.set(set ?? name, ownership);
  return targets;
}

export function actionExists(action: string, ownership: Ownership): boolean {
  return ownership === "userOrTeam" || (ownership !== "parent" && action !== "assign" && action !== "share");
}

/** The nearest level that exists for all of them. */
function fitLevel(level: string, ownerships: readonly Ownership[]): string {
  if (level === "none") return level;
  if (ownerships.includes("organization")) return "organization";
  return ownerships.includes("businessUnit") && level === "user" ? "businessUnit" : level;
}

/** Mostly low: what everybody reaches by level leaves nothing to owners and sharees. */
const grantLevels = [
  "user",
  "user",
  "user",
  "user",
  "businessUnit",
  "businessUnit",
  "parentChild",
  "organization",
];

function designGrant(
  sketch: Sketch["roles"][number]["grants"][number],
  targets: Map<string, Ownership>,
): GrantPlan {
  const named = bits([...targets.keys()], sketch.on);
  if (named.length === 0) named.push(at([...targets.keys()], sketch.on));
  const star = sketch.star;
  const on = star ? ["*"] : named;
  const owned = star ? [] : on.map((name) => targets.get(name) ?? "userOrTeam");
  const level = sketch.level % 32 === 21 ? "none" : at(grantLevels, sketch.level);
  const wanted = bits(recordActions, sketch.actions & sketch.fewer).filter((action) =>
    owned.every((o) => actionExists(action, o)),
  );
  const actions = sketch.all ? ["all"] : wanted.length === 0 ? ["read"] : wanted;
  return { actions, on, level: fitLevel(level, owned), condition: [] };
}

const forms = [
  "role",
  "role",
  "role",
  "role",
  "role",
  "team role",
  "team role",
  "administrator role",
] as const;

export function designRoles(
  sketches: Sketch["roles"],
  entities: readonly EntityPlan[],
  tasks: readonly string[],
  units: readonly UnitPlan[],
): RolePlan[] {
  const namer = new Namer();
  const targets = grantable(entities);
  return sketches.map((sketch) => {
    const form = at(forms, sketch.form);
    const empty = form === "administrator role";
    const granted = empty ? [] : bits([...tasks, "Merge"], sketch.tasks);
    return {
      name: namer.name(roleNames, sketch.name),
      form,
      unit: sketch.unit % 4 === 3 ? at(units, sketch.unit >> 2).name : undefined,
      grants: empty ? [] : sketch.grants.map((grant) => designGrant(grant, targets)),
      tasks: granted.length === 0 ? [] : [{ tasks: granted, condition: [] }],
    };
  });
}

export interface Places {
  readonly entities: readonly EntityPlan[];
  readonly tasks: readonly string[];
  readonly roles: readonly RolePlan[];
  readonly units: readonly UnitPlan[];
  readonly users: readonly UserPlan[];
  readonly teams: readonly TeamPlan[];
  readonly records: readonly RecordPlan[];
}

function designPrincipal(kind: number, who: number, permit: boolean, places: Places): PrincipalScopePlan {
  const teams = places.teams.filter((team) => !permit || team.kind !== "access").map((team) => team.name);
  // A unit's name is that of its default team as well.
  const allTeams = [...teams, ...places.units.map((unit) => unit.name)];
  switch (kind % 8) {
    case 0:
      return { kind: "any" };
    case 1:
      return { kind: "is" };
    case 2:
    case 3:
      return { kind: "user", name: at(places.users, who).name };
    case 4:
    case 5:
      return { kind: "team", name: at(allTeams, who) };
    case 6:
      return { kind: "role", name: at(places.roles, who).name };
    default:
      return { kind: "unit", name: at(places.units, who).name };
  }
}

export function designGuardrails(sketches: Sketch["guardrails"], places: Places): GuardrailPlan[] {
  const namer = new Namer();
  const targets = grantable(places.entities);
  return sketches.map((sketch) => {
    const permit = sketch.effect % 5 < 3;
    const id = sketch.id % 5 === 4 ? undefined : namer.name(guardrailNames, sketch.id);
    const principal = designPrincipal(sketch.principal, sketch.who, permit, places);
    const unit = at(places.units, sketch.what >> 3).name;
    const scope: { entity?: string; unit?: string; record?: string } = {};
    const resource = sketch.resource % 6;
    if (resource === 1 || resource === 2 || resource === 3)
      // A permit names a shared set, never one of its entities (BWK306), and nothing that its parent decides (BWK302).
      scope.entity = permit
        ? at([...targets.keys()], sketch.what)
        : at([...places.entities.map((entity) => entity.name), ...targets.keys()], sketch.what);
    if (resource === 3 || resource === 4) scope.unit = unit;
    const records = places.records.filter(
      (record) => !permit || places.entities.some((e) => e.name === record.entity && targets.has(e.name)),
    );
    if (resource === 5 && records.length > 0) {
      const record = at(records, sketch.what);
      scope.entity = record.entity;
      scope.record = record.id;
    }
    const ownership = scope.entity === undefined ? undefined : targets.get(scope.entity);
    const bare = scope.entity === undefined && scope.unit === undefined;
    const level = permit
      ? sketch.level % 6 === 0
        ? undefined
        : fitLevel(at(levelWords.slice(1), sketch.level), ownership === undefined ? [] : [ownership])
      : undefined;
    const words = bits(recordActions, sketch.actions & 255).filter(
      (action) => !permit || ownership === undefined || actionExists(action, ownership),
    );
    // A task privilege stands beside a bare resource, and in a permit at organization (BWK303).
    const tasksFit = bare && (level === undefined || level === "organization");
    const tasks = tasksFit ? bits(["Merge", ...places.tasks], sketch.actions >> 8) : [];
    const actions = sketch.bareAction ? [] : [...words, ...tasks];
    return {
      effect: permit ? "permit" : "forbid",
      id,
      principal,
      actions: sketch.bareAction || actions.length > 0 ? actions : ["read"],
      entity: scope.entity,
      unit: scope.unit,
      record: scope.record,
      level,
      condition: [],
    };
  });
}
