import { withParts } from "../../expressions/index.ts";
import type { Typed } from "../../expressions/typed.ts";

function constant(of: Typed, value: boolean): Typed {
  return { op: "constant", type: { kind: "Bool" }, span: of.span, value };
}

const isConstant = (typed: Typed, value: boolean): boolean =>
  typed.op === "constant" && typed.value === value;

/** The action that an expression names or is, where it is one. */
function actionOf(typed: Typed, asked: string): string | undefined {
  if (typed.op === "action") return asked;
  return typed.op === "entity" && typed.of === "Action" ? typed.id : undefined;
}

/**
 * The expression as it stands for one action: comparisons of actions become constants, and what they decide is dropped.
 * An operand that may err is kept where it would have been reached.
 */
export function specialize(typed: Typed, action: string): Typed {
  const inner = (part: Typed): Typed => specialize(part, action);
  switch (typed.op) {
    case "equal":
    case "in": {
      const left = actionOf(typed.left, action);
      const right = actionOf(typed.right, action);
      if (left !== undefined && right !== undefined) return constant(typed, left === right);
      return withParts(typed, inner);
    }
    case "and":
    case "or": {
      const left = inner(typed.left);
      const decides = typed.op === "or";
      if (isConstant(left, decides)) return left;
      const right = inner(typed.right);
      if (isConstant(left, !decides)) return right;
      return isConstant(right, !decides) ? left : { ...typed, left, right };
    }
    case "not": {
      const operand = inner(typed.operand);
      return operand.op === "constant" ? constant(typed, operand.value !== true) : { ...typed, operand };
    }
    case "if": {
      const condition = inner(typed.condition);
      if (isConstant(condition, true)) return inner(typed.consequent);
      if (isConstant(condition, false)) return inner(typed.otherwise);
      return withParts(typed, inner);
    }
    default:
      return withParts(typed, inner);
  }
}
