// The operations of policy tests (language.md section 8).

import { suggest } from "../diagnostics/suggest.ts";
import type {
  CreateOperationNode,
  MergeOperationNode,
  NameNode,
  OperationNode,
  ReferenceNode,
  RightOperationNode,
  ShareOperationNode,
  UnshareOperationNode,
} from "../syntax/ast.ts";
import { attributeNames } from "./attributes.ts";
import { type Context, mistyped } from "./context.ts";
import { present } from "./fields.ts";
import type { Entity } from "./model.ts";
import { NameSpace } from "./name-space.ts";
import { resolvePrincipal, resolveRecord, written } from "./references.ts";
import { resolveColumnAction } from "./resolve-profiles.ts";
import {
  resolveColumn,
  resolveColumnRights,
  resolveRecordFields,
  resolveRights,
  resolveSecuredColumn,
  resolveTarget,
} from "./resolve-records.ts";
import type { Operation } from "./script.ts";
import { ASSIGN, actionNumber, actionWords, DELETE, SHARE } from "./vocabulary.ts";

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

/** An operation with its names resolved; undefined after a diagnostic. */
export function resolveOperation(node: OperationNode, context: Context): Operation | undefined {
  switch (node.kind) {
    case "RightOperation":
      return node.column === undefined ? right(node, context) : onColumn(node, node.column, context);
    case "TaskOperation": {
      const task = context.schema.taskNames.resolve(node.task, context.report);
      return task === undefined ? undefined : { kind: "task", task };
    }
    case "CreateOperation":
      return create(node, context);
    case "AssignOperation": {
      const record = handing(node.record, ASSIGN, context);
      const to = resolvePrincipal(node.to, "people", context);
      return record === undefined || to === undefined ? undefined : { kind: "assign", record, to };
    }
    case "ShareOperation":
    case "UnshareOperation":
      return sharing(node, context);
    case "AppendOperation": {
      const record = resolveRecord(node.record, context);
      const to = resolveRecord(node.to, context);
      if (record === undefined || to === undefined) return undefined;
      const lookup = lookupOf(node.record, record.entity, node.lookup, to.entity, context);
      return lookup === undefined ? undefined : { kind: "append", record, to, lookup };
    }
    case "AssociateOperation": {
      const record = resolveRecord(node.record, context);
      const other = resolveRecord(node.with, context);
      return record === undefined || other === undefined
        ? undefined
        : { kind: node.ends ? "disassociate" : "associate", record, with: other };
    }
    case "MergeOperation":
      return merge(node, context);
  }
}

/** An operation that is only asked about: a record that `create` names there does not come to be, so the name stays free. */
export function resolveAsked(node: OperationNode, context: Context): Operation | undefined {
  const { records } = context.scope;
  if (node.kind === "CreateOperation" && node.name !== undefined && node.name.value !== "")
    new NameSpace<unknown>(records.kind, records).declare(node.name, true, context.report);
  return resolveOperation(node, context);
}

/** A right, or the deletion, which takes other records with it. */
function right(node: RightOperationNode, context: Context): Operation | undefined {
  const action = resolveAction(node.action, context);
  const record = resolveRecord(node.record, context);
  if (action === undefined || record === undefined) return undefined;
  return action === DELETE ? { kind: "delete", record } : { kind: "right", action, record };
}

/** `read o.phone`, and `create Account.phone`, which asks about an entity. */
function onColumn(node: RightOperationNode, column: NameNode, context: Context): Operation | undefined {
  const action = resolveColumnAction(node.action, context);
  if (action === "create") {
    // Who creates a record has none yet, so the parser takes nothing but a name there.
    const entity = context.schema.entityNames.resolve(node.record as NameNode, context.report);
    const attribute = entity === undefined ? undefined : resolveColumn(column, entity, context);
    return entity === undefined || attribute === undefined
      ? undefined
      : { kind: "create column", entity, attribute };
  }
  const record = resolveRecord(node.record, context);
  const attribute = record === undefined ? undefined : resolveColumn(column, record.entity, context);
  if (action === undefined || record === undefined || attribute === undefined) return undefined;
  return { kind: "column", action, record, attribute };
}

function create(node: CreateOperationNode, context: Context): Operation | undefined {
  const entity = context.schema.entityNames.resolve(node.entity, context.report);
  if (entity === undefined) return undefined;
  const { owner, unit, attributes } = resolveRecordFields(node.fields, entity, context);
  return {
    kind: "create",
    entity,
    id: node.name?.value,
    owner: owner?.principal,
    unit: unit?.name,
    attributes: present(attributes),
  };
}

function sharing(node: ShareOperationNode | UnshareOperationNode, context: Context): Operation | undefined {
  const record = handing(node.record, SHARE, context);
  const attribute =
    record === undefined || node.column === undefined
      ? undefined
      : resolveSecuredColumn(node.column, record.entity, context);
  const target = resolveTarget(node.with, context);
  const resolve = node.column === undefined ? resolveRights : resolveColumnRights;
  const rights = node.kind === "ShareOperation" ? resolve(node.rights, context) : undefined;
  if (record === undefined || target === undefined) return undefined;
  const { principal } = target;
  if (node.column === undefined)
    return rights === undefined
      ? { kind: "unshare", record, principal }
      : { kind: "share", record, principal, rights };
  if (attribute === undefined) return undefined;
  return rights === undefined
    ? { kind: "unshare column", record, attribute, principal }
    : { kind: "share column", record, attribute, principal, rights };
}

/** A record is merged into one of its own entity. */
function merge(node: MergeOperationNode, context: Context): Operation | undefined {
  const record = resolveRecord(node.record, context);
  const into = resolveRecord(node.into, context);
  if (record === undefined || into === undefined) return undefined;
  if (record.entity === into.entity) return { kind: "merge", record, into };
  const name = (entity: number) => `\`${context.schema.entities[entity]?.name}\``;
  return mistyped(context, {
    span: node.into.span,
    expected: `a record of ${name(record.entity)}`,
    found: `${written(node.into.span)}, which is a record of ${name(into.entity)}`,
  });
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
function lookupOf(
  record: ReferenceNode,
  child: number,
  lookup: NameNode | undefined,
  parent: number,
  context: Context,
): string | undefined {
  const { attributes, name } = context.schema.entities[child] as Entity;
  const target = `\`${context.schema.entities[parent]?.name}\``;
  const leading = attributes.filter(({ type }) => type.kind === "Lookup" && type.entity === parent);
  if (lookup === undefined) {
    if (leading.length === 1) return leading[0]?.name;
    const help =
      leading.length === 0
        ? undefined
        : `say which: ${leading.map((each) => `\`${record.kind === "Name" ? record.value : record.id.value}.${each.name}\``).join(" or ")}`;
    return mistyped(context, {
      span: record.span,
      expected: `a record with one lookup to ${target}`,
      found: `${written(record.span)}, which has ${leading.length === 0 ? "none" : leading.length}`,
      help,
    });
  }
  const known = attributeNames("attribute", attributes, `\`${name}\``).resolve(lookup, context.report);
  if (known === undefined) return undefined;
  if (leading.some((each) => each.name === lookup.value)) return lookup.value;
  return mistyped(context, {
    span: lookup.span,
    expected: `a lookup to ${target}`,
    found: written(lookup.span),
  });
}
