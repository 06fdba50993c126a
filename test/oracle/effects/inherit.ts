// What a record inherits from the records above it: semantics.md S5 (shares) and R1 (ownership).
import type { ActionMask, PrincipalName, WorldRecord } from "../../../compiler/model/model.ts";
import {
  keyOf,
  lookupsTo,
  type PlainWorld,
  type RecordKey,
  samePrincipal,
  targetOf,
} from "../plain-world.ts";

/** Every right but create (R1, S7). */
export const everyRight = 0b1111_1110;

/** What a principal is given; undefined = the whole organization. */
export interface Given {
  readonly principal: PrincipalName | undefined;
  readonly mask: ActionMask;
}

type Upward = "share" | "reparent";

/** The records to which lookups with this cascade lead. */
export function parentsOf(world: PlainWorld, record: WorldRecord, cascade: Upward): readonly WorldRecord[] {
  const parents: WorldRecord[] = [];
  for (const attribute of world.entityOf(record).attributes) {
    const parent = attribute.cascades.has(cascade) ? targetOf(world, record, attribute) : undefined;
    if (parent !== undefined) parents.push(parent);
  }
  return parents;
}

/** The records whose lookups with one of these cascades lead here, each once. */
export function childrenOf(
  world: PlainWorld,
  record: RecordKey,
  cascades: readonly ("share" | "unshare" | "assign" | "reparent")[],
): readonly WorldRecord[] {
  const children = new Map<string, WorldRecord>();
  for (const [child, attribute] of lookupsTo(world, record))
    if (cascades.some((cascade) => attribute.cascades.has(cascade))) children.set(keyOf(child), child);
  return [...children.values()];
}

/** Only what has an owner can be shared (E1, E3). */
export function canBeShared(world: PlainWorld, record: RecordKey): boolean {
  return world.entityOf(record).ownership === "userOrTeam";
}

/** R1: the owners of the parents by `reparent` cascades, of their parents, and so on. */
function ownersAbove(world: PlainWorld, record: WorldRecord): readonly PrincipalName[] {
  const owners: PrincipalName[] = [];
  const seen = new Set([keyOf(record)]);
  const climb = (from: WorldRecord): void => {
    for (const parent of parentsOf(world, from, "reparent")) {
      // Through a parent without an owner nothing comes.
      if (parent.owner === undefined || seen.has(keyOf(parent))) continue;
      seen.add(keyOf(parent));
      owners.push(parent.owner);
      climb(parent);
    }
  };
  climb(record);
  return owners;
}

/** What lies above gives to a record, as things stand. */
function givenFromAbove(world: PlainWorld, record: WorldRecord): readonly Given[] {
  if (!canBeShared(world, record)) return [];
  const given: Given[] = [];
  // S5: a share of the parent reaches its children, what the parent inherited itself too.
  for (const parent of parentsOf(world, record, "share"))
    for (const { principal, direct, inherited } of world.sharesOf(parent))
      given.push({ principal, mask: direct | inherited });
  // R1: on what another owns.
  for (const owner of ownersAbove(world, record))
    if (!samePrincipal(owner, record.owner)) given.push({ principal: owner, mask: everyRight });
  return given;
}

/** The record and what lies below it by `reparent` cascades: what has no owner hands nothing on. */
function chainBelow(world: PlainWorld, record: RecordKey): readonly WorldRecord[] {
  const chain = new Map<string, WorldRecord>();
  const add = (each: WorldRecord | undefined): void => {
    if (each === undefined || chain.has(keyOf(each)) || !canBeShared(world, each)) return;
    chain.set(keyOf(each), each);
    for (const child of childrenOf(world, each, ["reparent"])) add(child);
  };
  add(world.record(record));
  return [...chain.values()];
}

/** S5: adds to the inherited mask of a record, and of what lies below it by `share` cascades. */
export function inherit(world: PlainWorld, record: RecordKey, { principal, mask }: Given): void {
  if (!canBeShared(world, record)) return;
  const before = world.masks(record, principal);
  const inherited = before.inherited | (mask & everyRight);
  // Nothing new here is nothing new below; so records that are each other's parents come to an end.
  if (inherited === before.inherited) return;
  world.setMasks(record, principal, { ...before, inherited });
  for (const child of childrenOf(world, record, ["share"])) inherit(world, child, { principal, mask });
}

/** What the place of a record gives: to itself, and by R1, which chains, to what lies below it. */
export interface Standing {
  readonly given: readonly Given[];
  readonly owners: readonly PrincipalName[];
}

export function standingOf(world: PlainWorld, record: WorldRecord): Standing {
  return {
    given: givenFromAbove(world, record),
    owners: canBeShared(world, record) ? ownersAbove(world, record) : [],
  };
}

/** A record that is new where it stands takes over what lies above, and so does what lies below it. */
export function arrive(world: PlainWorld, record: RecordKey): void {
  const found = world.record(record);
  if (found === undefined) return;
  const { given, owners } = standingOf(world, found);
  for (const each of given) inherit(world, record, each);
  for (const below of chainBelow(world, record))
    for (const principal of owners)
      if (!samePrincipal(principal, below.owner)) inherit(world, below, { principal, mask: everyRight });
}

/** A record that has left its place loses what was given there and nowhere else. */
export function leave(world: PlainWorld, record: RecordKey, { given, owners }: Standing): void {
  for (const each of given) withdraw(world, [record], each);
  for (const principal of owners) withdraw(world, chainBelow(world, record), { principal, mask: everyRight });
}

/**
 * S5: takes from the inherited masks of these records and of all below them what is not given from anywhere else. All of it
 * is taken first and comes back where it still has a reason: so two records that are each other's parents do not keep
 * alive what nobody gives.
 */
export function withdraw(world: PlainWorld, from: readonly RecordKey[], { principal, mask }: Given): void {
  const taken = new Map<string, { record: RecordKey; had: ActionMask }>();
  const take = (record: RecordKey): void => {
    const before = world.masks(record, principal);
    const had = before.inherited & mask;
    if (had === 0 || taken.has(keyOf(record))) return;
    taken.set(keyOf(record), { record, had });
    world.setMasks(record, principal, { ...before, inherited: before.inherited & ~mask });
    for (const child of childrenOf(world, record, ["share", "unshare"])) take(child);
  };
  for (const record of from) take(record);
  for (const { record, had } of taken.values()) {
    const now = world.record(record);
    if (now === undefined) continue;
    for (const given of givenFromAbove(world, now))
      if (samePrincipal(given.principal, principal))
        inherit(world, record, { principal, mask: given.mask & had });
  }
}
