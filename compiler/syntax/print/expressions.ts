// Chapter 6: expressions, with the parentheses that the tree needs and no more.
import type { BinaryNode, ConditionNode, ExpressionNode, NameNode } from "../ast.ts";
import { printName, printPattern, printText } from "../strings.ts";
import { type Doc, group, indent, join, line, softLine } from "./doc.ts";
import { type Printer, printReference } from "./printer.ts";

const levels: Readonly<Record<BinaryNode["operator"], number>> = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<": 3,
  "<=": 3,
  ">": 3,
  ">=": 3,
  in: 3,
  "+": 4,
  "-": 4,
  "*": 5,
};
/** if, ||, &&, comparison, + and -, *, ! and -, member access and atoms. */
const comparison = 3;
const sum = 4;
const prefix = 6;
const access = 7;

function levelOf(node: ExpressionNode): number {
  switch (node.kind) {
    case "If":
      return 0;
    case "Binary":
      return levels[node.operator];
    case "Has":
    case "Like":
    case "Is":
      return comparison;
    case "Unary":
      return prefix;
    default:
      return access;
  }
}

/** ` when { … } unless { … }`; a guardrail has each on a line of its own, a grant where it fits. */
export function printCondition(p: Printer, node: ConditionNode): Doc {
  return p.node(node, () => {
    const inner = printExpression(p, node.expression);
    return group([node.form, " {", indent([line, inner, p.within(node.span.end)]), line, "}"]);
  });
}

export function printExpression(p: Printer, node: ExpressionNode): Doc {
  return p.node(node, () => printBare(p, node));
}

/** An operand: in parentheses where it binds less tight than its place asks for. */
function operand(p: Printer, node: ExpressionNode, least: number): Doc {
  const comments = p.before(node.span.start);
  const doc = printBare(p, node);
  return [comments, levelOf(node) < least ? group(["(", indent([softLine, doc]), softLine, ")"]) : doc];
}

function printBare(p: Printer, node: ExpressionNode): Doc {
  switch (node.kind) {
    case "String":
      return printText(node.value);
    case "Long":
    case "Bool":
      return String(node.value);
    case "Variable":
      return node.name;
    case "EntityId":
      return printReference(node);
    case "SetLiteral":
      return ["[", p.list(node.elements, (element) => printBare(p, element)), p.within(node.span.end), "]"];
    case "RecordLiteral":
      return printRecordLiteral(p, node);
    case "Unary":
      return [node.operator, operand(p, node.operand, prefix)];
    case "Binary":
      return printBinary(p, node);
    case "If":
      return group([
        ["if ", printExpression(p, node.condition)],
        indent([
          line,
          "then ",
          printExpression(p, node.then),
          line,
          "else ",
          printExpression(p, node.otherwise),
        ]),
      ]);
    case "Member":
      return [operand(p, node.object, access), memberName(p, node.attribute)];
    case "Has":
      return [operand(p, node.object, sum), " has ", printPath(p, node.path)];
    case "Like":
      return [operand(p, node.object, sum), " like ", p.within(node.span.end), printPattern(node.pattern)];
    case "Is": {
      const test: Doc = [operand(p, node.object, sum), " is ", p.name(node.type)];
      return node.in === undefined ? test : [test, " in ", operand(p, node.in, sum)];
    }
    case "Method":
      return [operand(p, node.object, access), ".", p.name(node.method), printArguments(p, node)];
    case "Call":
      return [p.name(node.function), printArguments(p, node)];
  }
}

function printArguments(
  p: Printer,
  node: { readonly arguments: readonly ExpressionNode[]; readonly span: { readonly end: number } },
): Doc {
  return ["(", p.list(node.arguments, (argument) => printBare(p, argument)), p.within(node.span.end), ")"];
}

const word = /^[A-Za-z_][A-Za-z0-9_]*$/;

function memberName(p: Printer, name: NameNode): Doc {
  if (word.test(name.value)) return [".", p.name(name)];
  return ["[", p.node(name, () => printText(name.value)), "]"];
}

/** `a.b.c`, or one name in quotes. */
function printPath(p: Printer, path: readonly NameNode[]): Doc {
  return join(
    path.map((name) => p.node(name, () => (word.test(name.value) ? name.value : printText(name.value)))),
    ".",
  );
}

function printRecordLiteral(p: Printer, node: ExpressionNode & { kind: "RecordLiteral" }): Doc {
  if (node.entries.length === 0) return ["{", p.within(node.span.end), "}"];
  const printed = p.list(node.entries, ({ key, value }) => [
    word.test(key.value) ? printName(key.value) : printText(key.value),
    ": ",
    printExpression(p, value),
  ]);
  return ["{ ", printed, p.within(node.span.end), " }"];
}

/** A chain of one operator is one row: `a && b && c` breaks at every `&&` or at none. */
function printBinary(p: Printer, node: BinaryNode): Doc {
  const level = levels[node.operator];
  const chained = level !== comparison;
  const links: BinaryNode[] = [node];
  let first = node.left;
  while (chained && first.kind === "Binary" && levels[first.operator] === level) {
    links.unshift(first);
    first = first.left;
  }
  const docs: Doc[] = [operand(p, first, chained ? level : level + 1)];
  for (const { operator, right } of links) docs.push(" ", operator, line, operand(p, right, level + 1));
  return group(docs);
}
