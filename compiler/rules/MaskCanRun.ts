import { compileMask } from "../masks/index.ts";
import type { Rule } from "./project.ts";

/** BWK307 and BWK407: a mask's pattern can be run in linear time, within its limit (language.md section 3). */
export const MaskCanRun: Rule = ({ global }, report) => {
  for (const { span, pattern } of global.sites.masks) {
    const mask = compileMask(pattern);
    if (mask.kind === "problem") {
      const { because, help } = mask;
      report.add("BWK307", span, { problem: "mask", because, help });
    } else if (mask.kind === "too large") report.add("BWK407", span, { limit: mask.limit });
  }
};
