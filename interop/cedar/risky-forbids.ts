// A forbid whose condition ends with an error applies in the project, and is skipped by Cedar (language.md section 5). So
// every permit that it concerns waits for it: `unless` the forbid matches. Where that ends with an error, Cedar skips the
// permit, and nothing is allowed.
import {
  actions as actionNames,
  type Guardrail,
  guardrailCovers,
  guardrailCoversTask,
} from "../../compiler/index.ts";
import type { Export } from "./context.ts";
import { administratorsScope, principalScope } from "./holding.ts";
import type { CedarPolicy } from "./policy.ts";
import { canLieIn, isOwned, placeTests, targetOf, type Way, waysUp } from "./targets.ts";

/** A permit with its `unless` clauses. */
export function guarded(permit: CedarPolicy, context: Export): CedarPolicy {
  const { policy } = context;
  const conditional = policy.guardrails.filter(
    ({ effect, condition }) => effect === "forbid" && condition !== undefined,
  );
  const unless = conditional.flatMap((guardrail) => [
    ...onRecords(guardrail, permit, context),
    ...onTasks(guardrail, permit, context),
  ]);
  return unless.length === 0 ? permit : { ...permit, unless: [...permit.unless, ...unless] };
}

function onRecords(guardrail: Guardrail, permit: CedarPolicy, context: Export): (readonly string[])[] {
  const { policy, names } = context;
  const { target } = permit;
  if (target === undefined) return [];
  const everywhere = { unit: undefined, record: undefined };
  return target.entities.flatMap((entity) =>
    waysUp(entity, policy).flatMap((way) => {
      const actions = concerned(guardrail, way, permit, context);
      if (actions.length === 0) return [];
      const at = targetOf(way, everywhere, names);
      const condition = context.conditionOf(guardrail.condition as number, at);
      if (!condition.mayFail) return [];
      const scope = principalScope(guardrail.principal, policy);
      const byTeam = isOwned(at, policy)
        ? administratorsScope(guardrail.principal, way.record, context)
        : undefined;
      const principal = byTeam === undefined ? scope : `(${scope} || (${byTeam.join(" && ")}))`;
      return [
        [
          ...(target.entities.length > 1 ? [`resource is ${names.entities[entity]}`] : []),
          ...(actions.length < permit.actions.length
            ? [`action in [${actions.map((action) => names.actions[action]).join(", ")}]`]
            : []),
          ...at.tests,
          ...(principal === "principal" ? [] : [principal]),
          ...placeTests(way.record, guardrail.resource, names),
          condition.text,
        ],
      ];
    }),
  );
}

/** Actions of the permit that the forbid concerns at the end of the way. */
function concerned(guardrail: Guardrail, { to }: Way, permit: CedarPolicy, { policy }: Export): number[] {
  if (!canLieIn(to, guardrail.resource, policy)) return [];
  return [...actionNames.keys()].filter(
    (action) => permit.actions.includes(action) && guardrailCovers(policy, guardrail, to, action),
  );
}

function onTasks(guardrail: Guardrail, permit: CedarPolicy, context: Export): (readonly string[])[] {
  const { policy, names } = context;
  const tasks = permit.tasks.filter((task) => guardrailCoversTask(guardrail, task));
  if (tasks.length === 0) return [];
  const condition = context.conditionOf(guardrail.condition as number, undefined);
  if (!condition.mayFail) return [];
  const scope = principalScope(guardrail.principal, policy);
  return [
    [
      ...(tasks.length < permit.tasks.length
        ? [`action in [${tasks.map((task) => names.tasks[task]).join(", ")}]`]
        : []),
      ...(scope === "principal" ? [] : [scope]),
      condition.text,
    ],
  ];
}
