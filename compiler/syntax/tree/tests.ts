// Nodes of policy tests (language.md section 8).
import type { AnnotationNode, Base, NameNode, ReferenceNode } from "./common.ts";
import type {
  ColumnProfileNode,
  DefaultTeamNode,
  FieldNode,
  PositionNode,
  RecordNode,
  ShareNode,
  ShareTargetNode,
  TeamNode,
  UnitNode,
  UserNode,
} from "./people.ts";
import type { GrantNode, RoleNode } from "./roles.ts";

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
  readonly annotations: readonly AnnotationNode[];
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
  readonly annotations: readonly AnnotationNode[];
  readonly principal: ReferenceNode;
  readonly record: ReferenceNode;
  readonly context: readonly FieldNode[] | undefined;
  readonly rights: readonly NameNode[];
}

/** `who can read o: dora, alice;` (`principals` empty for `none`) */
export interface WhoNode extends Base {
  readonly kind: "Who";
  readonly annotations: readonly AnnotationNode[];
  readonly action: NameNode;
  readonly record: ReferenceNode;
  readonly context: readonly FieldNode[] | undefined;
  readonly principals: readonly ReferenceNode[];
}

/** `list read Opportunity for dora: o, opp1;` (`records` empty for `none`) */
export interface ListNode extends Base {
  readonly kind: "List";
  readonly annotations: readonly AnnotationNode[];
  readonly action: NameNode;
  readonly entity: NameNode;
  readonly principal: ReferenceNode;
  readonly context: readonly FieldNode[] | undefined;
  readonly records: readonly ReferenceNode[];
}

/** `do alice assign o to dora;` */
export interface DoNode extends Base {
  readonly kind: "Do";
  readonly annotations: readonly AnnotationNode[];
  readonly principal: ReferenceNode;
  readonly operation: OperationNode;
  readonly context: readonly FieldNode[] | undefined;
}

export interface SetNode extends Base {
  readonly kind: "Set";
  readonly annotations: readonly AnnotationNode[];
  readonly change: ChangeNode;
}

/** `refuse set unit Contoso disabled;` or `refuse share o with bob: read by dora;` */
export interface RefuseNode extends Base {
  readonly kind: "Refuse";
  readonly annotations: readonly AnnotationNode[];
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
/** `associate acc1 with list1`, and `disassociate` */
export interface AssociateOperationNode extends Base {
  readonly kind: "AssociateOperation";
  /** Whether it is written `disassociate`. */
  readonly ends: boolean;
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
