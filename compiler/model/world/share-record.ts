import type { ActionMask, PrincipalName } from "../model.ts";
import { addInherited, type Inheriting } from "./inherit.ts";
import { relationsOf } from "./relations.ts";
import { ShareTable } from "./share-table.ts";
import type { Outcome, RecordRef, State } from "./state.ts";

/** A declared share: it adds to what is shared already, or replaces it (semantics.md S4 X13), and follows the cascade (S5). */
export function shareRecord(
  state: State,
  record: RecordRef,
  principal: PrincipalName | undefined,
  rights: ActionMask,
): Outcome {
  const { policy, world } = state;
  const shares = new ShareTable(world.shares);
  const inheriting = { policy, relations: relationsOf(policy, world.records), shares };
  grant(inheriting, record, principal, rights);
  return { policy, world: { ...world, shares: shares.rows() } };
}

/** The same on a table that is still being made. */
export function grant(
  inheriting: Inheriting,
  record: RecordRef,
  principal: PrincipalName | undefined,
  rights: ActionMask,
): void {
  const { policy, relations, shares } = inheriting;
  const { direct } = shares.get(record, principal);
  shares.setDirect(record, principal, policy.settings.grantAddsToShare ? direct | rights : rights);
  // There is no sharer whose share right could be missing on a child, so every child is reached.
  const mask = shares.get(record, principal).direct;
  for (const child of relations.children(record, "share"))
    addInherited(child, { principal, mask }, inheriting);
}
