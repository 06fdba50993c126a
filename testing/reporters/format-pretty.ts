import { render } from "../../compiler/index.ts";
import type { Failure, TestReport, TestResult } from "../report.ts";
import { summary } from "./summary.ts";

export interface PrettyOptions {
  readonly color: boolean;
}

const paints = { red: 31, green: 32, bold: 1, dim: 2 } as const;
type Paint = (color: keyof typeof paints, text: string) => string;

const marks = { passed: ["green", "✓"], failed: ["red", "✗"] } as const;

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
      paint("bold", visible(file)),
      ...report.tests.filter((test) => test.file === file).flatMap((test) => testLines(test, paint)),
    ]
      .join("\n")
      .trimEnd(),
  );
  const sums = paint(report.ok ? "green" : "red", summary(report));
  return `${[...diagnostics, ...files, sums].join("\n\n")}\n`;
}

function testLines(test: TestResult, paint: Paint): readonly string[] {
  const [color, mark] = marks[test.status];
  return [
    `  ${paint(color, mark)} ${visible(test.title)}`,
    ...test.failures.flatMap((failure) => [
      "",
      ...failureLines(failure, paint).map((line) => `      ${line}`),
    ]),
    ...(test.failures.length === 0 ? [] : [""]),
  ];
}

function failureLines(failure: Failure, paint: Paint): readonly string[] {
  const { file, line, column, text, width, expected, decided, missing, unexpected, why } = failure;
  const gutter = `${line} | `;
  const fact = (label: string, words: string) => `${label.padEnd(11)}${visible(words)}`;
  return [
    `${visible(file)}:${line}:${column}`,
    `${paint("dim", gutter)}${visible(text)}`,
    `${" ".repeat(gutter.length + column - 1)}${paint("red", "^".repeat(width))}`,
    fact("expected", expected),
    fact("decided", decided),
    ...(missing.length === 0 ? [] : [fact("missing", missing.join(", "))]),
    ...(unexpected.length === 0 ? [] : [fact("unexpected", unexpected.join(", "))]),
    ...why.map((words, index) => fact(index === 0 ? "why" : "", words)),
  ];
}

/** Text of a policy on a terminal: one column for one character, and nothing that steers the terminal. */
function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, " ");
}
