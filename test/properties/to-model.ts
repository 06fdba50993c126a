// A project as the resolved model, made without the compiler: the same reading of language.md twice, so that the resolver
// is compared as well as the engine.
import type {
  Assignment,
  Attribute,
  Condition,
  ConditionalGrant,
  Entity,
  Guardrail,
  Policy,
  PrincipalName,
  PrincipalScope,
  PrivilegeSet,
  Role,
  Settings,
  Team,
  Value,
  World,
  WorldRecord,
} from "../../compiler/model/model.ts";
import type { ColumnShare } from "../../compiler/model/script.ts";
import type { AttributePlan, AttributeTypePlan, ValuePlan, ValuesPlan } from "./attribute-plan.ts";
import { cascadeShares } from "./cascades.ts";
import { actionExists } from "./design-policy.ts";
import type { ConditionPlan } from "./expression-plan.ts";
import { clauseNode } from "./expression-tree.ts";
import {
  type AssignmentPlan,
  type GuardrailPlan,
  type LookupPlan,
  levelWords,
  maskOf,
  type PrincipalPlan,
  type Project,
  type RecordPlan,
  type RolePlan,
  recordActions,
} from "./project.ts";
import { policyLines } from "./to-source.ts";

const span = { file: { name: "project", text: "" }, start: 0, end: 0 };

/** The name under which every project is compiled; guardrails without `@id` show it. */
export const fileName = "world.bwk";

const defaults: Settings = {
  ownershipAcrossBusinessUnits: false,
  keepRolesOnUnitChange: false,
  moveRecordsWithOwner: true,
  recomputeOwnership: true,
  inheritAboveUser: true,
  teamGrantServesDirectShare: true,
  grantAddsToShare: true,
  sharerNeedsGrantedRights: true,
  shareToPreviousOwner: false,
  disabledMayOwn: false,
  appendToNeedsWrite: false,
  associateNeedsAppendTo: false,
  hierarchy: "off",
  hierarchyDepth: 3,
  hierarchyLevel: "user",
  hierarchyAncestorUnits: false,
  hierarchyAnyUnit: false,
  hierarchyExcludes: [],
  hierarchyDisabledReports: true,
};

const levelOf = (word: string): number => (levelWords as readonly string[]).indexOf(word);

export function toPolicy(project: Project): Policy {
  const sets: { -readonly [K in keyof PrivilegeSet]: PrivilegeSet[K] }[] = [];
  const number = (name: string): number => project.entities.findIndex((entity) => entity.name === name);
  const entities = project.entities.map(({ name, set, ownership, lookup }, index): Entity => {
    let privilegeSet = sets.findIndex((candidate) => candidate.name === (set ?? name));
    if (privilegeSet < 0)
      privilegeSet = sets.push({ name: set ?? name, entities: [], ownership, shared: set !== undefined }) - 1;
    const found = sets[privilegeSet];
    if (found !== undefined) found.entities = [...found.entities, index];
    const parent = ownership === "parent" ? { attribute: 0, entity: number(lookup?.to ?? "") } : undefined;
    const attributes = project.entities[index]?.attributes.map((plan) => attributeOf(plan, number)) ?? [];
    if (lookup !== undefined) attributes.unshift(lookupOf(lookup, number(lookup.to)));
    return { name, ownership, privilegeSet, attributes, parent, span };
  });
  const tasks = [...project.tasks, "Merge"];
  const settings: Settings = { ...defaults, ...project.settings, ...hierarchyOf(project, number) };
  const before = policyLines(project).length - project.guardrails.length;
  const conditions: Condition[] = [];
  const conditionOf: NumberOf = (plan) =>
    plan.length === 0 ? undefined : conditions.push({ clauses: plan.map(clauseNode), span }) - 1;
  const attributes = (plans: readonly AttributePlan[]) => plans.map((plan) => attributeOf(plan, number));
  const { User, Team: ofTeam, BusinessUnit } = project.principals;
  return {
    settings,
    entities,
    privilegeSets: sets,
    tasks: tasks.map((name) => ({ name })),
    roles: project.roles.map((role) => roleOf(role, sets, tasks, conditionOf)),
    guardrails: project.guardrails.map((plan, index) => ({
      ...guardrailOf(plan, `${fileName}:${before + index + 1}`, { project, sets, tasks }),
      condition: conditionOf(plan.condition),
    })),
    conditions,
    context: attributes(project.context),
    principals: {
      User: attributes(User),
      Team: attributes(ofTeam),
      BusinessUnit: attributes(BusinessUnit),
    },
    columnProfiles: (project.profiles ?? []).map((profile) => ({
      name: profile.name,
      grants: profile.grants.flatMap(({ actions: words, entity, attribute }) => {
        const of = entities[number(entity)]?.attributes ?? [];
        const place = of.findIndex((candidate) => candidate.name === attribute);
        return words.map((word) => ({ action: word as "read", entity: number(entity), attribute: place }));
      }),
    })),
    ownerRules: (project.ownerRules ?? []).map(({ entity, owner }) => ({
      entity: number(entity),
      owner:
        owner === "creator"
          ? { kind: "creator" }
          : "path" in owner
            ? { kind: "path", attributes: owner.path }
            : { kind: "principal", principal: owner },
      span,
    })),
  };
}

