import { lineText, positionOf, type Span } from "../source.ts";
import type { Diagnostic } from "./report.ts";

const control = "\u001b[";
const styles = { bold: "1", red: "1;31", yellow: "1;33", blue: "1;34" } as const;
type Paint = (style: keyof typeof styles, text: string) => string;

const coloured: Paint = (style, text) => `${control}${styles[style]}m${text}${control}0m`;
const plain: Paint = (_, text) => text;

/** How much of a long line is shown. */
const shownWidth = 120;

/**
 * Diagnostics for people, one after the other:
 *
 *     error[BWK201]: unknown entity `Acount`
 *       --> sales.bwk:3:18
 *        |
 *      3 |   permit read on Acount at user;
 *        |                  ^^^^^^
 *        = help: did you mean `Account`?
 */
export function render(
  diagnostics: readonly Diagnostic[],
  options: { readonly color?: boolean } = {},
): string {
  const paint = options.color === true ? coloured : plain;
  return diagnostics.map((diagnostic) => renderOne(diagnostic, paint)).join("\n");
}

function renderOne({ code, severity, message, span, help, related }: Diagnostic, paint: Paint): string {
  const color = severity === "error" ? "red" : "yellow";
  const gutter = Math.max(...[span, ...related.map((other) => other.span)].map(gutterOf));
  const bar = `${" ".repeat(gutter)} ${paint("blue", "|")}`;
  const lines = [`${paint(color, `${severity}[${code}]`)}${paint("bold", `: ${message}`)}`];
  lines.push(...excerpt(span, gutter, color, paint));
  for (const other of related) {
    lines.push(bar, `${bar} ${other.message}`, ...excerpt(other.span, gutter, "blue", paint));
  }
  if (help !== undefined)
    lines.push(`${" ".repeat(gutter)} ${paint("blue", "=")} ${paint("bold", "help")}: ${help}`);
  return `${lines.join("\n")}\n`;
}

const gutterOf = (span: Span): number => String(positionOf(span.file, span.start).line).length + 1;

function excerpt(span: Span, gutter: number, color: "red" | "yellow" | "blue", paint: Paint): string[] {
  const { file, start, end } = span;
  const { line, column } = positionOf(file, start);
  const text = lineText(file, line);
  const length = Math.max(1, Math.min(end - start, text.length - column + 1));
  const { shown, before, width } = cut(text, column - 1, length);
  const empty = `${" ".repeat(gutter)} ${paint("blue", "|")}`;
  return [
    `${" ".repeat(gutter)}${paint("blue", "-->")} ${file.name}:${line}:${column}`,
    empty,
    `${paint("blue", `${String(line).padStart(gutter)} |`)} ${shown}`.trimEnd(),
    `${empty} ${" ".repeat(before)}${paint(color, "^".repeat(width))}`,
  ];
}

/** A long line is cut around the caret; tabs become blanks so that the caret stands where it should. */
function cut(text: string, at: number, length: number): { shown: string; before: number; width: number } {
  const line = visible(text);
  if (line.length <= shownWidth) return { shown: line, before: at, width: length };
  const from = Math.max(0, Math.min(at - 40, line.length - shownWidth));
  const head = from > 0 ? "…" : "";
  const tail = from + shownWidth < line.length ? "…" : "";
  const shown = `${head}${line.slice(from, from + shownWidth)}${tail}`;
  return { shown, before: at - from + head.length, width: Math.min(length, from + shownWidth - at) };
}

/** One column for one character: tabs and control characters would move or hide what stands behind them. */
function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal must not be sent what a policy file holds
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, (char) => (char === "\t" ? " " : "\ufffd"));
}

/** A diagnostic as a JSON value: places as people count, from 1, the end behind the last character. */
export interface DiagnosticJson {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly help?: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly related: readonly (Place & { readonly message: string })[];
}

type Place = Pick<DiagnosticJson, "file" | "line" | "column" | "endLine" | "endColumn">;

/** The diagnostics as plain values, ready for `JSON.stringify`. */
export function diagnosticsToJson(diagnostics: readonly Diagnostic[]): DiagnosticJson[] {
  return diagnostics.map(({ code, severity, message, help, span, related }) => ({
    code,
    severity,
    message,
    ...(help === undefined ? {} : { help }),
    ...placeOf(span),
    related: related.map((other) => ({ message: other.message, ...placeOf(other.span) })),
  }));
}

/** The diagnostics as one JSON text. */
export function renderJson(diagnostics: readonly Diagnostic[]): string {
  return `${JSON.stringify(diagnosticsToJson(diagnostics), null, 2)}\n`;
}

function placeOf({ file, start, end }: Span): Place {
  const first = positionOf(file, start);
  const last = positionOf(file, end);
  return {
    file: file.name,
    line: first.line,
    column: first.column,
    endLine: last.line,
    endColumn: last.column,
  };
}
