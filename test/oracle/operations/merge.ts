// semantics.md A9 and A11: merging a subordinate into a master, and what is active.
import type { Attribute, WorldRecord } from "../../../compiler/model/model.ts";
import { changeAttributes } from "../effects/records.ts";
import { keyOf, lookupsTo, type PlainWorld } from "../plain-world.ts";
import type { Checked, Inquiry } from "./inquiry.ts";
import type { Operation } from "./operation.ts";

type Merge = Extract<Operation, { kind: "merge" }>;

/** A11: the attributes that can say "inactive". */
function statesOf(world: PlainWorld, record: WorldRecord): readonly Attribute[] {
  return world
    .entityOf(record)
    .attributes.filter(
      ({ name, type }) =>
        (name === "status" || name === "state") &&
        type.kind === "Choice" &&
        type.options.includes("inactive"),
    );
}

function isActive(world: PlainWorld, record: WorldRecord): boolean {
  return statesOf(world, record).every(({ name }) => {
    const value = record.attributes.get(name);
    return !(value?.kind === "Choice" && value.value === "inactive");
  });
}

/** Both are there, different ones of one entity, and active. */
export function canBeMerged(world: PlainWorld, { record, into }: Merge): boolean {
  const [kept, given] = [world.record(into), world.record(record)];
  if (kept === undefined || given === undefined) return false;
  const differ = kept.entity === given.entity && keyOf(kept) !== keyOf(given);
  return differ && isActive(world, kept) && isActive(world, given);
}

/** The children of the subordinate that follow it to the master. */
function following(
  world: PlainWorld,
  subordinate: WorldRecord,
): readonly (readonly [WorldRecord, Attribute])[] {
  return [...lookupsTo(world, subordinate)].filter(([, { cascades }]) => cascades.has("merge"));
}

export function* checksOfMerge(inquiry: Inquiry, { record, into }: Merge): Generator<Checked> {
  const { world } = inquiry;
  yield inquiry.task("A9", "Merge");
  const master = inquiry.factsOf(into);
  const subordinate = inquiry.factsOf(record);
  for (const action of ["read", "write", "share", "appendTo"] as const)
    yield inquiry.right("A9", action, master);
  for (const action of ["read", "write", "append"] as const) yield inquiry.right("A9", action, subordinate);
  const [kept, given] = [world.record(into) as WorldRecord, world.record(record) as WorldRecord];
  if (kept.entity !== given.entity || keyOf(kept) === keyOf(given))
    yield inquiry.refuse("state", "A9", "merge", subordinate);
  if (!isActive(world, kept)) yield inquiry.refuse("state", "A9", "merge", master);
  if (!isActive(world, given)) yield inquiry.refuse("state", "A9", "merge", subordinate);
  const children = new Map(following(world, given).map(([child]) => [keyOf(child), child]));
  for (const child of children.values()) {
    yield inquiry.right("A9", "write", inquiry.factsOf(child));
    yield inquiry.right("A9", "append", inquiry.factsOf(child));
  }
}

/** The master is kept, the subordinate becomes inactive, its children follow. */
export function effectOfMerge(world: PlainWorld, { record, into }: Merge): void {
  const subordinate = world.record(record) as WorldRecord;
  for (const [child, { name }] of following(world, subordinate))
    changeAttributes(world, child, new Map([[name, { kind: "Record", ...into }]]));
  for (const { name } of statesOf(world, subordinate))
    changeAttributes(world, record, new Map([[name, { kind: "Choice", value: "inactive" }]]));
}
