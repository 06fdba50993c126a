import { ACTION_WRITE, OWNED_BY_PRINCIPAL } from "../../../runtime-as/abi.ts";
import type { Asking } from "../asking.ts";
import type { PlanOf } from "../plan.ts";
import { checksOfAssign } from "./assign.ts";
import type { Checks } from "./check.ts";
import { checksOfLookup } from "./set-lookup.ts";
import { checksOfUnit } from "./set-unit.ts";

/** semantics.md A5: write; a changed lookup adds A7, another unit B10, a changed owner A4. */
export function* checksOfUpdate(asking: Asking, plan: PlanOf<"update">): Checks {
  const { record, lookups, owner, unit } = plan;
  yield asking.right("A5", ACTION_WRITE, record);
  for (const { target } of lookups) yield* checksOfLookup(asking, record, target);
  const { policy, editor } = asking.ground;
  const isOwned = policy.entities[asking.entityOf(record)]?.ownership === OWNED_BY_PRINCIPAL;
  if (isOwned && unit !== undefined && unit !== editor.unitOf(record)) yield* checksOfUnit(asking);
  if (owner !== undefined) yield* checksOfAssign(asking, record, owner);
}
