import type { Rule } from "./project.ts";

/** BWK901: personal settings, views and dashboards need a role assigned to the user himself (semantics.md section 9, T2). */
export const UserHasRole: Rule = ({ stages }, report) => {
  for (const { sites } of stages)
    for (const { node, roles } of sites.users)
      if (roles === 0) report.add("BWK901", node.name.span, { name: node.name.value });
};
