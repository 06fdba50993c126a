// Whether a condition looks at the principal, where nobody asks: a team is to own (semantics.md A3). What the text, the action
// and the kind of the record decide by themselves is left out before, so that `resource is Order && principal.chief` says
// nothing about the principal where the record is no order.
import type { ConditionNode, ExpressionNode, HasNode } from "../../../compiler/syntax/ast.ts";
import { evaluate } from "../expressions/interpret.ts";
import type { Situation } from "../expressions/situation.ts";
import { cannotFail, partsOf } from "./cannot-fail.ts";

export function looksAtPrincipal(
  clauses: readonly Pick<ConditionNode, "form" | "expression">[],
  situation: Situation,
): boolean {
  return clauses.some(
    ({ expression }) => settled(expression, situation) === undefined && looks(expression, situation),
  );
}

/** Whether it has one value, whoever asks about whatever: only the action may stand in it. */
function isFixed(node: ExpressionNode): boolean {
  if (node.kind === "Variable") return node.name === "action";
  return partsOf(node).every(isFixed);
}

/** Whether something declares the first name that is asked for; what nothing declares nobody has. */
function isDeclared({ object, path }: HasNode, { facts, record }: Situation): boolean {
  if (object.kind !== "Variable") return true;
  const name = path[0]?.value ?? "";
  const { context, principals } = facts.policy;
  const isOwn = name === "owner" || name === "businessUnit";
  if (object.name === "resource")
    return isOwn || (record?.entity.attributes ?? []).some((each) => each.name === name);
  const attributes = object.name === "context" ? context : principals.User;
  return object.name === "action" || attributes.some((each) => each.name === name);
}

/** What the text, the action and the kind of the record alone say. */
function settled(node: ExpressionNode, situation: Situation): boolean | undefined {
  if (node.kind === "Unary" && node.operator === "!") {
    const operand = settled(node.operand, situation);
    return operand === undefined ? undefined : !operand;
  }
  if (node.kind === "Binary" && (node.operator === "&&" || node.operator === "||")) {
    const decides = node.operator === "||";
    const left = settled(node.left, situation);
    if (left === decides) return left;
    const right = settled(node.right, situation);
    // What decides on the right decides whatever stands on the left, unless that may fail before.
    return left === !decides || (right === decides && cannotFail(node.left)) ? right : undefined;
  }
  if (node.kind === "If") {
    const condition = settled(node.condition, situation);
    if (condition === undefined) return undefined;
    return settled(condition ? node.then : node.otherwise, situation);
  }
  const kind = situation.record?.entity.name;
  const isResource = (part: ExpressionNode) => part.kind === "Variable" && part.name === "resource";
  if (node.kind === "Is" && isResource(node.object)) {
    if (node.type.value !== kind) return false;
    return node.in === undefined ? true : undefined;
  }
  if (node.kind === "Binary" && (node.operator === "==" || node.operator === "!=")) {
    const other = isResource(node.left) ? node.right : isResource(node.right) ? node.left : undefined;
    if (other?.kind === "EntityId" && other.type.value !== kind) return node.operator === "!=";
  }
  if (node.kind === "Has" && !isDeclared(node, situation)) return false;
  // Whether it has an owner or a unit, its kind says.
  const asksKind =
    node.kind === "Has" &&
    isResource(node.object) &&
    node.path.every(({ value }) => value === "owner" || value === "businessUnit");
  if (!asksKind && !isFixed(node)) return undefined;
  const outcome = evaluate(node, situation);
  return "value" in outcome && typeof outcome.value === "boolean" ? outcome.value : undefined;
}

function looks(node: ExpressionNode, situation: Situation): boolean {
  if (node.kind === "Variable") return node.name === "principal";
  if (settled(node, situation) !== undefined) return false;
  const inside = (part: ExpressionNode): boolean => looks(part, situation);
  if (node.kind === "Binary" && (node.operator === "&&" || node.operator === "||")) {
    const left = settled(node.left, situation);
    if (left !== undefined) return left === (node.operator === "&&") && inside(node.right);
  }
  if (node.kind === "If") {
    const condition = settled(node.condition, situation);
    if (condition !== undefined) return inside(condition ? node.then : node.otherwise);
  }
  return partsOf(node).some(inside);
}
