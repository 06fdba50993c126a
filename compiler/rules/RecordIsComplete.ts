import type { Entity } from "../model/model.ts";
import type { Rule } from "./project.ts";

/** BWK311: a declared record sets what its entity does not make optional, its owner or business unit too. */
export const RecordIsComplete: Rule = ({ stages }, report) => {
  for (const { policy, sites } of stages)
    for (const { node, entity: number, given } of sites.records) {
      const entity = policy.entities[number] as Entity;
      const attributes = entity.attributes
        .filter(({ name, optional }) => !optional && !given.has(name))
        .map(({ name }) => name);
      const missing = [...byOwnership(entity).filter((name) => !given.has(name)), ...attributes];
      if (missing.length > 0)
        report.add("BWK311", node.name.span, {
          record: node.name.value,
          entity: entity.name,
          missing,
          attributes: attributes.length,
        });
    }
};

function byOwnership({ ownership }: Entity): readonly string[] {
  if (ownership === "userOrTeam") return ["owner"];
  return ownership === "businessUnit" ? ["businessUnit"] : [];
}
