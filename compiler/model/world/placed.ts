import type { Policy, World, WorldRecord } from "../model.ts";
import { entityOf, unitOf } from "./state.ts";

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