function hierarchyOf({ hierarchy }: Project, number: (name: string) => number): Partial<Settings> {
  if (hierarchy === undefined) return {};
  return {
    hierarchy: hierarchy.model,
    hierarchyDepth: hierarchy.depth,
    hierarchyLevel: (hierarchy.level ?? "user") as Settings["hierarchyLevel"],
    hierarchyAncestorUnits: hierarchy.ancestorUnits,
    hierarchyAnyUnit: hierarchy.anyUnit,
    hierarchyExcludes: hierarchy.excludes.map(number),
    hierarchyDisabledReports: hierarchy.disabledReports,
  };
}

const parental = ["assign", "share", "unshare", "reparent", "merge"] as const;

/** The number of a condition; each stands for itself. */
type NumberOf = (plan: ConditionPlan) => number | undefined;

function attributeOf(
  { name, type, optional, secured = false, masked }: AttributePlan,
  number: (name: string) => number,
): Attribute {
  return {
    name,
    optional,
    type: type.kind === "Lookup" ? { kind: "Lookup", entity: number(type.entity) } : type,
    secured,
    masked,
    cascades: new Set(),
    onDelete: "unlink",
    span,
  };
}

function attributeValue(type: AttributeTypePlan, value: ValuePlan, number: (name: string) => number): Value {
  if (typeof value === "boolean") return { kind: "Bool", value };
  if (typeof value === "object" && "kind" in value) return { kind: "Principal", principal: value };
  if (typeof value !== "string") {
    const isLong = type.kind === "Set" && type.element === "Long";
    return { kind: "Set", value: isLong ? value.map(BigInt) : value };
  }
  switch (type.kind) {
    case "Long":
      return { kind: "Long", value: BigInt(value) };
    case "Decimal":
    case "Datetime":
    case "Choice":
      return { kind: type.kind, value };
    case "User":
      return { kind: "Principal", principal: { kind: "user", name: value } };
    case "Team":
      return { kind: "Principal", principal: { kind: "team", name: value } };
    case "BusinessUnit":
      return { kind: "Unit", name: value };
    case "Lookup":
      return { kind: "Record", entity: number(type.entity), id: value };
    default:
      return { kind: "String", value };
  }
}

/** The values of a record, user, team or request. */
export function valuesOf(
  attributes: readonly AttributePlan[],
  values: ValuesPlan,
  { entities }: Pick<Project, "entities">,
): Map<string, Value> {
  const number = (name: string) => entities.findIndex((entity) => entity.name === name);
  return new Map(
    attributes.flatMap(({ name, type }) => {
      const value = values[name];
      return value === undefined ? [] : [[name, attributeValue(type, value, number)] as const];
    }),
  );
}

