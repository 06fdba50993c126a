// `+`, `-` and `*` on 64-bit numbers: a constant that does not fit is found here, everything else when it runs.
import { isLong } from "../model/literals.ts";
import type { Span } from "../source.ts";
import type { BinaryNode, UnaryNode } from "../syntax/ast.ts";
import { type Checked, type Checking, type Guards, textOf, value } from "./checked.ts";
import { checkOf } from "./expect.ts";
import { numberOf } from "./fold.ts";
import { LONG } from "./types.ts";

const operations = {
  "+": { op: "add", of: (a: bigint, b: bigint) => a + b },
  "-": { op: "subtract", of: (a: bigint, b: bigint) => a - b },
  "*": { op: "multiply", of: (a: bigint, b: bigint) => a * b },
} as const;

export function checkArithmetic(node: BinaryNode, guards: Guards, checking: Checking): Checked | undefined {
  const { span } = node;
  const left = checkOf(node.left, [LONG], guards, checking);
  const right = checkOf(node.right, [LONG], guards, checking);
  if (left === undefined || right === undefined) return undefined;
  const { op, of } = operations[node.operator as keyof typeof operations];
  const [a, b] = [numberOf(left.typed), numberOf(right.typed)];
  if (a !== undefined && b !== undefined) return constant(of(a, b), span, checking);
  return value({ op, type: LONG, span, left: left.typed, right: right.typed }, false);
}

export function checkNegation(node: UnaryNode, guards: Guards, checking: Checking): Checked | undefined {
  const { operand, span } = node;
  // The smallest number is written with a minus before a number that is too large by itself.
  if (operand.kind === "Long") return constant(-operand.value, span, checking);
  const checked = checkOf(operand, [LONG], guards, checking);
  if (checked === undefined) return undefined;
  const number = numberOf(checked.typed);
  if (number !== undefined) return constant(-number, span, checking);
  return value({ op: "negate", type: LONG, span, operand: checked.typed }, false);
}

function constant(number: bigint, span: Span, { findings }: Checking): Checked | undefined {
  if (isLong(number)) return value({ op: "constant", type: LONG, span, value: number }, true);
  findings.push({ code: "BWK307", span, words: { problem: "overflow", text: textOf(span) } });
  return undefined;
}
