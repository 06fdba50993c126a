import { reportFinding } from "../expressions/index.ts";
import type { Rule } from "./project.ts";

/** BWK308: an optional attribute is used only where a `has` says that it is there (language.md section 6). */
export const OptionalIsGuarded: Rule = ({ conditions }, report) => {
  for (const { finding, where } of conditions.wrong)
    if (finding.code === "BWK308") reportFinding(finding, where, report);
};
