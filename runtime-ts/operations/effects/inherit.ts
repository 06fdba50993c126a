// What a record inherits from the records above it (semantics.md S5, R1).
import { ACTION_CREATE, CASCADE_REPARENT, CASCADE_SHARE, CASCADE_UNSHARE } from "../../../runtime-as/abi.ts";
import { actionNames } from "../../tables/rights.ts";
import type { Changing } from "../ground.ts";
import { childrenOf, hasOwners, parentsOf, withAllBelow } from "../relations.ts";

/** Every right on a record that exists: create is none (semantics.md S8). */
export const everyRight: number = ((1 << actionNames.length) - 1) & ~(1 << ACTION_CREATE);

/** Rights of a principal (or ORGANIZATION). */
export interface Inherited {
  readonly principal: number;
  readonly mask: number;
}

export const everyChild = (): boolean => true;

/**
 * The owners of the parents, of their parents, and so on, as far as `reparent` cascades lead (semantics.md R1). A parent
 * without an owner has nothing to hand on, and nothing comes through it.
 */
function ownersAbove(changing: Changing, record: number): Set<number> {
  const owners = new Set<number>();
  const above = new Set(parentsOf(changing, record, CASCADE_REPARENT));
  for (const parent of above) {
    if (parent === record || !hasOwners(changing, parent)) continue;
    owners.add(changing.editor.ownerOf(parent));
    for (const next of parentsOf(changing, parent, CASCADE_REPARENT)) above.add(next);
  }
  return owners;
}

/** By a `share` cascade a record inherits all that its parents' share rows carry (semantics.md S5). */
function sharesAbove(changing: Changing, record: number): Inherited[] {
  return [...parentsOf(changing, record, CASCADE_SHARE)].flatMap((parent) =>
    changing.editor
      .sharesOf(parent)
      .map(({ principal, direct, inherited }) => ({ principal, mask: direct | inherited })),
  );
}

/** What a record inherits as things stand; its own owner inherits nothing from being the owner above. */
function inheritedBy(changing: Changing, record: number): Inherited[] {
  if (!hasOwners(changing, record)) return [];
  const owner = changing.editor.ownerOf(record);
  const owners = [...ownersAbove(changing, record)]
    .filter((above) => above !== owner)
    .map((principal) => ({ principal, mask: everyRight }));
  return [...sharesAbove(changing, record), ...owners];
}

/** Adds rights to the inherited mask of a record and, along `share` cascades, of what lies below, as far as `reaches` admits. */
export function addInherited(
  changing: Changing,
  record: number,
  { principal, mask }: Inherited,
  reaches: (record: number) => boolean = everyChild,
): void {
  const { editor } = changing;
  const open = [record];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (!hasOwners(changing, at)) continue;
    const { direct, inherited } = editor.shareOf(at, principal);
    // Nothing new here is nothing new below: this also ends on records that are each other's parents.
    if ((mask & ~inherited) === 0 || !reaches(at)) continue;
    editor.setShare(at, principal, direct, inherited | mask);
    open.push(...childrenOf(changing, at, CASCADE_SHARE));
  }
}

/**
 * Takes rights out of the inherited masks of records and of all that lies below them, except where something above still
 * gives them (semantics.md S5). All are taken first and what is still given comes back, so that records which are each
 * other's parents do not keep alive what nobody gives any more.
 */
export function withdrawInherited(
  changing: Changing,
  from: Iterable<number>,
  principal: number,
  mask: number,
): void {
  const { editor } = changing;
  const dropped = new Map<number, number>();
  const open = [...from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { direct, inherited } = editor.shareOf(at, principal);
    if (dropped.has(at) || (inherited & mask) === 0) continue;
    dropped.set(at, inherited & mask);
    editor.setShare(at, principal, direct, inherited & ~mask);
    open.push(...childrenOf(changing, at, CASCADE_SHARE | CASCADE_UNSHARE));
  }
  for (const [record, had] of dropped)
    for (const other of inheritedBy(changing, record))
      if (other.principal === principal)
        addInherited(changing, record, { principal, mask: other.mask & had });
}

/** What a record under its parents passes on: to itself, and of the owners above to what lies below (R1 chains). */
export interface Standing {
  readonly own: readonly Inherited[];
  readonly owners: ReadonlySet<number>;
}

export function standingOf(changing: Changing, record: number): Standing {
  const owners = hasOwners(changing, record) ? ownersAbove(changing, record) : new Set<number>();
  return { own: inheritedBy(changing, record), owners };
}

/** A record has come under its parents, by creation or by a move: it inherits there, and so does what lies below it. */
export function arrive(changing: Changing, record: number): void {
  const { own, owners } = standingOf(changing, record);
  for (const inherited of own) addInherited(changing, record, inherited);
  if (owners.size === 0) return;
  for (const below of withAllBelow(changing, record, CASCADE_REPARENT))
    for (const principal of owners)
      if (principal !== changing.editor.ownerOf(below))
        addInherited(changing, below, { principal, mask: everyRight });
}

/** A record has left the parents where it stood so: what only they gave is gone. */
export function leave(changing: Changing, record: number, { own, owners }: Standing): void {
  for (const { principal, mask } of own) withdrawInherited(changing, [record], principal, mask);
  if (owners.size === 0) return;
  const below = withAllBelow(changing, record, CASCADE_REPARENT);
  for (const principal of owners) withdrawInherited(changing, below, principal, everyRight);
}
