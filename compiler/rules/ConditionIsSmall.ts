import { reportFinding } from "../expressions/index.ts";
import type { Rule } from "./project.ts";

/** BWK405 and BWK406: sets and conditions stay within their limits (compiler/expressions/limits.ts). */
export const ConditionIsSmall: Rule = ({ conditions }, report) => {
  for (const { finding } of conditions.wrong)
    if (finding.code === "BWK405" || finding.code === "BWK406") reportFinding(finding, undefined, report);
};