function lookupOf({ name, cascade }: LookupPlan, entity: number): Attribute {
  const all = cascade === "parental";
  return {
    name,
    optional: true,
    type: { kind: "Lookup", entity },
    secured: false,
    masked: undefined,
    cascades: new Set(parental.filter((operation) => all || cascade.split(/[ ,]+/).includes(operation))),
    onDelete: all ? "cascade" : onDeleteIn(cascade),
    span,
  };
}

/** What stands behind `delete`; `unlink` where nothing does. */
function onDeleteIn(cascade: string): Attribute["onDelete"] {
  const [, word] = cascade.split("delete ");
  return word === "cascade" || word === "restrict" ? word : "unlink";
}

function roleOf(
  plan: RolePlan,
  sets: readonly PrivilegeSet[],
  tasks: readonly string[],
  conditionOf: NumberOf,
): Role {
  const highest = new Map<string, { action: number; privilegeSet: number; level: number }>();
  const conditionalGrants: ConditionalGrant[] = [];
  for (const { actions, on, level, condition: clauses } of plan.grants) {
    const condition = conditionOf(clauses);
    for (const [privilegeSet, { name, ownership }] of sets.entries()) {
      if (level === "none" || ownership === "parent") continue;
      if (!on.includes(name) && !on.includes("*")) continue;
      // `*` skips the entities for which the level does not exist.
      if (ownership === "organization" && level !== "organization") continue;
      if (ownership === "businessUnit" && level === "user") continue;
      for (const [action, word] of recordActions.entries()) {
        if (!actionExists(word, ownership)) continue;
        if (!actions.includes(word) && !actions.includes("all")) continue;
        if (condition !== undefined) {
          conditionalGrants.push({ action, privilegeSet, level: levelOf(level), span, condition });
          continue;
        }
        const key = `${action} ${privilegeSet}`;
        const level_ = Math.max(levelOf(level), highest.get(key)?.level ?? 0);
        highest.set(key, { action, privilegeSet, level: level_ });
      }
    }
  }
  const granted = plan.tasks.flatMap(({ tasks: words, condition: clauses }) => {
    const condition = conditionOf(clauses);
    return words.map((word) => ({ task: tasks.indexOf(word), condition, span }));
  });
  return {
    name: plan.name,
    form: plan.form,
    unit: plan.unit,
    grants: [...highest.values()].map((grant) => ({ ...grant, span })),
    tasks: new Set(granted.filter((grant) => grant.condition === undefined).map(({ task }) => task)),
    conditionalGrants,
    conditionalTasks: granted.flatMap(({ condition, ...grant }) =>
      condition === undefined ? [] : [{ ...grant, condition }],
    ),
    description: undefined,
    span,
  };
}

function guardrailOf(
  plan: GuardrailPlan,
  place: string,
  { project, sets, tasks }: { project: Project; sets: readonly PrivilegeSet[]; tasks: readonly string[] },
): Omit<Guardrail, "condition"> {
  const bare = plan.actions.length === 0;
  const words = plan.actions.filter((word) => recordActions.some((action) => action === word));
  const entity = project.entities.findIndex((candidate) => candidate.name === plan.entity);
  const shared = sets.find((set) => set.shared && set.name === plan.entity)?.entities;
  const entities = plan.entity === undefined ? undefined : (shared ?? [entity]);
  const taskWords = plan.actions.filter((word) => tasks.includes(word) && !words.includes(word));
  return {
    effect: plan.effect,
    id: plan.id ?? place,
    principal: scopeOf(plan, project),
    actions: bare ? 255 : maskOf(words),
    tasks: new Set(bare ? tasks.keys() : taskWords.map((task) => tasks.indexOf(task))),
    resource: {
      entities,
      unit: plan.unit,
      record: plan.record === undefined ? undefined : { entity, id: plan.record },
    },
    level: levelOf(plan.level ?? "organization"),
    span,
  };
}

