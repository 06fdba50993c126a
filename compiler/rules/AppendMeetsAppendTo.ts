import type { Policy } from "../model/model.ts";
import { APPEND, APPEND_TO } from "../model/vocabulary.ts";
import type { Rule } from "./project.ts";

interface Links {
  /** Privilege sets that the entities of a set can be attached to, and the reverse. */
  readonly parents: ReadonlyMap<number, ReadonlySet<number>>;
  readonly children: ReadonlyMap<number, ReadonlySet<number>>;
}

/**
 * BWK904: setting a lookup needs append on the child and appendTo on the parent (semantics.md A7), so one without the
 * other is of no use. An entity without lookups may still be associated (A8), so nothing is certain about it.
 */
export const AppendMeetsAppendTo: Rule = ({ global, grantedTogether }, report) => {
  const { policy, sites } = global;
  const { parents, children } = linksOf(policy);
  for (const { role, actions, entities, level } of sites.grants)
    for (const { node, action } of actions) {
      if (level === 0 || (action !== APPEND && action !== APPEND_TO)) continue;
      const needed = action === APPEND ? APPEND_TO : APPEND;
      for (const { set, sharing } of entities) {
        const others = [...((action === APPEND ? parents : children).get(set) ?? [])];
        if (sharing || others.length === 0) continue;
        if (others.some((other) => grantedTogether(role.name, needed, other))) continue;
        report.add("BWK904", node.span, {
          action: node.value,
          needs: action === APPEND ? "appendTo" : "append",
          entity: policy.privilegeSets[set]?.name ?? "",
          others: others.map((other) => policy.privilegeSets[other]?.name ?? ""),
          role: role.name,
        });
      }
    }
};

function linksOf({ entities }: Policy): Links {
  const parents = new Map<number, Set<number>>();
  const children = new Map<number, Set<number>>();
  const link = (map: Map<number, Set<number>>, from: number, to: number) =>
    map.set(from, (map.get(from) ?? new Set()).add(to));
  for (const child of entities)
    for (const { type } of child.attributes) {
      const parent = type.kind === "Lookup" ? entities[type.entity] : undefined;
      // What is owned by its parent has no privileges of its own, on either side.
      if (parent === undefined || parent.ownership === "parent" || child.ownership === "parent") continue;
      link(parents, child.privilegeSet, parent.privilegeSet);
      link(children, parent.privilegeSet, child.privilegeSet);
    }
  return { parents, children };
}
