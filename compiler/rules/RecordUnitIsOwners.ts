import { unitOf } from "../model/world/state.ts";
import type { Rule } from "./project.ts";

/** BWK907: in the classic mode a record is in its owner's business unit, whatever is written (semantics.md B7). */
export const RecordUnitIsOwners: Rule = ({ stages }, report) => {
  for (const { sites, stateAt } of stages)
    for (const { node, owner, unit, step } of sites.records) {
      const state = stateAt(step);
      if (owner === undefined || unit === undefined) continue;
      const own = unitOf(state.world, owner.principal);
      if (state.policy.settings.ownershipAcrossBusinessUnits || own === undefined || own === unit.name)
        continue;
      report.add("BWK907", unit.span, { record: node.name.value, unit: unit.name, own });
    }
};
