// One question at a time, by numbers and objects that are at hand.
import { Random } from "../generate/random.ts";
import { makeTenant, type TenantSizes } from "../generate/tenant.ts";
import { firstOf, makeRequests } from "../generate/tenant-requests.ts";
import { atMost, fasterThan } from "../harness/goals.ts";
import { whole } from "../harness/numbers.ts";
import type { Race, RaceQuestion } from "../harness/question.ts";
import { BAILIWICK, batchOf, byNumbers, loadTenant } from "../peers/bailiwick.ts";
import { CASBIN, casbin } from "../peers/casbin.ts";
import { CASL, casl } from "../peers/casl.ts";
import { cedarElsewhere } from "../peers/cedar-process.ts";
import { HandWritten, handWrittenAtHand, namedRequests } from "../peers/hand-written.ts";
import { slowTwin } from "../peers/slow-twin.ts";
import { typedByReach } from "../peers/typed-arrays.ts";
import { reachTable, typedTables } from "../peers/typed-tables.ts";
import { hot, oneCondition, worldText } from "./worlds.ts";

const drawn = (isQuick: boolean): number => (isQuick ? 20_000 : 100_000);
/** What cedar-wasm and casbin are asked of them: they take a thousand times as long. */
const few = (isQuick: boolean): number => (isQuick ? 100 : 500);
/** What the slow twin judges. */
const judged = (isQuick: boolean): number => (isQuick ? 1_000 : 5_000);

async function prepare(sizes: TenantSizes, isQuick: boolean): Promise<Omit<Race, "goals">> {
  const tenant = makeTenant(sizes, 1);
  const requests = makeRequests(sizes, drawn(isQuick), new Random(2));
  const first = firstOf(requests, few(isQuick));
  const loaded = loadTenant(tenant);
  const tables = typedTables(tenant);
  return {
    world: worldText(sizes),
    unit: "check",
    contestants: [
      byNumbers(loaded, batchOf(requests, loaded)),
      typedByReach(reachTable(tables), tables, requests, "single"),
      handWrittenAtHand(new HandWritten(tenant), namedRequests(requests, tenant)),
      casl(tenant, requests),
      await casbin(tenant, first),
      await cedarElsewhere(tenant, first),
      slowTwin(tenant, firstOf(requests, judged(isQuick))),
    ],
  };
}

export const allows: RaceQuestion = {
  name: "allows",
  title: "allows: one check by numbers",
  prepare: async (isQuick) => ({
    ...(await prepare(hot, isQuick)),
    goals: (result) => [atMost(result, BAILIWICK, 25), fasterThan(result, "cedar-wasm", 1000)],
    notes: [
      `${CASBIN} and cedar-wasm are asked the first ${few(isQuick)} of the ${whole(drawn(isQuick))} requests`,
    ],
  }),
};

export const allowsOneCondition: RaceQuestion = {
  name: "allows-one-condition",
  title: "allows: one check, where every rule is one condition",
  prepare: async (isQuick) => ({
    ...(await prepare(oneCondition, isQuick)),
    goals: (result) => [fasterThan(result, CASL, 3)],
  }),
};
