// semantics.md section 1, step 1.
import type { Action, Entity, Guardrail, User } from "../../compiler/model/model.ts";
import type { Conditions } from "./conditions.ts";
import type { Facts, RecordFacts } from "./facts.ts";
import { hasRight, rightExists } from "./rights.ts";
import { isBareResource, matchesPrincipal, matchesRecord } from "./scopes.ts";

/**
 * 1 FORBID, every one asked for the sake of its errors: the first matching forbid as written (language.md section 5), its
 * condition included. It concerns everyone, administrators too. A condition has a meaning only for rights that exist (E6):
 * of others it forbids nothing, and they are denied all the same.
 */
export function forbidOnRecord(
  facts: Facts,
  user: User,
  action: Action,
  record: RecordFacts,
  conditions: Conditions,
): Guardrail | undefined {
  return facts.policy.guardrails.filter(
    (guardrail) =>
      guardrail.effect === "forbid" &&
      hasRight(guardrail.actions, action) &&
      (guardrail.condition === undefined || deciderHasRight(facts, record.entity, action)) &&
      matchesRecord(facts, guardrail, record) &&
      matchesPrincipal(facts, guardrail.principal, user, record) &&
      conditions.forbids(guardrail.condition, record, { kind: "guardrail", name: guardrail.id }),
  )[0];
}

/** Whether the right exists for the entity, or for the one that a parent-owned entity leaves the decision to (E2, E6). */
function deciderHasRight(facts: Facts, entity: Entity, action: Action): boolean {
  if (entity.parent === undefined) return rightExists(action, entity.ownership);
  return deciderHasRight(facts, facts.policy.entities[entity.parent.entity] as Entity, action);
}

export function forbidOnTask(
  facts: Facts,
  user: User,
  task: number,
  conditions: Conditions,
): Guardrail | undefined {
  return facts.policy.guardrails.filter(
    (guardrail) =>
      guardrail.effect === "forbid" &&
      guardrail.tasks.has(task) &&
      isBareResource(guardrail) &&
      matchesPrincipal(facts, guardrail.principal, user, undefined) &&
      conditions.forbids(guardrail.condition, undefined, { kind: "guardrail", name: guardrail.id }),
  )[0];
}
