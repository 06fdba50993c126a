// Text -> AST: the lexer, the limits, the grammar, the tree builder; each reports what it finds.
import type { IToken } from "chevrotain";
import type { Report } from "../diagnostics/report.ts";
import type { SourceFile } from "../source.ts";
import type { FileNode } from "./ast.ts";
import { Builder, buildDeclarations } from "./build/index.ts";
import type { FileCstNode } from "./cst.gen.ts";
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
  const passed = limitPassed(tokens);
  if (passed !== undefined) {
    const { startOffset: start, image } = passed.token;
    const limit = passed.code === "BWK401" ? nestingLimit : operatorLimit;
    report.add(passed.code, { file, start, end: start + image.length }, { limit });
    return { ...empty, comments, lost: namesIn(tokens) };
  }

  grammar ??= new Grammar();
  const { cst, problems, skipped } = grammar.parse(file.text, tokens);
  for (const problem of problems) if (!explained(problem, troubles)) add(problem, file, report);
  const declarations = buildDeclarations(new Builder(file, report), cst as FileCstNode);
  return { ...empty, declarations, comments, lost: namesIn(skipped) };
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
