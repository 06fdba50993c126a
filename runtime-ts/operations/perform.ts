import { ACTION_SHARE } from "../../runtime-as/abi.ts";
import { BailiwickError } from "../errors.ts";
import { Asking } from "./asking.ts";
import { decidePlan } from "./decide.ts";
import { assign } from "./effects/assign.ts";
import { create } from "./effects/create.ts";
import { deleteRecord } from "./effects/delete.ts";
import { merge } from "./effects/merge.ts";
import { setLookups } from "./effects/set-lookups.ts";
import { addShare, replaceShare } from "./effects/share.ts";
import { update } from "./effects/update.ts";
import type { Caller, Ground } from "./ground.ts";
import type { Operation, OperationDecision } from "./operation.ts";
import type { Plan } from "./plan.ts";
import { planOf } from "./plan-of.ts";

/** What an operation does once it is allowed, with its cascades. */
function takeEffect(ground: Ground, caller: Caller, plan: Plan): void {
  switch (plan.kind) {
    case "create":
      create(ground, plan.record, plan.record.id as string);
      return;
    case "update":
      update(ground, plan);
      return;
    case "assign":
      assign(ground, plan.record, plan.to);
      return;
    case "share": {
      // Children on which the sharer has no share right are left out (semantics.md S5).
      const asking = new Asking(ground, caller);
      const reaches = (child: number) => asking.right("S5", ACTION_SHARE, child).denial() === undefined;
      addShare(ground, plan.record, plan.with, plan.mask, reaches);
      return;
    }
    case "unshare":
      replaceShare(ground, plan.record, plan.with, 0);
      return;
    case "append":
      setLookups(ground, plan.record, [plan.setting]);
      return;
    case "associate":
      return;
    case "delete":
      deleteRecord(ground, plan.record);
      return;
    case "merge":
      merge(ground, plan.record, plan.into);
  }
}

/**
 * Does something on behalf of a user, if it is allowed (semantics.md section 6). Returns the decision; a refusal has changed
 * nothing. Throws BWK440 to BWK442 as `decideOperation`, and what the editor throws: BWK414, BWK432 to BWK434.
 */
export function performOperation(ground: Ground, caller: Caller, operation: Operation): OperationDecision {
  const plan = planOf(ground, caller.user, operation);
  if (plan.kind === "create" && plan.record.id === undefined) {
    throw new BailiwickError("BWK441", "a record that is created needs an `id`");
  }
  const decision = decidePlan(ground, caller, plan);
  if (decision.allowed) takeEffect(ground, caller, plan);
  return decision;
}
