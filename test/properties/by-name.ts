// A resolved model with names instead of numbers and in one order, so that two can be compared whatever their numbering.
import type { Guardrail, Policy, World } from "../../compiler/model/model.ts";
import { levelWords, recordActions } from "./project.ts";

const actionsOf = (mask: number): string[] => recordActions.filter((_, index) => (mask & (1 << index)) !== 0);

const sorted = <T>(items: Iterable<T>): T[] =>
  [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

export function policyByName(policy: Policy): unknown {
  const { entities, privilegeSets, tasks, roles, guardrails, settings } = policy;
  const entity = (index: number) => entities[index]?.name;
  return {
    settings,
    entities: sorted(
      entities.map(({ name, ownership, privilegeSet, parent, attributes }) => ({
        name,
        attributes: attributes.map(({ name, optional, type, cascades, onDelete }) => ({
          name,
          optional,
          type: type.kind === "Lookup" ? entity(type.entity) : type,
          cascades: sorted(cascades),
          onDelete,
        })),
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
    roles: roles.map(({ name, form, unit, grants, tasks: own }) => ({
      name,
      form,
      unit: unit ?? null,
      grants: sorted(
        grants.map((grant) => [
          privilegeSets[grant.privilegeSet]?.name,
          recordActions[grant.action],
          levelWords[grant.level],
        ]),
      ),
      tasks: sorted([...own].map((task) => tasks[task]?.name)),
    })),
    guardrails: guardrails.map((guardrail) => guardrailByName(guardrail, policy)),
  };
}

function guardrailByName(guardrail: Guardrail, { entities, tasks, roles }: Policy): unknown {
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
  };
}

export function worldByName({ units, users, teams, records, shares }: World, policy: Policy): unknown {
  const held = (roles: World["users"][number]["roles"]) =>
    sorted(roles.map(({ role, unit }) => [policy.roles[role]?.name, unit]));
  return {
    units: sorted(units.map(({ name, parent, disabled }) => ({ name, parent: parent ?? null, disabled }))),
    users: sorted(
      users.map(({ name, unit, disabled, roles }) => ({ name, unit, disabled, roles: held(roles) })),
    ),
    teams: sorted(
      teams.map(({ name, kind, unit, roles, members, administrator }) => ({
        name,
        kind,
        unit,
        roles: held(roles),
        members: sorted(members),
        administrator: administrator ?? null,
      })),
    ),
    records: records.map(({ entity, id, owner, unit, parent, attributes }) => ({
      entity: policy.entities[entity]?.name,
      id,
      owner: owner ?? null,
      unit: unit ?? null,
      parent: parent ?? null,
      attributes: sorted(attributes),
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
