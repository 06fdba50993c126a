// The one tree that a policy text becomes. Nodes are plain data; every node has a kind and the span it was written in.
// Names stay names here: what they mean is decided by model/resolve.
import type { Span } from "../source.ts";

interface Base {
  readonly span: Span;
}

/** An identifier or a quoted string that serves as a name. */
export interface NameNode extends Base {
  readonly kind: "Name";
  readonly value: string;
}

/** `Team::"EU"`: a type and an id. */
export interface EntityIdNode extends Base {
  readonly kind: "EntityId";
  readonly type: NameNode;
  readonly id: NameNode;
}

/** A bare name where its kind is clear, or a full entity id. */
export type ReferenceNode = NameNode | EntityIdNode;

/** `@key("text")`; the text is absent in `@key`. */
export interface AnnotationNode extends Base {
  readonly kind: "Annotation";
  readonly key: NameNode;
  readonly value: string | undefined;
}

// ---------------------------------------------------------------- schema (language.md section 3)

export interface EntityNode extends Base {
  readonly kind: "Entity";
  readonly annotations: readonly AnnotationNode[];
  readonly names: readonly NameNode[];
  /** `as <Set>`: the shared privilege set. */
  readonly set: NameNode | undefined;
  /** Absent where the declaration only adds attributes to `User`, `Team` or `BusinessUnit`. */
  readonly ownership: OwnershipNode | undefined;
  readonly attributes: readonly AttributeNode[];
}

export interface OwnershipNode extends Base {
  readonly kind: "Ownership";
  readonly form: "userOrTeam" | "organization" | "businessUnit" | "parent";
  /** The lookup attribute of `owned by parent <lookup>`. */
  readonly lookup: NameNode | undefined;
}

export interface AttributeNode extends Base {
  readonly kind: "Attribute";
  readonly annotations: readonly AnnotationNode[];
  readonly name: NameNode;
  readonly optional: boolean;
  readonly type: TypeNode;
  readonly secured: boolean;
  /** The pattern of `masked "regex"`. */
  readonly masked: string | undefined;
  readonly parental: boolean;
  readonly cascades: readonly CascadeNode[];
}

export interface TypeNode extends Base {
  readonly kind: "Type";
  /** `String`, `Long`, `Choice`, `Set`, an entity name, `User`, … */
  readonly name: NameNode;
  /** The options of `Choice("a", "b")`. */
  readonly options: readonly StringNode[];
  /** The element of `Set<String>`. */
  readonly element: TypeNode | undefined;
}

export interface CascadeNode extends Base {
  readonly kind: "Cascade";
  /** assign share unshare reparent delete merge */
  readonly operation: NameNode;
  /** Of `delete` only: cascade, restrict or unlink. */
  readonly behavior: NameNode | undefined;
}

export interface ContextNode extends Base {
  readonly kind: "Context";
  readonly attributes: readonly AttributeNode[];
}

/** `privilege ExportToExcel, BulkEdit;` */
export interface PrivilegeNode extends Base {
  readonly kind: "Privilege";
  readonly annotations: readonly AnnotationNode[];
  readonly names: readonly NameNode[];
}

// ---------------------------------------------------------------- roles and guardrails (sections 4 and 5)

export interface RoleNode extends Base {
  readonly kind: "Role";
  readonly annotations: readonly AnnotationNode[];
  readonly form: "role" | "team role" | "administrator role";
  readonly name: NameNode;
  readonly unit: ReferenceNode | undefined;
  readonly grants: readonly GrantNode[];
  /** Whether it was written with a block. */
  readonly block: boolean;
}

export interface GrantNode extends Base {
  readonly kind: "Grant";
  readonly annotations: readonly AnnotationNode[];
  /** Record privileges, `all`, or, where `entities` is empty, task privileges. */
  readonly actions: readonly NameNode[];
  /** Entity names; `*` is a Name node with `value` "*" and `star` set on the grant. */
  readonly entities: readonly NameNode[];
  readonly star: boolean;
  readonly level: NameNode | undefined;
  readonly conditions: readonly ConditionNode[];
}

export interface ConditionNode extends Base {
  readonly kind: "Condition";
  readonly form: "when" | "unless";
  readonly expression: ExpressionNode;
}

