// Chapters 4 and 5: roles, grants, guardrails.
import type {
  ActionScopeNode,
  GrantNode,
  GuardrailNode,
  PrincipalScopeNode,
  ResourceScopeNode,
  RoleNode,
} from "../ast.ts";
import { type Doc, group, hardLine, indent, line, softLine } from "./doc.ts";
import { printCondition } from "./expressions.ts";
import { type Printer, wholeItems } from "./printer.ts";

export function printRole(p: Printer, node: RoleNode): Doc {
  const head: Doc[] = [node.form, " ", p.name(node.name)];
  if (node.unit !== undefined) head.push(" in ", p.reference(node.unit));
  if (!node.block) return [head, p.within(node.span.end), ";"];
  return [head, " ", printGrants(p, node.grants, node.span.end)];
}

export function printGrants(p: Printer, grants: readonly GrantNode[], end: number): Doc {
  return p.block(grants, (grant) => printGrant(p, grant), wholeItems, end);
}

function printGrant(p: Printer, node: GrantNode): Doc {
  const doc: Doc[] = ["permit ", p.names(node.actions)];
  if (node.star) doc.push(" on ", p.before(node.entities[0]?.span.start ?? 0), "*");
  else if (node.entities.length > 0) doc.push(" on ", p.names(node.entities));
  if (node.level !== undefined) doc.push(" at ", p.name(node.level));
  const conditions = node.conditions.map((condition) => [line, printCondition(p, condition)]);
  return [group([doc, conditions.length > 0 ? indent(conditions) : ""]), p.within(node.span.end), ";"];
}

export function printGuardrail(p: Printer, node: GuardrailNode): Doc {
  const scopes: Doc[] = [
    [printPrincipalScope(p, node.principal), ",", line],
    [printActionScope(p, node.action), ",", line],
    printResourceScope(p, node.resource),
  ];
  const level = node.level === undefined ? "" : [" at ", p.name(node.level)];
  const conditions = node.conditions.map((condition) => [hardLine, printCondition(p, condition)]);
  return [
    node.effect,
    " ",
    group(["(", indent([softLine, scopes]), softLine, ")"]),
    level,
    conditions,
    p.within(node.span.end),
    ";",
  ];
}

function printPrincipalScope(p: Printer, node: PrincipalScopeNode): Doc {
  return p.node(node, () => {
    const right = node.entity === undefined ? "" : p.reference(node.entity);
    if (node.type !== undefined) return ["principal is ", p.name(node.type)];
    return node.operator === "any" ? "principal" : ["principal ", node.operator, " ", right];
  });
}

function printActionScope(p: Printer, node: ActionScopeNode): Doc {
  return p.node(node, () => {
    if (node.operator === "any") return "action";
    if (node.operator === "==") return ["action == ", p.references(node.actions)];
    return ["action in [", p.references(node.actions), p.within(node.span.end), "]"];
  });
}

function printResourceScope(p: Printer, node: ResourceScopeNode): Doc {
  return p.node(node, () => {
    const doc: Doc[] = ["resource"];
    if (node.type !== undefined) doc.push(" is ", p.name(node.type));
    if (node.entity !== undefined) doc.push(` ${node.operator} `, p.reference(node.entity));
    return doc;
  });
}
