import type { Random } from "./random.ts";
import { ACTIONS, recordsPerEntity, type TenantSizes } from "./tenant.ts";

/** Questions in the tenant's own numbers, one index a question. */
export interface TenantRequests {
  readonly count: number;
  readonly users: Uint32Array;
  readonly privileges: Uint32Array;
  readonly records: Uint32Array;
}

/** Any user, any record, any action on it: uniform. */
export function makeRequests(sizes: TenantSizes, count: number, random: Random): TenantRequests {
  const each = recordsPerEntity(sizes);
  const users = new Uint32Array(count);
  const privileges = new Uint32Array(count);
  const records = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const record = random.below(each * sizes.entities);
    users[i] = random.below(sizes.users);
    records[i] = record;
    privileges[i] = Math.floor(record / each) * ACTIONS + random.below(ACTIONS);
  }
  return { count, users, privileges, records };
}

/** The first `count` of them. */
export function firstOf(requests: TenantRequests, count: number): TenantRequests {
  return {
    count: Math.min(count, requests.count),
    users: requests.users.slice(0, count),
    privileges: requests.privileges.slice(0, count),
    records: requests.records.slice(0, count),
  };
}
