import {
  CASCADE_ASSIGN,
  FLAG_MODERN,
  FLAG_MOVE_RECORDS,
  FLAG_SHARE_TO_PREVIOUS,
} from "../../../runtime-as/abi.ts";
import type { Policy } from "../../policy.ts";
import type { Changing } from "../ground.ts";
import { withAllBelow } from "../relations.ts";
import { everyRight } from "./inherit.ts";
import { addShare } from "./share.ts";

/** A record and all that is assigned with it: what lies below it along `assign` cascades. */
export function followersOf(changing: Changing, record: number): Set<number> {
  return withAllBelow(changing, record, CASCADE_ASSIGN);
}

/** Whether a record takes the unit of a new owner (semantics.md B7, B8). */
export function takesOwnersUnit({ switches }: Policy): boolean {
  return (switches & FLAG_MODERN) === 0 || (switches & FLAG_MOVE_RECORDS) !== 0;
}

/** Hands a record to a new owner, with all that follows it; the one before keeps a share where the policy says so (S7). */
export function assign(changing: Changing, record: number, to: number): void {
  const { policy, editor } = changing;
  const unit = takesOwnersUnit(policy) ? editor.unitOfPrincipal(to) : undefined;
  for (const follower of followersOf(changing, record)) {
    const before = editor.ownerOf(follower);
    if (before === to) continue;
    editor.setOwner(follower, to);
    if (unit !== undefined) editor.setUnit(follower, unit);
    if ((policy.switches & FLAG_SHARE_TO_PREVIOUS) !== 0) addShare(changing, follower, before, everyRight);
  }
}
