import { policyOf } from "./build-policy.ts";
import { worldOf } from "./build-world.ts";
import { Oracle } from "./evaluate.ts";
import type { Plan } from "./plan.ts";

export type { GuardrailPlan, Plan } from "./plan.ts";
export { tell } from "./tell.ts";
export { policyOf, worldOf };

/** The twin, answering for a hand-written world. */
export function oracleOf(plan: Plan): Oracle {
  return new Oracle(policyOf(plan), worldOf(plan));
}
