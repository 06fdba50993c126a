// Records and shares declared in source (language.md section 7).
import { suggest } from "../diagnostics/suggest.ts";
import type { FieldNode, NameNode, RecordNode, ShareNode, ShareTargetNode } from "../syntax/ast.ts";
import { attributeNames, findAttribute } from "./attributes.ts";
import { type Context, mistyped } from "./context.ts";
import { type Block, oneReference, present, resolveFields, type Values } from "./fields.ts";
import type { ActionMask, Entity, PrincipalName } from "./model.ts";
import { resolvePrincipal, resolveRecord, resolveUnit, written } from "./references.ts";
import type { NewRecord } from "./script.ts";
import type { RecordSite } from "./sites.ts";
import { actionNumber, COLUMN_RIGHTS, RECORD_RIGHTS, SHARE } from "./vocabulary.ts";
import type { RecordRef } from "./world/state.ts";

/** Makes a record's name known; false where its entity is unknown or its name is taken. */
export function declareRecord(node: RecordNode, { schema, scope, report }: Context): boolean {
  const entity = schema.entityNames.resolve(node.entity, report);
  if (node.name.value === "") return false;
  // A record of an unknown entity is known all the same, so that its uses are not reported as well.
  return scope.records.declare(node.name, { entity }, report) && entity !== undefined;
}

/** What a block says about a record, existing or new. */
export interface RecordFields {
  readonly owner: RecordSite["owner"];
  readonly unit: RecordSite["unit"];
  readonly attributes: Values;
}

/** A declared record, for the rules and for the world. */
export function resolveRecordNode(node: RecordNode, entity: number, context: Context): NewRecord {
  const fields = resolveRecordFields(node.fields, entity, context);
  context.sites.records.push({
    node,
    entity,
    owner: fields.owner,
    unit: fields.unit,
    given: new Set(node.fields.map(({ name }) => name.value)),
    step: context.step,
  });
  return newRecord(node.name.value, entity, fields, context);
}

function newRecord(id: string, entity: number, fields: RecordFields, { schema }: Context): NewRecord {
  const { attributes, parent } = schema.entities[entity] as Entity;
  const values = present(fields.attributes);
  const lookup = parent === undefined ? undefined : values.get(attributes[parent.attribute]?.name ?? "");
  return {
    entity,
    id,
    owner: fields.owner?.principal,
    unit: fields.unit?.name,
    parent: lookup?.kind === "Record" ? lookup.id : undefined,
    attributes: values,
  };
}

/** The fields of a record: `owner` and `businessUnit` where its ownership gives it one, and the entity's attributes. */
export function resolveRecordFields(
  nodes: readonly FieldNode[],
  number: number,
  context: Context,
): RecordFields {
  const entity = context.schema.entities[number] as Entity;
  let owner: RecordFields["owner"];
  let unit: RecordFields["unit"];
  const handlers: Record<string, (field: FieldNode) => void> = {};
  if (entity.ownership === "userOrTeam")
    handlers.owner = (field) => {
      const reference = oneReference(field, "a user or team", context);
      const principal = reference === undefined ? undefined : resolvePrincipal(reference, "people", context);
      if (reference !== undefined && principal !== undefined) owner = { span: reference.span, principal };
    };
  if (entity.ownership === "userOrTeam" || entity.ownership === "businessUnit")
    handlers.businessUnit = (field) => {
      const reference = oneReference(field, "a business unit", context);
      const name = reference === undefined ? undefined : resolveUnit(reference, "people", context);
      if (reference !== undefined && name !== undefined) unit = { span: reference.span, name };
    };
  const attributes = resolveFields(nodes, blockOf(entity, handlers), context);
  return { owner, unit, attributes };
}

function blockOf(entity: Entity, handlers: Block["handlers"]): Block {
  const { name, ownership } = entity;
  const owned = {
    organization: "the organization owns it",
    parent: "its parent decides about it",
    businessUnit: "a business unit owns it: say `businessUnit`",
    userOrTeam: "",
  }[ownership];
  const help = `a record of \`${name}\` has none: ${owned}`;
  return {
    of: `\`${name}\``,
    handlers,
    attributes: entity.attributes,
    misplaced: { owner: help, businessUnit: help },
  };
}

