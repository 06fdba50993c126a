import { diagnosticsToJson } from "../../compiler/index.ts";
import type { TestReport } from "../report.ts";

/** The report as one JSON object: the fields of TestReport, diagnostics as in the other commands. Ends in a line break. */
export function formatJson(report: TestReport): string {
  return `${JSON.stringify({ ...report, diagnostics: diagnosticsToJson(report.diagnostics) }, null, 2)}\n`;
}
