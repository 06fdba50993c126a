// What each row costs in the core's memory (docs/performance.md): limits, so that they are noticed when they grow.
import { expect, test } from "vitest";
import {
  type LargeSizes,
  recordTable,
  shareTable,
  unitRows,
  userColumns,
} from "../../bench/generate/large-world.ts";
import { Random } from "../../bench/generate/random.ts";
import type { Engine } from "../../runtime-ts/index.ts";
import { engineOf } from "./load.ts";

const entities = 400;
const text = [
  "role Base { permit read, write, share on E0 at user; }",
  ...Array.from({ length: entities }, (_, i) => `entity E${i} owned by user or team;`),
  ...Array.from({ length: 64 }, (_, i) => `role R${i} { permit read on E${i} at businessUnit; }`),
].join("\n");
const sizes: LargeSizes = { users: 20_000, records: 200_000, shares: 60_000, units: 100 };

/** Bytes of the core's memory that some work takes, for each of `count` rows. */
function bytes(engine: Engine, count: number, work: () => void): number {
  const before = engine.memoryBytes;
  work();
  return (engine.memoryBytes - before) / count;
}

/** Memory that the world takes with so many users who hold these lists of roles by turns. */
function withUsers(users: number, roles: readonly string[][]): number {
  const engine = engineOf(text);
  const indices = new Uint32Array(users);
  for (let i = 0; i < users; i++) indices[i] = i % roles.length;
  const columns = userColumns({ ...sizes, users, units: 1 }, roles);
  engine.directory.load({
    businessUnits: unitRows(1),
    users: { ...columns, roles: { values: roles, indices } },
  });
  return engine.memoryBytes;
}

test("a user with one role set costs at most 40 bytes", () => {
  const least = withUsers(1_000, [["Base"]]);
  // What the core keeps of the reaches of users grows up to 2 MiB with them; it is in the figure.
  expect((withUsers(100_000, [["Base"]]) - least) / 99_000).toBeLessThanOrEqual(40 + 2 ** 21 / 99_000);
  expect((withUsers(400_000, [["Base"]]) - withUsers(200_000, [["Base"]])) / 200_000).toBeLessThanOrEqual(40);
});

/** Records of the first entity beside the users; what each costs, and the engine. */
function withRecords(): { readonly engine: Engine; readonly record: number } {
  const engine = engineOf(text);
  engine.directory.load({ businessUnits: unitRows(sizes.units), users: userColumns(sizes, [["Base"]]) });
  const record = bytes(engine, sizes.records, () => engine.records.load("E0", recordTable(sizes)));
  return { engine, record };
}

test("a record without conditions costs at most 12 bytes", () => {
  expect(withRecords().record).toBeLessThanOrEqual(12);
});

// All of it: the row, and what finds it.
test.each([
  [1, 10],
  [10, 9],
  [100, 10],
  [1_000, 16],
])("with a share for every %i records, wherever they are, a share costs at most %i bytes", (each, most) => {
  const { engine } = withRecords();
  const shares = sizes.records / each;
  const table = shareTable({ ...sizes, shares }, engine.recordNumbers("E0"));
  expect(bytes(engine, shares, () => engine.shares.load(table))).toBeLessThanOrEqual(most);
  // The same once more adds nothing.
  expect(bytes(engine, shares, () => engine.shares.load(table))).toBe(0);
});

test("shares that come one by one cost at most 16 bytes, too", () => {
  const { engine } = withRecords();
  const [ids, names] = [engine.recordIds("E0"), engine.userNames()];
  const random = new Random(9);
  const shares = sizes.records / 10;
  const cost = bytes(engine, shares, () => {
    for (let i = 0; i < shares; i++) {
      const [id, user] = [random.pick(ids), random.pick(names)];
      engine.update((world) => world.share({ entity: "E0", id }, { user }, ["read"]));
    }
  });
  expect(cost).toBeLessThanOrEqual(16);
});

test("a role set costs 4 bits a privilege, and little beside", () => {
  const one = withUsers(5_000, [["R0"]]);
  const sets = Array.from({ length: 1_000 }, (_, i) => [
    `R${i % 64}`,
    `R${(i >>> 6) + (i % 64 >= 48 ? 0 : 16)}`,
  ]);
  const distinct = new Set(sets.map((set) => [...new Set(set)].sort().join())).size;
  const each = (withUsers(5_000, sets) - one) / (distinct - 1);
  const privileges = entities * 8;
  // Beside the bits: the list of its roles, and the context list of the one unit in which it is held.
  expect(each).toBeLessThanOrEqual(privileges / 2 + 128);
});
