import {
  ACTION_APPEND,
  ACTION_APPEND_TO,
  ACTION_READ,
  FLAG_ASSOCIATE_NEEDS_APPEND_TO,
} from "../../../runtime-as/abi.ts";
import type { Asking } from "../asking.ts";
import type { PlanOf } from "../plan.ts";
import type { Checks } from "./check.ts";

/**
 * semantics.md A8, N:N: append on both and read on both; `associateNeedsAppendTo` adds appendTo on the second. It sets no
 * lookup, so it changes nothing that a decision looks at.
 */
export function* checksOfAssociate(asking: Asking, { record, with: other }: PlanOf<"associate">): Checks {
  yield asking.right("A8", ACTION_APPEND, record);
  yield asking.right("A8", ACTION_APPEND, other);
  yield asking.right("A8", ACTION_READ, record);
  yield asking.right("A8", ACTION_READ, other);
  if ((asking.ground.policy.switches & FLAG_ASSOCIATE_NEEDS_APPEND_TO) !== 0)
    yield asking.right("A8", ACTION_APPEND_TO, other);
}
