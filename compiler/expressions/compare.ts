// `==`, `!=`, `<`, `<=`, `>`, `>=`, and the methods that compare decimals.
import type { Span } from "../source.ts";
import type { BinaryNode, ExpressionNode } from "../syntax/ast.ts";
import {
  boolConstant,
  type Checked,
  type Checking,
  type Guards,
  settled,
  settledAfter,
  value,
} from "./checked.ts";
import { checkOf } from "./expect.ts";
import { constantKey, numberOf } from "./fold.ts";
import { negated } from "./logic.ts";
import { isAbsentResource } from "./roots.ts";
import type { Typed, ValueType } from "./typed.ts";
import { BOOL, comparable, DATETIME, LONG, typeName } from "./types.ts";

/** `==` and `!=`: of equal types, which two kinds of entities are not. */
export function checkEquality(node: BinaryNode, guards: Guards, checking: Checking): Checked | undefined {
  const { left, right, span } = node;
  const same = isAbsentResource(left, checking)
    ? absentEquals(right, span, guards, checking)
    : isAbsentResource(right, checking)
      ? absentEquals(left, span, guards, checking)
      : checkEqual(node, guards, checking);
  return same === undefined || node.operator === "==" ? same : negated(same, span);
}

/** Where there is no record, `resource` equals nothing but itself. */
function absentEquals(
  other: ExpressionNode,
  span: Span,
  guards: Guards,
  checking: Checking,
): Checked | undefined {
  if (isAbsentResource(other, checking)) return settled(span, true);
  const checked = checking.check(other, guards);
  return checked === undefined ? undefined : settledAfter(span, [checked], false);
}

function checkEqual(node: BinaryNode, guards: Guards, checking: Checking): Checked | undefined {
  const left = checking.check(node.left, guards);
  const right = checking.check(node.right, guards);
  if (left === undefined || right === undefined) return undefined;
  const { span } = node;
  if (!comparable(left.typed.type, right.typed.type)) {
    // A policy over several entities may name a record of one of them.
    if (isOtherRecord(left.typed, right.typed) || isOtherRecord(right.typed, left.typed))
      return settledAfter(span, [left, right], false);
    const help = helpFor(left.typed, right.typed) ?? helpFor(right.typed, left.typed);
    checking.findings.push({
      code: "BWK307",
      span,
      words: {
        problem: "incomparable",
        left: typeName(left.typed.type, checking.policy),
        right: typeName(right.typed.type, checking.policy),
        ...(help === undefined ? {} : { help }),
      },
    });
    return undefined;
  }
  if (holdsActions(left.typed.type)) {
    const type = typeName(left.typed.type, checking.policy);
    const help = "ask `action in […]`, or `[…].contains(action)`";
    checking.findings.push({
      code: "BWK307",
      span,
      words: { problem: "incomparable", left: type, right: type, help },
    });
    return undefined;
  }
  const checked = equal(left, right, span);
  // Two literals settle it by their types alone, as in Cedar.
  const literal = isLiteral(node.left) && isLiteral(node.right) && checked.typed.op === "constant";
  return literal ? settled(span, checked.typed.value === true) : checked;
}

/** Actions are settled before a condition runs; a set of them is no value then. */
export function holdsActions(type: ValueType): boolean {
  return type.kind === "Set" && type.element?.kind === "Entity" && type.element.of === "Action";
}

function isLiteral({ kind }: ExpressionNode): boolean {
  return kind === "String" || kind === "Long" || kind === "Bool" || kind === "EntityId";
}

export function equal(left: Checked, right: Checked, span: Span): Checked {
  const [a, b] = [constantKey(left.typed), constantKey(right.typed)];
  const typed: Typed =
    a === undefined || b === undefined
      ? { op: "equal", type: BOOL, span, left: left.typed, right: right.typed }
      : boolConstant(span, a === b);
  return value(typed, left.safe && right.safe);
}

/** The record in question, and a record of another entity: never equal. */
function isOtherRecord(a: Typed, b: Typed): boolean {
  return a.op === "resource" && b.type.kind === "Entity" && typeof b.type.of === "number";
}

function helpFor({ type: a, op }: Typed, { type: b }: Typed): string | undefined {
  if (a.kind !== "Entity" || b.kind !== "Entity") return undefined;
  const isPrincipal = a.of === "User" || a.of === "Principal" || a.of === "Team";
  const isGroup = b.of === "Team" || b.of === "Role" || b.of === "BusinessUnit";
  if (isPrincipal && isGroup) return "say `in` instead of `==`";
  return op === "resource" && b.of === "BusinessUnit" ? "say `in` instead of `==`" : undefined;
}

const methodOf: Readonly<Record<string, string>> = {
  "<": "lessThan",
  "<=": "lessThanOrEqual",
  ">": "greaterThan",
  ">=": "greaterThanOrEqual",
};

/** `<` and its like: two numbers, or two datetimes. */
export function checkOrder(node: BinaryNode, guards: Guards, checking: Checking): Checked | undefined {
  const { span } = node;
  const operator = node.operator as OrderOperator;
  const help = ({ kind }: ValueType): string | undefined =>
    kind === "Decimal" ? `decimals are compared by methods: \`a.${methodOf[operator]}(b)\`` : undefined;
  const left = checkOf(node.left, [LONG, DATETIME], guards, checking, help);
  if (left === undefined) {
    checking.check(node.right, guards);
    return undefined;
  }
  const right = checkOf(node.right, [left.typed.type], guards, checking, help);
  return right === undefined ? undefined : ordered(operator, left, right, span);
}

const orders = {
  "<": { op: "less", holds: (a: bigint, b: bigint) => a < b },
  "<=": { op: "lessOrEqual", holds: (a: bigint, b: bigint) => a <= b },
  ">": { op: "greater", holds: (a: bigint, b: bigint) => a > b },
  ">=": { op: "greaterOrEqual", holds: (a: bigint, b: bigint) => a >= b },
} as const;

export type OrderOperator = keyof typeof orders;

export function ordered(operator: OrderOperator, left: Checked, right: Checked, span: Span): Checked {
  const { op, holds } = orders[operator];
  const [a, b] = [numberOf(left.typed), numberOf(right.typed)];
  const typed: Typed =
    a === undefined || b === undefined
      ? { op, type: BOOL, span, left: left.typed, right: right.typed }
      : boolConstant(span, holds(a, b));
  return value(typed, left.safe && right.safe);
}
