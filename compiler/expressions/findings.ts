import type { Arguments } from "../diagnostics/catalog.ts";
import type { TypeProblem } from "../diagnostics/codes/type-problems.ts";
import type { Report } from "../diagnostics/report.ts";
import type { Span } from "../source.ts";

/** What is wrong with a condition in one of its circumstances. The same may be wrong in others. */
export type Finding = { readonly span: Span } & (
  | { readonly code: "BWK307"; readonly words: TypeProblem }
  | { readonly code: "BWK308"; readonly words: Arguments<"BWK308"> }
  | { readonly code: "BWK405"; readonly words: Arguments<"BWK405"> }
  | { readonly code: "BWK406"; readonly words: Arguments<"BWK406"> }
);

/** Reports a finding; `where` names the circumstance, where it is not the only one. */
export function reportFinding(finding: Finding, where: string | undefined, report: Report): void {
  const { code, span } = finding;
  switch (code) {
    case "BWK307":
      report.add(code, span, { ...finding.words, where });
      return;
    case "BWK308":
      report.add(code, span, { ...finding.words, where });
      return;
    case "BWK405":
      report.add(code, span, finding.words);
      return;
    case "BWK406":
      report.add(code, span, finding.words);
  }
}
