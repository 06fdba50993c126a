// What the host writes for conditions, where the core finds it; the conditions are made by hand.
import { expect, test } from "vitest";
import {
  CONTEXT_BYTES,
  CONTEXT_CONDITIONALS,
  CONTEXT_LIST_FLAGS,
  CONTEXT_LIST_ROWS,
  CONTEXTS_ADMINISTRATOR,
  CONTEXTS_CONDITIONAL,
  GHOST_RECORDS,
  PAGE_FACTS,
  PAGE_PLANE_BYTES,
  PAGE_RECORDS,
  PAGE_VALUES,
  REFERENCE_TEAM,
  REFERENCE_UNIT,
  REFERENCE_USER,
  TEAM_BIT,
  USER_BYTES,
  USER_CONDITIONAL,
  USER_CONTEXTS,
  USER_FLAGS,
  USER_TEAM_CONTEXTS,
  WORLD_CONTEXT_COLUMNS,
  WORLD_DESCRIBED_COLUMNS,
  WORLD_REFERENCES,
  WORLD_TEAM_COLUMNS,
  WORLD_UNIT_COLUMNS,
  WORLD_USER_COLUMNS,
  WORLD_USER_FACT_WORDS,
  WORLD_USER_FACTS,
  WORLD_USERS,
} from "../../runtime-as/abi.ts";
import type { Conditions } from "../../runtime-ts/conditions.ts";
import { loadImage } from "../../runtime-ts/image.ts";
import { type Core, instantiate } from "../../runtime-ts/instantiate.ts";
import { LoadedWorld } from "../../runtime-ts/loaded-world.ts";
import { Memory } from "../../runtime-ts/memory.ts";
import { type Attribute, type Policy, readPolicy } from "../../runtime-ts/policy.ts";
import { buildWorld } from "../../runtime-ts/world/build-world.ts";
import { readDirectory } from "../../runtime-ts/world/read-directory.ts";
import { readDeclaredWorld } from "../../runtime-ts/world/read-image.ts";
import { imageOf } from "./load.ts";
import { thrown } from "./thrown.ts";

const image = imageOf(`
  entity Account owned by user or team { status?: Choice("open", "won"), revenue?: Long, parent?: Account }
  entity Contact owned by user or team { account?: Account, tags?: Set<String> }
  entity User { clearance: Long, home?: Account, boss?: User }
  entity Team { region?: String }
  entity BusinessUnit { country?: String }
  context { mfa: Bool, channel?: String, account?: Account }
  role Plain { permit read on Account at user; }
  role Other { permit read on Contact at user; }
  role Third { permit write on Account at user; }
  administrator role Admin;
`);

const directory = {
  businessUnits: [
    { id: "Root", attributes: { country: "Earth" } },
    { id: "France", parent: "Root" },
    { id: "Paris", parent: "France", attributes: { country: "France" } },
  ],
  users: [
    { id: "plain", businessUnit: "Root", roles: ["Plain"], attributes: { clearance: 1 } },
    {
      id: "other",
      businessUnit: "Paris",
      roles: ["Other", "Plain"],
      attributes: { clearance: -2, home: "a1", boss: "plain" },
    },
    { id: "third", businessUnit: "Root", roles: ["Third", "Admin"], attributes: { clearance: 3 } },
  ],
  teams: [
    { id: "EU", businessUnit: "Root", roles: ["Other"], members: ["third"], attributes: { region: "EU" } },
  ],
};

interface Host {
  readonly memory: Memory;
  readonly core: Core;
  readonly loaded: LoadedWorld;
  /** Calls of the core's functions for facts, in order. */
  readonly calls: string[];
  readonly word: (address: number) => number;
  readonly header: (word: number) => number;
}

type Made = Partial<Conditions> & { readonly columns?: readonly string[] };

