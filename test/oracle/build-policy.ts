import type {
  Entity,
  Guardrail,
  Ownership,
  Policy,
  PrincipalScope,
  PrivilegeSet,
  Role,
  Settings,
} from "../../compiler/model/model.ts";
import { type GuardrailPlan, mask, type Plan, place } from "./plan.ts";
import { actionNames, levelNames } from "./rights.ts";

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

/** The policy of a plan. */
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
    conditions: [],
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
      conditionalGrants: [],
      conditionalTasks: [],
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
    condition: undefined,
    span,
  };
}

function principalScope(text: string | undefined, roles: readonly string[]): PrincipalScope {
  if (text === undefined) return { kind: "any" };
  const [kind, name = ""] = text.split(" ");
  if (kind === "role") return { kind, role: place(roles, name) };
  return { kind: kind as "user" | "team" | "unit", name };
}
