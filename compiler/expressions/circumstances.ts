// For which records a condition stands: those of each entity that its grant or guardrail covers, and none at all where it
// covers task privileges.
import { guardrailCovers, guardrailCoversTask } from "../model/guardrails.ts";
import { actions, type Entity, type Guardrail, type Policy } from "../model/model.ts";
import type { Circumstance } from "./typed.ts";

/** The circumstances of a guardrail, as far as privileges exist that it covers. */
export function guardrailCircumstances(policy: Policy, guardrail: Guardrail): readonly Circumstance[] {
  const circumstances: Circumstance[] = [];
  for (const [entity, declared] of policy.entities.entries()) {
    if (guardrail.resource.unit !== undefined && !hasUnit(declared)) continue;
    if (actions.some((_, action) => guardrailCovers(policy, guardrail, entity, action)))
      circumstances.push({ entity });
  }
  if (policy.tasks.some((_, task) => guardrailCoversTask(guardrail, task)))
    circumstances.push({ entity: undefined });
  return circumstances;
}

function hasUnit({ ownership }: Entity): boolean {
  return ownership === "userOrTeam" || ownership === "businessUnit";
}
