import type { Entity, WorldRecord } from "../model.ts";
import type { Change } from "../script.ts";
import { withValues } from "./edit-holder.ts";
import { addInherited, inheritedBy, withdrawInherited } from "./inherit.ts";
import { relationsOf } from "./relations.ts";
import { ShareTable } from "./share-table.ts";
import { entityOf, findRecord, type Outcome, type State } from "./state.ts";

/**
 * Attributes of a record, and its business unit in the modern mode (semantics.md B7). A lookup that changes moves the
 * record under another parent: it inherits there (S5, R1), and what only the former parent gave is gone.
 */
export function editRecord(state: State, change: Extract<Change, { kind: "edit record" }>): Outcome {
  const { policy, world } = state;
  const before = findRecord(world, change.record);
  if (before === undefined) return { refused: `there is no record \`${change.record.id}\`` };
  const entity = entityOf(policy, before);
  const modern = policy.settings.ownershipAcrossBusinessUnits || entity.ownership === "businessUnit";
  if (change.unit !== undefined && !modern)
    return { refused: `record \`${before.id}\` is always in its owner's business unit` };
  const attributes = withValues(before.attributes, change.attributes);
  const lookup = entity.parent === undefined ? undefined : entity.attributes[entity.parent.attribute];
  const parent = lookup === undefined ? undefined : attributes.get(lookup.name);
  const after: WorldRecord = {
    ...before,
    unit: change.unit ?? before.unit,
    parent: parent?.kind === "Record" ? parent.id : undefined,
    attributes,
  };
  const records = world.records.map((record) => (record === before ? after : record));
  if (!movesRecord(entity, before, after)) return { policy, world: { ...world, records } };
  const shares = new ShareTable(world.shares);
  const former = inheritedBy(before, { policy, relations: relationsOf(policy, world.records), shares });
  const inheriting = { policy, relations: relationsOf(policy, records), shares };
  for (const inherited of former) withdrawInherited([after], inherited, inheriting);
  for (const inherited of inheritedBy(after, inheriting)) addInherited(after, inherited, inheriting);
  return { policy, world: { ...world, records, shares: shares.rows() } };
}

/** Whether a lookup leads elsewhere than before. */
function movesRecord({ attributes }: Entity, before: WorldRecord, after: WorldRecord): boolean {
  const target = (record: WorldRecord, name: string): string | undefined => {
    const value = record.attributes.get(name);
    return value?.kind === "Record" ? value.id : undefined;
  };
  return attributes.some(({ name }) => target(before, name) !== target(after, name));
}
