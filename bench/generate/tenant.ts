import { Random } from "./random.ts";

/** How large a tenant is. */
export interface TenantSizes {
  readonly users: number;
  readonly units: number;
  readonly teams: number;
  /** Teams of each user. */
  readonly teamsPerUser: number;
  /** All owned by user or team, with eight privileges each. */
  readonly entities: number;
  readonly roles: number;
  readonly rolesPerUser: number;
  /** Different sets of roles that users hold. */
  readonly roleSets: number;
  /** Of all entities together. */
  readonly records: number;
  /** Of a thousand records, how many are shared once. */
  readonly sharedPerThousand: number;
  /** Of a hundred grants that a role might have, how many have each level: none, user, business unit, parent and child, organization. */
  readonly levels: readonly [number, number, number, number, number];
}

export const ACTIONS = 8;
/** The level of a privilege in a role. */
export const NO_LEVEL = 0;
export const USER_LEVEL = 1;
export const UNIT_LEVEL = 2;
export const CHILD_LEVEL = 3;
export const ORGANIZATION_LEVEL = 4;
/** An owner or sharee that is a team, beside its number. */
export const TEAM = 0x8000_0000;
/** A share with everybody. */
export const EVERYBODY = 0xffff_ffff;

/**
 * A tenant of the Dataverse kind in numbers: every contestant makes of it what it needs. Users hold roles, teams own records
 * and are shared records with, every record lies in its owner's unit. A unit's subtree is the interval to its end. Records
 * are numbered over all entities, as many of each. Privilege = entity * 8 + action, in the order of `actions`.
 */
export interface Tenant {
  readonly sizes: TenantSizes;
  readonly seed: number;
  readonly unitParents: Int32Array;
  /** The last unit of each subtree. */
  readonly unitEnds: Uint16Array;
  /** The level of each privilege, a role. */
  readonly roles: readonly Uint8Array[];
  readonly roleSets: readonly (readonly number[])[];
  readonly userUnits: Uint16Array;
  readonly userRoleSets: Uint16Array;
  /** The teams of a user, ascending: `teamsPerUser` each. */
  readonly userTeams: Uint32Array;
  readonly teamUnits: Uint16Array;
  /** A user, or a team with TEAM. */
  readonly owners: Uint32Array;
  readonly recordUnits: Uint16Array;
  /** Shares by record, ascending: record, sharee (a user, a team with TEAM, or EVERYBODY), mask of a bit an action. */
  readonly shareRecords: Uint32Array;
  readonly sharees: Uint32Array;
  readonly shareRights: Uint8Array;
}

/** Parents in preorder: each unit hangs below the one before it or one of those above that. */
function makeUnits(count: number, random: Random): { parents: Int32Array; ends: Uint16Array } {
  const parents = new Int32Array(count).fill(-1);
  const ends = Uint16Array.from(parents, (_, unit) => unit);
  for (let unit = 1; unit < count; unit++) {
    let parent = unit - 1;
    while (parent > 0 && random.chance(0.55)) parent = parents[parent] as number;
    parents[unit] = parent;
    for (let above = parent; above >= 0; above = parents[above] as number) ends[above] = unit;
  }
  return { parents, ends };
}

/** A level, drawn by weight. */
function drawLevel(levels: TenantSizes["levels"], random: Random): number {
  let left = random.below(levels.reduce((sum, weight) => sum + weight, 0));
  let level = 0;
  while (left >= (levels[level] as number)) left -= levels[level++] as number;
  return level;
}

function makeRoles({ roles, entities, levels }: TenantSizes, random: Random): Uint8Array[] {
  return Array.from({ length: roles }, () =>
    Uint8Array.from({ length: entities * ACTIONS }, () => drawLevel(levels, random)),
  );
}

function makeRoleSets({ roles, rolesPerUser, roleSets }: TenantSizes, random: Random): number[][] {
  const all = Array.from({ length: roles }, (_, role) => role);
  const sets = new Map<string, number[]>();
  while (sets.size < roleSets) {
    const set = random.sample(all, rolesPerUser).sort((a, b) => a - b);
    sets.set(set.join(" "), set);
  }
  return [...sets.values()];
}

function makeMemberships({ users, teams, teamsPerUser }: TenantSizes, random: Random): Uint32Array {
  const memberships = new Uint32Array(users * teamsPerUser);
  const own = new Set<number>();
  for (let user = 0; user < users; user++) {
    own.clear();
    while (own.size < teamsPerUser) own.add(random.below(teams));
    memberships.set(
      [...own].sort((a, b) => a - b),
      user * teamsPerUser,
    );
  }
  return memberships;
}

const READ = 1 << 1;
const WRITE = 1 << 2;

function makeShares({ users, teams, records, sharedPerThousand }: TenantSizes, random: Random) {
  const shared = Uint32Array.from({ length: Math.floor((records * sharedPerThousand) / 1000) }, () =>
    random.below(records),
  ).sort();
  return {
    shareRecords: shared,
    sharees: Uint32Array.from(shared, () => {
      if (random.chance(0.02)) return EVERYBODY;
      return teams > 0 && random.chance(0.4) ? random.below(teams) + TEAM : random.below(users);
    }),
    shareRights: Uint8Array.from(shared, () => (random.chance(0.5) ? READ : READ | WRITE)),
  };
}

/** The same sizes and seed give the same tenant on every machine. */
export function makeTenant(sizes: TenantSizes, seed: number): Tenant {
  const random = new Random(seed);
  const { users, units, teams, records } = sizes;
  const { parents, ends } = makeUnits(units, random);
  const unit = () => random.below(units);
  const userUnits = Uint16Array.from({ length: users }, unit);
  const teamUnits = Uint16Array.from({ length: teams }, unit);
  const owners = Uint32Array.from({ length: records }, () =>
    teams > 0 && random.chance(0.1) ? random.below(teams) + TEAM : random.below(users),
  );
  return {
    sizes,
    seed,
    unitParents: parents,
    unitEnds: ends,
    roles: makeRoles(sizes, random),
    roleSets: makeRoleSets(sizes, random),
    userUnits,
    userRoleSets: Uint16Array.from({ length: users }, () => random.below(sizes.roleSets)),
    userTeams: makeMemberships(sizes, random),
    teamUnits,
    owners,
    // Classic mode: the owner's unit (semantics.md B7).
    recordUnits: Uint16Array.from(
      owners,
      (owner) => (owner < TEAM ? userUnits[owner] : teamUnits[owner - TEAM]) as number,
    ),
    ...makeShares(sizes, random),
  };
}

/** How many records each entity has. */
export function recordsPerEntity({ records, entities }: TenantSizes): number {
  return Math.floor(records / entities);
}

/** The highest level of each privilege over the roles of each set. */
export function levelsOfSets({ sizes, roles, roleSets }: Tenant): Uint8Array[] {
  return roleSets.map((set) => {
    const levels = new Uint8Array(sizes.entities * ACTIONS);
    for (const role of set) {
      (roles[role] as Uint8Array).forEach((level, privilege) => {
        if (level > (levels[privilege] as number)) levels[privilege] = level;
      });
    }
    return levels;
  });
}
