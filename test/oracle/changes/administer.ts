// An operation that an administrator makes happen: it takes effect with its cascades, and nobody is asked. What the model itself
// refuses it refuses him as well: what has no owner is neither assigned nor shared (E1 to E3), access teams own nothing (T5), and
// only different active records of one entity are merged (A9).
import { assignRecord, changeAttributes } from "../effects/records.ts";
import { grantShare, replaceShare } from "../effects/share.ts";
import { recordsOf } from "../operations/checks.ts";
import { effectOfColumnShare } from "../operations/columns.ts";
import { canBeMerged, effectOfMerge } from "../operations/merge.ts";
import type { Operation } from "../operations/operation.ts";
import type { PlainWorld, RecordKey } from "../plain-world.ts";
import type { Outcome } from "./change.ts";

type Of<Kind extends Operation["kind"]> = Extract<Operation, { kind: Kind }>;

/** Those that have no change of their own (change.ts). */
export type Administered = Of<
  | "assign"
  | "share"
  | "unshare"
  | "share column"
  | "unshare column"
  | "append"
  | "associate"
  | "disassociate"
  | "merge"
>;

export function administer(world: PlainWorld, operation: Administered): Outcome {
  if (recordsOf(operation).some((record) => world.record(record) === undefined))
    return "there is no such record";
  switch (operation.kind) {
    case "assign":
      if (!hasOwner(world, operation.record)) return "the record has no owner";
      if (operation.to.kind === "team" && world.teams.get(operation.to.name)?.kind === "access")
        return "an access team owns nothing";
      assignRecord(world, operation.record, operation.to);
      return undefined;
    case "share":
      if (!hasOwner(world, operation.record)) return "the record cannot be shared";
      grantShare(world, operation.record, operation.principal, operation.rights);
      return undefined;
    case "unshare":
      if (!hasOwner(world, operation.record)) return "the record cannot be shared";
      replaceShare(world, operation.record, operation.principal, 0);
      return undefined;
    case "share column":
      effectOfColumnShare(world, operation);
      return undefined;
    case "unshare column":
      world.setColumnShare({ ...operation, rights: 0 });
      return undefined;
    case "append": {
      const { record, to, lookup } = operation;
      changeAttributes(world, record, new Map([[lookup, { kind: "Record", entity: to.entity, id: to.id }]]));
      return undefined;
    }
    case "merge":
      if (!canBeMerged(world, operation)) return "the records are in the wrong state";
      effectOfMerge(world, operation);
      return undefined;
    default:
      // Of an association nothing is kept.
      return undefined;
  }
}

const hasOwner = (world: PlainWorld, record: RecordKey): boolean =>
  world.entityOf(record).ownership === "userOrTeam";
