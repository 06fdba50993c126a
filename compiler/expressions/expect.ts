import type { ExpressionNode } from "../syntax/ast.ts";
import type { Checked, Checking, Guards } from "./checked.ts";
import type { ValueType } from "./typed.ts";
import { sameType, typeName } from "./types.ts";

/** Checks an expression that must have one of these types; BWK307 at it otherwise. */
export function checkOf(
  node: ExpressionNode,
  types: readonly ValueType[],
  guards: Guards,
  checking: Checking,
  help?: (found: ValueType) => string | undefined,
): Checked | undefined {
  const checked = checking.check(node, guards);
  if (checked === undefined) return undefined;
  const { type } = checked.typed;
  if (types.some((expected) => sameType(expected, type))) return checked;
  const mend = help?.(type);
  checking.findings.push({
    code: "BWK307",
    span: node.span,
    words: {
      problem: "type",
      expected: types.map((expected) => typeName(expected, checking.policy)),
      found: typeName(type, checking.policy),
      ...(mend === undefined ? {} : { help: mend }),
    },
  });
  return undefined;
}
