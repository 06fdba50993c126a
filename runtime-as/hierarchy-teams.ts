// How teams stand below a user: as the highest of their members does. Worked out for all teams of a user at once, by a walk
// through those below him, and kept until people change (WORLD_GENERATION): whoever has many below asks often.
import { isWorkers, ownRanks } from "./area";
import {
  HIERARCHY_CACHE,
  HIERARCHY_CACHE_SLOT_BYTES,
  HIERARCHY_CACHE_SLOTS,
  TEAM_SET_COUNT,
  TEAM_SET_TEAMS,
  USER_ADMINISTERS,
  USER_TEAM_SET,
  WORLD_GENERATION,
  WORLD_TEAM_COUNT,
} from "./constants";
import { hierarchyWord, NOT_BELOW } from "./hierarchy-standing";
import { nextBelow, rankBelow, startBelow } from "./hierarchy-walk";
import { NO } from "./image";
import { worldWord } from "./memory";
import { userRow } from "./principals";
import { principal } from "./question";

// A slot of the cache: user + 1, generation, then a byte a team: the rank of its members in the low half, in the high half
// that of its members and its administrator.
const SLOT_TEAMS: u32 = 8;

function raise(teams: usize, team: u32, members: u32, owners: u32): void {
  const byte = load<u8>(teams + team);
  const raised = max(<u32>byte & 15, members) | (max(<u32>byte >> 4, owners) << 4);
  store<u8>(teams + team, <u8>raised);
}

/** Fills in a byte a team (cleared), and in `users` (0: not wanted) a byte a user: how they stand below. */
export function rankAllBelow(user: u32, users: usize, teams: usize): void {
  startBelow(user);
  for (let report = nextBelow(); report !== NO; report = nextBelow()) {
    const rank = rankBelow();
    if (users !== 0) store<u8>(users + report, <u8>rank);
    const row = userRow(report);
    const set = <usize>load<u32>(row, USER_TEAM_SET);
    const memberships = load<u32>(set, TEAM_SET_COUNT);
    for (let i: u32 = 0; i < memberships; i++) {
      raise(teams, load<u32>(set + TEAM_SET_TEAMS + i * 4), rank, rank);
    }
    // Its administrator counts as a member of the team that owns the record (semantics.md T8).
    const list = <usize>load<u32>(row, USER_ADMINISTERS);
    if (list === 0) continue;
    const count = load<u32>(list);
    for (let i: u32 = 0; i < count; i++) raise(teams, load<u32>(list + 4 + i * 4), NOT_BELOW, rank);
  }
}

/** The rank of those who share what goes to the team, from a byte a team. */
export function rankOfMembers(byte: u32): u32 {
  return byte & 15;
}

/** The rank of those whose records are the team's. */
export function rankOfOwners(byte: u32): u32 {
  return byte >> 4;
}

/** How the teams stand below the principal: a byte a team. */
function ranksOfTeams(): usize {
  const index = principal & (hierarchyWord(HIERARCHY_CACHE_SLOTS) - 1);
  const cache = isWorkers() ? ownRanks : <usize>hierarchyWord(HIERARCHY_CACHE);
  const slot = cache + index * hierarchyWord(HIERARCHY_CACHE_SLOT_BYTES);
  const generation = worldWord(WORLD_GENERATION);
  const ranks = slot + SLOT_TEAMS;
  if (load<u32>(slot) === principal + 1 && load<u32>(slot, 4) === generation) return ranks;
  memory.fill(ranks, 0, worldWord(WORLD_TEAM_COUNT));
  rankAllBelow(principal, 0, ranks);
  store<u32>(slot, principal + 1);
  store<u32>(slot, generation, 4);
  return ranks;
}

/** How the members of a team stand below the principal. */
export function rankOfTeam(team: u32): u32 {
  return rankOfMembers(load<u8>(ranksOfTeams() + team));
}

/** The same with its administrator, of the team that owns the record. */
export function rankOfOwningTeam(team: u32): u32 {
  return rankOfOwners(load<u8>(ranksOfTeams() + team));
}