/** A world under conditions that read these columns (`Account.status`, `User.clearance`, `context.mfa`). */
function host({ columns = [], ...conditions }: Made): Host {
  const real = instantiate("auto");
  const calls: string[] = [];
  const core = Object.create(real, {
    memory: { value: real.memory },
    computeUserFacts: { value: () => calls.push("users") },
    computePageFacts: { value: (_: number, first: number) => calls.push(`page ${first}`) },
    forgetRequestFacts: { value: () => calls.push("forget") },
  }) as Core;
  const memory = new Memory(core);
  const reader = loadImage(core, memory, image);
  const read = readPolicy(reader);
  const of = (owner: string, attributes: ReadonlyMap<string, Attribute>) =>
    columns
      .filter((column) => column.startsWith(`${owner}.`))
      .map((column) => attributes.get(column.slice(owner.length + 1)) as Attribute);
  const policy: Policy = {
    ...read,
    conditions: {
      ...read.conditions,
      entities: read.entities.map(({ name, attributes }) => of(name, attributes)),
      users: of("User", read.userAttributes),
      teams: of("Team", read.teamAttributes),
      units: of("BusinessUnit", read.unitAttributes),
      context: of("context", read.context),
      names: { names: reader.names, spans: reader.nameSpans() },
      ...conditions,
    },
  };
  const declared = readDeclaredWorld(reader, policy);
  const world = buildWorld(policy, declared.declarations, readDirectory(directory, policy));
  const loaded = new LoadedWorld(core, memory, policy, declared, world);
  const word = (address: number) => memory.words[address >>> 2] as number;
  return { memory, core, loaded, calls, word, header: (offset) => word(core.world() + offset) };
}

/** The values of a column, undefined where there is none. */
function column({ memory, word }: Host, table: number, index: number, rows: number): (bigint | undefined)[] {
  const address = word(table + index * 4);
  const values = new BigInt64Array(memory.bytes.buffer, address, rows);
  return Array.from(values, (value, row) =>
    ((word(address + rows * 8 + (row >>> 5) * 4) >>> (row & 31)) & 1) === 1 ? value : undefined,
  );
}

const accounts = (ids: readonly string[], more: object = {}) => ({
  id: ids,
  owner: ids.map(() => "plain"),
  ...more,
});

test("a policy without conditions keeps no value and asks for no fact", () => {
  const at = host({ columns: ["Account.revenue"], names: undefined, entities: [[], []] });
  at.loaded.records.load(0, accounts(["a1"], { revenue: [5] }), undefined);
  at.loaded.getReady();
  const page = at.loaded.records.pages.pagesOf(0)[0]?.address as number;
  // Its lookups would be kept; none has been loaded.
  const columns = at.word(page + PAGE_VALUES);
  expect([at.word(columns), at.word(page + PAGE_FACTS), at.calls]).toEqual([0, 0, ["forget"]]);
  expect(at.loaded.during(new Map([["mfa", true]]), undefined, () => "asked")).toBe("asked");
});

test("records: the columns that are read, over pages and tables", () => {
  const at = host({ columns: ["Account.revenue", "Account.status"], recordFacts: [3, 0] });
  const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `a${from + i}`);
  const revenue = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  at.loaded.records.load(0, accounts(ids(0, 4072), { revenue: revenue(0, 4072) }), undefined);
  at.loaded.records.load(
    0,
    accounts(ids(4072, 4172), {
      revenue: revenue(4072, 4172).map((n) => (n % 2 === 0 ? String(n) : "")),
      status: revenue(4072, 4172).map(() => "won"),
    }),
    undefined,
  );
  at.loaded.records.load(1, { id: ["c"], owner: ["plain"] }, undefined);
  const pages = at.loaded.records.pages.pagesOf(0);
  expect(pages.map(({ first }) => first)).toEqual([0, PAGE_RECORDS]);
  const [first, second] = pages.map(({ address }) => at.word(address + PAGE_VALUES)) as [number, number];
  const revenues = [...column(at, first, 0, PAGE_RECORDS), ...column(at, second, 0, PAGE_RECORDS)];
  expect(revenues.slice(0, 4172)).toEqual(
    revenue(0, 4172).map((n) => (n < 4072 || n % 2 === 0 ? BigInt(n) : undefined)),
  );
  const statuses = [...column(at, first, 1, PAGE_RECORDS), ...column(at, second, 1, PAGE_RECORDS)];
  expect(statuses.findIndex((status) => status !== undefined)).toBe(4072);
  expect(new Set(statuses.slice(4072, 4172)).size).toBe(1);
  // Facts of each page lie apart, and apart from the columns.
  const facts = pages.map(({ address }) => at.word(address + PAGE_FACTS)) as [number, number];
  expect(facts[0]).toBe(first + 16);
  expect(second).toBeGreaterThanOrEqual(facts[0] + 3 * 2 * PAGE_PLANE_BYTES);
  const columns = [first, second].flatMap((table) => [at.word(table), at.word(table + 4)]);
  for (const plane of facts) {
    const end = plane + 3 * 2 * PAGE_PLANE_BYTES;
    for (const at of columns)
      expect(at >= end || at + (8 * PAGE_RECORDS + PAGE_RECORDS / 8) <= plane).toBe(true);
  }
  const contacts = at.loaded.records.pages.pagesOf(1)[0]?.address as number;
  expect([at.word(at.word(contacts + PAGE_VALUES)), at.word(contacts + PAGE_FACTS)]).toEqual([0, 0]);
});

