// What a record inherits from the records above it (semantics.md S5, R1).
import type { ActionMask, Policy, PrincipalName, WorldRecord } from "../model.ts";
import { RECORD_RIGHTS } from "../vocabulary.ts";
import type { Relations } from "./relations.ts";
import type { ShareTable } from "./share-table.ts";
import { entityOf, keyOf, type RecordRef, samePrincipal } from "./state.ts";

export interface Inheriting {
  readonly policy: Policy;
  readonly relations: Relations;
  readonly shares: ShareTable;
}

/** Only records with an owner can be shared. */
const canBeShared = (policy: Policy, record: RecordRef): boolean =>
  entityOf(policy, record).ownership === "userOrTeam";

export interface Inherited {
  readonly principal: PrincipalName | undefined;
  readonly mask: ActionMask;
}

/**
 * What a record inherits as things stand: by a `share` cascade all that its parent's share rows carry (S5), by a
 * `reparent` cascade every right but create for the parent's owner and for those above him, unless he owns the record
 * himself (R1).
 */
export function inheritedBy(record: WorldRecord, inheriting: Inheriting): readonly Inherited[] {
  const { policy, relations, shares } = inheriting;
  if (!canBeShared(policy, record)) return [];
  const shared = relations
    .parents(record, "share")
    .flatMap((parent) => shares.of(parent))
    .map(({ principal, direct, inherited }) => ({ principal, mask: direct | inherited }));
  const owners = ownersAbove(record, relations)
    .filter((owner) => !samePrincipal(owner, record.owner))
    .map((principal) => ({ principal, mask: RECORD_RIGHTS }));
  return [...shared, ...owners].filter(({ mask }) => mask !== 0);
}

/** The owners of the parents, of their parents, and so on, as far as `reparent` cascades lead. */
function ownersAbove(record: WorldRecord, relations: Relations): readonly PrincipalName[] {
  const owners: PrincipalName[] = [];
  const seen = new Set([keyOf(record)]);
  const open = [...relations.parents(record, "reparent")];
  for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
    // A parent without an owner has nothing to hand on, and nothing comes through it.
    if (parent.owner === undefined || seen.has(keyOf(parent))) continue;
    seen.add(keyOf(parent));
    owners.push(parent.owner);
    open.push(...relations.parents(parent, "reparent"));
  }
  return owners;
}

/** Adds rights to the inherited mask of a record and, by the `share` cascade, of everything below it. */
export function addInherited(
  record: RecordRef,
  { principal, mask }: Inherited,
  inheriting: Inheriting,
): void {
  const { policy, relations, shares } = inheriting;
  const open = [record];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (!canBeShared(policy, at)) continue;
    const { inherited } = shares.get(at, principal);
    // Nothing new here is nothing new below: this also ends on records that are each other's parents.
    if ((mask & ~inherited) === 0) continue;
    shares.setInherited(at, principal, inherited | mask);
    open.push(...relations.children(at, "share"));
  }
}

/**
 * Takes rights out of the inherited masks of records and of all that lies below them, except where something above still
 * gives them (semantics.md S5). All are taken first and what is still given comes back, so that records which are each
 * other's parents do not keep alive what nobody gives any more.
 */
export function withdrawInherited(
  from: readonly WorldRecord[],
  { principal, mask }: Inherited,
  inheriting: Inheriting,
): void {
  const { relations, shares } = inheriting;
  const dropped = new Map<WorldRecord, ActionMask>();
  const open = [...from];
  for (let record = open.pop(); record !== undefined; record = open.pop()) {
    const { inherited } = shares.get(record, principal);
    if (dropped.has(record) || (inherited & mask) === 0) continue;
    dropped.set(record, inherited & mask);
    shares.setInherited(record, principal, inherited & ~mask);
    open.push(...relations.children(record, "share"), ...relations.children(record, "unshare"));
  }
  for (const [record, had] of dropped)
    for (const other of inheritedBy(record, inheriting))
      if (samePrincipal(other.principal, principal))
        addInherited(record, { principal, mask: other.mask & had }, inheriting);
}
