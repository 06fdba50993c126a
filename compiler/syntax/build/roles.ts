// Chapters 4 and 5: roles, grants, guardrails.
import type {
  ActionScopeNode,
  GrantNode,
  GuardrailNode,
  NameNode,
  PrincipalScopeNode,
  ResourceScopeNode,
  RoleNode,
} from "../ast.ts";
import type {
  ActionScopeCstNode,
  GrantCstNode,
  GrantsCstNode,
  GuardrailCstNode,
  PrincipalScopeCstNode,
  ResourceScopeCstNode,
  RoleCstNode,
} from "../cst.gen.ts";
import { type Builder, maybe, one } from "./builder.ts";
import type { Declared } from "./declared.ts";
import { buildConditions } from "./expressions.ts";
import { canonicalAction, canonicalLevel } from "./spelling.ts";

export function buildRole(b: Builder, { children }: RoleCstNode, declared: Declared): RoleNode {
  const { Team, Administrator, NameLike, reference, grants } = children;
  let form: RoleNode["form"] = "role";
  if (Team !== undefined) form = "team role";
  else if (Administrator !== undefined) form = "administrator role";
  return {
    kind: "Role",
    ...declared,
    form,
    name: b.name(one(NameLike)),
    unit: b.maybeReference(reference),
    grants: buildGrants(b, maybe(grants)),
    block: grants !== undefined,
  };
}

export function buildGrants(b: Builder, cst: GrantsCstNode | undefined): GrantNode[] {
  return (cst?.children.grant ?? []).map((grant) => buildGrant(b, grant));
}

function buildGrant(b: Builder, cst: GrantCstNode): GrantNode {
  const { annotation, action, entity, Star, level, condition } = cst.children;
  const star = Star === undefined ? undefined : b.spanOfToken(one(Star));
  const everything: NameNode[] = star === undefined ? [] : [{ kind: "Name", span: star, value: "*" }];
  // Without an entity they are task privileges, whose names are their own.
  const record = entity !== undefined || star !== undefined;
  return {
    kind: "Grant",
    span: b.spanOf(cst),
    annotations: b.annotations(annotation),
    actions: record ? b.names(action).map(canonicalAction) : b.names(action),
    entities: entity === undefined ? everything : b.names(entity),
    star: star !== undefined,
    level: canonicalLevel(b.maybeName(level)),
    conditions: buildConditions(b, condition),
  };
}

export function buildGuardrail(
  b: Builder,
  { children }: GuardrailCstNode,
  declared: Declared,
): GuardrailNode {
  const { Permit, principalScope, actionScope, resourceScope, level, condition } = children;
  return {
    kind: "Guardrail",
    ...declared,
    effect: Permit === undefined ? "forbid" : "permit",
    principal: buildPrincipalScope(b, one(principalScope)),
    action: buildActionScope(b, one(actionScope)),
    resource: buildResourceScope(b, one(resourceScope)),
    level: canonicalLevel(b.maybeName(level)),
    conditions: buildConditions(b, condition),
  };
}

function buildPrincipalScope(b: Builder, cst: PrincipalScopeCstNode): PrincipalScopeNode {
  const { Equal, In, Is, scopeEntity, NameLike } = cst.children;
  let operator: PrincipalScopeNode["operator"] = "any";
  if (Equal !== undefined) operator = "==";
  else if (In !== undefined) operator = "in";
  else if (Is !== undefined) operator = "is";
  return {
    kind: "PrincipalScope",
    span: b.spanOf(cst),
    operator,
    entity: scopeEntity === undefined ? undefined : b.scopeEntity(one(scopeEntity)),
    type: b.maybeName(NameLike),
  };
}

function buildActionScope(b: Builder, cst: ActionScopeCstNode): ActionScopeNode {
  const { Equal, In, reference } = cst.children;
  let operator: ActionScopeNode["operator"] = "any";
  if (Equal !== undefined) operator = "==";
  else if (In !== undefined) operator = "in";
  return {
    kind: "ActionScope",
    span: b.spanOf(cst),
    operator,
    actions: b.references(reference).map(canonicalAction),
  };
}

function buildResourceScope(b: Builder, cst: ResourceScopeCstNode): ResourceScopeNode {
  const { Equal, In, scopeEntity, NameLike } = cst.children;
  let operator: ResourceScopeNode["operator"] = "any";
  if (Equal !== undefined) operator = "==";
  else if (In !== undefined) operator = "in";
  return {
    kind: "ResourceScope",
    span: b.spanOf(cst),
    type: b.maybeName(NameLike),
    operator,
    entity: scopeEntity === undefined ? undefined : b.scopeEntity(one(scopeEntity)),
  };
}
