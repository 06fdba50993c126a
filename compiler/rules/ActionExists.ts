import { actions as actionNames, type Policy, type PrivilegeSet } from "../model/model.ts";
import { actionExists } from "../model/privileges.ts";
import type { EntityWord } from "../model/sites.ts";
import { ownershipPhrase } from "../model/vocabulary.ts";
import type { Span } from "../source.ts";
import type { Rule } from "./project.ts";

interface Word {
  readonly span: Span;
  readonly word: string;
  readonly action: number | "all";
}

/**
 * BWK302: the action does not exist for the entity's ownership (semantics.md E1 to E3): in a grant, in a permit, or in a
 * share or an assignment of a record. What is owned by its parent has no privileges at all.
 */
export const ActionExists: Rule = ({ stages }, report) => {
  for (const { policy, sites } of stages) {
    const check = (words: readonly Word[], entity: EntityWord): void => {
      const set = policy.privilegeSets[entity.set];
      if (set === undefined || entity.sharing) return;
      if (set.ownership === "parent")
        report.add("BWK302", entity.node.span, {
          action: words[0]?.word ?? "all",
          entity: set.name,
          ownership: ownershipPhrase.parent,
          help: parentHelp(set, policy),
        });
      else
        for (const { span, word, action } of words)
          if (action !== "all" && !actionExists(set.ownership, action))
            report.add("BWK302", span, {
              action: word,
              entity: set.name,
              ownership: ownershipPhrase[set.ownership],
              help: `leave \`${word}\` out for \`${set.name}\``,
            });
    };
    for (const { actions, entities } of sites.grants) {
      const words = actions.map(({ node, action }) => ({ span: node.span, word: node.value, action }));
      for (const entity of entities) check(words, entity);
    }
    for (const { node, actions, entity } of sites.guardrails)
      if (node.effect === "permit" && entity !== undefined) check(actions, entity);
    for (const { span, action, entity } of sites.handings) {
      const { name, ownership } = policy.entities[entity] as Policy["entities"][number];
      if (!actionExists(ownership, action))
        report.add("BWK302", span, {
          action: actionNames[action] as string,
          entity: name,
          ownership: ownershipPhrase[ownership],
          help: ownership === "parent" ? "the parent decides about it: share or assign that" : undefined,
        });
    }
  }
};

function parentHelp(set: PrivilegeSet, { entities, privilegeSets }: Policy): string | undefined {
  const parent = entities[entities[set.entities[0] ?? -1]?.parent?.entity ?? -1];
  const name = privilegeSets[parent?.privilegeSet ?? -1]?.name;
  return name === undefined ? undefined : `the parent decides about it: say \`${name}\``;
}