test("facts are worked out when questions may come, users first, of entities that have some", () => {
  const at = host({ columns: ["Account.revenue"], recordFacts: [1, 0], userFacts: 2 });
  expect(at.header(WORLD_USER_FACTS)).toBeGreaterThan(0);
  expect(at.header(WORLD_USER_FACT_WORDS)).toBe(1);
  at.loaded.records.load(1, { id: ["c"], owner: ["plain"] }, undefined);
  const many = Array.from({ length: 6000 }, (_, i) => `a${i}`);
  at.loaded.records.load(0, accounts(many), undefined);
  expect(at.calls).toEqual([]);
  at.loaded.getReady();
  expect(at.calls).toEqual(["users", "page 4096", "page 8192", "forget"]);
});

test("lookups lead to records wherever and whenever they are loaded", () => {
  const at = host({ columns: ["Account.parent", "Contact.account", "User.home"] });
  at.loaded.records.load(
    1,
    { id: ["c1", "c2"], owner: ["plain", "plain"], account: ["a2", "a9"] },
    undefined,
  );
  at.loaded.records.load(0, accounts(["a1", "a2"], { parent: ["a2", "a3"] }), undefined);
  const values = () => {
    const page = (entity: number) =>
      at.word((at.loaded.records.pages.pagesOf(entity)[0]?.address as number) + PAGE_VALUES);
    return [
      column(at, page(0), 0, PAGE_RECORDS).slice(0, 3),
      column(at, page(1), 0, PAGE_RECORDS).slice(0, 3),
      column(at, at.header(WORLD_USER_COLUMNS), 0, 3),
    ];
  };
  // User other looked a1 up before anything was loaded: ghost 0. Then a2, a9, a3 came as 1, 2, 3.
  const ghost = (number: number) => BigInt(GHOST_RECORDS + number);
  const [a1, a2, a3] = [0, 1, 2].map((place) => BigInt(at.loaded.records.pages.numberOf(0, place)));
  expect(values()).toEqual([
    [a2, ghost(3), undefined],
    [ghost(1), ghost(2), undefined],
    [undefined, ghost(0), undefined],
  ]);
  at.loaded.getReady();
  expect(values()).toEqual([
    [a2, ghost(3), undefined],
    [a2, ghost(2), undefined],
    [undefined, a1, undefined],
  ]);
  at.loaded.records.load(0, accounts(["a3"], { parent: ["a3"] }), undefined);
  at.loaded.getReady();
  expect(values()[0]).toEqual([a2, a3, a3]);
});

test("people and places: what the directory says of them", () => {
  const at = host({
    columns: ["User.boss", "User.clearance", "Team.region", "BusinessUnit.country"],
  });
  expect(column(at, at.header(WORLD_USER_COLUMNS), 0, 3)).toEqual([undefined, 0n, undefined]);
  expect(column(at, at.header(WORLD_USER_COLUMNS), 1, 3)).toEqual([1n, -2n, 3n]);
  const teams = column(at, at.header(WORLD_TEAM_COLUMNS), 0, 4);
  expect(teams.slice(0, 3)).toEqual([undefined, undefined, undefined]);
  const units = column(at, at.header(WORLD_UNIT_COLUMNS), 0, 3);
  expect(units.map((unit) => unit === undefined)).toEqual([false, true, false]);
  expect(units[0]).not.toBe(units[2]);
});

test("what code names is numbered, records also before they are loaded", () => {
  const at = host({
    references: [
      { kind: "name", of: REFERENCE_USER, name: "third" },
      { kind: "name", of: REFERENCE_TEAM, name: "EU" },
      { kind: "name", of: REFERENCE_UNIT, name: "France" },
      { kind: "role", role: 2 },
      { kind: "record", entity: 0, id: "a1" },
      { kind: "record", entity: 1, id: "a1" },
    ],
  });
  const rows = () => {
    at.loaded.getReady();
    const table = at.header(WORLD_REFERENCES);
    return Array.from({ length: 6 }, (_, row) => [at.word(table + row * 8), at.word(table + row * 8 + 4)]);
  };
  const fixed = [
    [2, 0],
    [TEAM_BIT + 3, 0],
    [1, 2],
    [2, 0],
  ];
  expect(rows()).toEqual([...fixed, [GHOST_RECORDS, 0], [GHOST_RECORDS + 1, 0]]);
  at.loaded.records.load(0, accounts(["a0", "a1"]), undefined);
  expect(rows()).toEqual([...fixed, [1, 0], [GHOST_RECORDS + 1, 0]]);
});

