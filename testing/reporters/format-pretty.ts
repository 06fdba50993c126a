import { render } from "../../compiler/index.ts";
import type { Failure, TestReport, TestResult } from "../report.ts";
import { summary } from "./summary.ts";

export interface PrettyOptions {
  readonly color: boolean;
}

const paints = { red: 31, green: 32, yellow: 33, bold: 1, dim: 2 } as const;
type Paint = (color: keyof typeof paints, text: string) => string;

const marks = { passed: ["green", "✓"], failed: ["red", "✗"], waiting: ["yellow", "…"] } as const;

/**
 * The report for people: what the compiler says, each file with its tests, each failure with its line, what was expected,
 * what was decided and why, and one line of sums. Ends in a line break.
 */
export function formatPretty(report: TestReport, { color }: PrettyOptions): string {
  const paint: Paint = (name, text) => (color ? `\u001b[${paints[name]}m${text}\u001b[0m` : text);
  const diagnostics =
    report.diagnostics.length === 0 ? [] : [render(report.diagnostics, { color }).trimEnd()];
  const files = [...new Set(report.tests.map(({ file }) => file))].map((file) =>
    [
      paint("bold", file),
      ...report.tests.filter((test) => test.file === file).flatMap((test) => testLines(test, paint)),
    ].join("\n"),
  );
  const sums = paint(report.ok ? "green" : "red", summary(report));
  return `${[...diagnostics, ...files, sums].join("\n\n")}\n`;
}

function testLines(test: TestResult, paint: Paint): readonly string[] {
  const [color, mark] = marks[test.status];
  return [
    `  ${paint(color, mark)} ${test.title}`,
    ...test.waitsFor.map((what) => paint("dim", `      waits for ${what}`)),
    ...test.failures.flatMap((failure) => [
      "",
      ...failureLines(failure, paint).map((line) => `      ${line}`),
      "",
    ]),
  ];
}

function failureLines(failure: Failure, paint: Paint): readonly string[] {
  const { file, line, column, text, width, expected, decided, missing, unexpected, why } = failure;
  const gutter = `${line} | `;
  // Tabs stay tabs under the line, so that the marks stand where the statement does.
  const before = text.slice(0, column - 1).replace(/[^\t]/g, " ");
  const fact = (label: string, words: string) => `${label.padEnd(11)}${words}`;
  return [
    `${file}:${line}:${column}`,
    `${paint("dim", gutter)}${text}`,
    `${" ".repeat(gutter.length)}${before}${paint("red", "^".repeat(width))}`,
    fact("expected", expected),
    fact("decided", decided),
    ...(missing.length === 0 ? [] : [fact("missing", missing.join(", "))]),
    ...(unexpected.length === 0 ? [] : [fact("unexpected", unexpected.join(", "))]),
    ...why.map((words, index) => fact(index === 0 ? "why" : "", words)),
  ];
}
