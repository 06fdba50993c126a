// What conditions look at, for counting: a condition of one side can be worked out beforehand, one of several cannot.
import { type ConditionPlan, occurs, type Root } from "./expression-plan.ts";

const roots: readonly Root[] = ["principal", "resource", "context"];

/** `principal`, `resource`, `context` alone, `mixed` of several, `constant` of none (the action is constant in a question). */
export function sideOf(
  condition: ConditionPlan,
): "principal" | "resource" | "context" | "mixed" | "constant" {
  const seen = roots.filter((name) =>
    condition.some(({ expression }) =>
      occurs(expression, (part) => part.op === "root" && part.name === name),
    ),
  );
  const [first, second] = seen;
  if (second !== undefined) return "mixed";
  return first === undefined || first === "action" ? "constant" : first;
}
