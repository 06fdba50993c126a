// Pages of records that `filter` writes at once, where one run of units decides, and pages beside them that need another look.
import { expect, test } from "vitest";
import type { Engine, LoadOptions } from "../../runtime-ts/index.ts";
import { startPool, threadsCore } from "../../runtime-ts/threads/index.ts";
import { engineOf } from "./load.ts";
import { thrown } from "./thrown.ts";

const text = `
settings { hierarchy: manager; }
entity Account owned by user or team { size: Long }
role Own { permit read on Account at user; }
role Unit { permit read on Account at businessUnit; }
role Deep { permit read on Account at parentChild; }
role Watched { permit read on Account at parentChild; }
@id("small-ones")
forbid (principal in Role::"Watched", action == read, resource is Account) when { resource.size > 2 };
`;
const PAGE = 4_096;
/** Two plain pages, one with a share, one with a deleted record, a plain one, and the beginning of another. */
const RECORDS = PAGE * 5 + 70;
const SHARED = PAGE * 2 + 33;
const DELETED = PAGE * 3 + 64;
/** Who owns records: "low" is in the team "crew" of another unit, "other" administers "ruled", "lead" is the manager of "beside". */
const owners = ["top", "middle", "low", "beside", "other", "crew", "ruled"];
const users = ["top", "middle", "low", "beside", "other", "lead", "watched", "nobody"];

const ownerOf = (i: number): string => owners[(i * i + (i >> 5)) % owners.length] as string;

function loaded(options: LoadOptions): Engine {
  const engine = engineOf(text, options);
  engine.directory.load({
    businessUnits: [
      { id: "a" },
      { id: "b", parent: "a" },
      { id: "c", parent: "b" },
      { id: "d", parent: "a" },
    ],
    users: [
      { id: "top", businessUnit: "a", roles: ["Deep"] },
      { id: "middle", businessUnit: "b", roles: ["Deep"] },
      { id: "low", businessUnit: "c", roles: ["Unit"] },
      { id: "beside", businessUnit: "d", roles: ["Own"], manager: "lead" },
      { id: "other", businessUnit: "d", roles: ["Unit"] },
      { id: "lead", businessUnit: "a", roles: ["Unit"] },
      { id: "watched", businessUnit: "b", roles: ["Watched"] },
      { id: "nobody", businessUnit: "d" },
    ],
    teams: [
      { id: "crew", businessUnit: "d", members: ["low"] },
      { id: "ruled", businessUnit: "b", administrator: "other" },
    ],
  });
  const ids = Array.from({ length: RECORDS }, (_, i) => `r${i}`);
  engine.records.load("Account", {
    id: ids,
    owner: ids.map((_, i) => ownerOf(i)),
    owner_type: ids.map((_, i) => (users.includes(ownerOf(i)) ? "user" : "team")),
    size: ids.map((_, i) => i % 5),
  });
  engine.shares.load({
    entity: ["Account"],
    id: [`r${SHARED}`],
    principal: ["other"],
    principal_type: ["user"],
    rights: ["read"],
  });
  engine.update((world) => world.delete({ entity: "Account", id: `r${DELETED}` }));
  return engine;
}

function expectAsOneByOne(
  engine: Engine,
  user: number,
  read: number,
  words: Uint32Array,
  count: number,
): void {
  const records = engine.recordNumbers("Account");
  let ones = 0;
  records.forEach((record, i) => {
    const isIn = (((words[i >>> 5] as number) >>> (i & 31)) & 1) === 1;
    if (isIn !== engine.allows(user, read, record)) throw new Error(`user ${user}, record ${i}`);
    if (isIn) ones++;
  });
  expect(count).toBe(ones);
}

for (const core of ["simd", "plain"] as const) {
  test(`pages that are written and pages that are added to: ${core}`, () => {
    const engine = loaded({ core });
    const read = engine.privilege("read", "Account");
    const counts = users.map((name) => {
      const user = engine.principal(name);
      const { words, count } = engine.filter(user, read);
      expectAsOneByOne(engine, user, read, words, count);
      return count;
    });
    // Everything; less and less; who holds nothing has nothing.
    expect(counts[0]).toBe(RECORDS - 1);
    expect(counts[1]).toBeGreaterThan(counts[2] as number);
    expect(counts.at(-1)).toBe(0);
  });
}

test("an answer goes into words that are given, and others are made where none are", async () => {
  const engine = loaded({ core: threadsCore() });
  const read = engine.privilege("read", "Account");
  const words = Math.ceil(RECORDS / 32);
  const into = new Uint32Array(words + 2).fill(0xdead_beef);
  const pool = await startPool(engine, { workers: 1 });
  for (const name of users) {
    const user = engine.principal(name);
    const fresh = engine.filter(user, read);
    for (const one of [engine, pool]) {
      const found = await one.filter(user, read, { into });
      expect(found.words.buffer).toBe(into.buffer);
      expect(found.words).toEqual(fresh.words);
      expect(found.count).toBe(fresh.count);
      expect(found.length).toBe(RECORDS);
      expect(into.subarray(words)).toEqual(Uint32Array.of(0xdead_beef, 0xdead_beef));
      into.fill(0xdead_beef);
    }
  }
  const record = engine.record("Account", "r5");
  const everybody = engine.whoCan(read, record);
  for (const one of [engine, pool]) {
    const found = await one.whoCan(read, record, { into });
    expect(found.words.buffer).toBe(into.buffer);
    expect(found.names()).toEqual(everybody.names());
    expect(into[1]).toBe(0xdead_beef);
    into.fill(0xdead_beef);
  }
  await pool.close();
});

test("words that do not fit are refused, and nothing is written", async () => {
  const engine = loaded({ core: threadsCore() });
  const pool = await startPool(engine, { workers: 1 });
  const read = engine.privilege("read", "Account");
  const into = new Uint32Array(10).fill(7);
  const refused = { code: "BWK441" };
  expect(thrown(() => engine.filter(0, read, { into }))).toMatchObject({
    code: "BWK441",
    message: "`into` is a Uint32Array of at least 643 words",
  });
  expect(thrown(() => engine.filter(0, read, { into: [] as never })).code).toBe("BWK441");
  expect(thrown(() => engine.whoCan(read, 0, { into: new Uint32Array(0) })).code).toBe("BWK441");
  await expect(pool.filter(0, read, { into })).rejects.toMatchObject(refused);
  await expect(pool.whoCan(read, 0, { into: new Uint32Array(0) })).rejects.toMatchObject(refused);
  expect(into).toEqual(new Uint32Array(10).fill(7));
  await pool.close();
});
