// `["a", "b"]`, and the methods of sets.
import type { Span } from "../source.ts";
import type { MethodNode, SetLiteralNode } from "../syntax/ast.ts";
import { boolConstant, type Checked, type Checking, type Guards, settledAfter, value } from "./checked.ts";
import { equal, holdsActions } from "./compare.ts";
import { constantKey, elementKeys } from "./fold.ts";
import { setLimit } from "./limits.ts";
import type { Typed, ValueType } from "./typed.ts";
import { BOOL, comparable, sameType, typeName } from "./types.ts";

/** A set written out: values of one type, at least one, and no sets. */
export function checkSet(node: SetLiteralNode, guards: Guards, checking: Checking): Checked | undefined {
  const { span, elements } = node;
  const { findings, policy } = checking;
  if (elements.length === 0) {
    findings.push({ code: "BWK307", span, words: { problem: "empty set" } });
    return undefined;
  }
  if (elements.length > setLimit) {
    findings.push({ code: "BWK405", span, words: { limit: setLimit, found: elements.length } });
    return undefined;
  }
  const checked = elements.map((element) => checking.check(element, guards));
  const members = checked.filter((element) => element !== undefined);
  const first = members[0]?.typed.type;
  if (first === undefined || members.length < elements.length) return undefined;
  const odd = members.find(({ typed }) => !sameType(typed.type, first));
  if (odd !== undefined) {
    const [one, other] = [typeName(first, policy), typeName(odd.typed.type, policy)];
    findings.push({
      code: "BWK307",
      span: odd.typed.span,
      words: { problem: "mixed set", first: one, other },
    });
    return undefined;
  }
  if (first.kind === "Set") {
    findings.push({ code: "BWK307", span, words: { problem: "set of sets" } });
    return undefined;
  }
  const type: ValueType = { kind: "Set", element: first };
  const typed: Typed = { op: "set", type, span, elements: members.map((member) => member.typed) };
  return value(
    typed,
    members.every(({ safe }) => safe),
  );
}

/** `s.contains(e)`, `s.containsAll(t)`, `s.containsAny(t)`, `s.isEmpty()` of a set whose operands have been checked. */
export function callSetMethod(
  node: MethodNode,
  object: Checked,
  argument: Checked | undefined,
  checking: Checking,
): Checked | undefined {
  const { span } = node;
  if (argument === undefined) return isEmpty(object, span);
  const element = (object.typed.type as ValueType & { kind: "Set" }).element as ValueType;
  const one = node.method.value === "contains";
  const expected: ValueType = one ? element : { kind: "Set", element };
  const found = argument.typed.type;
  const fits = one
    ? comparable(element, found)
    : found.kind === "Set" && comparable(element, found.element as ValueType);
  if (!fits) {
    checking.findings.push({
      code: "BWK307",
      span: argument.typed.span,
      words: {
        problem: "type",
        expected: [typeName(expected, checking.policy)],
        found: typeName(found, checking.policy),
      },
    });
    return undefined;
  }
  if (one)
    return holdsActions(object.typed.type) ? oneOf(object, argument, span) : contains(object, argument, span);
  return containsMany(node.method.value as "containsAll" | "containsAny", object, argument, span, checking);
}

/** A set written out has elements. */
function isEmpty(object: Checked, span: Span): Checked {
  if (object.typed.op === "set") return { ...settledAfter(span, [object], false), truth: undefined };
  return value({ op: "isEmpty", type: BOOL, span, operand: object.typed }, object.safe);
}

function contains(object: Checked, argument: Checked, span: Span): Checked {
  const [keys, key] = [elementKeys(object.typed), constantKey(argument.typed)];
  const typed: Typed =
    keys === undefined || key === undefined
      ? { op: "contains", type: BOOL, span, left: object.typed, right: argument.typed }
      : boolConstant(span, keys.has(key));
  return value(typed, object.safe && argument.safe);
}

/** Whether an action is one of a set: a comparison with each, because each is settled before the condition runs. */
function oneOf({ typed }: Checked, action: Checked, span: Span): Checked {
  const elements = (typed as Typed & { op: "set" }).elements;
  return value(
    balanced(
      "or",
      elements.map((element) => equal(action, value(element, true), span).typed),
      span,
    ),
    true,
  );
}

function containsMany(
  op: "containsAll" | "containsAny",
  object: Checked,
  argument: Checked,
  span: Span,
  checking: Checking,
): Checked | undefined {
  if (holdsActions(object.typed.type)) {
    const type = typeName(object.typed.type, checking.policy);
    const help = "ask `action in […]`, or `[…].contains(action)`";
    checking.findings.push({
      code: "BWK307",
      span,
      words: { problem: "incomparable", left: type, right: type, help },
    });
    return undefined;
  }
  const [all, asked] = [elementKeys(object.typed), elementKeys(argument.typed)];
  const typed: Typed =
    all === undefined || asked === undefined
      ? { op, type: BOOL, span, left: object.typed, right: argument.typed }
      : boolConstant(
          span,
          op === "containsAll"
            ? [...asked].every((key) => all.has(key))
            : [...asked].some((key) => all.has(key)),
        );
  return value(typed, object.safe && argument.safe);
}

/** A chain of `and` or `or` in the given order, as shallow as it can be. */
export function balanced(op: "and" | "or", parts: readonly Typed[], span: Span): Typed {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  const half = parts.length >> 1;
  const [left, right] = [balanced(op, parts.slice(0, half), span), balanced(op, parts.slice(half), span)];
  return { op, type: BOOL, span, left, right };
}
