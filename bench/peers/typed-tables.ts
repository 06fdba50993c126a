// A tenant as columns of numbers: what plain JavaScript walks (typed-arrays.ts) and a loop in WebAssembly too (wasm-loops.ts).
import {
  CHILD_LEVEL,
  EVERYBODY,
  levelsOfSets,
  NO_LEVEL,
  ORGANIZATION_LEVEL,
  TEAM,
  type Tenant,
  UNIT_LEVEL,
} from "../generate/tenant.ts";

/** Half-words of a user: role set, unit, last unit of its subtree, none. */
export const USER_ROW = 4;

export interface TypedTables {
  readonly privileges: number;
  readonly users: Uint16Array;
  /** Four bits a role set and privilege, the lower ones first: the level. */
  readonly levels: Uint8Array;
  /** Bytes of a role set in `levels`. */
  readonly levelBytes: number;
  readonly owners: Uint32Array;
  readonly units: Uint16Array;
  /** A bit a record. */
  readonly shared: Uint32Array;
  readonly teamsPerUser: number;
  readonly userTeams: Uint32Array;
  readonly shareRecords: Uint32Array;
  readonly sharees: Uint32Array;
  readonly shareRights: Uint8Array;
}

export function typedTables(tenant: Tenant): TypedTables {
  const { sizes, unitEnds, userUnits, userRoleSets, shareRecords } = tenant;
  const sets = levelsOfSets(tenant);
  const privileges = (sets[0] as Uint8Array).length;
  const levelBytes = privileges >> 1;
  const levels = new Uint8Array(sets.length * levelBytes);
  sets.forEach((set, row) => {
    for (let byte = 0; byte < levelBytes; byte++) {
      levels[row * levelBytes + byte] = (set[byte * 2] as number) | ((set[byte * 2 + 1] as number) << 4);
    }
  });
  const users = new Uint16Array(sizes.users * USER_ROW);
  for (let user = 0; user < sizes.users; user++) {
    const unit = userUnits[user] as number;
    users.set([userRoleSets[user] as number, unit, unitEnds[unit] as number], user * USER_ROW);
  }
  const shared = new Uint32Array((sizes.records + 31) >>> 5);
  for (const record of shareRecords)
    shared[record >>> 5] = (shared[record >>> 5] as number) | (1 << (record & 31));
  return {
    privileges,
    users,
    levels,
    levelBytes,
    owners: tenant.owners,
    units: tenant.recordUnits,
    shared,
    teamsPerUser: sizes.teamsPerUser,
    userTeams: tenant.userTeams,
    shareRecords,
    sharees: tenant.sharees,
    shareRights: tenant.shareRights,
  };
}

export function isMember({ teamsPerUser, userTeams }: TypedTables, user: number, team: number): boolean {
  const end = (user + 1) * teamsPerUser;
  for (let i = user * teamsPerUser; i < end; i++) if (userTeams[i] === team) return true;
  return false;
}

/** The first share of a record: shares are sorted by record. */
function firstShare({ shareRecords }: TypedTables, record: number): number {
  let low = 0;
  let high = shareRecords.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((shareRecords[middle] as number) < record) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a share of a record gives a user the action. */
export function isShared(tables: TypedTables, user: number, privilege: number, record: number): boolean {
  const { shareRecords, sharees, shareRights } = tables;
  for (let share = firstShare(tables, record); shareRecords[share] === record; share++) {
    if ((((shareRights[share] as number) >> (privilege & 7)) & 1) === 0) continue;
    const sharee = sharees[share] as number;
    if (sharee === user || sharee === EVERYBODY) return true;
    if (sharee >= TEAM && isMember(tables, user, sharee - TEAM)) return true;
  }
  return false;
}

/** What a user who has the privilege at all reaches beyond units: his own, his teams' and shared records. */
export function isNear(tables: TypedTables, user: number, privilege: number, record: number): boolean {
  const owner = tables.owners[record] as number;
  if (owner === user) return true;
  if (owner >= TEAM && isMember(tables, user, owner - TEAM)) return true;
  const isSharedAtAll = ((tables.shared[record >>> 5] as number) >>> (record & 31)) & 1;
  return isSharedAtAll !== 0 && isShared(tables, user, privilege, record);
}

/** The level of a privilege in the roles of a user. */
export function levelOf({ users, levels, levelBytes }: TypedTables, user: number, privilege: number): number {
  const byte = levels[(users[user * USER_ROW] as number) * levelBytes + (privilege >> 1)] as number;
  return (byte >> ((privilege & 1) << 2)) & 15;
}

/** Through the role set of the user: for worlds with too many pairs of user and privilege for a table of all. */
export function decideByLevel(tables: TypedTables, user: number, privilege: number, record: number): boolean {
  const { users, levels, levelBytes, units } = tables;
  const row = user * USER_ROW;
  const byte = levels[(users[row] as number) * levelBytes + (privilege >> 1)] as number;
  const level = (byte >> ((privilege & 1) << 2)) & 15;
  if (level === NO_LEVEL) return false;
  if (level === ORGANIZATION_LEVEL) return true;
  if (level >= UNIT_LEVEL) {
    const unit = units[record] as number;
    const own = users[row + 1] as number;
    if (unit === own) return true;
    if (level === CHILD_LEVEL && unit > own && unit <= (users[row + 2] as number)) return true;
  }
  return isNear(tables, user, privilege, record);
}

/** What each user's privilege reaches, worked out beforehand for all pairs: units, and whether he has it at all. */
export interface ReachTable {
  readonly privileges: number;
  /** First unit, and how many units from there in the upper half. */
  readonly units: Uint32Array;
  readonly has: Uint8Array;
}

export function reachTable({ users, levels, levelBytes, privileges }: TypedTables): ReachTable {
  const count = (users.length / USER_ROW) * privileges;
  const units = new Uint32Array(count);
  const has = new Uint8Array(count);
  for (let pair = 0; pair < count; pair++) {
    const row = Math.floor(pair / privileges) * USER_ROW;
    const privilege = pair % privileges;
    const byte = levels[(users[row] as number) * levelBytes + (privilege >> 1)] as number;
    const level = (byte >> ((privilege & 1) << 2)) & 15;
    const [unit, last] = [users[row + 1] as number, users[row + 2] as number];
    has[pair] = level === NO_LEVEL ? 0 : 1;
    if (level === ORGANIZATION_LEVEL) units[pair] = 0xffff_0000;
    else if (level === CHILD_LEVEL) units[pair] = (((last - unit + 1) << 16) | unit) >>> 0;
    else if (level === UNIT_LEVEL) units[pair] = ((1 << 16) | unit) >>> 0;
  }
  return { privileges, units, has };
}

/** Through the table of all pairs. */
export function decideByReach(
  reaches: ReachTable,
  tables: TypedTables,
  user: number,
  privilege: number,
  record: number,
): boolean {
  const pair = user * reaches.privileges + privilege;
  const reach = reaches.units[pair] as number;
  if ((((tables.units[record] as number) - reach) & 0xffff) < reach >>> 16) return true;
  return reaches.has[pair] === 1 && isNear(tables, user, privilege, record);
}
