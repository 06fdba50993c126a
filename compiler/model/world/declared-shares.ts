import type { ActionMask, Policy, PrincipalName, Share, WorldRecord } from "../model.ts";
import { addInherited, inheritedBy } from "./inherit.ts";
import { relationsOf } from "./relations.ts";
import { grant } from "./share-record.ts";
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
