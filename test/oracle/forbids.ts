// semantics.md section 1, step 1.
import type { Action, Guardrail, User } from "../../compiler/model/model.ts";
import type { Conditions } from "./conditions.ts";
import type { Facts, RecordFacts } from "./facts.ts";
import { hasRight } from "./rights.ts";
import { isBareResource, matchesPrincipal, matchesRecord } from "./scopes.ts";

/** 1 FORBID: the first matching forbid as written (language.md section 5), its condition included. It concerns everyone, administrators too. */
export function forbidOnRecord(
  facts: Facts,
  user: User,
  action: Action,
  record: RecordFacts,
  conditions: Conditions,
): Guardrail | undefined {
  return facts.policy.guardrails.find(
    (guardrail) =>
      guardrail.effect === "forbid" &&
      hasRight(guardrail.actions, action) &&
      matchesRecord(facts, guardrail, record) &&
      matchesPrincipal(facts, guardrail.principal, user, record) &&
      conditions.forbids(guardrail.condition, record, { kind: "guardrail", name: guardrail.id }),
  );
}

export function forbidOnTask(
  facts: Facts,
  user: User,
  task: number,
  conditions: Conditions,
): Guardrail | undefined {
  return facts.policy.guardrails.find(
    (guardrail) =>
      guardrail.effect === "forbid" &&
      guardrail.tasks.has(task) &&
      isBareResource(guardrail) &&
      matchesPrincipal(facts, guardrail.principal, user, undefined) &&
      conditions.forbids(guardrail.condition, undefined, { kind: "guardrail", name: guardrail.id }),
  );
}
