import {
  type Diagnostic,
  type FieldNode,
  type NameNode,
  type OperationNode,
  parseOperation,
  type ReferenceNode,
  Report,
  type ShareTargetNode,
  type SourceFile,
  type ValueNode,
} from "../../compiler/index.ts";
import type { CheckRequest, Engine, Operation, PrincipalReference } from "../../runtime-ts/index.ts";
import { Diagnosed } from "../diagnosed.ts";
import { type Names, namesOf } from "./engine-names.ts";

/** What `--operation` asks: a single right or task, an operation with several checks, or a column. */
export type AskedOperation =
  | { readonly kind: "check"; readonly request: Omit<CheckRequest, "principal" | "context"> }
  | { readonly kind: "can"; readonly operation: Operation }
  | {
      readonly kind: "column";
      readonly action: string;
      readonly entity: string;
      /** None where a record is to be created. */
      readonly id: string | undefined;
      readonly column: string;
    };

/**
 * An operation in the words of policy tests (language.md section 8), its names found in the loaded world. Throws Diagnosed
 * with the place in the words where something is not understood or not known.
 */
export function readOperation(text: string, engine: Engine): AskedOperation {
  const file: SourceFile = { name: "--operation", text };
  const report = new Report();
  const node = parseOperation(file, report);
  const asked = node === undefined ? undefined : resolve(node, namesOf(engine, report));
  const diagnostics: readonly Diagnostic[] = report.sorted([file]);
  if (asked === undefined || diagnostics.length > 0) throw new Diagnosed(diagnostics);
  return asked;
}

/** Undefined where the report says why. */
function resolve(node: OperationNode, names: Names): AskedOperation | undefined {
  if (node.kind === "TaskOperation") {
    return names.task(node.task) ? { kind: "check", request: { action: node.task.value } } : undefined;
  }
  if (node.kind === "RightOperation") return right(node.action, node.record, node.column, names);
  const operation = composite(node, names);
  return operation === undefined ? undefined : { kind: "can", operation };
}

function right(
  action: NameNode,
  reference: ReferenceNode,
  column: NameNode | undefined,
  names: Names,
): AskedOperation | undefined {
  if (column !== undefined && action.value === "create" && reference.kind === "Name") {
    const entity = names.entity(reference);
    if (entity === undefined) return undefined;
    return { kind: "column", action: "create", entity, id: undefined, column: column.value };
  }
  const record = names.record(reference);
  if (record === undefined) return undefined;
  if (column !== undefined) return { kind: "column", action: action.value, ...record, column: column.value };
  if (!names.action(action)) return undefined;
  if (action.value === "delete") return { kind: "can", operation: { kind: "delete", record } };
  return { kind: "check", request: { action: action.value, resource: record } };
}

function composite(
  node: Exclude<OperationNode, { kind: "TaskOperation" | "RightOperation" }>,
  names: Names,
): Operation | undefined {
  if (node.kind === "CreateOperation") {
    const entity = names.entity(node.entity);
    const fields = fieldsOf(node.fields, names);
    if (entity === undefined) return undefined;
    return { kind: "create", entity, ...(node.name && { id: node.name.value }), ...fields };
  }
  const record = names.record(node.record);
  switch (node.kind) {
    case "AssignOperation": {
      const to = names.principal(node.to);
      return record && to && { kind: "assign", record, to };
    }
    case "ShareOperation":
    case "UnshareOperation": {
      const column = node.column?.value;
      const target = targetOf(node.with, names);
      if (record === undefined || target === undefined) return undefined;
      if (node.kind === "UnshareOperation") {
        return column === undefined
          ? { kind: "unshare", record, with: target }
          : { kind: "unshareColumn", record, column, with: target };
      }
      const rights = node.rights.flatMap((word) => names.rights(word));
      return column === undefined
        ? { kind: "share", record, with: target, rights }
        : { kind: "shareColumn", record, column, with: target, rights };
    }
    case "AppendOperation": {
      const to = names.record(node.to);
      return (
        record && to && { kind: "append", record, to, ...(node.lookup && { lookup: node.lookup.value }) }
      );
    }
    case "AssociateOperation": {
      const other = names.record(node.with);
      return record && other && { kind: node.ends ? "disassociate" : "associate", record, with: other };
    }
    case "MergeOperation": {
      const into = names.record(node.into);
      return record && into && { kind: "merge", record, into };
    }
  }
}

function targetOf(node: ShareTargetNode, names: Names): PrincipalReference | "organization" | undefined {
  return node.principal === undefined ? "organization" : names.principal(node.principal);
}

interface Fields {
  readonly owner?: PrincipalReference;
  readonly businessUnit?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

function fieldsOf(nodes: readonly FieldNode[], names: Names): Fields {
  let owner: PrincipalReference | undefined;
  let businessUnit: string | undefined;
  const attributes: Record<string, unknown> = {};
  for (const { name, values } of nodes) {
    const [value] = values;
    const reference = value === undefined ? undefined : referenceOf(value);
    if (name.value === "owner" && reference !== undefined) owner = names.principal(reference);
    else if (name.value === "businessUnit" && reference !== undefined) businessUnit = names.unit(reference);
    else {
      const plain = values.map((each) => plainValue(each, names));
      attributes[name.value] = plain.length === 1 ? plain[0] : plain;
    }
  }
  return { ...(owner && { owner }), ...(businessUnit && { businessUnit }), attributes };
}

/** A value as the engine takes it; the engine knows its type and says what does not fit. */
function plainValue(value: ValueNode, names: Names): unknown {
  switch (value.kind) {
    case "String":
    case "Bool":
    case "Long":
      return value.value;
    case "Name":
      return value.value === "none" ? undefined : value.value;
    case "EntityId":
      return names.valueOf(value);
    case "SetLiteral":
      return value.elements.map((element) => plainValue(element as ValueNode, names));
    case "Unary":
      if (value.operand.kind === "Long") return -value.operand.value;
      break;
    case "Call": {
      const [argument, second] = value.arguments;
      if (argument?.kind === "String" && second === undefined) return argument.value;
      break;
    }
  }
  return names.mistyped(value.span, "a value");
}

/** A value that can name something. */
function referenceOf(value: ValueNode): ReferenceNode | undefined {
  if (value.kind === "Name" || value.kind === "EntityId") return value;
  return value.kind === "String" ? { kind: "Name", value: value.value, span: value.span } : undefined;
}
