import type {
  Attribute,
  CascadeOperation,
  Entity,
  Guardrail,
  Ownership,
  Policy,
  PrincipalScope,
  PrivilegeSet,
  Role,
  Settings,
} from "../../compiler/model/model.ts";
import { ConditionList } from "./build-conditions.ts";
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
    const attributes = attributesOf(plan.attributes?.[name] ?? {}, names);
    return { name, ownership: form, privilegeSet, attributes, parent: over, span };
  });
  const tasks = plan.tasks ?? [];
  const list = new ConditionList();
  const roles = rolesOf(plan, sets, tasks, list);
  const roleNames = roles.map((role) => role.name);
  return {
    settings: { ...defaults, ...plan.settings },
    entities,
    privilegeSets: sets,
    tasks: tasks.map((name) => ({ name })),
    roles,
    guardrails: (plan.guardrails ?? []).map((guardrail) =>
      guardrailOf(guardrail, plan, names, tasks, roleNames, list),
    ),
    conditions: list.conditions,
    context: [],
    principals: { User: [], Team: [], BusinessUnit: [] },
    columnProfiles: Object.entries(plan.profiles ?? {}).map(([name, { permits }]) => ({
      name,
      grants: permits.map((line) => {
        const [action = "", entity = "", attribute = ""] = line.split(/[ .]/);
        const number = place(names, entity);
        const columns = (entities[number]?.attributes ?? []).map((column) => column.name);
        return { action: action as "read", entity: number, attribute: place(columns, attribute) };
      }),
    })),
  };
}

function attributesOf(plans: Readonly<Record<string, string>>, entities: readonly string[]): Attribute[] {
  return Object.entries(plans).map(([name, text]) => {
    const [first = "", ...words] = text.split(" ");
    const [, masked] = text.split(" masked ");
    const onDelete = words.find((word) => word.startsWith("delete:"))?.slice("delete:".length);
    return {
      name,
      optional: true,
      type: entities.includes(first)
        ? { kind: "Lookup", entity: place(entities, first) }
        : first === "Choice"
          ? { kind: "Choice", options: words }
          : { kind: "String" },
      secured: words.includes("secured") || masked !== undefined,
      masked,
      cascades: new Set(words as CascadeOperation[]),
      onDelete: (onDelete ?? "unlink") as Attribute["onDelete"],
      span,
    };
  });
}

function ownershipOf(text: string): [Ownership, string | undefined, string | undefined] {
  const [form, second, third] = text.split(" ");
  return [form as Ownership, second === "as" ? third : undefined, form === "parent" ? second : undefined];
}

/** A line of a role: a grant or a task privilege, and its condition. */
interface LinePlan {
  readonly words: readonly string[];
  readonly condition: number | undefined;
}

function lineOf(line: string, list: ConditionList): LinePlan {
  const at = line.search(/ (when|unless) \{/);
  if (at < 0) return { words: line.split(" "), condition: undefined };
  return { words: line.slice(0, at).split(" "), condition: list.add(line.slice(at + 1)) };
}

function rolesOf(
  plan: Plan,
  sets: readonly PrivilegeSet[],
  tasks: readonly string[],
  list: ConditionList,
): readonly Role[] {
  const setNames = sets.map((set) => set.name);
  const make = (form: Role["form"]) => (entry: [string, readonly string[]]) => {
    const [name, lines] = entry;
    const all = lines.map((line) => lineOf(line, list));
    const grantOf = ({ words: [action = "", set = "", level = ""] }: LinePlan) => ({
      action: place(actionNames, action),
      privilegeSet: place(setNames, set),
      level: place(levelNames, level),
      span,
    });
    const grants = all.filter(({ words }) => words.length > 1);
    const given = all
      .filter(({ words }) => words.length === 1)
      .map(({ words: [task = ""], condition }) => ({ task: place(tasks, task), condition, span }));
    return {
      name,
      form,
      unit: undefined,
      grants: grants.filter(({ condition }) => condition === undefined).map(grantOf),
      tasks: new Set(given.filter(({ condition }) => condition === undefined).map(({ task }) => task)),
      conditionalGrants: grants.flatMap((line) =>
        line.condition === undefined ? [] : [{ ...grantOf(line), condition: line.condition }],
      ),
      conditionalTasks: given.flatMap(({ condition, ...task }) =>
        condition === undefined ? [] : [{ ...task, condition }],
      ),
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
  list: ConditionList,
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
    condition: guardrail.condition === undefined ? undefined : list.add(guardrail.condition),
    span,
  };
}

function principalScope(text: string | undefined, roles: readonly string[]): PrincipalScope {
  if (text === undefined) return { kind: "any" };
  const [kind, name = ""] = text.split(" ");
  if (kind === "role") return { kind, role: place(roles, name) };
  return { kind: kind as "user" | "team" | "unit", name };
}
