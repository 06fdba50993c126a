// Whether an expression has a value whatever record, principal and request it is asked about: an attribute may be wanting where
// no `has` asked for it before, and numbers may grow too large.
import type { ExpressionNode } from "../../../compiler/syntax/ast.ts";

type Asked = ReadonlySet<string>;

const isNode = (part: unknown): part is ExpressionNode =>
  typeof part === "object" && part !== null && "kind" in part;

/** The parts of an expression, one step down. */
export function partsOf(node: ExpressionNode): readonly ExpressionNode[] {
  return Object.entries(node)
    .filter(([key]) => key !== "span")
    .flatMap(([, part]: [string, unknown]) => (Array.isArray(part) ? part : [part]))
    .filter(isNode);
}

/** What an expression is, wherever it stands. */
const textOf = (node: ExpressionNode): string =>
  JSON.stringify(node, (key, value) => (key === "span" ? undefined : value));

const pathKey = (object: string, names: readonly string[]): string => JSON.stringify([object, ...names]);

/** The names behind a variable or anything else that has attributes. */
function pathOf(node: ExpressionNode): { readonly object: string; readonly names: readonly string[] } {
  if (node.kind !== "Member") return { object: textOf(node), names: [] };
  const { object, names } = pathOf(node.object);
  return { object, names: [...names, node.attribute.value] };
}

/** The attributes that are there where the expression is true. */
function askedBy(node: ExpressionNode): readonly string[] {
  if (node.kind === "Binary" && node.operator === "&&")
    return [...askedBy(node.left), ...askedBy(node.right)];
  if (node.kind !== "Has") return [];
  const { object, names } = pathOf(node.object);
  return node.path.map((_, i) =>
    pathKey(object, [...names, ...node.path.slice(0, i + 1).map(({ value }) => value)]),
  );
}

/** What every record has, without being asked. */
const isOwnField = (node: ExpressionNode): boolean =>
  node.kind === "Member" &&
  node.object.kind === "Variable" &&
  node.object.name === "resource" &&
  ["owner", "businessUnit", "id"].includes(node.attribute.value);

export function cannotFail(node: ExpressionNode, asked: Asked = new Set()): boolean {
  const behind = (test: ExpressionNode): Asked => new Set([...asked, ...askedBy(test)]);
  if (node.kind === "Member") {
    const { object, names } = pathOf(node);
    return cannotFail(node.object, asked) && (isOwnField(node) || asked.has(pathKey(object, names)));
  }
  if (node.kind === "Unary" && node.operator === "-") return false;
  if (node.kind === "Binary") {
    if (["+", "-", "*"].includes(node.operator)) return false;
    if (node.operator === "&&")
      return cannotFail(node.left, asked) && cannotFail(node.right, behind(node.left));
  }
  if (node.kind === "If")
    return (
      cannotFail(node.condition, asked) &&
      cannotFail(node.then, behind(node.condition)) &&
      cannotFail(node.otherwise, asked)
    );
  return partsOf(node).every((part) => cannotFail(part, asked));
}
