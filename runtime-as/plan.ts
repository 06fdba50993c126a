// What `filter` works out once for a principal: which units his grants reach, and which teams' records are his.
import { LEVEL_CHILDREN, LEVEL_UNIT } from "./constants";

/** While not 0, every grant that is gathered is also marked here: a byte a unit (65,536 of them). */
export let planUnits: usize = 0;
/** A byte a team and one more that stays 0: the team holds a grant of its own. */
export let planTeams: usize = 0;

let teamBytes: usize = 0;

/** Opens a plan over cleared tables: 65,536 bytes for units, `bytes` for teams behind them. */
export function startPlan(units: usize, teams: usize, bytes: usize): void {
  planUnits = units;
  planTeams = teams;
  teamBytes = bytes;
}

/** Begins anew with the same tables. */
export function clearPlan(): void {
  memory.fill(planUnits, 0, planTeams + teamBytes - planUnits);
}

export function endPlan(): void {
  planUnits = 0;
  planTeams = 0;
}

export function planIsOpen(): bool {
  return planUnits !== 0;
}

/** Marks the units that a grant reaches (rule 5a; organization level is not a matter of units). */
export function markUnits(levels: u32, first: u32, last: u32): void {
  if ((levels & LEVEL_CHILDREN) !== 0) memory.fill(planUnits + first, 1, last - first + 1);
  else if ((levels & LEVEL_UNIT) !== 0) store<u8>(planUnits + first, 1);
}

export function markTeam(team: u32): void {
  store<u8>(planTeams + team, 1);
}
