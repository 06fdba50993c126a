// Which checks each operation is made of, and what it does: the table of semantics.md section 6.
import { changeAttributes, deleteRecords, deletion } from "../effects/records.ts";
import type { RecordKey } from "../plain-world.ts";
import { actionNames } from "../rights.ts";
import { checksOfAssign, effectOfAssign } from "./assign.ts";
import {
  checksOfColumn,
  checksOfColumnShare,
  checksOfCreatedColumn,
  effectOfColumnShare,
} from "./columns.ts";
import { checksOfCreate, effectOfCreate } from "./create.ts";
import type { Checked, Inquiry } from "./inquiry.ts";
import { checksOfAssociation, checksOfUpdate, effectOfUpdate, setsLookup } from "./lookups.ts";
import { checksOfMerge, effectOfMerge } from "./merge.ts";
import type { Operation } from "./operation.ts";
import { checksOfShare, checksOfUnshare, effectOfShare, effectOfUnshare } from "./share.ts";

export function checksOf(inquiry: Inquiry, operation: Operation): Iterable<Checked> {
  switch (operation.kind) {
    case "right":
      return [inquiry.right("1", actionNames[operation.action] ?? "read", inquiry.factsOf(operation.record))];
    case "task":
      return [inquiry.task("1", inquiry.facts.policy.tasks[operation.task]?.name ?? "")];
    case "column":
      return checksOfColumn(inquiry, operation);
    case "create column":
      return checksOfCreatedColumn(inquiry, operation);
    case "create":
      return checksOfCreate(inquiry, operation);
    case "update":
      return checksOfUpdate(inquiry, operation);
    case "assign":
      return checksOfAssign(inquiry, operation);
    case "share":
      return checksOfShare(inquiry, operation);
    case "unshare":
    case "unshare column":
      return checksOfUnshare(inquiry, operation);
    case "share column":
      return checksOfColumnShare(inquiry, operation);
    case "append":
      return checksOfAppend(inquiry, operation);
    case "associate":
    case "disassociate":
      return checksOfAssociation(inquiry, operation.record, operation.with);
    case "delete":
      return checksOfDelete(inquiry, operation);
    case "merge":
      return checksOfMerge(inquiry, operation);
  }
}

export function effectOf(inquiry: Inquiry, operation: Operation): void {
  const { world } = inquiry;
  switch (operation.kind) {
    case "create":
      effectOfCreate(inquiry, operation);
      break;
    case "update":
      effectOfUpdate(inquiry, operation);
      break;
    case "assign":
      effectOfAssign(inquiry, operation);
      break;
    case "share":
      effectOfShare(inquiry, operation);
      break;
    case "unshare":
      effectOfUnshare(inquiry, operation);
      break;
    case "share column":
      effectOfColumnShare(world, operation);
      break;
    case "unshare column":
      world.setColumnShare({ ...operation, rights: 0 });
      break;
    case "append": {
      const { record, to, lookup } = operation;
      const { entity, id } = to;
      changeAttributes(world, record, new Map([[lookup, { kind: "Record", entity, id }]]));
      break;
    }
    case "delete":
      deleteRecords(world, deletion(world, operation.record).records);
      break;
    case "merge":
      effectOfMerge(world, operation);
      break;
    // Rights and columns are asked; of an association nothing is kept.
  }
}

/** The records that an operation speaks of: they must be there. */
export function recordsOf(operation: Operation): readonly RecordKey[] {
  switch (operation.kind) {
    case "task":
    case "create":
    case "create column":
      return [];
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

/** A7, whatever the lookup leads to now. */
function* checksOfAppend(
  inquiry: Inquiry,
  { record, to }: Extract<Operation, { kind: "append" }>,
): Generator<Checked> {
  yield* setsLookup(inquiry, inquiry.factsOf(record), to);
}

/** A6: delete on the record alone; a child that restricts refuses. */
function* checksOfDelete(
  inquiry: Inquiry,
  { record }: Extract<Operation, { kind: "delete" }>,
): Generator<Checked> {
  yield inquiry.right("A6", "delete", inquiry.factsOf(record));
  const { blockedBy } = deletion(inquiry.world, record);
  if (blockedBy !== undefined) yield inquiry.refuse("state", "A6", "delete", inquiry.factsOf(blockedBy));
}
