// Steps 0 and 1: the gate, and the forbids of the project.
import { actions as actionNames, type Guardrail, guardrailCovers } from "../../compiler/index.ts";
import type { Export } from "./context.ts";
import { actionsIn, placeOf } from "./grants.ts";
import { administratorsScope, principalScope } from "./holding.ts";
import { member } from "./names.ts";
import type { CedarPolicy } from "./policy.ts";
import { canLieIn, isOwned, type Target, targetOf, type Way, waysUp } from "./targets.ts";

export function gatePolicy({ names, policy }: Export): CedarPolicy {
  return {
    effect: "forbid",
    comments: ["The gate: nothing for a disabled user, or in a disabled business unit."],
    reason: "disabled",
    principal: "principal",
    actions: [...actionNames.keys()],
    tasks: [...policy.tasks.keys()],
    target: undefined,
    when: [member("principal", names.added.user.disabled)],
    unless: [],
  };
}

export function forbidPolicies(context: Export): readonly CedarPolicy[] {
  return context.policy.guardrails
    .filter(({ effect }) => effect === "forbid")
    .flatMap((guardrail) => forbidPolicy(guardrail, context));
}

function isBare({ resource: { entities, unit, record } }: Guardrail): boolean {
  return entities === undefined && unit === undefined && record === undefined;
}

function forbidPolicy(guardrail: Guardrail, context: Export): CedarPolicy[] {
  const { condition, principal } = guardrail;
  const { policy } = context;
  const made: CedarPolicy[] = [];
  const add = (target: Target | undefined, tasks: readonly number[], more: Partial<CedarPolicy> = {}) => {
    const actions = target === undefined && condition !== undefined ? [] : actionsIn(guardrail.actions);
    if (actions.length + tasks.length === 0) return;
    // Only now: for what the forbid does not concern its condition need not mean anything.
    const conditions = condition === undefined ? [] : [context.conditionOf(condition, target).text];
    made.push({
      effect: "forbid",
      comments: [`${placeOf(guardrail.span)}: forbid ${JSON.stringify(guardrail.id)}`],
      reason: `forbid ${JSON.stringify(guardrail.id)}`,
      principal: principalScope(principal, policy),
      actions,
      tasks,
      target,
      ...more,
      when: [...(more.when ?? []), ...conditions],
      unless: [],
    });
  };
  // A bare forbid without a condition is one policy over everything; else there is one for each way to a record.
  const everything = isBare(guardrail) && condition === undefined;
  if (isBare(guardrail)) add(undefined, [...guardrail.tasks]);
  for (const target of forbidTargets(guardrail, context)) {
    if (!everything) add(target, []);
    if (!isOwned(target, policy)) continue;
    const when = administratorsScope(principal, target.record, context);
    if (when !== undefined) add(target, [], { principal: "principal", when });
  }
  return made;
}

/** The records it concerns, and the ways to them from entities that leave their decisions to them (semantics.md E2). */
function forbidTargets(guardrail: Guardrail, { policy, names }: Export): Target[] {
  return [...policy.entities.keys()].flatMap((entity) =>
    waysUp(entity, policy)
      .filter((way) => concerns(guardrail, way, policy))
      .map((way) => targetOf(way, guardrail.resource, names)),
  );
}

export function concerns(guardrail: Guardrail, { to }: Way, policy: Export["policy"]): boolean {
  const covered = [...actionNames.keys()].some((action) => guardrailCovers(policy, guardrail, to, action));
  return covered && canLieIn(to, guardrail.resource, policy);
}
