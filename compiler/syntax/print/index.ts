// The formatter: an AST and its comments become text in the one canonical style.
import type { DeclarationNode, FileNode } from "../ast.ts";
import { printDeclared } from "./declarations.ts";
import { type Doc, layout } from "./doc.ts";
import { printOwnerRule, printSettings } from "./people.ts";
import { Printer } from "./printer.ts";
import { printGuardrail } from "./roles.ts";
import { printContext, printEntity, printPrivilege } from "./schema.ts";
import { printTest } from "./tests.ts";

/** Prints a file. Its comments and empty lines are taken from the text in which its spans lie. */
export function printFile(file: FileNode): string {
  const p = new Printer(file.span.file.text, file.comments);
  let text = "";
  let last: { node: DeclarationNode; short: boolean } | undefined;
  for (const node of file.declarations) {
    const apart = last !== undefined && p.blankBefore(last.node.span.end, node);
    const printed = layout(p.item(node, () => printDeclaration(p, node)));
    const short = !printed
      .split("\n")
      .some((line, i, lines) => i < lines.length - 1 && !line.startsWith("//"));
    // Short declarations of one kind that stand together stay together.
    if (last !== undefined)
      text += !apart && last.short && short && last.node.kind === node.kind ? "\n" : "\n\n";
    text += printed;
    last = { node, short };
  }
  const rest = p.rest(last?.node.span.end ?? 0);
  if (rest !== undefined) text += (last === undefined ? "" : rest.blank ? "\n\n" : "\n") + layout(rest.doc);
  return text === "" ? "" : `${text}\n`;
}

function printDeclaration(p: Printer, node: DeclarationNode): Doc {
  switch (node.kind) {
    case "Entity":
      return printEntity(p, node);
    case "Context":
      return printContext(p, node);
    case "Privilege":
      return printPrivilege(p, node);
    case "Guardrail":
      return printGuardrail(p, node);
    case "OwnerRule":
      return printOwnerRule(p, node);
    case "Settings":
      return printSettings(p, node);
    case "Test":
      return printTest(p, node);
    default:
      return printDeclared(p, node);
  }
}
