import {
  ACTION_READ,
  ACTION_SHARE,
  ACTION_WRITE,
  COLUMN_READ,
  COLUMN_WRITE,
  FLAG_SHARER_NEEDS_RIGHTS,
} from "../../../runtime-as/abi.ts";
import type { Asking } from "../asking.ts";
import type { PlanOf } from "../plan.ts";
import type { Checks } from "./check.ts";

const rightsOnColumns = [
  [ACTION_READ, COLUMN_READ],
  [ACTION_WRITE, COLUMN_WRITE],
] as const;

/**
 * semantics.md F3, as A10: share and read on the record; then each right that is granted, on the record and on the column,
 * where `sharerNeedsGrantedRights` asks for it.
 */
export function* checksOfColumnShare(
  asking: Asking,
  { record, share }: PlanOf<"shareColumn" | "unshareColumn">,
): Checks {
  yield asking.right("A10", ACTION_SHARE, record);
  yield asking.right("A10", ACTION_READ, record);
  if ((asking.ground.policy.switches & FLAG_SHARER_NEEDS_RIGHTS) === 0) return;
  for (const [action, right] of rightsOnColumns) {
    if ((share.rights & right) === 0) continue;
    yield asking.right("F1", action, record);
    yield asking.column("F1", action, record, share.column, right);
  }
}
