import type { Rule } from "./project.ts";

/** BWK910: only a secured column is ever masked (semantics.md F4). */
export const MaskHidesSomething: Rule = ({ global }, report) => {
  for (const { span, secured } of global.sites.masks) if (!secured) report.add("BWK910", span, {});
};
