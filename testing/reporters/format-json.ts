import type { Diagnostic } from "../../compiler/index.ts";
import { placeOf } from "../places.ts";
import type { TestReport } from "../report.ts";

/** The report as one JSON object: the fields of TestReport, diagnostics with their places. Ends in a line break. */
export function formatJson(report: TestReport): string {
  return `${JSON.stringify({ ...report, diagnostics: report.diagnostics.map(plain) }, null, 2)}\n`;
}

function plain({ code, severity, message, span, help }: Diagnostic): Record<string, unknown> {
  return { code, severity, message, ...(help === undefined ? {} : { help }), ...placeOf(span) };
}