export interface ResolvedShare {
  readonly record: RecordRef;
  /** undefined = the whole organization */
  readonly principal: PrincipalName | undefined;
  readonly rights: ActionMask;
  /** The shared column; such a share has no effect on the record itself (semantics.md F3). */
  readonly column: string | undefined;
}

/** `share opp1 with bob: read, write;` */
export function resolveShare(node: ShareNode, context: Context): ResolvedShare | undefined {
  const record = resolveRecord(node.record, context);
  if (record !== undefined)
    context.sites.handings.push({ span: node.record.span, action: SHARE, entity: record.entity });
  const column =
    record === undefined || node.column === undefined
      ? undefined
      : resolveSecuredColumn(node.column, record.entity, context);
  const target = resolveTarget(node.with, context);
  const rights =
    node.column === undefined
      ? resolveRights(node.rights, context)
      : resolveColumnRights(node.rights, context);
  if (record === undefined || target === undefined) return undefined;
  return { record, principal: target.principal, rights, column };
}

/** A user, a team, or the organization (`principal` undefined). */
export function resolveTarget(
  node: ShareTargetNode,
  context: Context,
): { principal: PrincipalName | undefined } | undefined {
  if (node.principal === undefined) return { principal: undefined };
  const principal = resolvePrincipal(node.principal, "people", context);
  return principal === undefined ? undefined : { principal };
}

/** The rights of a share or of `rights … on …`: create is none, `all` is the other seven (semantics.md S8). */
export function resolveRights(names: readonly NameNode[], context: Context): ActionMask {
  let mask = 0;
  for (const name of names) {
    const action = actionNumber(name.value);
    if (name.value === "all") mask |= RECORD_RIGHTS;
    else if (action !== undefined) mask |= (1 << action) & RECORD_RIGHTS;
    else unknownRight(name, context);
  }
  return mask;
}

/** The rights of a share of a column: `read` and `write` are all that there is (semantics.md F3). */
export function resolveColumnRights(names: readonly NameNode[], context: Context): ActionMask {
  for (const name of names) {
    const action = actionNumber(name.value);
    if (action === undefined || (COLUMN_RIGHTS & (1 << action)) !== 0) continue;
    mistyped(context, {
      span: name.span,
      expected: "`read` or `write`",
      found: written(name.span),
      help: "a column is shared to be read or written",
    });
  }
  return resolveRights(names, context) & COLUMN_RIGHTS;
}

const rightWords = ["read", "write", "delete", "assign", "share", "append", "appendTo"];

function unknownRight(name: NameNode, { report }: Context): void {
  if (name.value !== "")
    report.add("BWK201", name.span, {
      kind: "right",
      name: name.value,
      suggestion: suggest(name.value, rightWords),
    });
}

/** An attribute of an entity; its name, or undefined after a diagnostic. */
export function resolveColumn(name: NameNode, entity: number, context: Context): string | undefined {
  const { attributes, name: entityName } = context.schema.entities[entity] as Entity;
  if (findAttribute(attributes, name.value) !== undefined) return name.value;
  attributeNames("attribute", attributes, `\`${entityName}\``).resolve(name, context.report);
  return undefined;
}

/** The same of a secured one: nothing else can be granted or shared by itself. */
export function resolveSecuredColumn(name: NameNode, entity: number, context: Context): string | undefined {
  const { attributes, name: entityName } = context.schema.entities[entity] as Entity;
  const column = resolveColumn(name, entity, context);
  if (column === undefined || findAttribute(attributes, column)?.secured === true) return column;
  return mistyped(context, {
    span: name.span,
    expected: "a secured attribute",
    found: written(name.span),
    help: `declare it \`secured\` in \`${entityName}\``,
  });
}
