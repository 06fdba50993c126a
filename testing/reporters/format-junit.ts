import type { Diagnostic } from "../../compiler/index.ts";
import { placeOf } from "../places.ts";
import type { Failure, TestReport, TestResult } from "../report.ts";

/**
 * The report as JUnit XML: a suite a file, a case a test. Errors of the project are cases of a suite of their own, so that a
 * run without tests is not mistaken for one that passes. Ends in a line break.
 */
export function formatJunit(report: TestReport): string {
  const errors = report.diagnostics.filter(({ severity }) => severity === "error");
  const files = [...new Set(report.tests.map(({ file }) => file))];
  const sums = `tests="${report.tests.length + errors.length}" failures="${report.failed}" errors="${errors.length}" skipped="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${sums}>`,
    ...(errors.length === 0 ? [] : compilation(errors)),
    ...files.flatMap((file) =>
      suite(
        file,
        report.tests.filter((test) => test.file === file),
      ),
    ),
    "</testsuites>",
    "",
  ].join("\n");
}

function compilation(errors: readonly Diagnostic[]): readonly string[] {
  return [
    `  <testsuite name="compilation" tests="${errors.length}" failures="0" errors="${errors.length}" skipped="0">`,
    ...errors.flatMap(({ code, message, span }) => {
      const { file, line, column } = placeOf(span);
      return [
        `    <testcase name="${escaped(`${file}:${line}:${column}`)}" classname="compilation">`,
        `      <error type="${code}" message="${escaped(message)}"/>`,
        "    </testcase>",
      ];
    }),
    "  </testsuite>",
  ];
}

function suite(file: string, tests: readonly TestResult[]): readonly string[] {
  const count = (status: TestResult["status"]) => tests.filter((test) => test.status === status).length;
  return [
    `  <testsuite name="${escaped(file)}" tests="${tests.length}" failures="${count("failed")}" errors="0" skipped="0">`,
    ...tests.flatMap(testCase),
    "  </testsuite>",
  ];
}

function testCase({ title, file, line, failures }: TestResult): readonly string[] {
  const opening = `    <testcase name="${escaped(title)}" classname="${escaped(file)}" file="${escaped(file)}" line="${line}"`;
  const inside = failures.map(
    (failure) =>
      `      <failure message="${escaped(`${failure.file}:${failure.line}:${failure.column}: expected ${failure.expected}, decided ${failure.decided}`)}">${escaped(details(failure))}</failure>`,
  );
  return inside.length === 0 ? [`${opening}/>`] : [`${opening}>`, ...inside, "    </testcase>"];
}

function details({ text, missing, unexpected, why }: Failure): string {
  return [
    text.trim(),
    ...(missing.length === 0 ? [] : [`missing: ${missing.join(", ")}`]),
    ...(unexpected.length === 0 ? [] : [`unexpected: ${unexpected.join(", ")}`]),
    ...why,
  ].join("\n");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\t": "&#9;",
};

/** Text for XML 1.0, also inside an attribute; what XML cannot hold at all becomes the replacement character. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/[&<>"\n\t]/g, (character) => entities[character] ?? character);
}
