// Hierarchy security for `filter`: who and which teams stand below the principal is worked out once, then a record is a byte
// look-up, and its shares (semantics.md section 7).
import {
  ACTIONS,
  PAGE_COUNT,
  PAGE_OWNERS,
  PAGE_SHARES,
  SHARE_BYTES,
  SHARE_PLACE,
  SHARE_PRINCIPAL,
  TEAM_BIT,
  WORLD_TEAM_COUNT,
} from "./constants";
import { carries, grantsSuffice, isNever, rankFor } from "./hierarchy-standing";
import { rankAllBelow, rankOfMembers, rankOfOwners } from "./hierarchy-teams";
import { NO } from "./image";
import { allocate, worldWord } from "./memory";
import { userCount } from "./principals";
import { principal } from "./question";
import { endOfShares, firstShareOf } from "./shares";

/** A byte a user and a byte a team, while a filter runs whose principal has somebody below; else 0. */
let users: usize = 0;
let teams: usize = 0;
let needed: u32 = 0;

/**
 * Works out who stands below the principal, before a filter over records of this privilege; false where there is no memory.
 * The tables lie in memory that the caller gives back; it closes the hierarchy then.
 */
export function openHierarchy(privilege: u32): bool {
  needed = rankFor(privilege);
  users = 0;
  if (isNever(needed)) return true;
  users = allocate(userCount() + worldWord(WORLD_TEAM_COUNT));
  if (users === 0) return false;
  teams = users + userCount();
  rankAllBelow(principal, users, teams);
  return true;
}

export function closeHierarchy(): void {
  users = 0;
}

/** Whether `hierarchyPage` looks at records. */
export function looksBelow(): bool {
  return users !== 0 && grantsSuffice();
}

function ownerReaches(owner: u32): bool {
  if ((owner & <u32>TEAM_BIT) === 0) return <u32>load<u8>(users + owner) >= needed;
  return owner !== NO && rankOfOwners(load<u8>(teams + (owner & ~(<u32>TEAM_BIT)))) >= needed;
}

function shareReaches(share: usize, action: u32): bool {
  if (!carries(share, action)) return false;
  const to = load<u32>(share, SHARE_PRINCIPAL);
  const isTeams = (to & <u32>TEAM_BIT) !== 0;
  const rank = isTeams ? rankOfMembers(load<u8>(teams + (to & ~(<u32>TEAM_BIT)))) : <u32>load<u8>(users + to);
  return rank >= needed;
}

/**
 * Rule 5d with the grants that have been gathered, for the records of a page that nothing else reached and whose bits of the
 * plane `where` are 1.
 */
export function hierarchyPage(privilege: u32, page: usize, where: usize, out: usize): void {
  if (!looksBelow()) return;
  const count = load<u32>(page, PAGE_COUNT);
  for (let i: u32 = 0; i < count; i++) {
    const at = (i >> 5) * 4;
    const word = load<u32>(out + at);
    if ((((~word & load<u32>(where + at)) >> (i & 31)) & 1) === 0) continue;
    if (ownerReaches(load<u32>(page + i * 4, PAGE_OWNERS))) store<u32>(out + at, word | (1 << (i & 31)));
  }
  if (load<u32>(page, PAGE_SHARES) === 0) return;
  const end = endOfShares(page);
  for (let share = firstShareOf(page); share < end; share += SHARE_BYTES) {
    if (!shareReaches(share, privilege % ACTIONS)) continue;
    const place = <u32>load<u16>(share, SHARE_PLACE);
    const at = (place >> 5) * 4;
    const bit = load<u32>(where + at) & (1 << (place & 31));
    store<u32>(out + at, load<u32>(out + at) | bit);
  }
}
