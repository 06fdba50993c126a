// One expression: which part of the checker knows it.
import type { Policy } from "../model/model.ts";
import type { ExpressionNode, LikeNode } from "../syntax/ast.ts";
import { checkArithmetic, checkNegation } from "./arithmetic.ts";
import { checkHas, checkMember } from "./attributes.ts";
import { boolConstant, type Checked, type Checking, type Guards, value } from "./checked.ts";
import { checkEquality, checkOrder } from "./compare.ts";
import { checkOf } from "./expect.ts";
import type { Finding } from "./findings.ts";
import { isLike } from "./fold.ts";
import { checkAnd, checkIf, checkNot, checkOr } from "./logic.ts";
import { checkIn, checkIs } from "./membership.ts";
import { checkCall, checkMethod } from "./methods.ts";
import { checkEntityId, checkLiteral, checkVariable } from "./roots.ts";
import { checkSet } from "./sets.ts";
import type { Circumstance } from "./typed.ts";
import { BOOL, STRING } from "./types.ts";

/** A checker of expressions for one circumstance; what is wrong goes into `findings`. */
export function checkerOf({ entity }: Circumstance, policy: Policy, findings: Finding[]): Checking {
  const checking: Checking = {
    policy,
    entity,
    findings,
    check: (node, guards) => checkExpression(node, guards, checking),
  };
  return checking;
}

function checkExpression(node: ExpressionNode, guards: Guards, checking: Checking): Checked | undefined {
  switch (node.kind) {
    case "String":
    case "Long":
    case "Bool":
      return checkLiteral(node);
    case "Variable":
      return checkVariable(node, checking);
    case "EntityId":
      return checkEntityId(node, checking);
    case "SetLiteral":
      return checkSet(node, guards, checking);
    case "RecordLiteral":
      checking.findings.push({ code: "BWK307", span: node.span, words: { problem: "record" } });
      return undefined;
    case "Unary":
      return node.operator === "!" ? checkNot(node, guards, checking) : checkNegation(node, guards, checking);
    case "Binary":
      return operators[node.operator](node, guards, checking);
    case "If":
      return checkIf(node, guards, checking);
    case "Member":
      return checkMember(node, guards, checking);
    case "Has":
      return checkHas(node, guards, checking);
    case "Like":
      return checkLike(node, guards, checking);
    case "Is":
      return checkIs(node, guards, checking);
    case "Method":
      return checkMethod(node, guards, checking);
    case "Call":
      return checkCall(node, checking);
  }
}

const operators = {
  "||": checkOr,
  "&&": checkAnd,
  "==": checkEquality,
  "!=": checkEquality,
  "<": checkOrder,
  "<=": checkOrder,
  ">": checkOrder,
  ">=": checkOrder,
  in: checkIn,
  "+": checkArithmetic,
  "-": checkArithmetic,
  "*": checkArithmetic,
} as const;

function checkLike(
  { object, pattern, span }: LikeNode,
  guards: Guards,
  checking: Checking,
): Checked | undefined {
  const checked = checkOf(object, [STRING], guards, checking);
  if (checked === undefined) return undefined;
  const { typed: operand, safe } = checked;
  const constant = operand.op === "constant" && typeof operand.value === "string" ? operand.value : undefined;
  return value(
    constant === undefined
      ? { op: "like", type: BOOL, span, operand, pattern }
      : boolConstant(span, isLike(constant, pattern)),
    safe,
  );
}
