// Roles (language.md section 4).
import type { AnnotationNode, RoleNode } from "../syntax/ast.ts";
import type { Context } from "./context.ts";
import type { Role } from "./model.ts";
import { resolveUnit } from "./references.ts";
import { lowerGrants, resolveGrants } from "./resolve-grants.ts";

/** Gives roles their numbers, from `first` on; a repeated name is BWK202 and gets none. */
export function declareRoles(
  nodes: readonly RoleNode[],
  first: number,
  { scope, report }: Context,
): readonly RoleNode[] {
  const declared: RoleNode[] = [];
  for (const node of nodes)
    if (node.name.value !== "" && scope.roles.declare(node.name, first + declared.length, report))
      declared.push(node);
  return declared;
}

export function resolveRole(node: RoleNode, context: Context): Role {
  const { name, form } = node;
  const sites = resolveGrants(node.grants, { name: name.value, form }, context);
  return {
    name: name.value,
    form,
    unit: node.unit === undefined ? undefined : resolveUnit(node.unit, "directory", context),
    ...lowerGrants(sites, context.schema),
    description: annotation(node.annotations, "description"),
    span: node.span,
  };
}

/** The text of `@key("…")`; undefined where it is absent or has none. */
export function annotation(nodes: readonly AnnotationNode[], key: string): string | undefined {
  return nodes.find((node) => node.key.value === key)?.value;
}
