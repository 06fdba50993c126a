import { ACTION_READ, ACTION_WRITE, ACTIONS, DECISION_ALLOW, NONE } from "../../runtime-as/abi.ts";
import type { GivenValues } from "../columns/request-values.ts";
import type { Description } from "../describe-record.ts";
import type { Ground } from "../operations/ground.ts";
import { accessOf, type ColumnAccess, ColumnTable } from "./column-access.ts";
import { ColumnRights } from "./column-rights.ts";
import type { SecuredColumn } from "./read-secured.ts";

/** The record whose columns are in question: a loaded one, a described one, or none yet. */
export type ColumnTarget =
  | { readonly kind: "loaded"; readonly entity: number; readonly record: number }
  | { readonly kind: "described"; readonly entity: number; readonly description: Description }
  | { readonly kind: "none"; readonly entity: number };

export const rightsOf = ({ core, memory, policy, loaded }: Ground): ColumnRights =>
  new ColumnRights(core, memory, policy.secured, loaded.columns);

const columnsOf = ({ policy }: Ground, entity: number): readonly SecuredColumn[] =>
  policy.secured.columns[entity] ?? [];

/** Whether the user has read and write on the record: access to it is checked first and on its own (semantics.md F1). */
function recordAccess(
  { core, loaded }: Ground,
  user: number,
  target: ColumnTarget,
  context: GivenValues | undefined,
): { read: boolean; write: boolean } {
  if (target.kind === "none") return { read: false, write: false };
  const first = target.entity * ACTIONS;
  const description = target.kind === "described" ? target.description : undefined;
  const allows = (action: number): boolean => {
    const code =
      target.kind === "loaded"
        ? core.decide(user, first + action, target.record)
        : core.decideDescribed(
            user,
            first + action,
            target.description.owner,
            target.description.unit,
            target.description.parent,
          );
    return code === DECISION_ALLOW;
  };
  return loaded.during(context, description?.attributes, () => ({
    read: allows(ACTION_READ),
    write: allows(ACTION_WRITE),
  }));
}

/** The user's rights on each secured column, COLUMN_* bits, whatever he may do with the record. */
export function columnRights(ground: Ground, user: number, target: ColumnTarget): Uint8Array {
  const rights = rightsOf(ground);
  const columns = rights.ofUser(user, target.entity);
  if (!columns.enabled) return new Uint8Array(columns.rights.length);
  if (target.kind === "loaded") {
    if (!ground.editor.exists(target.record)) return new Uint8Array(columns.rights.length);
    return rights.onRecord(user, columns, target.record, ground.editor.ownerOf(target.record));
  }
  return target.kind === "described"
    ? rights.onRecord(user, columns, NONE, target.description.owner)
    : columns.rights;
}

/** What a user may do with each secured column of a record, or of one that is to be created. */
export function columnsOfRecord(
  ground: Ground,
  user: number,
  target: ColumnTarget,
  context: GivenValues | undefined,
): ColumnAccess[] {
  const record = recordAccess(ground, user, target, context);
  const rights = columnRights(ground, user, target);
  return columnsOf(ground, target.entity).map((column, number) =>
    accessOf(column, rights[number] as number, record),
  );
}

/**
 * The same of many loaded records of one entity. What profiles give is worked out once; the records are asked in two
 * batches, `reads` and `writes`.
 */
export function columnsOfRecords(
  ground: Ground,
  user: number,
  entity: number,
  records: Uint32Array,
  ask: (action: number) => { get(index: number): boolean },
): ColumnTable {
  const rights = rightsOf(ground);
  const columns = rights.ofUser(user, entity);
  const nothing = new Uint8Array(columns.rights.length);
  const { editor } = ground;
  const rows = Array.from(records, (record) =>
    columns.enabled && editor.exists(record)
      ? rights.onRecord(user, columns, record, editor.ownerOf(record))
      : nothing,
  );
  const reads = ask(entity * ACTIONS + ACTION_READ);
  const writes = ask(entity * ACTIONS + ACTION_WRITE);
  return new ColumnTable(columnsOf(ground, entity), rows, (row) => ({
    read: reads.get(row),
    write: writes.get(row),
  }));
}