export interface GuardrailNode extends Base {
  readonly kind: "Guardrail";
  readonly annotations: readonly AnnotationNode[];
  readonly effect: "permit" | "forbid";
  readonly principal: PrincipalScopeNode;
  readonly action: ActionScopeNode;
  readonly resource: ResourceScopeNode;
  readonly level: NameNode | undefined;
  readonly conditions: readonly ConditionNode[];
}

export interface PrincipalScopeNode extends Base {
  readonly kind: "PrincipalScope";
  readonly operator: "any" | "==" | "in" | "is";
  /** Of `==` and `in`. */
  readonly entity: EntityIdNode | undefined;
  /** Of `is`. */
  readonly type: NameNode | undefined;
}

export interface ActionScopeNode extends Base {
  readonly kind: "ActionScope";
  readonly operator: "any" | "==" | "in";
  /** `read` or `Action::"read"`; one for `==`. */
  readonly actions: readonly ReferenceNode[];
}

export interface ResourceScopeNode extends Base {
  readonly kind: "ResourceScope";
  /** Of `is E`, with or without `in`. */
  readonly type: NameNode | undefined;
  readonly operator: "any" | "==" | "in";
  /** Of `==` (a record) and `in` (a business unit). */
  readonly entity: EntityIdNode | undefined;
}

// ---------------------------------------------------------------- expressions (section 6)

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

// ---------------------------------------------------------------- people and places (section 7)

export interface UnitNode extends Base {
  readonly kind: "Unit";
  readonly annotations: readonly AnnotationNode[];
  /** `organization X` is the root, `unit X` lies inside a unit, or stands alone as `unit X under Y` (tests). */
  readonly form: "organization" | "unit";
  readonly name: NameNode;
  readonly under: ReferenceNode | undefined;
  readonly disabled: boolean;
  readonly units: readonly UnitNode[];
}

/** `name: value, value`; `roles` takes role references, every other key what its rule says. */
export interface FieldNode extends Base {
  readonly kind: "Field";
  readonly name: NameNode;
  readonly values: readonly ValueNode[];
}

/** `Salesperson in "Business Apps"` */
export interface RoleReferenceNode extends Base {
  readonly kind: "RoleReference";
  readonly role: ReferenceNode;
  readonly unit: ReferenceNode | undefined;
}

/** A bare name as value stands for a principal, unit, record, role, or `none`, by its field. */
export type ValueNode =
  | NameNode
  | EntityIdNode
  | RoleReferenceNode
  | StringNode
  | LongNode
  | BoolNode
  | UnaryNode
  | SetLiteralNode
  | CallNode;

export interface UserNode extends Base {
  readonly kind: "User";
  readonly annotations: readonly AnnotationNode[];
  readonly name: NameNode;
  readonly unit: ReferenceNode;
  readonly disabled: boolean;
  readonly fields: readonly FieldNode[];
}

export interface TeamNode extends Base {
  readonly kind: "Team";
  readonly annotations: readonly AnnotationNode[];
  readonly form: "owner" | "access" | "group";
  readonly name: NameNode;
  readonly unit: ReferenceNode;
  readonly fields: readonly FieldNode[];
}

/** `default team of Analytics { roles: … }` */
export interface DefaultTeamNode extends Base {
  readonly kind: "DefaultTeam";
  readonly annotations: readonly AnnotationNode[];
  readonly unit: ReferenceNode;
  readonly fields: readonly FieldNode[];
}

export interface PositionNode extends Base {
  readonly kind: "Position";
  readonly annotations: readonly AnnotationNode[];
  readonly name: NameNode;
  readonly under: ReferenceNode | undefined;
}

export interface RecordNode extends Base {
  readonly kind: "Record";
  readonly annotations: readonly AnnotationNode[];
  readonly name: NameNode;
  readonly entity: NameNode;
  readonly fields: readonly FieldNode[];
}

export interface ShareNode extends Base {
  readonly kind: "Share";
  readonly annotations: readonly AnnotationNode[];
  readonly record: ReferenceNode;
  readonly column: NameNode | undefined;
  readonly with: ShareTargetNode;
  readonly rights: readonly NameNode[];
}

/** A user or team, or the whole organization (`principal` absent). */
export interface ShareTargetNode extends Base {
  readonly kind: "ShareTarget";
  readonly principal: ReferenceNode | undefined;
}

