import { rootOf } from "../model/world/units.ts";
import type { Rule } from "./project.ts";

/** BWK309: the root business unit is never disabled, deleted or moved (semantics.md B1). */
export const RootUnitStays: Rule = ({ stages }, report) => {
  for (const { world, sites } of stages)
    for (const { span, unit, change } of sites.unitChanges)
      if (unit === rootOf(world)) report.add("BWK309", span, { unit, change });
};
