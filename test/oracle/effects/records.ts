// What creating, assigning, moving and deleting a record does, whoever does it.
import type { PrincipalName, Value, WorldRecord } from "../../../compiler/model/model.ts";
import { keyOf, lookupsTo, type PlainWorld, type RecordKey, samePrincipal } from "../plain-world.ts";
import { arrive, childrenOf, leave, standingOf } from "./inherit.ts";
import { shareWithPreviousOwner } from "./share.ts";

/** A record with its lookup to the parent that decides for it, if its entity has such (E2). */
export function withParent(world: PlainWorld, record: WorldRecord): WorldRecord {
  const entity = world.entityOf(record);
  const lookup = entity.parent === undefined ? undefined : entity.attributes[entity.parent.attribute];
  const value = lookup === undefined ? undefined : record.attributes.get(lookup.name);
  return { ...record, parent: value?.kind === "Record" ? value.id : undefined };
}

/**
 * B7: classic, the owner's unit always; modern, the one given, else `otherwise` (the creator's, or the owner's). What a
 * unit owns has no owner to follow, so it lies where it is given or with its creator in both modes.
 */
export function placed(
  world: PlainWorld,
  record: WorldRecord,
  otherwise: string | undefined = undefined,
): WorldRecord {
  const { ownership } = world.entityOf(record);
  if (ownership === "businessUnit") return { ...record, unit: record.unit ?? otherwise };
  if (ownership !== "userOrTeam") return { ...record, unit: undefined };
  const own = record.owner === undefined ? undefined : world.unitOfPrincipal(record.owner);
  const modern = world.policy.settings.ownershipAcrossBusinessUnits;
  return { ...record, unit: modern ? (record.unit ?? otherwise ?? own) : own };
}

/** A record where there was none: it takes over what lies above (S5, R1). */
export function createRecord(world: PlainWorld, record: WorldRecord): void {
  world.setRecord(withParent(world, record));
  arrive(world, record);
}

/** A4: a new owner, and the same one for the children by the `assign` cascade. */
export function assignRecord(world: PlainWorld, record: RecordKey, owner: PrincipalName): void {
  for (const each of withAssignedChildren(world, record)) {
    const now = world.record(each);
    if (now?.owner === undefined || samePrincipal(now.owner, owner)) continue;
    const { ownershipAcrossBusinessUnits, moveRecordsWithOwner } = world.policy.settings;
    // B7, B8: classic, the unit follows the owner; modern, where the switch says so.
    const follows = !ownershipAcrossBusinessUnits || moveRecordsWithOwner;
    world.setRecord({ ...now, owner, unit: follows ? world.unitOfPrincipal(owner) : now.unit });
    // S7
    if (world.policy.settings.shareToPreviousOwner) shareWithPreviousOwner(world, each, now.owner);
  }
}

/** The record and all that follows it when it is assigned, parents first. What has no owner does not follow. */
export function withAssignedChildren(world: PlainWorld, record: RecordKey): readonly RecordKey[] {
  const all = new Map<string, RecordKey>();
  const add = (each: RecordKey): void => {
    if (all.has(keyOf(each)) || world.entityOf(each).ownership !== "userOrTeam") return;
    all.set(keyOf(each), each);
    for (const child of childrenOf(world, each, ["assign"])) add(child);
  };
  add(record);
  return [...all.values()];
}

/** New values of attributes; "none" clears one. A lookup that leads elsewhere moves the record there (S5, R1). */
export function changeAttributes(
  world: PlainWorld,
  record: RecordKey,
  values: ReadonlyMap<string, Value | "none">,
): void {
  const before = world.record(record);
  if (before === undefined) return;
  const attributes = new Map(before.attributes);
  for (const [name, value] of values)
    if (value === "none") attributes.delete(name);
    else attributes.set(name, value);
  const after = withParent(world, { ...before, attributes });
  if (!leadsElsewhere(world, before, after)) world.setRecord(after);
  else moveRecord(world, after, () => world.setRecord(after));
}

/** What the records above gave goes, unless it is still given after the move; what they give then comes. */
function moveRecord(world: PlainWorld, record: RecordKey, move: () => void): void {
  const before = world.record(record);
  const former = before === undefined ? undefined : standingOf(world, before);
  move();
  if (former !== undefined) leave(world, record, former);
  arrive(world, record);
}

/** The lookups that are set on creation, or lead to another record than before. */
export function changedLookups(
  world: PlainWorld,
  before: WorldRecord | undefined,
  after: WorldRecord,
): readonly string[] {
  const target = (record: WorldRecord | undefined, name: string): string | undefined => {
    const value = record?.attributes.get(name);
    return value?.kind === "Record" ? keyOf(value) : undefined;
  };
  return world
    .entityOf(after)
    .attributes.map(({ name }) => name)
    .filter((name) => target(before, name) !== target(after, name));
}

function leadsElsewhere(world: PlainWorld, before: WorldRecord, after: WorldRecord): boolean {
  return changedLookups(world, before, after).length > 0;
}

/** A6: everything that goes with the record, and whether something keeps it from going. */
export function deletion(
  world: PlainWorld,
  record: RecordKey,
): { readonly records: readonly WorldRecord[]; readonly blockedBy: WorldRecord | undefined } {
  const all = new Map<string, WorldRecord>();
  let blockedBy: WorldRecord | undefined;
  const add = (each: WorldRecord): void => {
    if (all.has(keyOf(each))) return;
    all.set(keyOf(each), each);
    for (const [child, { onDelete }] of lookupsTo(world, each)) {
      // What leads to itself does not keep itself.
      if (onDelete === "restrict" && keyOf(child) !== keyOf(each)) blockedBy ??= child;
      if (onDelete === "cascade") add(child);
    }
  };
  const found = world.record(record);
  if (found !== undefined) add(found);
  return { records: [...all.values()], blockedBy };
}

/** A6: `cascade` deletes the children, `unlink` clears their lookups. */
export function deleteRecords(world: PlainWorld, records: readonly WorldRecord[]): void {
  const gone = new Set(records.map(keyOf));
  for (const record of records)
    for (const [child, { name }] of lookupsTo(world, record))
      if (!gone.has(keyOf(child))) changeAttributes(world, child, new Map([[name, "none"]]));
  for (const record of records) world.removeRecord(record);
}
