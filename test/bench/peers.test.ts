// Every peer of the benchmarks gives the slow twin's answers on small tenants; the benchmarks themselves compare again before the
// clock starts.
import { setFlagsFromString } from "node:v8";
import { expect, test } from "vitest";
import { Random } from "../../bench/generate/random.ts";
import { makeTenant, type TenantSizes } from "../../bench/generate/tenant.ts";
import { firstOf, makeRequests } from "../../bench/generate/tenant-requests.ts";
import { agree } from "../../bench/harness/agree.ts";
import { collect } from "../../bench/harness/contestant.ts";
import { batchOf, byNumbers, inBatch, loadTenant } from "../../bench/peers/bailiwick.ts";
import { casbin } from "../../bench/peers/casbin.ts";
import { casl } from "../../bench/peers/casl.ts";
import { cedarContestant, tenantCalls, tenantPolicies } from "../../bench/peers/cedar.ts";
import {
  HandWritten,
  handWrittenAtHand,
  handWrittenByNames,
  namedRequests,
} from "../../bench/peers/hand-written.ts";
import { slowTwin } from "../../bench/peers/slow-twin.ts";
import { typedByLevel, typedByReach } from "../../bench/peers/typed-arrays.ts";
import { filterTyped, peopleColumns, whoTyped } from "../../bench/peers/typed-lists.ts";
import { reachTable, typedTables } from "../../bench/peers/typed-tables.ts";

// test/cedar/cedar.ts says why.
setFlagsFromString("--no-turbo-inline-js-wasm-calls");

const small: TenantSizes = {
  users: 60,
  units: 12,
  teams: 8,
  teamsPerUser: 2,
  entities: 3,
  roles: 6,
  rolesPerUser: 2,
  roleSets: 10,
  records: 600,
  sharedPerThousand: 200,
  levels: [20, 30, 20, 20, 10],
};
const alone: TenantSizes = { ...small, teams: 0, teamsPerUser: 0, sharedPerThousand: 0 };

for (const [name, sizes] of [
  ["with teams and shares", small],
  ["without", alone],
] as const) {
  for (const seed of [1, 2, 3]) {
    test(`a tenant ${name}, seed ${seed}: everybody decides alike`, async () => {
      const tenant = makeTenant(sizes, seed);
      const requests = makeRequests(sizes, 1_200, new Random(seed));
      const loaded = loadTenant(tenant);
      const batch = batchOf(requests, loaded);
      const tables = typedTables(tenant);
      const reaches = reachTable(tables);
      const written = new HandWritten(tenant);
      const named = namedRequests(requests, tenant);
      const few = firstOf(requests, 150);
      const agreements = await agree([
        slowTwin(tenant, requests),
        byNumbers(loaded, batch),
        inBatch(loaded, batch),
        typedByReach(reaches, tables, requests, "single"),
        typedByLevel(tables, requests, "batch"),
        handWrittenAtHand(written, named),
        handWrittenByNames(written, named),
        casl(tenant, requests),
        await casbin(tenant, few),
        cedarContestant("Cedar", tenantPolicies(tenant), tenantCalls(tenant, few)),
      ]);
      expect(agreements.map(({ compared }) => compared)).toEqual([...Array(8).fill(1_200), 150, 150]);
    });
  }
}

test("lists of plain JavaScript are those of the engine", () => {
  const sizes = { ...small, entities: 1 };
  const tenant = makeTenant(sizes, 5);
  const { engine, records } = loadTenant(tenant);
  const tables = typedTables(tenant);
  const people = peopleColumns(tenant);
  for (let privilege = 1; privilege < 4; privilege++) {
    for (let user = 0; user < sizes.users; user++) {
      expect(filterTyped(tables, user, privilege)).toEqual(engine.filter(user, privilege).words);
    }
    for (let record = 0; record < sizes.records; record += 7) {
      const words = whoTyped(tables, people, tenant, privilege, record);
      expect(words).toEqual(engine.whoCan(privilege, records[record] as number).words);
    }
  }
});

test("a tenant is made of its sizes and seed alone", () => {
  expect(makeTenant(small, 1)).toEqual(makeTenant(small, 1));
  expect(makeTenant(small, 1)).not.toEqual(makeTenant(small, 2));
});

test("a difference stops before the clock starts", async () => {
  const contestant = (name: string, decide: (i: number) => boolean) => ({
    name,
    answers: 40,
    decisions: () => collect(40, decide),
    run: () => 0,
  });
  const even = contestant("even", (i) => i % 2 === 0);
  const wrong = contestant("wrong", (i) => i % 2 === 0 || i === 33);
  await expect(agree([even, wrong])).rejects.toThrow("request 33: wrong answers yes, even no");
  const nobody = contestant("nobody", () => false);
  await expect(agree([nobody, nobody])).rejects.toThrow("too simple");
});
