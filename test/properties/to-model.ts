// A project as the resolved model, made without the compiler: the same reading of language.md twice, so that the resolver
// is compared as well as the engine.
import type {
  Assignment,
  Attribute,
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
import { cascadeShares } from "./cascades.ts";
import { actionExists } from "./design-policy.ts";
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
    const attributes = lookup === undefined ? [] : [attributeOf(lookup, number(lookup.to))];
    return { name, ownership, privilegeSet, attributes, parent, span };
  });
  const tasks = [...project.tasks, "Merge"];
  const settings: Settings = { ...defaults, ...project.settings };
  const before = policyLines(project).length - project.guardrails.length;
  return {
    settings,
    entities,
    privilegeSets: sets,
    tasks: tasks.map((name) => ({ name })),
    roles: project.roles.map((role) => roleOf(role, sets, tasks)),
    guardrails: project.guardrails.map((plan, index) =>
      guardrailOf(plan, `${fileName}:${before + index + 1}`, { project, sets, tasks }),
    ),
    conditions: [],
    context: [],
    principals: { User: [], Team: [], BusinessUnit: [] },
    columnProfiles: [],
  };
}

const parental = ["assign", "share", "unshare", "reparent", "merge"] as const;

function attributeOf({ name, cascade }: LookupPlan, entity: number): Attribute {
  const all = cascade === "parental";
  return {
    name,
    optional: true,
    type: { kind: "Lookup", entity },
    secured: false,
    masked: undefined,
    cascades: new Set(parental.filter((operation) => all || cascade.split(/[ ,]+/).includes(operation))),
    onDelete: all ? "cascade" : "unlink",
    span,
  };
}

function roleOf(plan: RolePlan, sets: readonly PrivilegeSet[], tasks: readonly string[]): Role {
  const highest = new Map<string, { action: number; privilegeSet: number; level: number }>();
  for (const { actions, on, level } of plan.grants)
    for (const [privilegeSet, { name, ownership }] of sets.entries()) {
      if (level === "none" || ownership === "parent") continue;
      if (!on.includes(name) && !on.includes("*")) continue;
      // `*` skips the entities for which the level does not exist.
      if (ownership === "organization" && level !== "organization") continue;
      if (ownership === "businessUnit" && level === "user") continue;
      for (const [action, word] of recordActions.entries()) {
        if (!actionExists(word, ownership)) continue;
        if (!actions.includes(word) && !actions.includes("all")) continue;
        const key = `${action} ${privilegeSet}`;
        const level_ = Math.max(levelOf(level), highest.get(key)?.level ?? 0);
        highest.set(key, { action, privilegeSet, level: level_ });
      }
    }
  return {
    name: plan.name,
    form: plan.form,
    unit: plan.unit,
    grants: [...highest.values()].map((grant) => ({ ...grant, span })),
    tasks: new Set(plan.tasks.map((task) => tasks.indexOf(task))),
    conditionalGrants: [],
    conditionalTasks: [],
    description: undefined,
    span,
  };
}

function guardrailOf(
  plan: GuardrailPlan,
  place: string,
  { project, sets, tasks }: { project: Project; sets: readonly PrivilegeSet[]; tasks: readonly string[] },
): Guardrail {
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
    condition: undefined,
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
    attributes: new Map(),
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
  const records = project.records.map((record) => recordOf(record, project, teams));
  return {
    units: project.units,
    users: project.users.map((user) => ({
      ...user,
      roles: assignments(user.roles, user.unit),
      manager: undefined,
      position: undefined,
      attributes: new Map(),
    })),
    teams,
    positions: [],
    records,
    shares: cascadeShares(project),
    profileMembers: new Map(),
  };
}

function recordOf(record: RecordPlan, project: Project, teams: readonly Team[]): WorldRecord {
  const entity = project.entities.findIndex((candidate) => candidate.name === record.entity);
  const unitOf = ({ kind, name }: PrincipalPlan): string | undefined =>
    (kind === "user" ? project.users : teams).find((candidate) => candidate.name === name)?.unit;
  const owner: PrincipalName | undefined = record.owner;
  const own = owner === undefined ? undefined : unitOf(owner);
  // B7: classic, the owner's unit always; modern, his where nothing is said.
  const modern = project.settings.ownershipAcrossBusinessUnits === true;
  const unit = owner === undefined || modern ? (record.unit ?? own) : own;
  const parent = project.entities[entity]?.ownership === "parent" ? record.parent : undefined;
  const attributes = new Map<string, Value>();
  const lookup = project.entities[entity]?.lookup;
  if (lookup !== undefined && record.parent !== undefined) {
    const to = project.entities.findIndex((candidate) => candidate.name === lookup.to);
    attributes.set(lookup.name, { kind: "Record", entity: to, id: record.parent });
  }
  return { entity, id: record.id, owner, unit, parent, attributes };
}
