// `&&`, `||`, `!` and `if`: what the answer makes superfluous is not checked, what a test proves holds behind it, and
// constants are folded (Cedar's validator).
import type { BinaryNode, ExpressionNode, IfNode, UnaryNode } from "../syntax/ast.ts";
import {
  boolConstant,
  bothGuards,
  type Checked,
  type Checking,
  commonGuards,
  type Guards,
  isConstant,
  noGuards,
} from "./checked.ts";
import { checkOf } from "./expect.ts";
import type { Typed } from "./typed.ts";
import { BOOL, sameType, typeName } from "./types.ts";

const checkBool = (node: ExpressionNode, guards: Guards, checking: Checking): Checked | undefined =>
  checkOf(node, [BOOL], guards, checking);

/** Behind a test that is wrong nothing is known to be there: only what is wrong by itself is reported. */
function checkRest(nodes: readonly ExpressionNode[], guards: Guards, checking: Checking): undefined {
  const { findings } = checking;
  const before = findings.length;
  for (const node of nodes) checking.check(node, guards);
  const rest = findings.splice(before);
  findings.push(...rest.filter(({ code }) => code !== "BWK308"));
  return undefined;
}

export function checkAnd(
  { left, right, span }: BinaryNode,
  guards: Guards,
  checking: Checking,
): Checked | undefined {
  const first = checkBool(left, guards, checking);
  if (first === undefined) return checkRest([right], guards, checking);
  if (first.truth === false) return first;
  const second = checkBool(right, bothGuards(guards, first.proves), checking);
  return second === undefined ? undefined : and(first, second, span);
}

/** Both, in order, of which the first does not settle it. */
export function and(first: Checked, second: Checked, span: Checked["typed"]["span"]): Checked {
  const safe = first.safe && second.safe;
  if (second.truth === false)
    return { typed: foldAnd(first, second, span), truth: false, proves: noGuards, safe };
  const truth = first.truth === true ? second.truth : undefined;
  const proves = bothGuards(first.proves, second.proves);
  return { typed: foldAnd(first, second, span), truth, proves, safe };
}

function foldAnd(first: Checked, second: Checked, span: Checked["typed"]["span"]): Typed {
  const [left, right] = [first.typed, second.typed];
  if (isConstant(left, false) || isConstant(right, true)) return left;
  if (isConstant(left, true)) return right;
  // A left side that fails is not false.
  if (isConstant(right, false) && first.safe) return right;
  return { op: "and", type: BOOL, span, left, right };
}

export function checkOr(
  { left, right, span }: BinaryNode,
  guards: Guards,
  checking: Checking,
): Checked | undefined {
  const first = checkBool(left, guards, checking);
  if (first === undefined) return checkRest([right], guards, checking);
  if (first.truth === true) return first;
  const second = checkBool(right, guards, checking);
  if (second === undefined) return undefined;
  const safe = first.safe && second.safe;
  const typed = foldOr(first, second, span);
  if (first.truth === false) return { ...second, typed, safe };
  if (second.truth === false) return { ...first, typed, safe };
  const truth = second.truth === true ? true : undefined;
  return { typed, truth, proves: commonGuards(first.proves, second.proves), safe };
}

function foldOr(first: Checked, second: Checked, span: Checked["typed"]["span"]): Typed {
  const [left, right] = [first.typed, second.typed];
  if (isConstant(left, true) || isConstant(right, false)) return left;
  if (isConstant(left, false)) return right;
  if (isConstant(right, true) && first.safe) return right;
  return { op: "or", type: BOOL, span, left, right };
}

export function checkNot(
  { operand, span }: UnaryNode,
  guards: Guards,
  checking: Checking,
): Checked | undefined {
  const checked = checkBool(operand, guards, checking);
  return checked === undefined ? undefined : negated(checked, span);
}

/** What a negation proves is nothing, as in Cedar. */
export function negated({ typed, truth, safe }: Checked, span: Checked["typed"]["span"]): Checked {
  const folded: Typed =
    typed.op === "constant"
      ? boolConstant(span, typed.value !== true)
      : { op: "not", type: BOOL, span, operand: typed };
  return { typed: folded, truth: truth === undefined ? undefined : !truth, proves: noGuards, safe };
}

export function checkIf(node: IfNode, guards: Guards, checking: Checking): Checked | undefined {
  const { condition, span } = node;
  const test = checkBool(condition, guards, checking);
  if (test === undefined) return checkRest([node.then, node.otherwise], guards, checking);
  const inside = bothGuards(guards, test.proves);
  // A test that the types settle is no test: only the branch that is taken counts.
  if (test.truth === true || test.truth === false) {
    const taken = test.truth ? checking.check(node.then, inside) : checking.check(node.otherwise, guards);
    if (taken === undefined) return undefined;
    const proves = test.truth ? bothGuards(test.proves, taken.proves) : taken.proves;
    const typed = choose(test.typed, taken.typed, taken.typed, span);
    return mayChoose(typed, checking)
      ? { ...taken, typed, proves, safe: test.safe && taken.safe }
      : undefined;
  }
  const yes = checking.check(node.then, inside);
  const no = checking.check(node.otherwise, guards);
  if (yes === undefined || no === undefined || !branchesAgree(node, yes.typed, no.typed, checking))
    return undefined;
  const typed = choose(test.typed, yes.typed, no.typed, span);
  if (!mayChoose(typed, checking)) return undefined;
  return {
    typed,
    truth: yes.truth === no.truth ? yes.truth : undefined,
    proves: commonGuards(bothGuards(test.proves, yes.proves), no.proves),
    safe: test.safe && yes.safe && no.safe,
  };
}

function choose(
  condition: Typed,
  consequent: Typed,
  otherwise: Typed,
  span: Checked["typed"]["span"],
): Typed {
  if (isConstant(condition, true)) return consequent;
  if (isConstant(condition, false)) return otherwise;
  return { op: "if", type: consequent.type, span, condition, consequent, otherwise };
}

function branchesAgree(node: IfNode, yes: Typed, no: Typed, { policy, findings }: Checking): boolean {
  if (sameType(yes.type, no.type)) return true;
  const [first, other] = [typeName(yes.type, policy), typeName(no.type, policy)];
  findings.push({ code: "BWK307", span: node.otherwise.span, words: { problem: "branches", first, other } });
  return false;
}

/** Actions and roles are no values at run time, so that none can be chosen then: what is asked about them is settled before. */
function mayChoose({ op, type, span }: Typed, { policy, findings }: Checking): boolean {
  const element = type.kind === "Set" ? type.element : type;
  if (op !== "if" || element?.kind !== "Entity" || (element.of !== "Action" && element.of !== "Role"))
    return true;
  findings.push({ code: "BWK307", span, words: { problem: "chosen", type: typeName(type, policy) } });
  return false;
}
