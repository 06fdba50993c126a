// Many questions at once: requests in three columns of JavaScript, answers as bits.
import { Random } from "../generate/random.ts";
import { makeTenant, type TenantSizes } from "../generate/tenant.ts";
import { firstOf, makeRequests } from "../generate/tenant-requests.ts";
import { fasterThan, perSecond } from "../harness/goals.ts";
import type { RaceQuestion } from "../harness/question.ts";
import { BAILIWICK, batchOf, inBatch, loadTenant } from "../peers/bailiwick.ts";
import { HandWritten, handWrittenAtHand, namedRequests } from "../peers/hand-written.ts";
import { slowTwin } from "../peers/slow-twin.ts";
import { BY_REACH, typedByLevel, typedByReach } from "../peers/typed-arrays.ts";
import { reachTable, typedTables } from "../peers/typed-tables.ts";
import { WASM_LOOP, wasmChecks } from "../peers/wasm-loops.ts";
import { hot, uniform, worldText } from "./worlds.ts";

export const checkBatchHot: RaceQuestion = {
  name: "check-batch-hot",
  title: "checkBatch: all requests in the cache",
  prepare: () => {
    const tenant = makeTenant(hot, 1);
    const requests = makeRequests(hot, 1_000_000, new Random(2));
    const loaded = loadTenant(tenant);
    const tables = typedTables(tenant);
    return {
      world: `${worldText(hot)}; 1,000,000 requests`,
      unit: "check",
      contestants: [
        inBatch(loaded, batchOf(requests, loaded)),
        typedByReach(reachTable(tables), tables, requests, "batch"),
        typedByLevel(tables, requests, "batch"),
        ...wasmChecks(tables, requests),
        handWrittenAtHand(new HandWritten(tenant), namedRequests(requests, tenant)),
        slowTwin(tenant, firstOf(requests, 5_000)),
      ],
      goals: (result) => [perSecond(result, BAILIWICK, 120e6, "checks"), fasterThan(result, BY_REACH, 1.5)],
    };
  },
};

const quickUniform: TenantSizes = {
  ...uniform,
  users: 50_000,
  records: 400_000,
  roles: 16,
  roleSets: 300,
  entities: 50,
};

export const checkBatchUniform: RaceQuestion = {
  name: "check-batch-uniform",
  title: "checkBatch: any user, any privilege, any record",
  prepare: (isQuick) => {
    const sizes = isQuick ? quickUniform : uniform;
    const tenant = makeTenant(sizes, 1);
    const requests = makeRequests(sizes, isQuick ? 1_000_000 : 8_000_000, new Random(2));
    const loaded = loadTenant(tenant);
    const tables = typedTables(tenant);
    return {
      world: `${worldText(sizes)}; ${requests.count.toLocaleString("en-US")} requests`,
      unit: "check",
      contestants: [
        inBatch(loaded, batchOf(requests, loaded)),
        typedByLevel(tables, requests, "batch"),
        ...wasmChecks(tables, requests),
      ],
      goals: (result) => [fasterThan(result, WASM_LOOP, 1.5)],
    };
  },
};
