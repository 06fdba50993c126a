import { suggest } from "../diagnostics/suggest.ts";
import type { Rule } from "./project.ts";

/** BWK912: a Choice compared with a text that is none of its options, which no record ever has. */
export const OptionExists: Rule = ({ conditions }, report) => {
  for (const { span, text, attribute, options } of conditions.strange)
    report.add("BWK912", span, { text, attribute, options, suggestion: suggest(text, options) });
};
