// A resolved model with names instead of numbers and in one order, so that two can be compared whatever their numbering.
import type { Attribute, Grant, Guardrail, Policy, Value, World } from "../../compiler/model/model.ts";
import type { ConditionNode } from "../../compiler/syntax/ast.ts";
import { levelWords, recordActions } from "./project.ts";

const actionsOf = (mask: number): string[] => recordActions.filter((_, index) => (mask & (1 << index)) !== 0);

const sorted = <T>(items: Iterable<T>): T[] =>
  [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** The clauses as text, places aside; two conditions that say the same may be one, so numbers say nothing. */
function conditionText(condition: number | undefined, { conditions }: Policy): string {
  const clauses: readonly ConditionNode[] = conditions[condition ?? -1]?.clauses ?? [];
  return JSON.stringify(clauses, (key, value: unknown) => {
    if (typeof value === "bigint") return `${value}n`;
    return key === "span" ? undefined : sortedKeys(value);
  });
}

function sortedKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function policyByName(policy: Policy): unknown {
  const { entities, privilegeSets, tasks, roles, guardrails, settings, principals, context } = policy;
  const entity = (index: number) => entities[index]?.name;
  const attributesByName = (attributes: readonly Attribute[]) =>
    attributes.map(({ name, optional, type, cascades, onDelete }) => ({
      name,
      optional,
      type: type.kind === "Lookup" ? entity(type.entity) : type,
      cascades: sorted(cascades),
      onDelete,
    }));
  const grantByName = (grant: Grant) => [
    privilegeSets[grant.privilegeSet]?.name,
    recordActions[grant.action],
    levelWords[grant.level],
  ];
  return {
    settings,
    context: attributesByName(context),
    principals: {
      User: attributesByName(principals.User),
      Team: attributesByName(principals.Team),
      BusinessUnit: attributesByName(principals.BusinessUnit),
    },
    entities: sorted(
      entities.map(({ name, ownership, privilegeSet, parent, attributes }) => ({
        name,
        attributes: attributesByName(attributes),
        ownership,
        set: privilegeSets[privilegeSet]?.name,
        parent: parent === undefined ? null : entity(parent.entity),
      })),
    ),
    privilegeSets: sorted(
      privilegeSets.map((set) => ({ ...set, entities: sorted(set.entities.map(entity)) })),
    ).filter((set) => set.ownership !== "parent"),
    tasks: sorted(tasks.map((task) => task.name)),
    // The order of roles and guardrails is that of the source, and decisions follow it.
    roles: roles.map(({ name, form, unit, grants, tasks: own, conditionalGrants, conditionalTasks }) => ({
      name,
      form,
      unit: unit ?? null,
      grants: sorted(grants.map(grantByName)),
      conditionalGrants: sorted(
        conditionalGrants.map((grant) => [...grantByName(grant), conditionText(grant.condition, policy)]),
      ),
      conditionalTasks: sorted(
        conditionalTasks.map((grant) => [tasks[grant.task]?.name, conditionText(grant.condition, policy)]),
      ),
      tasks: sorted([...own].map((task) => tasks[task]?.name)),
    })),
    guardrails: guardrails.map((guardrail) => guardrailByName(guardrail, policy)),
  };
}

function guardrailByName(guardrail: Guardrail, policy: Policy): unknown {
  const { entities, tasks, roles } = policy;
  const { effect, id, principal, actions, resource, level } = guardrail;
  return {
    effect,
    id,
    principal: principal.kind === "role" ? { ...principal, role: roles[principal.role]?.name } : principal,
    actions: actionsOf(actions),
    tasks: sorted([...guardrail.tasks].map((task) => tasks[task]?.name)),
    entities:
      resource.entities === undefined
        ? null
        : sorted(resource.entities.map((index) => entities[index]?.name)),
    unit: resource.unit ?? null,
    record: resource.record?.id ?? null,
    level: effect === "permit" ? levelWords[level] : null,
    condition: conditionText(guardrail.condition, policy),
  };
}

/** Sets have no order. */
function inOrder(value: Value): unknown {
  if (value.kind === "Long") return String(value.value);
  return value.kind === "Set" ? value.value.map(String).sort() : value;
}

export function worldByName(
  { units, users, teams, positions, records, shares }: World,
  policy: Policy,
): unknown {
  const held = (roles: World["users"][number]["roles"]) =>
    sorted(roles.map(({ role, unit }) => [policy.roles[role]?.name, unit]));
  const values = (attributes: ReadonlyMap<string, Value>) =>
    [...attributes]
      .map(([name, value]) => [name, value.kind, inOrder(value)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    units: sorted(units.map(({ name, parent, disabled }) => ({ name, parent: parent ?? null, disabled }))),
    users: sorted(
      users.map(({ name, unit, disabled, roles, manager, position, attributes }) => ({
        manager: manager ?? null,
        position: position ?? null,
        name,
        unit,
        disabled,
        roles: held(roles),
        attributes: values(attributes),
      })),
    ),
    teams: sorted(
      teams.map(({ name, kind, unit, roles, members, administrator, attributes }) => ({
        name,
        kind,
        unit,
        roles: held(roles),
        members: sorted(members),
        administrator: administrator ?? null,
        attributes: values(attributes),
      })),
    ),
    positions: sorted(positions.map(({ name, parent }) => ({ name, parent: parent ?? null }))),
    records: records.map(({ entity, id, owner, unit, parent, attributes }) => ({
      entity: policy.entities[entity]?.name,
      id,
      owner: owner ?? null,
      unit: unit ?? null,
      parent: parent ?? null,
      attributes: values(attributes),
    })),
    shares: sorted(
      shares.map(({ record, principal, direct, inherited }) => ({
        entity: policy.entities[record.entity]?.name,
        id: record.id,
        with: principal ?? null,
        direct: actionsOf(direct),
        inherited: actionsOf(inherited),
      })),
    ),
  };
}
