import { unitOf } from "../model/world/state.ts";
import { hasCopyIn } from "../model/world/units.ts";
import type { Rule } from "./project.ts";

/**
 * BWK304: only a copy that exists can be held (semantics.md B5), and in the classic mode only one of the holder's own
 * unit (B6).
 */
export const RoleHasCopy: Rule = ({ stages }, report) => {
  for (const { sites, stateAt } of stages)
    for (const { span, holder, role, unit, step } of sites.assignments) {
      const state = stateAt(step);
      const own = unitOf(state.world, holder);
      if (own === undefined) continue;
      const { policy, world } = state;
      const { name = "", unit: home = "" } = policy.roles[role] ?? {};
      if (!policy.settings.ownershipAcrossBusinessUnits && unit !== undefined && unit !== own)
        report.add("BWK304", span, { problem: "classic", role: name, unit, holder: holder.name, own });
      else if (!hasCopyIn(policy, world, role, unit ?? own))
        report.add("BWK304", span, { problem: "no copy", role: name, unit: unit ?? own, home });
    }
};
