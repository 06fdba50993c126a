import type { Rule } from "./project.ts";

/** BWK198: what parses and is not supported yet. */
export const NotSupportedYet: Rule = ({ stages }, report) => {
  for (const { sites } of stages)
    for (const { span, what } of sites.unsupported) report.add("BWK198", span, { what });
};
