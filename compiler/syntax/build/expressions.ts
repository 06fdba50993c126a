// Chapter 6: rows of operands and operators become trees, by Cedar's precedence.
import type { CstNode, IToken } from "chevrotain";
import type {
  BinaryNode,
  CallNode,
  ConditionNode,
  EntryNode,
  ExpressionNode,
  SetLiteralNode,
  UnaryNode,
  VariableNode,
} from "../ast.ts";
import type {
  AccessCstNode,
  ArgumentsCstNode,
  CallCstNode,
  ConditionCstNode,
  ExpressionCstNode,
  OperandCstNode,
  OperatorTailCstNode,
  SetLiteralCstNode,
} from "../cst.gen.ts";
import { type Builder, one } from "./builder.ts";

type Operator = BinaryNode["operator"];

/** Higher binds tighter. Comparisons (3), among them `has`, `like` and `is`, do not chain. */
const precedence: Readonly<Record<Operator, number>> = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<": 3,
  "<=": 3,
  ">": 3,
  ">=": 3,
  in: 3,
  "+": 4,
  "-": 4,
  "*": 5,
};
const comparison = 3;

/** A part of an expression with its extent, which includes the parentheses that the tree does not show. */
interface Part {
  readonly node: ExpressionNode;
  readonly start: number;
  readonly end: number;
}

export function buildConditions(
  b: Builder,
  conditions: readonly ConditionCstNode[] | undefined,
): ConditionNode[] {
  return (conditions ?? []).map((cst) => ({
    kind: "Condition",
    span: b.spanOf(cst),
    form: cst.children.When === undefined ? "unless" : "when",
    expression: buildExpression(b, one(cst.children.expression)),
  }));
}

export function buildExpression(b: Builder, cst: ExpressionCstNode): ExpressionNode {
  const { test, yes, no, operand, operatorTail: tails = [] } = cst.children;
  if (test !== undefined && yes !== undefined && no !== undefined) {
    return {
      kind: "If",
      span: b.spanOf(cst),
      condition: buildExpression(b, one(test)),
      // biome-ignore lint/suspicious/noThenProperty: the tree is plain data and names its parts as the language does
      then: buildExpression(b, one(yes)),
      otherwise: buildExpression(b, one(no)),
    };
  }
  const first = buildOperand(b, one(operand as OperandCstNode[]));
  return tails.length === 0 ? first.node : new Row(b, first).read(tails);
}

/** Operator precedence parsing with two stacks: neither the row's length nor its operators cost JavaScript's stack. */
class Row {
  readonly #b: Builder;
  readonly #operands: Part[];
  readonly #operators: Operator[] = [];
  /** Whether the last operand is a `has`, `like` or `is` without parentheses. */
  #compared = false;

  constructor(b: Builder, first: Part) {
    this.#b = b;
    this.#operands = [first];
  }

  read(tails: readonly OperatorTailCstNode[]): ExpressionNode {
    for (let i = 0; i < tails.length; i++) {
      const tail = tails[i] as OperatorTailCstNode;
      const next = tails[i + 1];
      const { operand, Is } = tail.children;
      if (operand !== undefined) this.#binary(tail, one(operand));
      else if (Is !== undefined && next?.children.In !== undefined) {
        i += this.#isIn(tail, tails.slice(i + 1));
      } else this.#test(tail);
    }
    this.#reduce(0);
    return one(this.#operands).node;
  }

  #binary(tail: OperatorTailCstNode, right: OperandCstNode): void {
    const { BinaryOperator, In } = tail.children;
    const token = one(BinaryOperator ?? (In as IToken[]));
    const operator = token.image as Operator;
    const level = precedence[operator];
    if (level === comparison) this.#compare(token);
    else this.#reduce(level);
    if (level < comparison) this.#compared = false;
    this.#operators.push(operator);
    this.#operands.push(buildOperand(this.#b, right));
  }

  /** Makes the left side of a comparison whole; it must not be a comparison itself. */
  #compare(token: IToken): void {
    this.#reduce(comparison + 1);
    const last = this.#operators.at(-1);
    if (this.#compared || (last !== undefined && precedence[last] === comparison)) {
      this.#b.report("BWK117", this.#b.spanOfToken(token), { operator: token.image });
      this.#reduce(comparison);
    }
  }

  /** `has`, `like`, `is`: comparisons whose right side is no expression. */
  #test(tail: OperatorTailCstNode): void {
    const b = this.#b;
    const { Has, Like, Is, path, Text, type } = tail.children;
    this.#compare(one(Has ?? Like ?? (Is as IToken[])));
    const left = this.#operands.pop() as Part;
    const end = b.spanOf(tail).end;
    const base = { span: b.between(left.start, end), object: left.node };
    let node: ExpressionNode;
    if (path !== undefined) node = { ...base, kind: "Has", path: path.map((token) => b.name(token, "text")) };
    else if (Text !== undefined) node = { ...base, kind: "Like", pattern: b.pieces(one(Text), "pattern") };
    else node = { ...base, kind: "Is", type: b.name(one(type as IToken[])), in: undefined };
    this.#operands.push({ node, start: left.start, end });
    this.#compared = true;
  }

  /** `e is T in f`, where `f` ends before the next operator that binds no tighter. Returns how many tails it took. */
  #isIn(is: OperatorTailCstNode, rest: readonly OperatorTailCstNode[]): number {
    const b = this.#b;
    this.#test(is);
    const left = this.#operands.pop() as Part;
    const taken = 1 + rest.slice(1).findIndex((tail) => levelOf(tail) <= comparison);
    const count = taken === 0 ? rest.length : taken;
    const first = buildOperand(b, one((rest[0] as OperatorTailCstNode).children.operand as OperandCstNode[]));
    const inside = new Row(b, first).read(rest.slice(1, count));
    const end = b.spanOf(rest[count - 1] as OperatorTailCstNode).end;
    const node = {
      ...(left.node as ExpressionNode & { kind: "Is" }),
      span: b.between(left.start, end),
      in: inside,
    };
    this.#operands.push({ node, start: left.start, end });
    return count;
  }

  /** Applies the operators on the stack that bind at least as tight as `level`. */
  #reduce(level: number): void {
    for (let last = this.#operators.at(-1); last !== undefined; last = this.#operators.at(-1)) {
      if (precedence[last] < level) return;
      this.#operators.pop();
      const right = this.#operands.pop() as Part;
      const left = this.#operands.pop() as Part;
      const span = this.#b.between(left.start, right.end);
      const node: BinaryNode = { kind: "Binary", span, operator: last, left: left.node, right: right.node };
      this.#operands.push({ node, start: left.start, end: right.end });
    }
  }
}

