// The operations of policy tests (language.md section 8). All names are checked; what this version runs is a question.

import { suggest } from "../diagnostics/suggest.ts";
import type { NameNode, OperationNode, ReferenceNode, RightOperationNode } from "../syntax/ast.ts";
import { attributeNames } from "./attributes.ts";
import { type Context, mistyped } from "./context.ts";
import type { Entity } from "./model.ts";
import { resolvePrincipal, resolveRecord, written } from "./references.ts";
import { resolveColumnAction } from "./resolve-profiles.ts";
import { resolveColumn, resolveRecordFields, resolveRights, resolveTarget } from "./resolve-records.ts";
import type { Question } from "./script.ts";
import { ASSIGN, actionNumber, actionWords, SHARE } from "./vocabulary.ts";

/** A question, what the test waits for, or undefined after a diagnostic. */
export type ResolvedOperation = Question | { readonly kind: "wait"; readonly what: string } | undefined;

const composite = (name: string) => ({ kind: "wait", what: `composite operation \`${name}\`` }) as const;

/** A record privilege by its name; undefined after BWK201. */
export function resolveAction(node: NameNode, { report, schema }: Context): number | undefined {
  const action = actionNumber(node.value);
  if (action === undefined && node.value !== "")
    report.add("BWK201", node.span, {
      kind: "action",
      name: node.value,
      suggestion: suggest(node.value, [
        ...actionWords.filter((word) => word !== "all"),
        ...schema.taskNames.names(),
      ]),
    });
  return action;
}

export function resolveOperation(node: OperationNode, context: Context): ResolvedOperation {
  switch (node.kind) {
    case "RightOperation":
      return node.column === undefined ? right(node, context) : onColumn(node, node.column, context);
    case "TaskOperation": {
      const task = context.schema.taskNames.resolve(node.task, context.report);
      return task === undefined ? undefined : { kind: "task", task };
    }
    case "CreateOperation": {
      const entity = context.schema.entityNames.resolve(node.entity, context.report);
      if (entity !== undefined) resolveRecordFields(node.fields, entity, context);
      if (node.name !== undefined && node.name.value !== "")
        context.scope.records.declare(node.name, { entity }, context.report);
      return composite("create");
    }
    case "AssignOperation":
      handing(node.record, ASSIGN, context);
      resolvePrincipal(node.to, "people", context);
      return composite("assign");
    case "ShareOperation":
    case "UnshareOperation": {
      const record = handing(node.record, SHARE, context);
      if (record !== undefined && node.column !== undefined)
        resolveColumn(node.column, record.entity, context);
      resolveTarget(node.with, context);
      if (node.kind === "ShareOperation") resolveRights(node.rights, context);
      return composite(node.kind === "ShareOperation" ? "share" : "unshare");
    }
    case "AppendOperation": {
      const record = resolveRecord(node.record, context);
      const parent = resolveRecord(node.to, context);
      if (record !== undefined && parent !== undefined)
        checkLookup(node.record, record.entity, node.lookup, parent.entity, context);
      return composite("append");
    }
    case "AssociateOperation":
      resolveRecord(node.record, context);
      resolveRecord(node.with, context);
      return composite("associate");
    case "MergeOperation":
      resolveRecord(node.record, context);
      resolveRecord(node.into, context);
      return composite("merge");
  }
}

function right(node: RightOperationNode, context: Context): ResolvedOperation {
  const action = resolveAction(node.action, context);
  const record = resolveRecord(node.record, context);
  return action === undefined || record === undefined ? undefined : { kind: "right", action, record };
}

/** `read o.phone`, and `create Account.phone`, which asks about an entity. */
function onColumn(node: RightOperationNode, column: NameNode, context: Context): ResolvedOperation {
  const action = resolveColumnAction(node.action, context);
  const entity =
    action === "create" && node.record.kind === "Name"
      ? context.schema.entityNames.resolve(node.record, context.report)
      : resolveRecord(node.record, context)?.entity;
  if (entity !== undefined) resolveColumn(column, entity, context);
  return { kind: "wait", what: "column security" };
}

/** A record that is assigned or shared: not every ownership knows that (BWK302). */
function handing(
  reference: ReferenceNode,
  action: number,
  context: Context,
): { entity: number; id: string } | undefined {
  const record = resolveRecord(reference, context);
  if (record !== undefined)
    context.sites.handings.push({ span: reference.span, action, entity: record.entity });
  return record;
}

/** `append q.account to acc1`: the lookup must lead there; without its name there must be one that does. */
function checkLookup(
  record: ReferenceNode,
  child: number,
  lookup: NameNode | undefined,
  parent: number,
  context: Context,
): void {
  const { attributes, name } = context.schema.entities[child] as Entity;
  const target = `\`${context.schema.entities[parent]?.name}\``;
  const leading = attributes.filter(({ type }) => type.kind === "Lookup" && type.entity === parent);
  if (lookup === undefined) {
    if (leading.length === 1) return;
    const help =
      leading.length === 0
        ? undefined
        : `say which: ${leading.map((each) => `\`${record.kind === "Name" ? record.value : record.id.value}.${each.name}\``).join(" or ")}`;
    mistyped(context, {
      span: record.span,
      expected: `a record with one lookup to ${target}`,
      found: `${written(record.span)}, which has ${leading.length === 0 ? "none" : leading.length}`,
      help,
    });
    return;
  }
  const known = attributeNames("attribute", attributes, `\`${name}\``).resolve(lookup, context.report);
  if (known === undefined) return;
  if (!leading.some((each) => each.name === lookup.value))
    mistyped(context, { span: lookup.span, expected: `a lookup to ${target}`, found: written(lookup.span) });
}
