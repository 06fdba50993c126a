// Conditions, read from the syntax tree as they stand (language.md sections 5 and 6): the meaning is Cedar's. Like the rest
// of the twin this shares no code with the compiler; it knows the shape of the tree and nothing else.
import type { ConditionNode, ExpressionNode } from "../../../compiler/syntax/ast.ts";
import { attribute, has } from "./attributes.ts";
import { datetimeOf, decimalOf, inRange } from "./literals.ts";
import { callMethod, isLike, operate } from "./operators.ts";
import { principalOf, resourceOf, type Situation } from "./situation.ts";
import {
  asBool,
  asEntity,
  asLong,
  asText,
  EvaluationError,
  type ExpressionValue,
  type Fault,
  setOf,
} from "./values.ts";

/** What became of an expression: a value, or the reason why there is none. */
export type Outcome<T> = { readonly value: T } | { readonly fault: Fault; readonly message: string };

function outcomeOf<T>(compute: () => T): Outcome<T> {
  try {
    return { value: compute() };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return { fault: error.fault, message: error.message };
  }
}

/** What an expression is worth in a situation. */
export function evaluate(expression: ExpressionNode, situation: Situation): Outcome<ExpressionValue> {
  return outcomeOf(() => interpret(expression, situation));
}

/** Whether a condition holds: every `when` and no `unless`, in order; what comes after the first that decides is not looked at. */
export function evaluateCondition(
  clauses: readonly Pick<ConditionNode, "form" | "expression">[],
  situation: Situation,
): Outcome<boolean> {
  return outcomeOf(() =>
    clauses.every(({ form, expression }) => asBool(interpret(expression, situation)) === (form === "when")),
  );
}

function interpret(node: ExpressionNode, situation: Situation): ExpressionValue {
  const worth = (part: ExpressionNode): ExpressionValue => interpret(part, situation);
  switch (node.kind) {
    case "String":
    case "Bool":
      return node.value;
    case "Long":
      return inRange(node.value);
    case "Variable":
      return root(node.name, situation);
    case "EntityId":
      return { kind: "entity", type: node.type.value, id: node.id.value };
    case "SetLiteral":
      return setOf(node.elements.map(worth));
    case "Unary":
      if (node.operator === "!") return !asBool(worth(node.operand));
      // The smallest number is written with a minus before a number that is too large by itself.
      return inRange(-(node.operand.kind === "Long" ? node.operand.value : asLong(worth(node.operand))));
    case "Binary":
      // `&&` and `||` look at their right side only where the left one does not decide.
      if (node.operator === "&&") return asBool(worth(node.left)) && asBool(worth(node.right));
      if (node.operator === "||") return asBool(worth(node.left)) || asBool(worth(node.right));
      return operate(node.operator, worth(node.left), worth(node.right), situation);
    case "If":
      return asBool(worth(node.condition)) ? worth(node.then) : worth(node.otherwise);
    case "Member":
      return attribute(worth(node.object), node.attribute.value, situation);
    case "Has":
      return has(
        worth(node.object),
        node.path.map((name) => name.value),
        situation,
      );
    case "Like":
      return isLike(asText(worth(node.object)), node.pattern);
    case "Is": {
      const entity = asEntity(worth(node.object));
      if (entity.type !== node.type.value) return false;
      return node.in === undefined || asBool(operate("in", entity, worth(node.in), situation));
    }
    case "Method":
      return callMethod(node.method.value, worth(node.object), node.arguments.map(worth));
    case "Call":
      return construct(node.function.value, node.arguments.map(worth));
    case "RecordLiteral":
      throw new EvaluationError("type", "records are no values of this language");
  }
}

function root(name: "principal" | "resource" | "context" | "action", situation: Situation): ExpressionValue {
  switch (name) {
    case "principal":
      return principalOf(situation);
    case "resource":
      return resourceOf(situation);
    case "action":
      return { kind: "entity", type: "Action", id: situation.action };
    case "context":
      return { kind: "context" };
  }
}

function construct(name: string, given: readonly ExpressionValue[]): ExpressionValue {
  const [text, second] = given;
  if (text === undefined || second !== undefined || (name !== "decimal" && name !== "datetime"))
    throw new EvaluationError("type", `there is no function ${name} with ${given.length} arguments`);
  return name === "decimal" ? decimalOf(asText(text)) : datetimeOf(asText(text));
}
