import { CASCADE_SHARE, CASCADE_UNSHARE, FLAG_GRANT_ADDS } from "../../../runtime-as/abi.ts";
import type { Changing } from "../ground.ts";
import { childrenOf } from "../relations.ts";
import { addInherited, everyChild, everyRight, withdrawInherited } from "./inherit.ts";

/**
 * Replaces the direct mask of a share, 0 revokes it (semantics.md S4). What is gone goes from the records below too, and what
 * there is reaches those of them that `reaches` admits (S5).
 */
export function replaceShare(
  changing: Changing,
  record: number,
  principal: number,
  mask: number,
  reaches: (child: number) => boolean = everyChild,
): void {
  const { editor } = changing;
  const before = editor.shareOf(record, principal);
  const direct = mask & everyRight;
  editor.setShare(record, principal, direct, before.inherited);
  const gone = before.direct & ~direct;
  if (gone !== 0) {
    const below = childrenOf(changing, record, CASCADE_SHARE | CASCADE_UNSHARE);
    withdrawInherited(changing, below, principal, gone);
  }
  for (const child of childrenOf(changing, record, CASCADE_SHARE))
    addInherited(changing, child, { principal, mask: direct }, reaches);
}

/** Shares a record; sharing again adds, or replaces where `grantAddsToShare` is off (semantics.md S4). */
export function addShare(
  changing: Changing,
  record: number,
  principal: number,
  mask: number,
  reaches: (child: number) => boolean = everyChild,
): void {
  const { policy, editor } = changing;
  const adds = (policy.switches & FLAG_GRANT_ADDS) !== 0;
  const { direct } = editor.shareOf(record, principal);
  replaceShare(changing, record, principal, adds ? direct | mask : mask, reaches);
}
