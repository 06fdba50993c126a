import { reasonOf } from "../decode.ts";
import { Asking } from "./asking.ts";
import type { Check } from "./checks/check.ts";
import { checksOf } from "./checks/checks-of.ts";
import type { Caller, Ground } from "./ground.ts";
import type { FailedCheck, Operation, OperationDecision } from "./operation.ts";
import type { Plan } from "./plan.ts";
import { planOf } from "./plan-of.ts";

function failure({ rule, action, record, principal }: Check): FailedCheck {
  return record === undefined ? { rule, action, principal } : { rule, action, record, principal };
}

/** Makes the checks of an operation until one fails (semantics.md section 6). */
export function decidePlan(ground: Ground, caller: Caller, plan: Plan): OperationDecision {
  let sources: OperationDecision["sources"] | undefined;
  for (const check of checksOf(new Asking(ground, caller), plan, caller.user)) {
    const reason = check.denial();
    if (reason !== undefined) return { allowed: false, reason, sources: [], failed: failure(check) };
    // The first check is of the operation's own right.
    sources ??= check.sources?.() ?? [];
  }
  const [first] = sources ?? [];
  return { allowed: true, reason: first === undefined ? "role" : reasonOf(first), sources: sources ?? [] };
}

/** Whether a user may do something. Throws BWK440 to BWK442 where the operation names what is not there, or does not fit. */
export function decideOperation(ground: Ground, caller: Caller, operation: Operation): OperationDecision {
  return decidePlan(ground, caller, planOf(ground, caller.user, operation));
}
