// Methods and functions: which there are, what they take, and the texts that `decimal` and `datetime` read.
import { suggest } from "../diagnostics/suggest.ts";
import { readDatetime, readDecimal } from "../model/literals.ts";
import type { CallNode, ExpressionNode, MethodNode, NameNode } from "../syntax/ast.ts";
import { printText } from "../syntax/strings.ts";
import { type Checked, type Checking, type Guards, value } from "./checked.ts";
import { type OrderOperator, ordered } from "./compare.ts";
import { checkOf } from "./expect.ts";
import { callSetMethod } from "./sets.ts";
import type { ValueType } from "./typed.ts";
import { DATETIME, DECIMAL, typeName } from "./types.ts";

const comparisons: ReadonlyMap<string, OrderOperator> = new Map([
  ["lessThan", "<"],
  ["lessThanOrEqual", "<="],
  ["greaterThan", ">"],
  ["greaterThanOrEqual", ">="],
]);
/** How many arguments each method takes. */
const methods: ReadonlyMap<string, number> = new Map([
  ["contains", 1],
  ["containsAll", 1],
  ["containsAny", 1],
  ["isEmpty", 0],
  ...[...comparisons.keys()].map((name) => [name, 1] as const),
]);

export function checkMethod(node: MethodNode, guards: Guards, checking: Checking): Checked | undefined {
  const { method, span } = node;
  const { findings, policy } = checking;
  const expected = methods.get(method.value);
  if (expected === undefined) return unknown("method", method, [...methods.keys()], checking);
  if (!takes(method, expected, node.arguments, checking)) return undefined;
  const [argument] = node.arguments;
  const order = comparisons.get(method.value);
  if (order !== undefined && argument !== undefined) {
    const help = ({ kind }: ValueType): string | undefined =>
      kind === "Long" || kind === "Datetime" ? `say \`${order}\`` : undefined;
    const left = checkOf(node.object, [DECIMAL], guards, checking, help);
    if (left === undefined) {
      checking.check(argument, guards);
      return undefined;
    }
    const right = checkOf(argument, [DECIMAL], guards, checking);
    return right === undefined ? undefined : ordered(order, left, right, span);
  }
  const object = checking.check(node.object, guards);
  const given = argument === undefined ? undefined : checking.check(argument, guards);
  if (object === undefined || (argument !== undefined && given === undefined)) return undefined;
  if (object.typed.type.kind === "Set") return callSetMethod(node, object, given, checking);
  const found = typeName(object.typed.type, policy);
  findings.push({
    code: "BWK307",
    span: node.object.span,
    words: { problem: "type", expected: ["Set"], found, help: `\`${method.value}\` is a method of sets` },
  });
  return undefined;
}

function takes(
  { value: name, span }: NameNode,
  expected: number,
  given: readonly ExpressionNode[],
  { findings }: Checking,
): boolean {
  const found = given.length;
  if (found !== expected)
    findings.push({ code: "BWK307", span, words: { problem: "arguments", name, expected, found } });
  return found === expected;
}

function unknown(
  kind: "function" | "method",
  { value: name, span }: NameNode,
  known: readonly string[],
  { findings }: Checking,
): undefined {
  if (name !== "")
    findings.push({
      code: "BWK307",
      span,
      words: { problem: "unknown", kind, name, suggestion: suggest(name, known), known },
    });
}

const functions = {
  decimal: {
    read: readDecimal,
    type: DECIMAL,
    example: 'decimal("1.5")',
    help: "write one to four digits behind a point: `-12.5`, within 64 bits of ten-thousandths",
  },
  datetime: {
    read: readDatetime,
    type: DATETIME,
    example: 'datetime("2026-01-31")',
    help: "write `2026-01-31`, `2026-01-31T09:30:00Z`, `2026-01-31T09:30:00.500Z` or `2026-01-31T09:30:00+0200`",
  },
} as const;

/** `decimal("…")` and `datetime("…")`, whose texts are read here. */
export function checkCall(node: CallNode, checking: Checking): Checked | undefined {
  const { function: called, span } = node;
  const { findings } = checking;
  const name = called.value;
  if (name !== "decimal" && name !== "datetime")
    return unknown("function", called, Object.keys(functions), checking);
  if (!takes(called, 1, node.arguments, checking)) return undefined;
  const [argument] = node.arguments as [ExpressionNode];
  const { read, type, example, help } = functions[name];
  if (argument.kind !== "String") {
    findings.push({ code: "BWK307", span: argument.span, words: { problem: "literal", name, example } });
    return undefined;
  }
  const number = read(argument.value);
  if (number !== undefined) return value({ op: "constant", type, span, value: number }, true);
  const text = printText(argument.value);
  findings.push({
    code: "BWK307",
    span: argument.span,
    words: { problem: "malformed", text, kind: name, help },
  });
  return undefined;
}
