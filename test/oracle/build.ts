// Worlds for the twin's own tests, by hand: names instead of numbers, and only what a test is about.
import type {
  Assignment,
  Entity,
  Guardrail,
  Ownership,
  Policy,
  PrincipalName,
  PrincipalScope,
  PrivilegeSet,
  Role,
  Settings,
  Share,
  Team,
  World,
  WorldRecord,
} from "../../compiler/model/model.ts";
import { Oracle } from "./evaluate.ts";
import { actionNames, levelNames } from "./rights.ts";

/** A role's name, or a role and the unit of its copy. */
type RolePlan = string | readonly [role: string, unit: string];

export interface GuardrailPlan {
  readonly effect: "permit" | "forbid";
  readonly id: string;
  /** `user a`, `team t`, `unit u`, `role R`; absent: everybody. */
  readonly principal?: string;
  /** Record actions or task privileges; absent: every one. */
  readonly actions?: readonly string[];
  readonly entities?: readonly string[];
  readonly unit?: string;
  readonly record?: string;
  readonly level?: string;
}

export interface Plan {
  readonly settings?: Partial<Settings>;
  /** Name -> ownership; `parent Order` for one that an Order decides; `userOrTeam as Activity` for a shared set. */
  readonly entities?: Readonly<Record<string, string>>;
  readonly tasks?: readonly string[];
  /** Grants are written `read Account user`, task privileges by their name alone. */
  readonly roles?: Readonly<Record<string, readonly string[]>>;
  readonly teamRoles?: Readonly<Record<string, readonly string[]>>;
  readonly administratorRoles?: readonly string[];
  readonly guardrails?: readonly GuardrailPlan[];
  /** Name -> parent; the root has none. */
  readonly units?: Readonly<Record<string, string | undefined>>;
  readonly users?: Readonly<Record<string, { in: string; roles?: readonly RolePlan[] }>>;
  readonly teams?: Readonly<
    Record<
      string,
      {
        kind?: Team["kind"];
        in: string;
        roles?: readonly RolePlan[];
        members?: readonly string[];
        administrator?: string;
      }
    >
  >;
  /** `owner` is a user's name or `team t`. */
  readonly records?: Readonly<
    Record<string, { entity: string; owner?: string; unit?: string; parent?: string }>
  >;
  /** `with` is a user's name, `team t` or `organization`. */
  readonly shares?: readonly {
    record: string;
    with: string;
    direct?: readonly string[];
    inherited?: readonly string[];
  }[];
  /** Names of users and units. */
  readonly disabled?: readonly string[];
}

const span = { file: { name: "plan.bwk", text: "" }, start: 0, end: 0 };

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

function place(list: readonly string[], name: string): number {
  const index = list.indexOf(name);
  if (index < 0) throw new Error(`the plan does not declare ${name}`);
  return index;
}

function mask(actions: readonly string[]): number {
  return actions.reduce((bits, action) => bits | (1 << place(actionNames, action)), 0);
}

/** The twin, answering for a hand-written world. */
export function oracleOf(plan: Plan): Oracle {
  return new Oracle(policyOf(plan), worldOf(plan));
}

export function policyOf(plan: Plan): Policy {
  const names = Object.keys(plan.entities ?? {});
  const sets: { name: string; entities: number[]; ownership: Ownership; shared: boolean }[] = [];
  const entities: Entity[] = names.map((name, number) => {
    const [form, setName, parent] = ownershipOf(plan.entities?.[name] ?? "");
    let privilegeSet = sets.findIndex((set) => set.name === (setName ?? name));
    if (privilegeSet < 0)
      privilegeSet =
        sets.push({
          name: setName ?? name,
          entities: [],
          ownership: form,
          shared: setName !== undefined,
        }) - 1;
    sets[privilegeSet]?.entities.push(number);
    const over = parent === undefined ? undefined : { attribute: 0, entity: place(names, parent) };
    return { name, ownership: form, privilegeSet, attributes: [], parent: over, span };
  });
  const tasks = plan.tasks ?? [];
  const roles = rolesOf(plan, sets, tasks);
  const roleNames = roles.map((role) => role.name);
  return {
    settings: { ...defaults, ...plan.settings },
    entities,
    privilegeSets: sets,
    tasks: tasks.map((name) => ({ name })),
    roles,
    guardrails: (plan.guardrails ?? []).map((guardrail) =>
      guardrailOf(guardrail, plan, names, tasks, roleNames),
    ),
    context: [],
    principals: { User: [], Team: [], BusinessUnit: [] },
    columnProfiles: [],
  };
}

