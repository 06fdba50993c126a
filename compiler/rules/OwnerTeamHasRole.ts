import type { Rule } from "./project.ts";

/** BWK902: an owner team without a role cannot own and gives its members nothing (semantics.md T7). */
export const OwnerTeamHasRole: Rule = ({ stages }, report) => {
  for (const { sites } of stages)
    for (const { node, roles } of sites.teams)
      if (node.form === "owner" && roles === 0)
        report.add("BWK902", node.name.span, { name: node.name.value });
};
