import { ACTION_DELETE, NONE } from "../../../runtime-as/abi.ts";
import type { Asking } from "../asking.ts";
import { deletionOf } from "../effects/delete.ts";
import type { PlanOf } from "../plan.ts";
import type { Checks } from "./check.ts";

/**
 * semantics.md A6: delete on the record only. Nobody asks for rights on the children, but one whose lookup restricts the
 * deletion refuses it: "state".
 */
export function* checksOfDelete(asking: Asking, { record }: PlanOf<"delete">): Checks {
  yield asking.right("A6", ACTION_DELETE, record);
  const { restrictedBy } = deletionOf(asking.ground, record);
  if (restrictedBy !== NONE) yield asking.fact("A6", "delete", restrictedBy, "state", () => false);
}
