// The one tree that a policy text becomes. Nodes are plain data; every node has a kind and the span it was written in.
// Names stay names here: what they mean is decided by model/resolve.
import type { Span } from "../source.ts";
import type { AnnotationNode, Base } from "./tree/common.ts";
import type { EntryNode, ExpressionNode } from "./tree/expressions.ts";
import type {
  ColumnGrantNode,
  ColumnNode,
  ColumnProfileNode,
  DefaultTeamNode,
  FieldNode,
  OwnerRuleNode,
  PositionNode,
  RecordNode,
  SettingNode,
  SettingsNode,
  ShareNode,
  ShareTargetNode,
  TeamNode,
  UnitNode,
  UserNode,
  ValueNode,
} from "./tree/people.ts";
import type {
  ActionScopeNode,
  ConditionNode,
  GrantNode,
  GuardrailNode,
  PrincipalScopeNode,
  ResourceScopeNode,
  RoleNode,
} from "./tree/roles.ts";
import type {
  AttributeNode,
  CascadeNode,
  ContextNode,
  EntityNode,
  OwnershipNode,
  PrivilegeNode,
  TypeNode,
} from "./tree/schema.ts";
import type { ChangeNode, OperationNode, ReasonNode, StatementNode, TestNode } from "./tree/tests.ts";

export type * from "./tree/common.ts";
export type * from "./tree/expressions.ts";
export type * from "./tree/people.ts";
export type * from "./tree/roles.ts";
export type * from "./tree/schema.ts";
export type * from "./tree/tests.ts";

export type DeclarationNode =
  | EntityNode
  | ContextNode
  | PrivilegeNode
  | RoleNode
  | GuardrailNode
  | UnitNode
  | UserNode
  | TeamNode
  | DefaultTeamNode
  | PositionNode
  | RecordNode
  | ShareNode
  | ColumnProfileNode
  | OwnerRuleNode
  | SettingsNode
  | TestNode;

/** `//` and block comments, in order of appearance; `text` includes the comment marks. */
export interface Comment {
  readonly span: Span;
  readonly text: string;
}

export interface FileNode extends Base {
  readonly kind: "File";
  readonly declarations: readonly DeclarationNode[];
  readonly comments: readonly Comment[];
  /**
   * The names that occur in parts which could not be understood: what they were to declare is unknown, so that an unknown
   * name which is among them is no news. Empty for a file without syntax errors.
   */
  readonly lost: ReadonlySet<string>;
}

export type Node =
  | FileNode
  | DeclarationNode
  | StatementNode
  | OperationNode
  | ChangeNode
  | ExpressionNode
  | ValueNode
  | AnnotationNode
  | EntryNode
  | OwnershipNode
  | AttributeNode
  | TypeNode
  | CascadeNode
  | GrantNode
  | ConditionNode
  | PrincipalScopeNode
  | ActionScopeNode
  | ResourceScopeNode
  | FieldNode
  | ShareTargetNode
  | ColumnGrantNode
  | ColumnNode
  | SettingNode
  | ReasonNode;
