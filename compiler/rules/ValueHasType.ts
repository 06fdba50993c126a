import type { Rule } from "./project.ts";

/** BWK307: a value is of its place's type (language.md section 3); what is no such value has no meaning to resolve. */
export const ValueHasType: Rule = ({ stages }, report) => {
  for (const { sites } of stages)
    for (const { span, ...words } of sites.mistyped) report.add("BWK307", span, words);
};
