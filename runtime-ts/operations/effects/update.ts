import type { Changing } from "../ground.ts";
import type { PlanOf } from "../plan.ts";
import { assign } from "./assign.ts";
import { setLookups } from "./set-lookups.ts";

/** Attributes first, then the owner with his cascades, then the unit, which is not the new owner's where it is given. */
export function update(changing: Changing, { record, values, lookups, owner, unit }: PlanOf<"update">): void {
  const { editor } = changing;
  for (const [name, value] of values) editor.setValue(record, name, value);
  if (lookups.length > 0) setLookups(changing, record, lookups);
  if (owner !== undefined) assign(changing, record, owner);
  if (unit !== undefined) editor.setUnit(record, unit);
}
