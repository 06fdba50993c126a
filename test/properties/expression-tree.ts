// Expressions as the syntax tree that the parser is to make of their text; made without it.
import type { ConditionNode, ExpressionNode, NameNode } from "../../compiler/syntax/ast.ts";
import type { ClausePlan, ExpressionPlan } from "./expression-plan.ts";

const span = { file: { name: "project", text: "" }, start: 0, end: 0 };

const nameNode = (value: string): NameNode => ({ kind: "Name", value, span });

export function clauseNode({ form, expression }: ClausePlan): ConditionNode {
  return { kind: "Condition", form, expression: expressionNode(expression), span };
}

export function expressionNode(plan: ExpressionPlan): ExpressionNode {
  switch (plan.op) {
    case "string":
      return { kind: "String", value: plan.value, span };
    case "long": {
      const value = BigInt(plan.value);
      if (!plan.value.startsWith("-")) return { kind: "Long", value, span };
      return { kind: "Unary", operator: "-", operand: { kind: "Long", value: -value, span }, span };
    }
    case "bool":
      return { kind: "Bool", value: plan.value, span };
    case "decimal":
    case "datetime": {
      const text: ExpressionNode = { kind: "String", value: plan.text, span };
      return { kind: "Call", function: nameNode(plan.op), arguments: [text], span };
    }
    case "root":
      return { kind: "Variable", name: plan.name, span };
    case "id":
      return { kind: "EntityId", type: nameNode(plan.type), id: nameNode(plan.id), span };
    case "set":
      return { kind: "SetLiteral", elements: plan.items.map(expressionNode), span };
    case "not":
    case "negate": {
      const operator = plan.op === "not" ? "!" : "-";
      return { kind: "Unary", operator, operand: expressionNode(plan.of), span };
    }
    case "if":
      return {
        kind: "If",
        condition: expressionNode(plan.test),
        // biome-ignore lint/suspicious/noThenProperty: the tree names its parts as the language does
        then: expressionNode(plan.yes),
        otherwise: expressionNode(plan.no),
        span,
      };
    case "get":
      return { kind: "Member", object: expressionNode(plan.of), attribute: nameNode(plan.name), span };
    case "has":
      return { kind: "Has", object: expressionNode(plan.of), path: plan.path.map(nameNode), span };
    case "like":
      return { kind: "Like", object: expressionNode(plan.of), pattern: plan.pattern, span };
    case "is": {
      const within = plan.in === undefined ? undefined : expressionNode(plan.in);
      return { kind: "Is", object: expressionNode(plan.of), type: nameNode(plan.type), in: within, span };
    }
    case "call": {
      const given = plan.given.map(expressionNode);
      const method = nameNode(plan.method);
      return { kind: "Method", object: expressionNode(plan.of), method, arguments: given, span };
    }
    default: {
      const [left, right] = [expressionNode(plan.left), expressionNode(plan.right)];
      return { kind: "Binary", operator: plan.op, left, right, span };
    }
  }
}
