import {
  ACTION_READ,
  ACTION_SHARE,
  FLAG_SHARER_NEEDS_RIGHTS,
  ORGANIZATION,
  TEAM_BIT,
} from "../../../runtime-as/abi.ts";
import { actionNames } from "../../tables/rights.ts";
import type { Asking } from "../asking.ts";
import type { PlanOf } from "../plan.ts";
import type { Checks } from "./check.ts";

/**
 * semantics.md A10, S6: share, then read of the sharer, then each right that he grants where `sharerNeedsGrantedRights` asks
 * for it, then read of the sharee: any grant. A team may receive shares without one (T5, T7), and so may everybody.
 */
export function* checksOfShare(asking: Asking, { record, with: sharee, mask }: PlanOf<"share">): Checks {
  yield asking.right("A10", ACTION_SHARE, record);
  yield asking.right("A10", ACTION_READ, record);
  if ((asking.ground.policy.switches & FLAG_SHARER_NEEDS_RIGHTS) !== 0)
    for (let action = 0; action < actionNames.length; action++)
      if ((mask & (1 << action)) !== 0) yield asking.right("S6", action, record);
  if (sharee !== ORGANIZATION && (sharee & TEAM_BIT) === 0) yield asking.mayBeSharee("S6", sharee, record);
}

/** Revoking needs share and read (language.md section 8). */
export function* checksOfUnshare(asking: Asking, { record }: PlanOf<"unshare">): Checks {
  yield asking.right("A10", ACTION_SHARE, record);
  yield asking.right("A10", ACTION_READ, record);
}
