import type { Policy, World, WorldRecord } from "../model.ts";
import { addInherited, inheritedBy } from "./inherit.ts";
import { relationsOf } from "./relations.ts";
import { ShareTable } from "./share-table.ts";
import { entityOf, findRecord, type Outcome, type State, unitOf } from "./state.ts";

/**
 * An unchecked creation by the record's owner, with the cascades of sharing and ownership (language.md section 8,
 * semantics.md S5, R1).
 */
export function createRecord(state: State, record: WorldRecord): Outcome {
  const { policy, world } = state;
  if (findRecord(world, record) !== undefined)
    return { refused: `there is a record \`${record.id}\` already` };
  const created = placed(policy, world, record);
  const records = [...world.records, created];
  if (!entityOf(policy, created).attributes.some(({ cascades }) => cascades.size > 0))
    return { policy, world: { ...world, records } };
  const shares = new ShareTable(world.shares);
  const inheriting = { policy, relations: relationsOf(policy, records), shares };
  for (const inherited of inheritedBy(created, inheriting)) addInherited(created, inherited, inheriting);
  return { policy, world: { ...world, records, shares: shares.rows() } };
}

/**
 * The record in its business unit (semantics.md B7): classic, always the owner's; modern, the one written, else the
 * owner's. undefined where only a directory knows the owner.
 */
export function placed(policy: Policy, world: World, record: WorldRecord): WorldRecord {
  const { ownership } = entityOf(policy, record);
  if (ownership === "organization" || ownership === "parent") return { ...record, unit: undefined };
  if (ownership === "businessUnit") return record;
  const own = record.owner === undefined ? undefined : unitOf(world, record.owner);
  const chosen = policy.settings.ownershipAcrossBusinessUnits ? (record.unit ?? own) : own;
  return { ...record, unit: chosen };
}
