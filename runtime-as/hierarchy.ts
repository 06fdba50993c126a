// Hierarchy security (semantics.md section 7): what a user reaches through those below him. Asked last, and only of users
// who have somebody below (USER_MANAGES): from the record's owner and sharees upwards, as many steps as the depth.
import { ACTIONS, NODE_ABOVE, SHARE_PRINCIPAL, TEAM_BIT } from "./constants";
import {
  BELOW,
  carries,
  counts,
  DIRECTLY_BELOW,
  deepest,
  grantsSuffice,
  isNever,
  NOT_BELOW,
  nodeOf,
  nodeWord,
  rankFor,
} from "./hierarchy-standing";
import { rankOfOwningTeam, rankOfTeam } from "./hierarchy-teams";
import { NO } from "./image";
import { owner, principal, shares } from "./question";
import { nextShare } from "./shares";

/** How `report` stands below the principal. */
function rankOfUser(report: u32): u32 {
  const top = nodeOf(principal);
  let node = nodeOf(report);
  if (top === NO || node === NO) return NOT_BELOW;
  const depth = deepest();
  for (let steps: u32 = 1; steps <= depth; steps++) {
    node = nodeWord(node, NODE_ABOVE);
    if (node === NO) return NOT_BELOW;
    if (node !== top) continue;
    if (!counts(principal, report)) return NOT_BELOW;
    return steps === 1 ? DIRECTLY_BELOW : BELOW;
  }
  return NOT_BELOW;
}

/** Rule 5d with the grants that have been gathered: owned by a report or his team, or shared with them (semantics.md H2). */
export function hierarchyReaches(privilege: u32): bool {
  const needed = rankFor(privilege);
  if (isNever(needed) || !grantsSuffice()) return false;
  if (owner !== NO) {
    const isTeams = (owner & <u32>TEAM_BIT) !== 0;
    const rank = isTeams ? rankOfOwningTeam(owner & ~(<u32>TEAM_BIT)) : rankOfUser(owner);
    if (rank >= needed) return true;
  }
  for (let share = shares; share !== 0; share = nextShare(share)) {
    if (!carries(share, privilege % ACTIONS)) continue;
    const to = load<u32>(share, SHARE_PRINCIPAL);
    const isTeams = (to & <u32>TEAM_BIT) !== 0;
    if ((isTeams ? rankOfTeam(to & ~(<u32>TEAM_BIT)) : rankOfUser(to)) >= needed) return true;
  }
  return false;
}
