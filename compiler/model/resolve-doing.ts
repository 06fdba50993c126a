// `do …` and `refuse …` in policy tests (language.md section 8).
import type { DoNode, RefuseNode } from "../syntax/ast.ts";
import type { Context } from "./context.ts";
import type { Role } from "./model.ts";
import { resolveUser } from "./references.ts";
import { resolveChange } from "./resolve-changes.ts";
import { resolveRequest } from "./resolve-expectations.ts";
import { resolveAsked, resolveOperation } from "./resolve-operations.ts";
import type { Step } from "./script.ts";
import { noSites } from "./sites.ts";

/** `do alice create q: Contact { … };`: from here on the record that it makes has a name. */
export function resolveDo(node: DoNode, context: Context): Step | undefined {
  const user = resolveUser(node.principal, "people", context);
  const operation = resolveOperation(node.operation, context);
  const request = resolveRequest(node.context, context);
  if (node.operation.kind === "CreateOperation" && node.operation.name !== undefined) {
    const { name, entity } = node.operation;
    if (name.value !== "")
      context.scope.records.declare(
        name,
        { entity: context.schema.entityNames.get(entity.value) },
        context.report,
      );
  }
  if (user === undefined || operation === undefined) return undefined;
  return { kind: "do", span: node.span, user, operation, context: request };
}

/** `refuse set …;`, and `refuse … by dora;`, which is a denial. */
export function resolveRefuse(node: RefuseNode, roles: readonly Role[], context: Context): Step | undefined {
  const { span } = node;
  // What is refused need not be possible: only its names and values are judged.
  const { mistyped, handings, grants } = context.sites;
  const refused: Context = { ...context, refused: true, sites: { ...noSites(), mistyped, handings, grants } };
  if (node.change !== undefined) {
    const change = resolveChange(node.change, roles, refused);
    return change === undefined ? undefined : { kind: "refuse", span, change };
  }
  const operation = node.operation === undefined ? undefined : resolveAsked(node.operation, refused);
  const user = node.principal === undefined ? undefined : resolveUser(node.principal, "people", context);
  if (operation === undefined || user === undefined) return undefined;
  return { kind: "expect", span, effect: "deny", user, operation, context: new Map(), reason: undefined };
}