export interface ColumnProfileNode extends Base {
  readonly kind: "ColumnProfile";
  readonly annotations: readonly AnnotationNode[];
  readonly name: NameNode;
  readonly grants: readonly ColumnGrantNode[];
  readonly fields: readonly FieldNode[];
}

/** `permit read, write on Account.revenue;` */
export interface ColumnGrantNode extends Base {
  readonly kind: "ColumnGrant";
  readonly actions: readonly NameNode[];
  readonly columns: readonly ColumnNode[];
}

export interface ColumnNode extends Base {
  readonly kind: "Column";
  readonly entity: NameNode;
  readonly attribute: NameNode;
}

/** `owner of Contact is resource.country.owningTeam;` / `is creator` */
export interface OwnerRuleNode extends Base {
  readonly kind: "OwnerRule";
  readonly annotations: readonly AnnotationNode[];
  readonly entity: NameNode;
  /** `creator`, a principal, or a path from `resource`. */
  readonly rule: ReferenceNode | MemberNode;
}

export interface SettingsNode extends Base {
  readonly kind: "Settings";
  readonly fields: readonly SettingNode[];
}

export interface SettingNode extends Base {
  readonly kind: "Setting";
  readonly name: NameNode;
  readonly values: readonly (NameNode | BoolNode | LongNode)[];
  /** Of `manager depth 3`. */
  readonly depth: LongNode | undefined;
}

// ---------------------------------------------------------------- tests (section 8)

export interface TestNode extends Base {
  readonly kind: "Test";
  readonly annotations: readonly AnnotationNode[];
  readonly title: string;
  readonly statements: readonly StatementNode[];
}

export type StatementNode =
  | LocalDeclarationNode
  | ExpectNode
  | RightsNode
  | WhoNode
  | ListNode
  | DoNode
  | SetNode
  | RefuseNode;
export type LocalDeclarationNode =
  | UserNode
  | TeamNode
  | DefaultTeamNode
  | RoleNode
  | PositionNode
  | ColumnProfileNode
  | UnitNode
  | RecordNode
  | ShareNode;

/** `allow dora read o with { mfa: true } because role Salesperson;` */
export interface ExpectNode extends Base {
  readonly kind: "Expect";
  readonly effect: "allow" | "deny";
  readonly principal: ReferenceNode;
  readonly operation: OperationNode;
  readonly context: readonly FieldNode[] | undefined;
  readonly reason: ReasonNode | undefined;
}

/** `privilege`, `access`, `role X`, `team X`, `forbid "id"`, `permit "id"`, … */
export interface ReasonNode extends Base {
  readonly kind: "Reason";
  readonly word: NameNode;
  readonly name: NameNode | undefined;
}

/** `rights dora on o: read, append;` (`rights` empty for `none`) */
export interface RightsNode extends Base {
  readonly kind: "Rights";
  readonly principal: ReferenceNode;
  readonly record: ReferenceNode;
  readonly context: readonly FieldNode[] | undefined;
  readonly rights: readonly NameNode[];
}

/** `who can read o: dora, alice;` (`principals` empty for `none`) */
export interface WhoNode extends Base {
  readonly kind: "Who";
  readonly action: NameNode;
  readonly record: ReferenceNode;
  readonly context: readonly FieldNode[] | undefined;
  readonly principals: readonly ReferenceNode[];
}

/** `list read Opportunity for dora: o, opp1;` (`records` empty for `none`) */
export interface ListNode extends Base {
  readonly kind: "List";
  readonly action: NameNode;
  readonly entity: NameNode;
  readonly principal: ReferenceNode;
  readonly context: readonly FieldNode[] | undefined;
  readonly records: readonly ReferenceNode[];
}

/** `do alice assign o to dora;` */
export interface DoNode extends Base {
  readonly kind: "Do";
  readonly principal: ReferenceNode;
  readonly operation: OperationNode;
  readonly context: readonly FieldNode[] | undefined;
}

export interface SetNode extends Base {
  readonly kind: "Set";
  readonly change: ChangeNode;
}

