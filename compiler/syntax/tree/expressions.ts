// Nodes of expressions (language.md section 6).
import type { Base, EntityIdNode, NameNode } from "./common.ts";

export interface StringNode extends Base {
  readonly kind: "String";
  readonly value: string;
}
/** A 64-bit integer literal, never negative: `-3` is a Unary node. `value` is what was written; the range is checked by a rule. */
export interface LongNode extends Base {
  readonly kind: "Long";
  readonly value: bigint;
}
export interface BoolNode extends Base {
  readonly kind: "Bool";
  readonly value: boolean;
}
export interface VariableNode extends Base {
  readonly kind: "Variable";
  readonly name: "principal" | "resource" | "context" | "action";
}
export interface SetLiteralNode extends Base {
  readonly kind: "SetLiteral";
  readonly elements: readonly ExpressionNode[];
}
/** `{ a: 1, "b": 2 }` */
export interface RecordLiteralNode extends Base {
  readonly kind: "RecordLiteral";
  readonly entries: readonly EntryNode[];
}
export interface EntryNode extends Base {
  readonly kind: "Entry";
  readonly key: NameNode;
  readonly value: ExpressionNode;
}
export interface UnaryNode extends Base {
  readonly kind: "Unary";
  readonly operator: "!" | "-";
  readonly operand: ExpressionNode;
}
export interface BinaryNode extends Base {
  readonly kind: "Binary";
  readonly operator: "||" | "&&" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "+" | "-" | "*";
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}
export interface IfNode extends Base {
  readonly kind: "If";
  readonly condition: ExpressionNode;
  readonly then: ExpressionNode;
  readonly otherwise: ExpressionNode;
}
/** `e.attr` or `e["attr"]` (the formatter writes the first where it can). */
export interface MemberNode extends Base {
  readonly kind: "Member";
  readonly object: ExpressionNode;
  readonly attribute: NameNode;
}
export interface HasNode extends Base {
  readonly kind: "Has";
  readonly object: ExpressionNode;
  /** More than one for `has a.b`. */
  readonly path: readonly NameNode[];
}
export interface LikeNode extends Base {
  readonly kind: "Like";
  readonly object: ExpressionNode;
  /** Literal stretches between the wildcards: `a*b` is ["a", "b"]. */
  readonly pattern: readonly string[];
}
export interface IsNode extends Base {
  readonly kind: "Is";
  readonly object: ExpressionNode;
  readonly type: NameNode;
  readonly in: ExpressionNode | undefined;
}
export interface MethodNode extends Base {
  readonly kind: "Method";
  readonly object: ExpressionNode;
  readonly method: NameNode;
  readonly arguments: readonly ExpressionNode[];
}
/** `decimal("1.5")` */
export interface CallNode extends Base {
  readonly kind: "Call";
  readonly function: NameNode;
  readonly arguments: readonly ExpressionNode[];
}
export type ExpressionNode =
  | StringNode
  | LongNode
  | BoolNode
  | VariableNode
  | EntityIdNode
  | SetLiteralNode
  | RecordLiteralNode
  | UnaryNode
  | BinaryNode
  | IfNode
  | MemberNode
  | HasNode
  | LikeNode
  | IsNode
  | MethodNode
  | CallNode;
