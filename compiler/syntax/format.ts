// `format`: the canonical text of a file, checked before it is handed out.
import { type Diagnostic, Report } from "../diagnostics/report.ts";
import type { SourceFile } from "../source.ts";
import type { FileNode } from "./ast.ts";
import { parse } from "./parse.ts";
import { printFile } from "./print/index.ts";
import { plainLines } from "./print/printer.ts";
import { sameTree } from "./same-tree.ts";

/**
 * The canonical text of a file. Undefined, with the diagnostics, where the file has syntax errors. The text is parsed
 * again before it is returned: it holds the same tree and the same comments, and formatting it again changes nothing.
 */
export function format(file: SourceFile): { text: string | undefined; diagnostics: Diagnostic[] } {
  const report = new Report();
  const tree = parse(file, report);
  if (report.hasErrors) return { text: undefined, diagnostics: report.sorted([file]) };
  let text = printFile(tree);
  // Comments in odd places may need a second look to come to rest: behind a moved comment another finds a better place.
  for (let round = 0; round < 8; round++) {
    const again = parse({ name: file.name, text }, report);
    const next = printFile(again);
    if (report.hasErrors || !sound(tree, again)) break;
    if (next === text) return { text, diagnostics: [] };
    text = next;
  }
  report.add("BWK121", { file, start: 0, end: 0 }, {});
  return { text: undefined, diagnostics: report.sorted([file]) };
}

function sound(before: FileNode, after: FileNode): boolean {
  const texts = ({ comments }: FileNode) => comments.map(({ text }) => plainLines(text));
  return sameTree(before, after) && sameTree(texts(before), texts(after));
}
