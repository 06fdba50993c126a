import {
  ACTION_APPEND,
  ACTION_APPEND_TO,
  ACTION_READ,
  ACTION_SHARE,
  ACTION_WRITE,
} from "../../../runtime-as/abi.ts";
import type { Asking } from "../asking.ts";
import { fitTogether, mergedChildrenOf } from "../effects/merge.ts";
import { isActive } from "../inactive.ts";
import type { PlanOf } from "../plan.ts";
import type { Checks } from "./check.ts";

/**
 * semantics.md A9: the task privilege `Merge`; read, write, share, appendTo on the master; read, write, append on the
 * subordinate; both active (A11) and different records of one entity, else "state"; write and append on each child that follows.
 */
export function* checksOfMerge(asking: Asking, { record, into }: PlanOf<"merge">): Checks {
  const merge = asking.task("A9", "Merge");
  if (merge !== undefined) yield merge;
  for (const action of [ACTION_READ, ACTION_WRITE, ACTION_SHARE, ACTION_APPEND_TO])
    yield asking.right("A9", action, into);
  for (const action of [ACTION_READ, ACTION_WRITE, ACTION_APPEND]) yield asking.right("A9", action, record);
  yield asking.fact("A9", "merge", record, "state", () => fitTogether(asking.ground, record, into));
  for (const either of [into, record])
    yield asking.fact("A11", "merge", either, "state", () => isActive(asking.ground, either));
  for (const child of mergedChildrenOf(asking.ground, record))
    for (const action of [ACTION_WRITE, ACTION_APPEND]) yield asking.right("A9", action, child);
}
