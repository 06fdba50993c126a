// Nodes of people and places (language.md section 7).
import type { AnnotationNode, Base, EntityIdNode, NameNode, ReferenceNode } from "./common.ts";
import type {
  BoolNode,
  CallNode,
  LongNode,
  MemberNode,
  SetLiteralNode,
  StringNode,
  UnaryNode,
} from "./expressions.ts";

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
  readonly annotations: readonly AnnotationNode[];
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
  readonly annotations: readonly AnnotationNode[];
  readonly fields: readonly SettingNode[];
}

export interface SettingNode extends Base {
  readonly kind: "Setting";
  readonly name: NameNode;
  readonly values: readonly (NameNode | BoolNode | LongNode)[];
  /** Of `manager depth 3`. */
  readonly depth: LongNode | undefined;
}
