// semantics.md A5, A7, A8 and B10: updating a record, setting its lookups and its unit, associating two records.
import type { WorldRecord } from "../../../compiler/model/model.ts";
import { assignRecord, changeAttributes, changedLookups, withParent } from "../effects/records.ts";
import type { RecordFacts } from "../facts.ts";
import type { PlainWorld, RecordKey } from "../plain-world.ts";
import { samePrincipal } from "../plain-world.ts";
import { checksOfAssign } from "./assign.ts";
import type { Checked, Inquiry } from "./inquiry.ts";
import type { Operation } from "./operation.ts";

type Update = Extract<Operation, { kind: "update" }>;

/** A7 for every lookup that `after` sets; `child` is the record as it is, or as it is to be created. */
export function* setsLookups(
  inquiry: Inquiry,
  before: WorldRecord | undefined,
  after: WorldRecord,
  child: RecordFacts,
): Generator<Checked> {
  for (const name of changedLookups(inquiry.world, before, after)) {
    const value = after.attributes.get(name);
    yield* setsLookup(inquiry, child, value?.kind === "Record" ? value : undefined);
  }
}

/** A7: append, write and read on the child; appendTo and read on the parent (X6: and write), if the lookup is not emptied. */
export function* setsLookup(
  inquiry: Inquiry,
  child: RecordFacts,
  to: RecordKey | undefined,
): Generator<Checked> {
  yield inquiry.right("A7", "append", child);
  yield inquiry.right("A7", "write", child);
  yield inquiry.right("A7", "read", child);
  if (to === undefined) return;
  if (inquiry.world.record(to) === undefined) {
    yield inquiry.refuse("state", "A7", "appendTo");
    return;
  }
  const parent = inquiry.factsOf(to);
  yield inquiry.right("A7", "appendTo", parent);
  yield inquiry.right("A7", "read", parent);
  if (inquiry.facts.policy.settings.appendToNeedsWrite) yield inquiry.right("A7", "write", parent);
}

/** The record with the values that an update gives it. */
function updated(world: PlainWorld, record: WorldRecord, { attributes: values }: Update): WorldRecord {
  const attributes = new Map(record.attributes);
  for (const [name, value] of values)
    if (value === "none") attributes.delete(name);
    else attributes.set(name, value);
  return withParent(world, { ...record, attributes });
}

/** A5: write; A7 for each lookup that is changed; B10 for a changed unit; A4 for a changed owner. */
export function* checksOfUpdate(inquiry: Inquiry, operation: Update): Generator<Checked> {
  const before = inquiry.world.record(operation.record) as WorldRecord;
  const facts = inquiry.factsOf(operation.record);
  yield inquiry.right("A5", "write", facts);
  yield* setsLookups(inquiry, before, updated(inquiry.world, before, operation), facts);
  const { owner, unit } = operation;
  if (unit !== undefined && unit !== before.unit && before.owner !== undefined) yield* setsUnit(inquiry);
  if (owner !== undefined && !samePrincipal(owner, before.owner))
    yield* checksOfAssign(inquiry, { kind: "assign", record: operation.record, to: owner });
}

/** B10: in the modern mode, and where the project declares the privilege. */
export function* setsUnit(inquiry: Inquiry): Generator<Checked> {
  const { settings, tasks } = inquiry.facts.policy;
  const task = "AppendToBusinessUnit";
  if (settings.ownershipAcrossBusinessUnits && tasks.some(({ name }) => name === task))
    yield inquiry.task("B10", task);
}

export function effectOfUpdate({ world }: Inquiry, operation: Update): void {
  const { record, owner, unit, attributes } = operation;
  const before = world.record(record);
  changeAttributes(world, record, attributes);
  if (owner !== undefined && !samePrincipal(owner, before?.owner)) assignRecord(world, record, owner);
  if (unit !== undefined) setUnit(world, record, unit);
}

/** B7: in the classic mode the unit is the owner's, whatever is said. */
export function setUnit(world: PlainWorld, record: RecordKey, unit: string): void {
  const now = world.record(record);
  if (now === undefined) return;
  const { ownership } = world.entityOf(record);
  const modern = world.policy.settings.ownershipAcrossBusinessUnits && ownership === "userOrTeam";
  if (modern || ownership === "businessUnit") world.setRecord({ ...now, unit });
}

/** A8: append on both, read on both (X12: and appendTo on the second). Nothing of it is kept. */
export function* checksOfAssociation(inquiry: Inquiry, x: RecordKey, y: RecordKey): Generator<Checked> {
  const [first, second] = [inquiry.factsOf(x), inquiry.factsOf(y)];
  yield inquiry.right("A8", "append", first);
  yield inquiry.right("A8", "append", second);
  yield inquiry.right("A8", "read", first);
  yield inquiry.right("A8", "read", second);
  if (inquiry.facts.policy.settings.associateNeedsAppendTo) yield inquiry.right("A8", "appendTo", second);
}