function ownershipOf(text: string): [Ownership, string | undefined, string | undefined] {
  const [form, second, third] = text.split(" ");
  return [form as Ownership, second === "as" ? third : undefined, form === "parent" ? second : undefined];
}

function rolesOf(plan: Plan, sets: readonly PrivilegeSet[], tasks: readonly string[]): readonly Role[] {
  const make = (form: Role["form"]) => (entry: [string, readonly string[]]) => {
    const [name, lines] = entry;
    const grants = lines.filter((line) => line.includes(" "));
    return {
      name,
      form,
      unit: undefined,
      grants: grants.map((line) => {
        const [action = "", set = "", level = ""] = line.split(" ");
        const privilegeSet = place(
          sets.map((candidate) => candidate.name),
          set,
        );
        return { action: place(actionNames, action), privilegeSet, level: place(levelNames, level), span };
      }),
      tasks: new Set(lines.filter((line) => !line.includes(" ")).map((line) => place(tasks, line))),
      description: undefined,
      span,
    };
  };
  return [
    ...Object.entries(plan.roles ?? {}).map(make("role")),
    ...Object.entries(plan.teamRoles ?? {}).map(make("team role")),
    ...(plan.administratorRoles ?? []).map((name) => make("administrator role")([name, []])),
  ];
}

function guardrailOf(
  guardrail: GuardrailPlan,
  plan: Plan,
  entities: readonly string[],
  tasks: readonly string[],
  roles: readonly string[],
): Guardrail {
  const bare = guardrail.actions === undefined;
  const actions = guardrail.actions ?? actionNames;
  const isTask = (name: string) => tasks.includes(name);
  const record = guardrail.record;
  const entity = record === undefined ? undefined : plan.records?.[record]?.entity;
  return {
    effect: guardrail.effect,
    id: guardrail.id,
    principal: principalScope(guardrail.principal, roles),
    actions: mask(actions.filter((action) => !isTask(action))),
    tasks: new Set((bare ? tasks : actions.filter(isTask)).map((task) => place(tasks, task))),
    resource: {
      entities: guardrail.entities?.map((name) => place(entities, name)),
      unit: guardrail.unit,
      record: record === undefined ? undefined : { entity: place(entities, entity ?? ""), id: record },
    },
    level: place(levelNames, guardrail.level ?? "organization"),
    span,
  };
}

function principalScope(text: string | undefined, roles: readonly string[]): PrincipalScope {
  if (text === undefined) return { kind: "any" };
  const [kind, name = ""] = text.split(" ");
  if (kind === "role") return { kind, role: place(roles, name) };
  return { kind: kind as "user" | "team" | "unit", name };
}

function principalOf(text: string): PrincipalName {
  return text.startsWith("team ") ? { kind: "team", name: text.slice(5) } : { kind: "user", name: text };
}

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
    attributes: new Map(),
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
      attributes: new Map(),
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
        attributes: new Map(),
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

function rolesIn(plan: Plan): readonly string[] {
  return [
    ...Object.keys(plan.roles ?? {}),
    ...Object.keys(plan.teamRoles ?? {}),
    ...(plan.administratorRoles ?? []),
  ];
}

function ownersUnit(plan: Plan, owner: string | undefined): string | undefined {
  if (owner === undefined) return undefined;
  const { kind, name } = principalOf(owner);
  return kind === "user" ? plan.users?.[name]?.in : (plan.teams?.[name]?.in ?? name);
}
