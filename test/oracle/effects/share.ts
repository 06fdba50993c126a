// semantics.md section 4: the masks of shares, and how they follow to children.
import type { ActionMask, PrincipalName, WorldRecord } from "../../../compiler/model/model.ts";
import type { PlainWorld, RecordKey } from "../plain-world.ts";
import { childrenOf, everyRight, withdraw } from "./inherit.ts";

/** S5: "except children on which the sharer has no share right"; an administrator's change has no sharer. */
export type Reaches = (child: WorldRecord) => boolean;
export const everyChild: Reaches = () => true;

/** S4, X13: granting again adds, or replaces. What the principal then has directly reaches the children (S5). */
export function grantShare(
  world: PlainWorld,
  record: RecordKey,
  principal: PrincipalName | undefined,
  rights: ActionMask,
  reaches: Reaches = everyChild,
): void {
  const { direct } = world.masks(record, principal);
  const adds = world.policy.settings.grantAddsToShare;
  replaceShare(world, record, principal, adds ? direct | rights : rights, reaches);
}

/** S4: modify replaces the direct mask, revoke (no rights) removes it. S5: what is gone is gone from the children too. */
export function replaceShare(
  world: PlainWorld,
  record: RecordKey,
  principal: PrincipalName | undefined,
  rights: ActionMask,
  reaches: Reaches = everyChild,
): void {
  const before = world.masks(record, principal);
  world.setMasks(record, principal, { ...before, direct: rights });
  const gone = before.direct & ~rights;
  withdraw(world, childrenOf(world, record, ["share", "unshare"]), { principal, mask: gone });
  follow(world, record, principal, rights, reaches);
}

/** S5: the children that the share reaches, and what lies below those. */
function follow(
  world: PlainWorld,
  record: RecordKey,
  principal: PrincipalName | undefined,
  rights: ActionMask,
  reaches: Reaches,
): void {
  const mask = rights & everyRight;
  for (const child of childrenOf(world, record, ["share"])) {
    if (!reaches(child)) continue;
    const before = world.masks(child, principal);
    if ((mask & ~before.inherited) === 0) continue;
    if (world.entityOf(child).ownership !== "userOrTeam") continue;
    world.setMasks(child, principal, { ...before, inherited: before.inherited | mask });
    follow(world, child, principal, rights, reaches);
  }
}

/** S7: the previous owner keeps every right but create, as a share. */
export function shareWithPreviousOwner(world: PlainWorld, record: RecordKey, previous: PrincipalName): void {
  const before = world.masks(record, previous);
  world.setMasks(record, previous, { ...before, direct: everyRight });
  follow(world, record, previous, everyRight, everyChild);
}
