import type { ActionMask, PrincipalName } from "../model.ts";
import { addInherited, removeInheritedBelow } from "./inherit.ts";
import { relationsOf } from "./relations.ts";
import { ShareTable } from "./share-table.ts";
import type { Outcome, RecordRef, State } from "./state.ts";

/**
 * Replaces the direct mask of a share, 0 to revoke it (semantics.md S4). What the record no longer carries goes from the
 * records below it, what it carries anew reaches them (S5).
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
  const carried = after.direct | after.inherited;
  const gone = before.direct & ~carried;
  if (gone !== 0) removeInheritedBelow(record, { principal, mask: gone }, inheriting);
  for (const child of inheriting.relations.children(record, "share"))
    addInherited(child, { principal, mask: after.direct }, inheriting);
  return { policy, world: { ...world, shares: shares.rows() } };
}
