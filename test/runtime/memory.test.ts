// What the world costs in memory, and what happens when there is no more.
import { expect, test } from "vitest";
import {
  PAGE_BYTES,
  PAGE_COUNT,
  PAGE_COUNT_BITS,
  PAGE_ENTITY,
  PAGE_FACTS,
  PAGE_RECORDS,
  PAGE_VALUES,
  ROW_OF_PAGE_ADDRESS,
  ROW_OF_PAGE_FACTS,
  ROW_OF_PAGE_HEAD,
  ROW_OF_PAGE_SHIFT,
  ROW_OF_PAGE_VALUES,
  SHARE_BYTES,
  USER_BYTES,
  WORLD_PAGES,
} from "../../runtime-as/abi.ts";
import { loadImage } from "../../runtime-ts/image.ts";
import { type Core, instantiate } from "../../runtime-ts/instantiate.ts";
import { LoadedWorld } from "../../runtime-ts/loaded-world.ts";
import { Memory } from "../../runtime-ts/memory.ts";
import { type Attribute, type Entity, type Policy, readPolicy } from "../../runtime-ts/policy.ts";
import { buildWorld } from "../../runtime-ts/world/build-world.ts";
import { readDirectory } from "../../runtime-ts/world/read-directory.ts";
import { type DeclaredWorld, readDeclaredWorld } from "../../runtime-ts/world/read-image.ts";
import { imageOf } from "./load.ts";
import { thrown } from "./thrown.ts";

const roles = Array.from({ length: 12 }, (_, i) => `R${i}`);
const image = imageOf(`
  entity Account owned by user or team { name?: String, size?: Long, city?: String }
  entity Contact owned by user or team { name?: String }
  entity Line owned by parent account { account?: Account }
  ${roles.map((role) => `role ${role} { permit read on Account at user; }`).join("\n")}
`);

interface Host {
  readonly core: Core;
  readonly memory: Memory;
  readonly policy: Policy;
  readonly declared: DeclaredWorld;
}

function host(core: Core = instantiate("auto")): Host {
  const memory = new Memory(core);
  const reader = loadImage(core, memory, image);
  const policy = readPolicy(reader);
  return { core, memory, policy, declared: readDeclaredWorld(reader, policy) };
}

/** Bytes that a world with so many users takes; user i has the roles that `rolesOf` says. */
function worldBytes(users: number, rolesOf: (user: number) => string[], teams = 0): number {
  const { core, memory, policy, declared } = host();
  const directory = {
    businessUnits: [{ id: "Root" }, { id: "A", parent: "Root" }],
    users: Array.from({ length: users }, (_, i) => ({ id: `u${i}`, businessUnit: "A", roles: rolesOf(i) })),
    teams: Array.from({ length: teams }, (_, i) => ({ id: `t${i}`, businessUnit: "A" })),
  };
  const world = buildWorld(policy, declared.declarations, readDirectory(directory, policy));
  const before = memory.mark();
  new LoadedWorld(core, memory, policy, declared, world);
  return memory.mark() - before;
}

test("a user costs 32 bytes where others are like him", () => {
  const same = () => ["R0", "R1"];
  // The table of reaches has its full size from 4,096 users on.
  expect((worldBytes(20_000, same) - worldBytes(5_000, same)) / 15_000).toBe(USER_BYTES);
});

test("a role set costs its planes, its role numbers and one context, once", () => {
  const pairs = roles.flatMap((a, i) => roles.slice(i + 1).map((b) => [a, b]));
  const one = worldBytes(pairs.length, () => ["R0", "R1"]);
  const all = worldBytes(pairs.length, (user) => pairs[user] as string[]);
  // Planes of 3 sets * 8 actions and a task: 4 words. List of 2 roles: 12 bytes, in 16. Context list: 16 + 20, in 48.
  expect((all - one) / (pairs.length - 1)).toBe(16 + 16 + 48);
});

test("a team without roles costs 8 bytes", () => {
  expect((worldBytes(1, () => [], 10_000) - worldBytes(1, () => [], 2_000)) / 8_000).toBe(8);
});

/** What a policy's conditions say that read some attributes of accounts and make some facts of them. */
function conditionsOf(policy: Policy, columns: readonly string[], facts: number): Policy["conditions"] {
  const { attributes } = policy.entities[0] as Entity;
  return {
    ...policy.conditions,
    entities: [columns.map((name) => attributes.get(name) as Attribute), [], []],
    recordFacts: [facts, 0, 0],
    names: { names: [], spans: new Uint32Array(0) },
  };
}

