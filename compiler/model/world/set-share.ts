import type { ActionMask, PrincipalName } from "../model.ts";
import { addInherited, withdrawInherited } from "./inherit.ts";
import { relationsOf } from "./relations.ts";
import { ShareTable } from "./share-table.ts";
import type { Outcome, RecordRef, State } from "./state.ts";

/**
 * Replaces the direct mask of a share, 0 to revoke it (semantics.md S4). What is gone goes from the records below it too,
 * unless they have it from elsewhere or the record inherits it itself; what is new reaches them (S5).
 */
export function setShare(
  { policy, world }: State,
  record: RecordRef,
  principal: PrincipalName | undefined,
  rights: ActionMask,
): Outcome {
  const shares = new ShareTable(world.shares);
  const inheriting = { policy, relations: relationsOf(policy, world.records), shares };
  const before = shares.get(record, principal);
  shares.setDirect(record, principal, rights);
  const after = shares.get(record, principal);
  const gone = before.direct & ~after.direct;
  const { relations } = inheriting;
  const below = [...relations.children(record, "share"), ...relations.children(record, "unshare")];
  withdrawInherited(below, { principal, mask: gone }, inheriting);
  for (const child of relations.children(record, "share"))
    addInherited(child, { principal, mask: after.direct }, inheriting);
  return { policy, world: { ...world, shares: shares.rows() } };
}
