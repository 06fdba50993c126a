// Text -> AST: the lexer, the limits, the grammar, the tree builder; each reports what it finds.
import type { IToken } from "chevrotain";
import type { Report } from "../diagnostics/report.ts";
import type { SourceFile } from "../source.ts";
import type { FileNode, OperationNode } from "./ast.ts";
import { Builder, buildDeclarations, buildOperation } from "./build/index.ts";
import type { FileCstNode, LoneCstNode } from "./cst.gen.ts";
import { Grammar } from "./grammar/index.ts";
import type { Problem } from "./grammar/recovery.ts";
import { lex } from "./lex.ts";
import { limitPassed, nestingLimit, operatorLimit, textLimit } from "./limits.ts";
import { decode } from "./strings.ts";
import { NameLike } from "./tokens.ts";

/** One parser serves all files: making one takes longer than parsing a file. */
let grammar: Grammar | undefined;

/**
 * Parses one file. Syntax errors go to the report; what could be understood around them is in the tree. Never throws for
 * what a text holds.
 */
export function parse(file: SourceFile, report: Report): FileNode {
  const empty = { kind: "File", span: { file, start: 0, end: file.text.length }, declarations: [] } as const;
  if (file.text.length > textLimit) {
    report.add("BWK402", { file, start: 0, end: 0 }, { limit: textLimit });
    return { ...empty, comments: [], lost: new Set() };
  }
  const { tokens, comments, troubles } = lex(file, report);
  if (isTooDeep(tokens, file, report)) return { ...empty, comments, lost: namesIn(tokens) };

  grammar ??= new Grammar();
  const { cst, problems, skipped } = grammar.parse(file.text, tokens);
  for (const problem of problems) if (!explained(problem, troubles)) add(problem, file, report);
  const declarations = buildDeclarations(new Builder(file, report), cst as FileCstNode);
  return { ...empty, declarations, comments, lost: namesIn(skipped) };
}

/**
 * Parses one operation that stands by itself, in the words of a policy test: `assign acc1 to dora`. Undefined where the
 * report has an error. Never throws for what the text holds.
 */
export function parseOperation(file: SourceFile, report: Report): OperationNode | undefined {
  if (file.text.length > textLimit) {
    report.add("BWK402", { file, start: 0, end: 0 }, { limit: textLimit });
    return undefined;
  }
  const { tokens, troubles } = lex(file, report);
  if (isTooDeep(tokens, file, report)) return undefined;
  grammar ??= new Grammar();
  const { cst, problems } = grammar.parseLone(file.text, tokens);
  for (const problem of problems) if (!explained(problem, troubles)) add(problem, file, report);
  const [operation] = (cst as LoneCstNode).children.operation ?? [];
  if (report.hasErrors || operation === undefined) return undefined;
  const node = buildOperation(new Builder(file, report), operation);
  return report.hasErrors ? undefined : node;
}

function isTooDeep(tokens: IToken[], file: SourceFile, report: Report): boolean {
  const passed = limitPassed(tokens);
  if (passed === undefined) return false;
  const { startOffset: start, image } = passed.token;
  const limit = passed.code === "BWK401" ? nestingLimit : operatorLimit;
  report.add(passed.code, { file, start, end: start + image.length }, { limit });
  return true;
}

/** Whether a broken token inside the broken item is why it is broken: that was reported already. */
function explained({ from, end }: Problem, troubles: readonly number[]): boolean {
  return troubles.some((offset) => offset >= from && offset <= end);
}

function add({ code, start, end, args, opened }: Problem, file: SourceFile, report: Report): void {
  const related =
    opened === undefined
      ? []
      : [
          {
            span: { file, start: opened.startOffset, end: opened.startOffset + opened.image.length },
            message: "the block is opened here",
          },
        ];
  report.add(code, { file, start, end }, args, related);
}

function namesIn(tokens: readonly IToken[]): Set<string> {
  const names = tokens.filter(({ tokenType }) => tokenType.CATEGORIES?.includes(NameLike));
  return new Set(
    names.map(({ image }) => (image.startsWith('"') ? decode(image, "name", () => {}).join("") : image)),
  );
}
