import type { Entity } from "../model/model.ts";
import type { Rule } from "./project.ts";

/** BWK311: a declared record sets what its entity does not make optional, its owner or business unit too. */
export const RecordIsComplete: Rule = ({ stages }, report) => {
  for (const { policy, sites } of stages)
    for (const { node, entity: number, given } of sites.records) {
      const entity = policy.entities[number] as Entity;
      const asked = [
        ...(entity.ownership === "userOrTeam" ? ["owner"] : []),
        ...(entity.ownership === "businessUnit" ? ["businessUnit"] : []),
        ...entity.attributes.filter(({ optional }) => !optional).map(({ name }) => name),
      ];
      const missing = asked.filter((name) => !given.has(name));
      if (missing.length > 0)
        report.add("BWK311", node.name.span, { record: node.name.value, entity: entity.name, missing });
    }
};
