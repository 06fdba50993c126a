// What the tests of this room share: texts with `<|marked|>` places, and what the parser says about them.
import { type Diagnostic, Report } from "../../compiler/diagnostics/report.ts";
import type { SourceFile } from "../../compiler/source.ts";
import { type FileNode, parse } from "../../compiler/syntax/index.ts";

/** A text without its marks, and the marked ranges in order; `<||>` marks a place between two characters. */
export function marked(source: string): { text: string; ranges: [number, number][] } {
  const ranges: [number, number][] = [];
  let text = "";
  for (const piece of source.split(/(<\||\|>)/)) {
    if (piece === "<|") ranges.push([text.length, -1]);
    else if (piece === "|>") (ranges.findLast(([, end]) => end < 0) as [number, number])[1] = text.length;
    else text += piece;
  }
  return { text, ranges };
}

/** Puts the marks of diagnostics into a text. */
export function mark(text: string, diagnostics: readonly Diagnostic[]): string {
  let result = text;
  for (const { span } of diagnostics.toReversed()) {
    const { start, end } = span;
    result = `${result.slice(0, start)}<|${result.slice(start, end)}|>${result.slice(end)}`;
  }
  return result;
}

export interface Parsed {
  readonly file: SourceFile;
  readonly tree: FileNode;
  readonly diagnostics: readonly Diagnostic[];
}

export function parsed(text: string): Parsed {
  const file = { name: "test.bwk", text };
  const report = new Report();
  const tree = parse(file, report);
  return { file, tree, diagnostics: report.sorted([file]) };
}
