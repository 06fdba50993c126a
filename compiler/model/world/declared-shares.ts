import type { ActionMask, Policy, PrincipalName, Share, WorldRecord } from "../model.ts";
import { addInherited, type Inheriting, inheritedBy, withdrawInherited } from "./inherit.ts";
import { relationsOf } from "./relations.ts";
import { ShareTable } from "./share-table.ts";
import type { RecordRef } from "./state.ts";

export interface DeclaredShare {
  readonly record: RecordRef;
  readonly principal: PrincipalName | undefined;
  readonly rights: ActionMask;
}

/**
 * The share rows of a project: first every record is created, then every share is given (language.md section 8). What is
 * inherited goes down as it comes, so the order of the records does not matter.
 */
export function declaredShares(
  policy: Policy,
  records: readonly WorldRecord[],
  declared: readonly DeclaredShare[],
): readonly Share[] {
  const inheriting = { policy, relations: relationsOf(policy, records), shares: new ShareTable([]) };
  for (const record of records)
    for (const inherited of inheritedBy(record, inheriting)) addInherited(record, inherited, inheriting);
  for (const { record, principal, rights } of declared) grant(inheriting, record, principal, rights);
  return inheriting.shares.rows();
}

/**
 * A declared share adds to what is shared already, or replaces it (semantics.md S4 X13), and follows the cascade (S5). What
 * is replaced goes from the records below, too.
 */
function grant(
  inheriting: Inheriting,
  record: RecordRef,
  principal: PrincipalName | undefined,
  rights: ActionMask,
): void {
  const { policy, relations, shares } = inheriting;
  const { direct } = shares.get(record, principal);
  shares.setDirect(record, principal, policy.settings.grantAddsToShare ? direct | rights : rights);
  const below = [...relations.children(record, "share"), ...relations.children(record, "unshare")];
  withdrawInherited(below, { principal, mask: direct & ~shares.get(record, principal).direct }, inheriting);
  // There is no sharer whose share right could be missing on a child, so every child is reached.
  const mask = shares.get(record, principal).direct;
  for (const child of relations.children(record, "share"))
    addInherited(child, { principal, mask }, inheriting);
}