function loadedHost(
  core?: Core,
  columns: readonly string[] = [],
  facts = 0,
): Host & { readonly loaded: LoadedWorld } {
  const plain = host(core);
  const conditions = conditionsOf(plain.policy, columns, facts);
  const made = columns.length === 0 ? plain : { ...plain, policy: { ...plain.policy, conditions } };
  const directory = {
    businessUnits: [{ id: "Root" }],
    users: [
      { id: "a", businessUnit: "Root", roles: ["R0"] },
      { id: "b", businessUnit: "Root", roles: ["R0"] },
    ],
  };
  const world = buildWorld(made.policy, made.declared.declarations, readDirectory(directory, made.policy));
  return { ...made, loaded: new LoadedWorld(made.core, made.memory, made.policy, made.declared, world) };
}

const records = (count: number, prefix = "r") => ({
  id: Array.from({ length: count }, (_, i) => `${prefix}${i}`),
  owner: new Array<string>(count).fill("a"),
});

function shares(from: number, count: number) {
  const column = <T>(cell: T) => new Array<T>(count).fill(cell);
  return {
    entity: column("Account"),
    id: Array.from({ length: count }, (_, i) => `r${from + i}`),
    principal: column("b"),
    principal_type: column("user"),
    rights: column("read"),
  };
}

test("a record costs 8 bytes and a little", () => {
  const { memory, loaded } = loadedHost();
  const before = memory.mark();
  const pages = 256;
  loaded.records.load(0, records(pages * PAGE_RECORDS), undefined);
  const bytes = memory.mark() - before;
  // A page, its row and its number.
  expect(bytes).toBe(pages * (PAGE_BYTES + 16 + 4));
  expect(bytes / (pages * PAGE_RECORDS)).toBeLessThan(8.05);
});

test("the row of a page says what its head says, also where what was loaded is taken back", () => {
  const { core, memory, loaded } = loadedHost(undefined, ["size"], 2);
  const { pages } = loaded.records;
  const check = () => {
    const { words } = memory;
    const word = (address: number) => words[address >>> 2] as number;
    for (let number = 0; number < pages.pageCount; number++) {
      const page = pages.pageAddress(number * PAGE_RECORDS);
      const row = word(core.world() + WORLD_PAGES) + (number << ROW_OF_PAGE_SHIFT);
      const head = word(row + ROW_OF_PAGE_HEAD);
      expect(word(row + ROW_OF_PAGE_ADDRESS)).toBe(page);
      expect(head >>> PAGE_COUNT_BITS).toBe(word(page + PAGE_ENTITY));
      expect(head & ((1 << PAGE_COUNT_BITS) - 1)).toBe(word(page + PAGE_COUNT));
      expect(word(row + ROW_OF_PAGE_FACTS)).toBe(word(page + PAGE_FACTS));
      expect(word(row + ROW_OF_PAGE_VALUES)).toBe(word(page + PAGE_VALUES));
    }
    return pages.pageCount;
  };
  loaded.records.load(0, { ...records(5), size: [1, 2, 3, 4, 5] }, undefined);
  loaded.records.load(1, records(PAGE_RECORDS + 1), undefined);
  expect(check()).toBe(3);
  const undo = pages.mark(0);
  loaded.records.load(0, records(3 * PAGE_RECORDS, "more"), undefined);
  expect(check()).toBe(6);
  undo();
  expect(check()).toBe(3);
  expect(memory.words[(pages.pageAddress(0) + PAGE_COUNT) >>> 2]).toBe(5);
});

test("an attribute that conditions read costs 8 bytes and a bit a record, a fact 2 bits", () => {
  const pages = 32;
  const ids = records(pages * PAGE_RECORDS);
  const bytes = (columns: readonly string[], facts: number) => {
    const { memory, loaded } = loadedHost(undefined, columns, facts);
    const before = memory.mark();
    loaded.records.load(0, { ...ids, size: ids.owner.map((_, i) => i), city: ids.owner }, undefined);
    return (memory.mark() - before) / (pages * PAGE_RECORDS);
  };
  const none = bytes([], 0);
  const addresses = 16 / PAGE_RECORDS;
  expect(bytes(["size"], 0) - none).toBe(8 + 1 / 8 + addresses);
  expect(bytes(["size"], 20) - bytes(["size"], 0)).toBe((20 * 2) / 8);
  // The one text that stands in all rows, and the table of texts: twice 16 bytes altogether.
  const texts = 32 / (pages * PAGE_RECORDS);
  expect(bytes(["size", "city"], 0) - none).toBeCloseTo(2 * (8 + 1 / 8) + addresses + texts, 10);
});

