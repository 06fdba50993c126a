import { reportFinding } from "../expressions/index.ts";
import type { Rule } from "./project.ts";

/** BWK307: every part of a condition has a type, and the one that its place asks for (language.md section 6). */
export const ExpressionHasType: Rule = ({ conditions }, report) => {
  for (const { finding, where } of conditions.wrong)
    if (finding.code === "BWK307") reportFinding(finding, where, report);
};