function scopeOf({ principal }: GuardrailPlan, { roles }: Project): PrincipalScope {
  if (principal.kind === "any" || principal.kind === "is") return { kind: "any" };
  if (principal.kind === "role")
    return { kind: "role", role: roles.findIndex((role) => role.name === principal.name) };
  return { kind: principal.kind, name: principal.name };
}

export function toWorld(project: Project): World {
  const assignments = (held: readonly AssignmentPlan[], own: string): Assignment[] =>
    held.map((plan) => ({
      role: project.roles.findIndex((role) => role.name === plan.role),
      unit: plan.unit ?? own,
    }));
  const teams: Team[] = project.teams.map((team) => ({
    ...team,
    roles: assignments(team.roles, team.unit),
    attributes: valuesOf(project.principals.Team, team.attributes, project),
  }));
  for (const { name } of project.units)
    teams.push({
      name,
      kind: "default",
      unit: name,
      roles: assignments(project.defaultTeams.find((team) => team.unit === name)?.roles ?? [], name),
      members: [],
      administrator: undefined,
      attributes: new Map(),
    });
  const records = project.records.map((record) => placedRecord(record, project, teams));
  return {
    units: project.units,
    users: project.users.map((user) => ({
      ...user,
      roles: assignments(user.roles, user.unit),
      manager: user.manager,
      position: user.position,
      attributes: valuesOf(project.principals.User, user.attributes, project),
    })),
    teams,
    positions: project.positions ?? [],
    records,
    shares: cascadeShares(project),
    profileMembers: new Map((project.profiles ?? []).map(({ name, members }) => [name, members])),
    ...(project.columnShares === undefined ? {} : { columnShares: columnSharesOf(project) }),
  };
}

function columnSharesOf({ columnShares = [], entities }: Project): ColumnShare[] {
  return columnShares.map(({ entity, id, attribute, with: principal, rights }) => ({
    record: { entity: entities.findIndex(({ name }) => name === entity), id },
    attribute,
    principal,
    rights: maskOf(rights),
  }));
}

/** The values of a record, loaded or described, its lookup among them. */
export function valuesOfRecord(
  { entity, parent, attributes }: Pick<RecordPlan, "entity" | "parent" | "attributes">,
  project: Project,
): Map<string, Value> {
  const plan = project.entities.find((candidate) => candidate.name === entity);
  const values = valuesOf(plan?.attributes ?? [], attributes, project);
  if (plan?.lookup !== undefined && parent !== undefined) {
    const to = project.entities.findIndex((candidate) => candidate.name === plan.lookup?.to);
    values.set(plan.lookup.name, { kind: "Record", entity: to, id: parent });
  }
  return values;
}

/** The record as written; the unit only where it is said. */
export function recordOf(record: RecordPlan, project: Project): WorldRecord {
  const entity = project.entities.findIndex((candidate) => candidate.name === record.entity);
  const owner: PrincipalName | undefined = record.owner;
  const parent = project.entities[entity]?.ownership === "parent" ? record.parent : undefined;
  const attributes = valuesOfRecord(record, project);
  return { entity, id: record.id, owner, unit: record.unit, parent, attributes };
}

function placedRecord(plan: RecordPlan, project: Project, teams: readonly Team[]): WorldRecord {
  const record = recordOf(plan, project);
  const { owner } = record;
  const unitOf = ({ kind, name }: PrincipalPlan): string | undefined =>
    (kind === "user" ? project.users : teams).find((candidate) => candidate.name === name)?.unit;
  const own = owner === undefined ? undefined : unitOf(owner);
  // B7: classic, the owner's unit always; modern, his where nothing is said.
  const modern = project.settings.ownershipAcrossBusinessUnits === true;
  return { ...record, unit: owner === undefined || modern ? (record.unit ?? own) : own };
}
