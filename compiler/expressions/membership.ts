// `e in f`, `e is T` and `e is T in f` (language.md section 6).
import type { Entity } from "../model/model.ts";
import type { BinaryNode, ExpressionNode, IsNode } from "../syntax/ast.ts";
import { type Checked, type Checking, type Guards, settled, settledAfter, value } from "./checked.ts";
import { equal } from "./compare.ts";
import { and, negated } from "./logic.ts";
import { isAbsentResource, kindOfName } from "./roots.ts";
import { balanced } from "./sets.ts";
import type { EntityKind, Typed, ValueType } from "./typed.ts";
import { BOOL, kindName, typeName } from "./types.ts";

export function checkIn(node: BinaryNode, guards: Guards, checking: Checking): Checked | undefined {
  return checkMembership(node.left, node.right, node.span, guards, checking);
}

function checkMembership(
  member: ExpressionNode,
  group: ExpressionNode,
  span: Typed["span"],
  guards: Guards,
  checking: Checking,
): Checked | undefined {
  const right = checking.check(group, guards);
  // Where there is no record, it is in nothing.
  if (isAbsentResource(member, checking))
    return right === undefined ? undefined : settledAfter(span, [right], false);
  const left = checking.check(member, guards);
  if (left === undefined || right === undefined) return undefined;
  const groups = right.typed.op === "set" ? right.typed.elements : [right.typed];
  const [from, to] = [left.typed.type, (groups[0] as Typed).type];
  if (from.kind !== "Entity" || to.kind !== "Entity") {
    const wrong = from.kind === "Entity" ? right.typed : left.typed;
    checking.findings.push({
      code: "BWK307",
      span: from.kind === "Entity" ? group.span : member.span,
      words: {
        problem: "no entity",
        found: typeName(wrong.type, checking.policy),
        help: helpFor(from, right.typed.type),
      },
    });
    return undefined;
  }
  const relation = relationOf(left.typed, from.of, to.of, checking);
  if (relation === "error") {
    const names = { left: kindName(from.of, checking.policy), right: kindName(to.of, checking.policy) };
    checking.findings.push({ code: "BWK307", span, words: { problem: "not in", ...names } });
    return undefined;
  }
  if (relation === "never") return settledAfter(span, [left, right], false);
  const one = (element: Typed): Typed => {
    if (relation === "equal") return equal(left, value(element, right.safe), span).typed;
    return { op: "in", type: BOOL, span, left: left.typed, right: element };
  };
  return withAll(left, right, groups.map(one), span);
}

const helpFor = (from: ValueType, to: ValueType): string =>
  from.kind !== "Entity" && to.kind === "Set"
    ? "turn it round: a set of texts or numbers is asked with `.contains(…)`"
    : "`in` asks about people, places, records and actions";

/**
 * Whether one of the tests holds; a group that cannot be computed fails even behind one that holds. What is asked about is
 * computed before all groups, so that its error is the one that is told.
 */
function withAll(left: Checked, groups: Checked, tests: readonly Typed[], span: Typed["span"]): Checked {
  const any = value(foldedOr(tests, span), left.safe && groups.safe);
  if (groups.safe || tests.length === 1) return any;
  return and(settledAfter(span, [left, ...elementsOf(groups)], true), any, span);
}

function foldedOr(tests: readonly Typed[], span: Typed["span"]): Typed {
  const certain = tests.find((test) => test.op === "constant" && test.value === true);
  if (certain !== undefined) return certain;
  const open = tests.filter((test) => test.op !== "constant");
  return open.length === 0 ? (tests[0] as Typed) : balanced("or", open, span);
}

/** The elements of a set that may fail. */
function elementsOf({ typed }: Checked): readonly Checked[] {
  const elements = (typed as Typed & { op: "set" }).elements;
  return elements.filter(({ op }) => op !== "entity").map((element) => value(element, false));
}

/** What `in` comes to for two kinds: a membership, equality, nothing at all, or a mistake. */
function relationOf(
  left: Typed,
  from: EntityKind,
  to: EntityKind,
  { policy }: Checking,
): "in" | "equal" | "never" | "error" {
  if (typeof from === "number") {
    const { ownership } = policy.entities[from] as Entity;
    if (to === "BusinessUnit")
      return ownership === "userOrTeam" || ownership === "businessUnit" ? "in" : "never";
    if (from === to) return "equal";
    return left.op === "resource" && typeof to === "number" ? "never" : "error";
  }
  switch (from) {
    case "User":
    case "Principal":
      if (to === "User") return "equal";
      return to === "Team" || to === "Principal" || to === "Role" || to === "BusinessUnit" ? "in" : "error";
    case "Team":
      if (to === "Team" || to === "Principal") return "equal";
      if (to === "Role") return "never";
      return to === "BusinessUnit" ? "in" : "error";
    case "BusinessUnit":
      return to === "BusinessUnit" ? "in" : "error";
    case "Action":
      return to === "Action" ? "equal" : "error";
    default:
      return "error";
  }
}

/** `e is T`: known from the type, but for what may be a user or a team. */
export function checkIs(node: IsNode, guards: Guards, checking: Checking): Checked | undefined {
  const test = checkType(node, guards, checking);
  if (test === undefined || node.in === undefined || test.truth === false) return test;
  const inside = checkMembership(node.object, node.in, node.span, guards, checking);
  return inside === undefined ? undefined : and(test, inside, node.span);
}

function checkType(node: IsNode, guards: Guards, checking: Checking): Checked | undefined {
  const { object, type, span } = node;
  if (isAbsentResource(object, checking)) return settled(span, false);
  const checked = checking.check(object, guards);
  const asked = kindOfName(type.value, checking.policy);
  if (checked === undefined || asked === undefined) return undefined;
  const found = checked.typed.type;
  if (found.kind !== "Entity") {
    checking.findings.push({
      code: "BWK307",
      span: object.span,
      words: {
        problem: "no entity",
        found: typeName(found, checking.policy),
        help: "`is` asks whether something is a user, a team, a business unit or a record of an entity",
      },
    });
    return undefined;
  }
  if (found.of !== "Principal" || (asked !== "User" && asked !== "Team"))
    return settledAfter(span, [checked], found.of === asked);
  const isUser = value({ op: "isUser", type: BOOL, span, operand: checked.typed }, checked.safe);
  return asked === "User" ? isUser : negated(isUser, span);
}