function levelOf({ children: { BinaryOperator } }: OperatorTailCstNode): number {
  return BinaryOperator === undefined ? comparison : precedence[one(BinaryOperator).image as Operator];
}

function buildOperand(b: Builder, cst: OperandCstNode): Part {
  const { start, end } = b.spanOf(cst);
  const { prefix = [], access = [] } = cst.children;
  const inner = startOfPrimary(b, cst, start);
  let node = buildPrimary(b, cst);
  for (const step of access) node = buildAccess(b, node, inner, step);
  for (const token of prefix.toReversed()) {
    const operator = token.image as UnaryNode["operator"];
    node = { kind: "Unary", span: b.between(token.startOffset, end), operator, operand: node };
  }
  return { node, start, end };
}

/** Where an operand begins behind its prefixes. */
function startOfPrimary(b: Builder, cst: OperandCstNode, start: number): number {
  const { prefix, LParen, setLiteral, recordLiteral, entityId, call, Integer, Text, word, Slot } =
    cst.children;
  if (prefix === undefined) return start;
  const token = LParen ?? Integer ?? Text ?? word ?? Slot;
  if (token !== undefined) return one(token).startOffset;
  const nodes: readonly CstNode[] = setLiteral ?? recordLiteral ?? entityId ?? (call as CallCstNode[]);
  return b.spanOf(one(nodes)).start;
}

function buildPrimary(b: Builder, cst: OperandCstNode): ExpressionNode {
  const { expression, setLiteral, recordLiteral, Integer, entityId, call, Text, word, Slot } = cst.children;
  if (expression !== undefined) return buildExpression(b, one(expression));
  if (setLiteral !== undefined) return buildSet(b, one(setLiteral));
  if (entityId !== undefined) return b.entityId(one(entityId));
  if (call !== undefined) return buildCall(b, one(call));
  if (Text !== undefined) return b.string(one(Text));
  if (recordLiteral !== undefined) {
    const entries = (one(recordLiteral).children.entry ?? []).map(
      (entry): EntryNode => ({
        kind: "Entry",
        span: b.spanOf(entry),
        key: b.name(one(entry.children.NameLike), "text"),
        value: buildExpression(b, one(entry.children.expression)),
      }),
    );
    return { kind: "RecordLiteral", span: b.spanOf(one(recordLiteral)), entries };
  }
  if (Integer !== undefined) return buildLong(b, one(Integer));
  if (Slot !== undefined) {
    const name = b.slot(one(Slot)) as VariableNode["name"];
    return { kind: "Variable", span: b.spanOfToken(one(Slot)), name };
  }
  const token = one(word as IToken[]);
  const span = b.spanOfToken(token);
  if (token.image === "true" || token.image === "false")
    return { kind: "Bool", span, value: token.image === "true" };
  return { kind: "Variable", span, name: token.image as VariableNode["name"] };
}

export function buildLong(b: Builder, token: IToken): ExpressionNode & { kind: "Long" } {
  // `1.5` was reported by the lexer: its whole part stands for it.
  return { kind: "Long", span: b.spanOfToken(token), value: BigInt(token.image.replace(/\..*/, "")) };
}

function buildAccess(b: Builder, object: ExpressionNode, start: number, cst: AccessCstNode): ExpressionNode {
  const { Word, Text, arguments: args } = cst.children;
  const span = b.between(start, b.spanOf(cst).end);
  if (Word === undefined) {
    return { kind: "Member", span, object, attribute: b.name(one(Text as IToken[]), "text") };
  }
  const name = b.name(one(Word));
  if (args === undefined) return { kind: "Member", span, object, attribute: name };
  return { kind: "Method", span, object, method: name, arguments: buildArguments(b, one(args)) };
}

export function buildCall(b: Builder, cst: CallCstNode): CallNode {
  const { Word, arguments: args } = cst.children;
  return {
    kind: "Call",
    span: b.spanOf(cst),
    function: b.name(one(Word)),
    arguments: buildArguments(b, one(args)),
  };
}

function buildArguments(b: Builder, cst: ArgumentsCstNode): ExpressionNode[] {
  return (cst.children.expression ?? []).map((expression) => buildExpression(b, expression));
}

export function buildSet(b: Builder, cst: SetLiteralCstNode): SetLiteralNode {
  const elements = (cst.children.expression ?? []).map((expression) => buildExpression(b, expression));
  return { kind: "SetLiteral", span: b.spanOf(cst), elements };
}
