import type { Rule } from "./project.ts";

/** BWK313: what protects columns and follows lookups is there for records alone (semantics.md F1, language.md section 3). */
export const ColumnIsOfRecord: Rule = ({ global }, report) => {
  for (const { node, bearer } of global.sites.unprotected) {
    const first = node.cascades[0];
    const at = (flag: string, { start, end } = node.name.span): void =>
      report.add("BWK313", { ...node.span, start, end }, { flag, attribute: node.name.value, bearer });
    // A mask is of no use without `secured`: one of the two is news enough.
    if (node.secured) at("secured");
    else if (node.masked !== undefined) at("masked", node.masked.span);
    if (node.parental) at("parental");
    else if (first !== undefined) at("cascade", first.span);
  }
};
