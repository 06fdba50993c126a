// The worlds that questions share.
import type { TenantSizes } from "../generate/tenant.ts";

/** Small enough for the cache: one entity, eight privileges. */
export const hot: TenantSizes = {
  users: 2_000,
  units: 50,
  teams: 200,
  teamsPerUser: 3,
  entities: 1,
  roles: 20,
  rolesPerUser: 2,
  roleSets: 100,
  records: 100_000,
  sharedPerThousand: 10,
  levels: [30, 25, 20, 20, 5],
};

/**
 * Where each rule has one condition at most: nobody has teams, nothing is shared, no grant reaches below its unit. Small, so that
 * everybody's objects stay in the nearest cache: what CASL does best.
 */
export const oneCondition: TenantSizes = {
  ...hot,
  users: 50,
  units: 10,
  records: 1_000,
  teams: 0,
  teamsPerUser: 0,
  sharedPerThousand: 0,
  rolesPerUser: 1,
  roleSets: 20,
  levels: [30, 30, 35, 0, 5],
};

/** Nothing that is asked for lies in a cache. */
export const uniform: TenantSizes = {
  users: 200_000,
  units: 1_000,
  teams: 2_000,
  teamsPerUser: 2,
  entities: 250,
  roles: 64,
  rolesPerUser: 3,
  roleSets: 2_000,
  records: 4_000_000,
  sharedPerThousand: 10,
  levels: [55, 20, 12, 12, 1],
};

export function worldText(sizes: TenantSizes): string {
  const say = (count: number, word: string): string => `${count.toLocaleString("en-US")} ${word}`;
  return [
    say(sizes.users, "users"),
    say(sizes.units, "units"),
    say(sizes.teams, "teams"),
    `${say(sizes.entities * 8, "privileges")} x ${say(sizes.roleSets, "role sets")}`,
    say(sizes.records, "records"),
    `${sizes.sharedPerThousand / 10} % shared`,
  ].join(", ");
}
