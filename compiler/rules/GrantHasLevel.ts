import { levels } from "../model/model.ts";
import { existingLevels } from "../model/privileges.ts";
import type { Rule } from "./project.ts";

/** BWK911: without a level a grant on entities is one at `none`, the default (language.md section 2), and grants nothing. */
export const GrantHasLevel: Rule = ({ stages }, report) => {
  for (const { policy, sites } of stages)
    for (const { node, entities, star } of sites.grants) {
      if (node.level !== undefined || (!star && entities.length === 0)) continue;
      const [first] = entities;
      const { ownership } = policy.privilegeSets[first?.set ?? -1] ?? { ownership: "userOrTeam" };
      // What its parent owns has no privileges: that is BWK302.
      if (ownership === "parent") continue;
      report.add("BWK911", node.span, {
        levels: existingLevels(ownership).map((each) => levels[each] as string),
      });
    }
};
