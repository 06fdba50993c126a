// Nodes of the schema (language.md section 3).
import type { AnnotationNode, Base, NameNode } from "./common.ts";
import type { StringNode } from "./expressions.ts";

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
  readonly masked: StringNode | undefined;
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
  readonly annotations: readonly AnnotationNode[];
  readonly attributes: readonly AttributeNode[];
}

/** `privilege ExportToExcel, BulkEdit;` */
export interface PrivilegeNode extends Base {
  readonly kind: "Privilege";
  readonly annotations: readonly AnnotationNode[];
  readonly names: readonly NameNode[];
}
