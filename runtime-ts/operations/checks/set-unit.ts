import type { Asking } from "../asking.ts";
import type { Checks } from "./check.ts";

/** The task privilege for it; it counts where the project declares it. */
const appendToBusinessUnit = "AppendToBusinessUnit";

/** semantics.md B10: setting a record's unit, in the modern mode. */
export function* checksOfUnit(asking: Asking): Checks {
  const check = asking.task("B10", appendToBusinessUnit);
  if (check !== undefined) yield check;
}
