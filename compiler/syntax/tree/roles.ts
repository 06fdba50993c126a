// Nodes of roles and guardrails (language.md sections 4 and 5).
import type { AnnotationNode, Base, EntityIdNode, NameNode, ReferenceNode } from "./common.ts";
import type { ExpressionNode } from "./expressions.ts";

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
