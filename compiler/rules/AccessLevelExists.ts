import type { PrivilegeSet } from "../model/model.ts";
import { levels } from "../model/model.ts";
import { actionExists, existingLevels, levelExists } from "../model/privileges.ts";
import { ownershipPhrase } from "../model/vocabulary.ts";
import type { NameNode } from "../syntax/ast.ts";
import type { Rule } from "./project.ts";

/** BWK301: the access level does not exist for the entity's ownership (semantics.md E1, E3). */
export const AccessLevelExists: Rule = ({ stages }, report) => {
  for (const { policy, sites } of stages) {
    const check = (level: number, node: NameNode | undefined, set: PrivilegeSet): void => {
      if (level === 0 || node === undefined || levelExists(set.ownership, level)) return;
      report.add("BWK301", node.span, {
        level: node.value,
        entity: set.name,
        ownership: ownershipPhrase[set.ownership],
        levels: existingLevels(set.ownership).map((each) => levels[each] as string),
      });
    };
    // Where no action exists the level is not the mistake: that is BWK302.
    const some = (set: PrivilegeSet, actions: readonly (number | "all")[]): boolean =>
      actions.length === 0 ||
      actions.some((action) =>
        action === "all" ? set.ownership !== "parent" : actionExists(set.ownership, action),
      );
    for (const { node, entities, actions, level } of sites.grants)
      for (const { set: number, sharing } of entities) {
        const set = policy.privilegeSets[number];
        const words = actions.map(({ action }) => action);
        if (set !== undefined && !sharing && words.length > 0 && some(set, words))
          check(level, node.level, set);
      }
    for (const { node, entity, actions, level } of sites.guardrails) {
      const set = policy.privilegeSets[entity?.set ?? -1];
      if (node.effect !== "permit" || set === undefined || entity?.sharing === true) continue;
      if (
        set.ownership === "parent" ||
        !some(
          set,
          actions.map(({ action }) => action),
        )
      )
        continue;
      check(level, node.level, set);
    }
  }
};