test("a share costs 8 bytes, and half a byte to a byte for finding it", () => {
  const { memory, loaded } = loadedHost();
  loaded.records.load(0, records(4 * PAGE_RECORDS), undefined);
  const before = memory.mark();
  loaded.shares.load(shares(0, PAGE_RECORDS), undefined);
  // An address for each group of four records, two ends, a row that is none.
  expect(memory.mark() - before).toBe(PAGE_RECORDS * (SHARE_BYTES + 1) + 8 + SHARE_BYTES);
  const merged = memory.mark();
  loaded.shares.load(shares(0, PAGE_RECORDS), undefined);
  expect(memory.mark()).toBe(merged);
});

test("questions cost nothing: scratch is given back", () => {
  const { core, memory, loaded } = loadedHost();
  loaded.records.load(0, records(5_000), undefined);
  const before = memory.mark();
  expect(memory.scratch(1_000, (address) => core.filter(0, 1, address))).toBe(5_000);
  expect(() =>
    memory.scratch(8, () => {
      throw new Error("in between");
    }),
  ).toThrow("in between");
  expect(memory.mark()).toBe(before);
});

/** A core whose memory is full after so many more allocations. */
function fullAfter(core: Core, allocations: number): Core {
  let left = allocations;
  return Object.create(core, {
    memory: { value: core.memory },
    allocate: { value: (bytes: number) => (left-- > 0 ? core.allocate(bytes) : 0) },
  }) as Core;
}

/** What is left of an engine when the n-th allocation of a load fails, and that it then loads once there is room. */
function survives(
  load: (loaded: LoadedWorld) => void,
  ask: (loaded: LoadedWorld, core: Core) => unknown,
  columns: readonly string[] = [],
): number {
  for (let allocations = 0; ; allocations++) {
    const real = instantiate("auto");
    let room = Number.POSITIVE_INFINITY;
    const core = Object.create(real, {
      memory: { value: real.memory },
      allocate: { value: (bytes: number) => (room-- > 0 ? real.allocate(bytes) : 0) },
    }) as Core;
    const { memory, loaded } = loadedHost(core, columns);
    loaded.records.load(0, records(1_500), undefined);
    const before = [memory.mark(), ask(loaded, core)];
    room = allocations;
    try {
      load(loaded);
      return allocations;
    } catch (error) {
      expect(error).toMatchObject({
        code: "BWK414",
        message: expect.stringMatching(/^out of memory: \d+ more bytes/),
      });
    }
    expect([memory.mark(), ask(loaded, core)]).toEqual(before);
    room = Number.POSITIVE_INFINITY;
    load(loaded);
    expect(ask(loaded, core)).not.toEqual(before[1]);
  }
}

test("a table that does not fit into memory leaves everything as it was", () => {
  const ids = ({ records: of }: LoadedWorld) => [...of.ids(0), ...of.pages.numbersOf(0)];
  expect(survives((loaded) => loaded.records.load(0, records(36_000, "s"), undefined), ids)).toBe(5);
  const cities = records(36_000, "s");
  const table = { ...cities, city: cities.id };
  expect(survives((loaded) => loaded.records.load(0, table, undefined), ids, ["city"])).toBe(7);
  const reads = ({ records: of }: LoadedWorld, core: Core) => core.decide(1, 1, of.find(0, "r7") as number);
  expect(survives((loaded) => loaded.shares.load(shares(0, 1_500), undefined), reads)).toBe(1);
});

test("out of memory is said, also before the memory itself is asked", () => {
  const memory = new Memory(fullAfter(instantiate("plain"), 0));
  expect(thrown(() => memory.allocate(16))).toEqual({
    code: "BWK414",
    message: "out of memory: 16 more bytes do not fit",
    help: "load fewer records",
  });
  expect(thrown(() => new Memory(instantiate("plain")).allocate(2 ** 32 + 16)).code).toBe("BWK414");
  expect(thrown(() => new Memory(instantiate("plain")).allocate(2 ** 32 - 64)).code).toBe("BWK414");
});
