import type { Rule } from "./project.ts";

/** BWK908 and BWK909: a condition that is false, or true, whatever is asked. */
export const ConditionSaysSomething: Rule = ({ conditions }, report) => {
  for (const { span, form, value, what } of conditions.certain)
    report.add(value ? "BWK909" : "BWK908", span, { form, what });
};
