import type { Rule } from "./project.ts";

/** BWK312: a forbid does not look at levels, not even at `none` (language.md section 5). */
export const ForbidHasNoLevel: Rule = ({ stages }, report) => {
  for (const { sites } of stages)
    for (const { node } of sites.guardrails)
      if (node.effect === "forbid" && node.level !== undefined)
        report.add("BWK312", node.level.span, { level: node.level.value });
};
