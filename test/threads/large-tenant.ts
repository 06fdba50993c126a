import { Random } from "../../bench/generate/random.ts";
import { makeTenant, type TenantSizes } from "../../bench/generate/tenant.ts";
import { makeRequests } from "../../bench/generate/tenant-requests.ts";
import { batchOf, type LoadedTenant, loadTenant } from "../../bench/peers/bailiwick.ts";
import { hot } from "../../bench/questions/worlds.ts";
import type { BatchRequests, LoadOptions } from "../../runtime-ts/index.ts";

/** Several grains of every form: pages, users, teams and requests. */
const sizes: TenantSizes = {
  ...hot,
  users: 40_000,
  teams: 2_500,
  records: 150_000,
};
const tenant = makeTenant(sizes, 7);
const asked = makeRequests(sizes, 300_007, new Random(8));

/** A world in which threads have something to share. */
export const largeTenant = (core: NonNullable<LoadOptions["core"]>): LoadedTenant =>
  loadTenant(tenant, undefined, { core });

export const largeBatch = (loaded: LoadedTenant): BatchRequests => batchOf(asked, loaded);
