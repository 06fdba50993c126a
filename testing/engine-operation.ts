import {
  type ActionMask,
  actions,
  type Operation,
  type Policy,
  type PrincipalName,
  type RecordRef,
} from "../compiler/index.ts";
import type { Operation as EngineOperation, PrincipalReference } from "../runtime-ts/index.ts";
import { plainValues } from "./plain-values.ts";

/** The operations with several checks. */
export type Composite = Extract<
  Operation,
  {
    kind:
      | "create"
      | "assign"
      | "share"
      | "unshare"
      | "share column"
      | "unshare column"
      | "append"
      | "associate"
      | "disassociate"
      | "delete"
      | "merge";
  }
>;

const composites: ReadonlySet<Operation["kind"]> = new Set<Composite["kind"]>([
  "create",
  "assign",
  "share",
  "unshare",
  "share column",
  "unshare column",
  "append",
  "associate",
  "disassociate",
  "delete",
  "merge",
]);

export const isComposite = (operation: Operation): operation is Composite => composites.has(operation.kind);

/** The operation by names, as the engine takes it. */
export function engineOperation(policy: Policy, operation: Composite): EngineOperation {
  const ref = (record: RecordRef) => recordName(policy, record);
  switch (operation.kind) {
    case "create": {
      const { entity, id, owner, unit, attributes } = operation;
      return {
        kind: "create",
        entity: policy.entities[entity]?.name ?? "",
        ...(id !== undefined && { id }),
        ...(owner !== undefined && { owner: principalReference(owner) }),
        ...(unit !== undefined && { businessUnit: unit }),
        attributes: plainValues(policy.entities[entity]?.attributes ?? [], attributes),
      };
    }
    case "assign":
      return { kind: "assign", record: ref(operation.record), to: principalReference(operation.to) };
    case "share": {
      const { record, principal, rights } = operation;
      return { kind: "share", record: ref(record), with: sharee(principal), rights: rightNames(rights) };
    }
    case "unshare":
      return { kind: "unshare", record: ref(operation.record), with: sharee(operation.principal) };
    case "share column": {
      const { record, attribute: column, principal, rights } = operation;
      return {
        kind: "shareColumn",
        record: ref(record),
        column,
        with: sharee(principal),
        rights: rightNames(rights),
      };
    }
    case "unshare column": {
      const { record, attribute: column, principal } = operation;
      return { kind: "unshareColumn", record: ref(record), column, with: sharee(principal) };
    }
    case "append": {
      const { record, to, lookup } = operation;
      return { kind: "append", record: ref(record), to: ref(to), lookup };
    }
    case "associate":
    case "disassociate":
      return { kind: operation.kind, record: ref(operation.record), with: ref(operation.with) };
    case "delete":
      return { kind: "delete", record: ref(operation.record) };
    case "merge":
      return { kind: "merge", record: ref(operation.record), into: ref(operation.into) };
  }
}

/** The records that an operation needs: those that it is about, and those to which its lookups lead. */
export function recordsOf(operation: Operation): readonly RecordRef[] {
  switch (operation.kind) {
    case "task":
    case "create column":
      return [];
    case "create":
      return [...operation.attributes.values()].flatMap((value) => (value.kind === "Record" ? value : []));
    case "append":
      return [operation.record, operation.to];
    case "associate":
    case "disassociate":
      return [operation.record, operation.with];
    case "merge":
      return [operation.into, operation.record];
    default:
      return [operation.record];
  }
}

export function recordName({ entities }: Policy, { entity, id }: RecordRef): { entity: string; id: string } {
  return { entity: entities[entity]?.name ?? "", id };
}

export function principalReference({ kind, name }: PrincipalName): PrincipalReference {
  return kind === "team" ? { team: name } : { user: name };
}

/** undefined = the whole organization */
export function sharee(principal: PrincipalName | undefined): PrincipalReference | "organization" {
  return principal === undefined ? "organization" : principalReference(principal);
}

export function rightNames(rights: ActionMask): string[] {
  return actions.filter((_, action) => (rights & (1 << action)) !== 0);
}
