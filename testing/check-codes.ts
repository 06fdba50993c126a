import { type Diagnostic, lineText, positionOf, type SourceFile } from "../compiler/index.ts";
import { type ExpectedCode, isExpected, isWarning } from "./expected-codes.ts";
import { placeOf, shownLine } from "./places.ts";
import type { Failure, TestResult } from "./report.ts";

/**
 * Compares what the lines of a file expect with what the compiler reports: the same codes on the same lines. How often a
 * code stands on a line does not matter, and a warning only where a line expects it.
 */
export function checkCodes(
  file: SourceFile,
  expected: readonly ExpectedCode[],
  reported: readonly Diagnostic[],
): TestResult {
  const isReported = ({ line, code }: ExpectedCode) =>
    reported.some(
      ({ span, code: found }) =>
        span.file === file && found === code && positionOf(file, span.start).line === line,
    );
  const failures = [
    ...expected.filter((each) => !isReported(each)).map((each) => missed(file, each, reported)),
    ...reported
      .filter((diagnostic) => diagnostic.severity === "error" && !isExpected(file, expected, diagnostic))
      .map(surplus),
  ].toSorted((a, b) => Number(a.file !== file.name) - Number(b.file !== file.name) || a.line - b.line);
  return {
    title: titleOf(expected),
    file: file.name,
    line: 1,
    column: 1,
    status: failures.length === 0 ? "passed" : "failed",
    failures,
  };
}

function titleOf(expected: readonly ExpectedCode[]): string {
  const what = expected.every(({ code }) => isWarning(code)) ? "warnings" : "errors";
  return `reports exactly the expected ${what}: ${[...new Set(expected.map(({ code }) => code))].join(", ")}`;
}

function missed(file: SourceFile, { line, code }: ExpectedCode, reported: readonly Diagnostic[]): Failure {
  const text = lineText(file, line);
  const here = reported.filter(
    ({ span }) => span.file === file && positionOf(file, span.start).line === line,
  );
  const column = text.length - text.trimStart().length + 1;
  return {
    file: file.name,
    line,
    column,
    text,
    width: Math.max(1, text.replace(/\/\/.*$/, "").trim().length),
    expected: code,
    decided: here.length === 0 ? "nothing reported" : here.map((each) => each.code).join(", "),
    missing: [],
    unexpected: [],
    why: here.map((each) => `${each.code}: ${each.message}`),
  };
}

function surplus(diagnostic: Diagnostic): Failure {
  const { span, code, message } = diagnostic;
  return {
    ...placeOf(span),
    ...shownLine(span),
    expected: "nothing reported",
    decided: code,
    missing: [],
    unexpected: [],
    why: [`${code}: ${message}`],
  };
}