test.each([
  [REFERENCE_USER, "unknown user `nobody` in a condition"],
  [REFERENCE_TEAM, "unknown team `nobody` in a condition"],
  [REFERENCE_UNIT, "unknown business unit `nobody` in a condition"],
])("a condition that names what nobody declares (%s)", (of, message) => {
  const references = [{ kind: "name", of, name: "nobody" } as const];
  expect(thrown(() => host({ references }))).toMatchObject({ code: "BWK201", message });
});

test("grants under conditions: one list a role set, ascending by privilege", () => {
  const grant = (role: number, privilege: number) => ({ role, privilege, level: 8, program: privilege });
  const at = host({
    grants: new Map([
      [0, [grant(0, 1), grant(0, 9)]],
      [1, [grant(1, 2), grant(1, 9)]],
    ]),
  });
  const user = (number: number) => at.header(WORLD_USERS) + number * USER_BYTES;
  const flags = (number: number) => at.word(user(number)) >>> 16;
  const own = (number: number) => at.word(user(number) + USER_CONTEXTS);
  const listAt = (list: number, row = 0) =>
    at.word(list + CONTEXT_LIST_ROWS + row * CONTEXT_BYTES + CONTEXT_CONDITIONALS);
  const list = (address: number) =>
    Array.from({ length: at.word(address) }, (_, i) =>
      [0, 4, 8, 12].map((offset) => at.word(address + 4 + i * 16 + offset)),
    );
  expect(USER_FLAGS).toBe(2);
  expect([0, 1, 2].map((number) => flags(number) & USER_CONDITIONAL)).toEqual([8, 8, 8]);
  expect([0, 1, 2].map((number) => at.word(own(number) + CONTEXT_LIST_FLAGS))).toEqual([
    CONTEXTS_CONDITIONAL,
    CONTEXTS_CONDITIONAL,
    CONTEXTS_ADMINISTRATOR,
  ]);
  expect(list(listAt(own(0)))).toEqual([
    [1, 8, 1, 0],
    [9, 8, 9, 0],
  ]);
  expect(list(listAt(own(1)))).toEqual([
    [1, 8, 1, 0],
    [2, 8, 2, 1],
    [9, 8, 9, 0],
    [9, 8, 9, 1],
  ]);
  expect(listAt(own(2))).toBe(0);
  // The third holds nothing under a condition himself, his team does.
  expect(list(listAt(at.word(user(2) + USER_TEAM_CONTEXTS)))).toEqual([
    [2, 8, 2, 1],
    [9, 8, 9, 1],
  ]);
});

test("a request's values are there while it is asked, and nothing is left of them", () => {
  const at = host({ columns: ["context.channel", "context.account", "Contact.tags", "Account.revenue"] });
  at.loaded.getReady();
  const context = () => [0, 1].map((i) => column(at, at.header(WORLD_CONTEXT_COLUMNS), i, 1)[0]);
  const described = () => column(at, at.header(WORLD_DESCRIBED_COLUMNS), 0, 1)[0];
  const nothing = [undefined, undefined, undefined];
  const before = at.memory.mark();
  at.calls.length = 0;
  const given = new Map<string, unknown>([
    ["channel", "a text that nobody knows"],
    ["account", "a7"],
    ["mfa", null],
  ]);
  const tags = { entity: 1, values: new Map<string, unknown>([["tags", ["x"]]]) };
  for (let repeat = 0; repeat < 3; repeat++) {
    const [channel, account, set] = at.loaded.during(given, tags, () => [...context(), described()]);
    expect(channel).toBeGreaterThan(0n);
    expect(account).toBe(BigInt(GHOST_RECORDS));
    expect(at.word(Number(set))).toBe(1);
    expect([...context(), described()]).toEqual(nothing);
    expect(at.memory.mark()).toBe(before);
  }
  expect(at.calls).toEqual(["forget", "forget", "forget", "forget", "forget", "forget"]);
  const fail = () => {
    throw new Error("in between");
  };
  expect(() => at.loaded.during(given, tags, fail)).toThrow("in between");
  expect([...context(), described(), at.memory.mark()]).toEqual([...nothing, before]);
  const revenue = { entity: 0, values: new Map<string, unknown>([["revenue", 5]]) };
  expect(at.loaded.during(undefined, revenue, () => [...context(), described()])).toEqual([
    undefined,
    undefined,
    5n,
  ]);
});
