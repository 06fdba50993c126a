// What `filter` works out once for a principal: which units his grants reach, and which teams' records are his.
import { area, RUNS, RUNS_BYTES, SIEVE, SIEVE_BYTES } from "./area";
import {
  LEVEL_CHILDREN,
  LEVEL_UNIT,
  TEAM_BIT,
  TEAM_SET_COUNT,
  TEAM_SET_TEAMS,
  WORLD_UNIT_COUNT,
} from "./constants";
import { worldWord } from "./memory";

/** While not 0, every grant that is gathered is also marked here: a byte a unit (65,536 of them). */
export let planUnits: usize = 0;
/** A byte a team and one more that stays 0: the team holds a grant of its own. */
export let planTeams: usize = 0;

/**
 * A byte a team, 1 where the principal is a member, and one more for everybody, which is 1: whom a share may be with. Stays as
 * it is when a plan is begun anew.
 */
export let planMembers: usize = 0;

/** 128 bits, one for some of the teams marked for `filter`: most others fall through (page-words.ts). */
export const planSieve: usize = ASC_FEATURE_THREADS ? area + SIEVE : memory.data(SIEVE_BYTES, 16);

/** More runs of units than this are looked up unit by unit. */
export const MOST_RUNS: u32 = 12;
const runs: usize = ASC_FEATURE_THREADS ? area + RUNS : memory.data(RUNS_BYTES, 16);
/** How many runs the marked units make; beyond MOST_RUNS they are not listed. Settled by `settleRuns`. */
export let planRuns: u32 = 0;

let teamBytes: usize = 0;

/** Opens a plan over cleared tables: 65,536 bytes for units, twice `bytes` for teams behind them; `set`: the principal's teams. */
export function startPlan(units: usize, teams: usize, bytes: usize, set: usize): void {
  planUnits = units;
  planTeams = teams;
  teamBytes = bytes;
  planMembers = teams + bytes;
  store<u8>(planMembers + bytes - 1, 1);
  const members = load<u32>(set, TEAM_SET_COUNT);
  for (let i: u32 = 0; i < members; i++) {
    store<u8>(planMembers + load<u32>(set + ((<usize>i) << 2), TEAM_SET_TEAMS), 1);
  }
}

/** Not 0 where a share with this principal may be with the one of the plan: himself, a team of his, or everybody. */
export function mayBeWith(sharee: u32, user: u32): u32 {
  // Beyond all teams stands everybody.
  const team = min(sharee & ~(<u32>TEAM_BIT), <u32>teamBytes - 1);
  return u32(sharee === user) | ((sharee >> 31) & <u32>load<u8>(planMembers + team));
}

/** Begins anew with the same tables. */
export function clearPlan(): void {
  memory.fill(planUnits, 0, worldWord(WORLD_UNIT_COUNT));
  memory.fill(planTeams, 0, teamBytes);
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

export function firstOfRun(run: u32): u32 {
  return load<u32>(runs + run * 8);
}

export function lastOfRun(run: u32): u32 {
  return load<u32>(runs + run * 8, 4);
}

/** Lists the marked units as runs of neighbours, once every grant has been gathered. */
export function settleRuns(): void {
  planRuns = 0;
  let before: u32 = 0;
  const count = worldWord(WORLD_UNIT_COUNT);
  for (let unit: u32 = 0; unit < count; unit++) {
    const marked = <u32>load<u8>(planUnits + unit);
    if (marked !== 0) {
      if (before === 0) planRuns++;
      if (planRuns > MOST_RUNS) return;
      const run = runs + (planRuns - 1) * 8;
      if (before === 0) store<u32>(run, unit);
      store<u32>(run, unit, 4);
    }
    before = marked;
  }
}
