// Through whom a record is reached: every report, not only the first (semantics.md sections 7 and 10).
import { ACTIONS, SHARE_PRINCIPAL, TEAM_BIT } from "./constants";
import { carries, grantsSuffice, isNever, rankFor } from "./hierarchy-standing";
import { nextBelow, rankBelow, startBelow } from "./hierarchy-walk";
import { NO } from "./image";
import { administeredOwner, isMember, userRow } from "./principals";
import { owner, principal, shares } from "./question";
import { nextShare } from "./shares";

/** Whether the record is the report's, his team's, or shared with them by rows that carry the right (semantics.md H2). */
function isHis(report: u32, action: u32): bool {
  if (owner === report) return true;
  const row = userRow(report);
  if (owner !== NO && (owner & <u32>TEAM_BIT) !== 0) {
    if (isMember(row, owner & ~(<u32>TEAM_BIT)) || administeredOwner(row, owner) !== NO) return true;
  }
  for (let share = shares; share !== 0; share = nextShare(share)) {
    if (!carries(share, action)) continue;
    const to = load<u32>(share, SHARE_PRINCIPAL);
    if (to === report) return true;
    if ((to & <u32>TEAM_BIT) !== 0 && isMember(row, to & ~(<u32>TEAM_BIT))) return true;
  }
  return false;
}

let needed: u32 = 0;

/** Begins with those through whom the principal reaches the record, by the grants that have been gathered. */
export function startReports(privilege: u32): bool {
  needed = rankFor(privilege);
  if (isNever(needed) || !grantsSuffice()) return false;
  startBelow(principal);
  return true;
}

/** The next of them; NO at the end. */
export function nextReport(privilege: u32): u32 {
  for (let report = nextBelow(); report !== NO; report = nextBelow()) {
    if (rankBelow() >= needed && isHis(report, privilege % ACTIONS)) return report;
  }
  return NO;
}
