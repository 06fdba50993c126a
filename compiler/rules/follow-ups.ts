// One cause gives one code: what a syntax error may have caused is not reported beside it.
import type { Code } from "../diagnostics/catalog.ts";
import { type Diagnostic, Report } from "../diagnostics/report.ts";
import type { SourceFile, Span } from "../source.ts";
import type { FileNode } from "../syntax/ast.ts";
import { walk } from "../syntax/index.ts";
import { decode } from "../syntax/strings.ts";

/**
 * What a text that could not be read cannot have caused. The text may have held a declaration, a field, a setting or a
 * role: what only lacks one of these may be right.
 */
const independent: ReadonlySet<Code> = new Set<Code>([
  "BWK201",
  "BWK202",
  "BWK203",
  "BWK204",
  "BWK205",
  "BWK206",
  "BWK301",
  "BWK302",
  "BWK303",
  "BWK305",
  "BWK306",
  "BWK307",
  "BWK308",
  "BWK309",
  "BWK312",
  "BWK313",
  "BWK404",
]);

/** Mistakes inside something that was read nevertheless: nothing beside them was lost. */
const read: ReadonlySet<Code> = new Set<Code>([
  "BWK104",
  "BWK105",
  "BWK106",
  "BWK107",
  "BWK108",
  "BWK109",
  "BWK116",
  "BWK117",
  "BWK118",
  "BWK119",
  "BWK120",
]);

/** Whether a declaration, a field, a setting or a role may have stood in what could not be read. */
function losesText({ code, span }: Diagnostic, trees: readonly FileNode[]): boolean {
  if (read.has(code)) return false;
  // An invariant and a slot of a template are skipped whole and declare nothing; a namespace is full of declarations.
  if (code === "BWK199") return nameAt(span) === "namespace" || nameAt(span).includes("::");
  // A separator that is missing stands between two things that were both read, unless something was skipped there.
  if (code === "BWK111" || code === "BWK114") return trees.some(({ lost }) => lost.size > 0);
  return true;
}

/** The findings of the parser, and of the others those that the syntax errors do not explain. */
export function withoutFollowUps(
  syntax: Report,
  meaning: Report,
  trees: readonly FileNode[],
  files: readonly SourceFile[],
): Report {
  const report = new Report();
  const first = syntax.sorted(files);
  const broken = syntax.hasErrors;
  const loses = first.some((diagnostic) => losesText(diagnostic, trees));
  // Of a file that is too large nothing was read, so nothing is known about any name.
  const unread = first.some(({ code }) => code === "BWK402");
  const covers = overlapping(first.map(({ span }) => span));
  // A condition in which something could not be read is not what was meant.
  const torn = overlapping(broken ? conditionsOf(trees).filter(covers) : []);
  const lost = new Set(trees.flatMap((tree) => [...tree.lost]));
  const explained = (diagnostic: Diagnostic): boolean =>
    broken &&
    (unread ||
      (loses && !independent.has(diagnostic.code)) ||
      covers(diagnostic.span) ||
      torn(diagnostic.span) ||
      (diagnostic.code === "BWK201" && lost.has(nameAt(diagnostic.span))));
  for (const diagnostic of first) report.take(diagnostic);
  for (const diagnostic of meaning.sorted(files)) if (!explained(diagnostic)) report.take(diagnostic);
  return report;
}

/** Where conditions stand, in the order of files and places. */
function conditionsOf(trees: readonly FileNode[]): readonly Span[] {
  const spans: Span[] = [];
  for (const tree of trees)
    walk(tree, (node) => {
      if (node.kind === "Condition") spans.push(node.span);
    });
  return spans;
}

/** Tells of a place whether one of the spans, in the order of files and places, touches it: one word is one mistake. */
function overlapping(spans: readonly Span[]): (place: Span) => boolean {
  const byFile = new Map<SourceFile, Span[]>();
  for (const span of spans) {
    const list = byFile.get(span.file);
    if (list === undefined) byFile.set(span.file, [span]);
    else list.push(span);
  }
  return ({ file, start, end }) => {
    const list = byFile.get(file) ?? [];
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle] as Span).start < end) low = middle + 1;
      else high = middle;
    }
    const last = list[low - 1];
    return last !== undefined && start < last.end;
  };
}

/** The name that a span covers, without its quotes. */
function nameAt({ file, start, end }: Span): string {
  const text = file.text.slice(start, end);
  return text.startsWith('"') ? decode(text, "name", () => {}).join("") : text;
}
