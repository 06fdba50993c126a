// semantics.md section 1, step 1.
import type { Action, Guardrail, User } from "../../compiler/model/model.ts";
import type { Facts, RecordFacts } from "./facts.ts";
import { hasRight } from "./rights.ts";
import { isBareResource, matchesPrincipal, matchesRecord } from "./scopes.ts";

/** 1 FORBID: the first matching forbid as written (language.md section 5). It concerns everyone, administrators too. */
export function forbidOnRecord(
  facts: Facts,
  user: User,
  action: Action,
  record: RecordFacts,
): Guardrail | undefined {
  return facts.policy.guardrails.find(
    (guardrail) =>
      guardrail.effect === "forbid" &&
      hasRight(guardrail.actions, action) &&
      matchesRecord(facts, guardrail, record) &&
      matchesPrincipal(facts, guardrail.principal, user, record),
  );
}

export function forbidOnTask(facts: Facts, user: User, task: number): Guardrail | undefined {
  return facts.policy.guardrails.find(
    (guardrail) =>
      guardrail.effect === "forbid" &&
      guardrail.tasks.has(task) &&
      isBareResource(guardrail) &&
      matchesPrincipal(facts, guardrail.principal, user, undefined),
  );
}
