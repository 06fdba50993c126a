// Task privileges, which have no record and no level but organization.
import { guardrailCoversTask, printName, type Span } from "../../compiler/index.ts";
import type { Export } from "./context.ts";
import { placeOf } from "./grants.ts";
import { holdingOfRole, principalScope } from "./holding.ts";
import type { CedarPolicy } from "./policy.ts";

export function taskPolicies(context: Export): readonly CedarPolicy[] {
  return [...ofRoles(context), ...ofPermits(context)];
}

function permitTasks(
  tasks: readonly number[],
  {
    condition,
    ...more
  }: Pick<CedarPolicy, "comments" | "reason" | "principal"> & { condition: number | undefined },
  context: Export,
): CedarPolicy[] {
  if (tasks.length === 0) return [];
  const when = condition === undefined ? [] : [context.conditionOf(condition, undefined).text];
  return [{ effect: "permit", ...more, actions: [], tasks, target: undefined, when, unless: [] }];
}

function ofRoles(context: Export): CedarPolicy[] {
  const { policy, names } = context;
  return policy.roles.flatMap(({ name, tasks, conditionalTasks, span }, role) => {
    const of = (place: Span, condition: number | undefined) => ({
      comments: [`${placeOf(place)}: role ${printName(name)}: task privileges`],
      reason: `role ${printName(name)}`,
      principal: holdingOfRole(role, policy, names).scope,
      condition,
    });
    return [
      ...permitTasks([...tasks], of(span, undefined), context),
      ...conditionalTasks.flatMap((grant) =>
        permitTasks([grant.task], of(grant.span, grant.condition), context),
      ),
    ];
  });
}

function ofPermits(context: Export): CedarPolicy[] {
  const { policy } = context;
  return policy.guardrails
    .filter(({ effect }) => effect === "permit")
    .flatMap((guardrail) => {
      const { id, principal, condition, span } = guardrail;
      const tasks = [...guardrail.tasks].filter((task) => guardrailCoversTask(guardrail, task));
      const more = {
        comments: [`${placeOf(span)}: permit ${JSON.stringify(id)}: task privileges`],
        reason: `permit ${JSON.stringify(id)}`,
        principal: principalScope(principal, policy),
        condition,
      };
      return permitTasks(tasks, more, context);
    });
}
