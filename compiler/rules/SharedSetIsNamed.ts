import type { EntityWord } from "../model/sites.ts";
import type { Rule } from "./project.ts";

/** BWK306: where entities share a privilege set, grants and permits name the set (semantics.md E4). */
export const SharedSetIsNamed: Rule = ({ stages }, report) => {
  for (const { policy, sites } of stages) {
    const check = ({ node, set, sharing }: EntityWord): void => {
      const name = policy.privilegeSets[set]?.name;
      if (sharing && name !== undefined) report.add("BWK306", node.span, { entity: node.value, set: name });
    };
    for (const { entities } of sites.grants) for (const entity of entities) check(entity);
    // A forbid may name the entity: it then concerns that entity alone (language.md section 5).
    for (const { node, entity } of sites.guardrails)
      if (node.effect === "permit" && entity !== undefined) check(entity);
  }
};
