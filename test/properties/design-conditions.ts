// Conditions put to the grants and guardrails of a project that is otherwise complete: they may speak of everything in it.
import type { Circumstance, Vocabulary } from "./accesses.ts";
import type { Named } from "./design-attributes.ts";
import { designCondition } from "./design-expressions.ts";
import type { ConditionPlan } from "./expression-plan.ts";
import {
  type EntityPlan,
  type GrantPlan,
  type GuardrailPlan,
  type Project,
  recordActions,
} from "./project.ts";
import type { Sketch } from "./sketch.ts";

/** About a third of the worlds have no conditions at all. */
export function hasConditions({ conditional, conditions }: Sketch): boolean {
  return conditional > 0 && conditions.length > 0;
}

/** Whether this grant or guardrail is to have one. */
export function isConditional(pick: number, drawn: Sketch): boolean {
  return hasConditions(drawn) && pick % 5 < 3;
}

/** What of the world can be named, default teams among the teams. */
export function namedIn({
  users,
  teams,
  units,
  records,
}: Pick<Project, "users" | "teams" | "units" | "records">): Named {
  return {
    users: users.map(({ name }) => name),
    teams: [...teams, ...units].map(({ name }) => name),
    units: units.map(({ name }) => name),
    records: (entity) => records.filter((record) => record.entity === entity).map(({ id }) => id),
  };
}

/** The entities whose records a grant concerns. */
function circumstancesOfGrant({ on }: GrantPlan, entities: readonly EntityPlan[]): Circumstance[] {
  return entities.filter(
    ({ name, set, ownership }) => ownership !== "parent" && (on.includes("*") || on.includes(set ?? name)),
  );
}

/** Those of a guardrail, and "no record" where it can concern a task privilege. */
function circumstancesOfGuardrail(plan: GuardrailPlan, entities: readonly EntityPlan[]): Circumstance[] {
  const { entity, unit, record, actions } = plan;
  const named = entities.filter(
    ({ name, set, ownership }) =>
      (plan.effect === "forbid" || ownership !== "parent") &&
      (entity === undefined || name === entity || set === entity),
  );
  const bare = entity === undefined && unit === undefined && record === undefined;
  const words: readonly string[] = recordActions;
  const ofTasks = bare && (actions.length === 0 || actions.some((action) => !words.includes(action)));
  return ofTasks ? [...named, undefined] : named;
}

export function withConditions(project: Project, drawn: Sketch): Project {
  if (!hasConditions(drawn)) return project;
  const vocabulary: Vocabulary = {
    entities: project.entities,
    principals: project.principals,
    context: project.context,
    named: namedIn(project),
    roles: project.roles.map(({ name }) => name),
    actions: [...recordActions, ...project.tasks, "Merge"],
  };
  const condition = (pick: number, circumstances: readonly Circumstance[]): ConditionPlan => {
    if (!isConditional(pick, drawn)) return [];
    const tape = drawn.conditions[(pick >> 4) % drawn.conditions.length] ?? [];
    return designCondition(tape, vocabulary, circumstances);
  };
  const { entities } = project;
  return {
    ...project,
    roles: project.roles.map((role, index) => {
      const sketch = drawn.roles[index];
      return {
        ...role,
        grants: role.grants.map((grant, place) => ({
          ...grant,
          condition: condition(sketch?.grants[place]?.condition ?? 0, circumstancesOfGrant(grant, entities)),
        })),
        tasks: role.tasks.map((grant) => ({
          ...grant,
          condition: condition(sketch?.taskCondition ?? 0, [undefined]),
        })),
      };
    }),
    guardrails: project.guardrails.map((plan, index) => ({
      ...plan,
      condition: condition(drawn.guardrails[index]?.condition ?? 0, circumstancesOfGuardrail(plan, entities)),
    })),
  };
}
