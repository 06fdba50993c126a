import { ACTION_CREATE, ACTION_READ, NONE } from "../../../runtime-as/abi.ts";
import type { Asking } from "../asking.ts";
import type { PlanOf } from "../plan.ts";
import type { Checks } from "./check.ts";
import { checksOfLookup } from "./set-lookup.ts";
import { checksOfUnit } from "./set-unit.ts";

/**
 * semantics.md A1, A2: to create for oneself needs create and read, for another owner create alone, at a level that reaches
 * him; whoever is to own must be able to (A3). A record without an owner needs create (E1 to E3). Lookups that are set add A7.
 */
export function* checksOfCreate(asking: Asking, { record }: PlanOf<"create">, user: number): Checks {
  const rule = record.owner === NONE || record.owner === user ? "A1" : "A2";
  yield asking.right(rule, ACTION_CREATE, record);
  if (record.owner === user) yield asking.right(rule, ACTION_READ, record);
  if (record.owner !== NONE) yield asking.mayOwn("A3", record.owner, record);
  if (record.setsUnit) yield* checksOfUnit(asking);
  for (const { target } of record.lookups) yield* checksOfLookup(asking, record, target);
}