/** `refuse set unit Contoso disabled;` or `refuse share o with bob: read by dora;` */
export interface RefuseNode extends Base {
  readonly kind: "Refuse";
  readonly change: ChangeNode | undefined;
  readonly operation: OperationNode | undefined;
  readonly principal: ReferenceNode | undefined;
}

// -- operations

/** `read o`, `write o.phone`, `create Account.revenue` */
export interface RightOperationNode extends Base {
  readonly kind: "RightOperation";
  readonly action: NameNode;
  readonly record: ReferenceNode;
  readonly column: NameNode | undefined;
}
export interface TaskOperationNode extends Base {
  readonly kind: "TaskOperation";
  readonly task: NameNode;
}
/** `create Opportunity { owner: alice }`; `name` only in `do dora create q: Contact { … }` */
export interface CreateOperationNode extends Base {
  readonly kind: "CreateOperation";
  readonly name: NameNode | undefined;
  readonly entity: NameNode;
  readonly fields: readonly FieldNode[];
}
export interface AssignOperationNode extends Base {
  readonly kind: "AssignOperation";
  readonly record: ReferenceNode;
  readonly to: ReferenceNode;
}
export interface ShareOperationNode extends Base {
  readonly kind: "ShareOperation";
  readonly record: ReferenceNode;
  readonly column: NameNode | undefined;
  readonly with: ShareTargetNode;
  readonly rights: readonly NameNode[];
}
export interface UnshareOperationNode extends Base {
  readonly kind: "UnshareOperation";
  readonly record: ReferenceNode;
  readonly column: NameNode | undefined;
  readonly with: ShareTargetNode;
}
/** `append note1 to o`, `append q.account to acc1` */
export interface AppendOperationNode extends Base {
  readonly kind: "AppendOperation";
  readonly record: ReferenceNode;
  readonly lookup: NameNode | undefined;
  readonly to: ReferenceNode;
}
export interface AssociateOperationNode extends Base {
  readonly kind: "AssociateOperation";
  readonly record: ReferenceNode;
  readonly with: ReferenceNode;
}
export interface MergeOperationNode extends Base {
  readonly kind: "MergeOperation";
  readonly record: ReferenceNode;
  readonly into: ReferenceNode;
}
export type OperationNode =
  | RightOperationNode
  | TaskOperationNode
  | CreateOperationNode
  | AssignOperationNode
  | ShareOperationNode
  | UnshareOperationNode
  | AppendOperationNode
  | AssociateOperationNode
  | MergeOperationNode;

// -- changes

/** `set user dora in U;`, `… disabled;`, `… roles: A, B;` */
export interface SetUserNode extends Base {
  readonly kind: "SetUser";
  readonly user: ReferenceNode;
  readonly unit: ReferenceNode | undefined;
  readonly state: "disabled" | "enabled" | undefined;
  readonly fields: readonly FieldNode[];
}
export interface SetUnitNode extends Base {
  readonly kind: "SetUnit";
  readonly unit: ReferenceNode;
  readonly under: ReferenceNode | undefined;
  readonly state: "disabled" | "enabled" | "deleted" | undefined;
}
export interface SetTeamNode extends Base {
  readonly kind: "SetTeam";
  readonly team: ReferenceNode;
  readonly unit: ReferenceNode | undefined;
  readonly fields: readonly FieldNode[];
}
/** `set record o businessUnit: U;` and `set record o { status: "won" };` */
export interface SetRecordNode extends Base {
  readonly kind: "SetRecord";
  readonly record: ReferenceNode;
  readonly fields: readonly FieldNode[];
  readonly block: boolean;
}
export interface SetRoleNode extends Base {
  readonly kind: "SetRole";
  readonly role: ReferenceNode;
  readonly grants: readonly GrantNode[];
}
/** `set share o with bob: read;` */
export interface SetShareNode extends Base {
  readonly kind: "SetShare";
  readonly share: ShareNode;
}
export interface SetUnshareNode extends Base {
  readonly kind: "SetUnshare";
  readonly record: ReferenceNode;
  readonly column: NameNode | undefined;
  readonly with: ShareTargetNode;
}
export type ChangeNode =
  | SetUserNode
  | SetUnitNode
  | SetTeamNode
  | SetRecordNode
  | SetRoleNode
  | SetShareNode
  | SetUnshareNode;

// ---------------------------------------------------------------- files

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
