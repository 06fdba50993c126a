// What conditions read, as it lies in memory (abi.ts, "Values in columns").
import { expect, test } from "vitest";
import {
  GHOST_RECORDS,
  TEAM_BIT,
  TYPE_BOOL,
  TYPE_CHOICE,
  TYPE_DATETIME,
  TYPE_DECIMAL,
  TYPE_LONG,
  TYPE_LOOKUP,
  TYPE_PRINCIPAL,
  TYPE_SET,
  TYPE_STRING,
  TYPE_TEAM,
  TYPE_UNIT,
  TYPE_USER,
  WORLD_STRING_COUNT,
  WORLD_STRINGS,
} from "../../runtime-as/abi.ts";
import { ColumnBuffer, columnBytes } from "../../runtime-ts/columns/column-buffer.ts";
import { Ghosts } from "../../runtime-ts/columns/ghosts.ts";
import { Interned } from "../../runtime-ts/columns/interned.ts";
import { LookupColumns } from "../../runtime-ts/columns/lookup-columns.ts";
import { Numbering } from "../../runtime-ts/columns/numbering.ts";
import { ValueEncoder } from "../../runtime-ts/columns/value-encoder.ts";
import { instantiate } from "../../runtime-ts/instantiate.ts";
import { Memory } from "../../runtime-ts/memory.ts";
import { valueProblem } from "../../runtime-ts/values.ts";
import { attribute } from "./policies.ts";
import { thrown } from "./thrown.ts";

const core = instantiate("auto");
const memory = new Memory(core);
const users = new Map([["alice", 4]]);
const teams = new Map([
  ["EU", 2],
  ["alice", 5],
]);
const names = { users, teams, units: new Map([["France", 7]]) };

/** Interns on top of the image names "open" (0) and "won" (1), whose bytes lie somewhere. */
function interned(): Interned {
  const at = memory.allocate(16);
  memory.bytes.set(new TextEncoder().encode("openwon"), at);
  return new Interned(core, memory, { names: ["open", "won"], spans: Uint32Array.of(at, 4, at + 4, 3) });
}

function encoder(on: Interned, loaded: ReadonlyMap<string, number> = new Map()): ValueEncoder {
  return new ValueEncoder(on, names, (entity, id) => loaded.get(`${entity}/${id}`));
}

/** The string with this number, read as the core reads it. */
function textAt(number: number): string {
  const row = ((memory.words[(core.world() + WORLD_STRINGS) >>> 2] as number) >>> 2) + number * 2;
  const [address, length] = memory.words.subarray(row, row + 2) as unknown as [number, number];
  return new TextDecoder().decode(memory.bytes.slice(address, address + length));
}

const stringCount = () => memory.words[(core.world() + WORLD_STRING_COUNT) >>> 2];

/** The 64 bits that a value becomes; undefined where there is none. */
function bits(on: ValueEncoder, of: ReturnType<typeof attribute>, value: unknown): bigint | undefined {
  const column = new ColumnBuffer(1);
  const wrote = on.writer(of)(column, 0, value);
  expect(column.has(0)).toBe(wrote);
  return wrote ? new BigInt64Array(column.words.buffer)[0] : undefined;
}

test("a column is values and then presence bits, wherever a row lands", () => {
  const column = new ColumnBuffer(40);
  for (let row = 0; row < 40; row += 2) column.set(row, row - 20);
  column.setLong(39, -(2n ** 63n));
  const rows = 1024;
  const address = memory.allocate(columnBytes(rows));
  expect(columnBytes(rows)).toBe(8 * 1024 + 128);
  column.copy(0, 30, memory, address, rows, 100);
  column.copy(30, 40, memory, address, rows, 0);
  const values = new BigInt64Array(memory.bytes.buffer, address, rows);
  const present = (row: number) =>
    ((memory.words[(address >>> 2) + rows * 2 + (row >>> 5)] as number) >>> (row & 31)) & 1;
  expect([100, 101, 102, 128, 129].map((row) => [values[row], present(row)])).toEqual([
    [-20n, 1],
    [0n, 0],
    [-18n, 1],
    [8n, 1],
    [0n, 0],
  ]);
  expect([0, 9, 10].map((row) => [values[row], present(row)])).toEqual([
    [10n, 1],
    [-(2n ** 63n), 1],
    [0n, 0],
  ]);
});

test("numbers beyond 32 bits keep their sign and their high word", () => {
  const column = new ColumnBuffer(1);
  for (const value of [0, 1, -1, 2 ** 32, -(2 ** 32) - 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
    column.set(0, value);
    expect(new BigInt64Array(column.words.buffer)[0]).toBe(BigInt(value));
  }
});

const choice = attribute("c", TYPE_CHOICE, { options: ["open", "won"] });
const longs = attribute("l", TYPE_SET, { argument: TYPE_LONG });
const strings = attribute("s", TYPE_SET, { argument: TYPE_STRING });
const lookup = attribute("k", TYPE_LOOKUP, { argument: 3 });

test("every type becomes 64 bits", () => {
  const on = encoder(interned(), new Map([["3/r1", 2048]]));
  const cases: [ReturnType<typeof attribute>, unknown, bigint | undefined][] = [
    [attribute("a", TYPE_STRING), "won", 1n],
    [attribute("a", TYPE_STRING), "new", 2n],
    [attribute("a", TYPE_STRING), "new", 2n],
    [attribute("a", TYPE_STRING), 5, undefined],
    [choice, "open", 0n],
    [choice, "lost", undefined],
    [attribute("a", TYPE_BOOL), "true", 1n],
    [attribute("a", TYPE_BOOL), false, 0n],
    [attribute("a", TYPE_BOOL), "yes", undefined],
    [attribute("a", TYPE_LONG), "-9223372036854775808", -(2n ** 63n)],
    [attribute("a", TYPE_LONG), 1.5, undefined],
    [attribute("a", TYPE_DECIMAL), "-1.5", -15_000n],
    [attribute("a", TYPE_DECIMAL), "1.23456", undefined],
    [attribute("a", TYPE_DATETIME), "1969-12-31T23:59:59.999Z", -1n],
    [attribute("a", TYPE_DATETIME), "today", undefined],
    [attribute("a", TYPE_USER), "alice", 4n],
    [attribute("a", TYPE_USER), "bob", undefined],
    [attribute("a", TYPE_TEAM), "EU", BigInt(TEAM_BIT) + 2n],
    [attribute("a", TYPE_TEAM), "US", undefined],
    [attribute("a", TYPE_UNIT), "France", 7n],
    [attribute("a", TYPE_UNIT), "Spain", undefined],
    [attribute("a", TYPE_PRINCIPAL), "EU", BigInt(TEAM_BIT) + 2n],
    [attribute("a", TYPE_PRINCIPAL), 'User::"alice"', 4n],
    [attribute("a", TYPE_PRINCIPAL), 'Team::"alice"', BigInt(TEAM_BIT) + 5n],
    [attribute("a", TYPE_PRINCIPAL), "alice", undefined],
    [attribute("a", TYPE_PRINCIPAL), 'Team::"\\x"', undefined],
    [attribute("a", TYPE_PRINCIPAL), 5, undefined],
    [lookup, "r1", 2048n],
    [lookup, "r2", BigInt(GHOST_RECORDS)],
    [lookup, "r3", BigInt(GHOST_RECORDS) + 1n],
    [lookup, "r2", BigInt(GHOST_RECORDS)],
    [lookup, "", undefined],
    [longs, "[3, 1]", 0n],
    [longs, ["1", 3n, 1], 0n],
    [longs, "[1, 2.5]", undefined],
    [strings, '["open"]', 1n],
    [strings, "[open]", undefined],
  ];
  for (const [of, value, expected] of cases) {
    expect(bits(on, of, value), `${of.name} ${String(value)}`).toBe(expected);
    // What is written has no problem, and what has one is not written.
    expect(valueProblem(of, value, names) === undefined).toBe(expected !== undefined);
  }
});

test("sets hold their elements ascending, each once, and equal sets are one", () => {
  const on = interned();
  const values = encoder(on);
  const column = new ColumnBuffer(6);
  const big = 2n ** 53n + 1n;
  const cells = [
    `[${big}, -5, 3, -5]`,
    [3, "-5", big],
    "[]",
    [],
    `[ ${big} , 3 ,-5 ]`,
    `[${big}, -5, 3, -5]`,
  ];
  cells.forEach((cell, row) => {
    expect(values.writer(longs)(column, row, cell)).toBe(true);
  });
  values.commit();
  values.place([longs], [column]);
  const addresses = cells.map((_, row) => column.words[row * 2] as number);
  const [set, , empty] = addresses as [number, number, number];
  expect(addresses).toEqual([set, set, empty, empty, set, set]);
  const read = (at: number) => [
    ...new BigInt64Array(memory.bytes.buffer, at + 8, memory.words[at >>> 2] as number),
  ];
  expect(read(set)).toEqual([-5n, 3n, big]);
  expect(read(empty)).toEqual([]);
  const before = memory.mark();
  values.commit();
  expect(memory.mark()).toBe(before);
});

test("a set of texts holds the numbers of its texts", () => {
  const on = interned();
  const values = encoder(on);
  const column = new ColumnBuffer(2);
  values.writer(strings)(column, 0, '["won", "zoë", "open", "won"]');
  values.commit();
  values.place([strings, strings], [column, undefined]);
  const at = column.words[0] as number;
  expect([...new BigInt64Array(memory.bytes.buffer, at + 8, memory.words[at >>> 2] as number)]).toEqual([
    0n,
    1n,
    2n,
  ]);
  expect(textAt(2)).toBe("zoë");
});

test("texts keep the numbers of the image's names and enter memory with commit", () => {
  const { strings: table } = interned();
  expect(["won", "open", "", "héllo 🎉", "won", ""].map((text) => table.number(text))).toEqual([
    1, 0, 2, 3, 1, 2,
  ]);
  expect(stringCount()).toBe(2);
  table.commit();
  expect(stringCount()).toBe(4);
  expect([0, 1, 2, 3].map(textAt)).toEqual(["open", "won", "", "héllo 🎉"]);
  for (let i = 0; i < 100; i++) table.number(`text ${i}`);
  table.commit();
  expect([1, 3, 4, 103].map(textAt)).toEqual(["won", "héllo 🎉", "text 0", "text 99"]);
});

test("half a surrogate pair is U+FFFD, as in every UTF-8", () => {
  const { strings: table } = interned();
  expect(table.number("a\ud800")).toBe(table.number("a\ufffd"));
  expect(table.number("\udc00a")).not.toBe(table.number("a\ufffd"));
});

test("what was interned since a mark is taken back", () => {
  const on = interned();
  const values = encoder(on);
  on.strings.number("before");
  on.sets.number([1n]);
  on.ghosts.number(0, "before");
  on.commit();
  const marked = memory.mark();
  const undo = on.mark();
  const number = on.strings.number("after");
  for (let i = 0; i < 50; i++) on.strings.number(`more ${i}`);
  on.sets.number([2n]);
  expect(bits(values, lookup, "after")).toBe(BigInt(GHOST_RECORDS) + 1n);
  on.commit();
  expect(textAt(number)).toBe("after");
  undo();
  expect(memory.mark()).toBe(marked);
  expect(stringCount()).toBe(3);
  expect([textAt(0), textAt(2)]).toEqual(["open", "before"]);
  expect(on.strings.number("later")).toBe(number);
  expect(on.sets.number([3n])).toBe(1);
  expect([on.ghosts.number(0, "before"), on.ghosts.number(0, "later")]).toEqual([
    GHOST_RECORDS,
    GHOST_RECORDS + 1,
  ]);
  on.commit();
  expect(textAt(number)).toBe("later");
});

test("ghosts become numbers where lookups stand, when their records are loaded", () => {
  const ghosts = new Ghosts();
  const [a, b, c] = [ghosts.number(1, "a b"), ghosts.number(1, "b"), ghosts.number(2, "b")];
  const column = new ColumnBuffer(4);
  [a, b, c, 5].forEach((value, row) => {
    column.set(row, value);
  });
  const address = memory.allocate(columnBytes(4));
  column.copy(0, 4, memory, address, 4, 0);
  const lookups = new LookupColumns();
  lookups.add(address, 4);
  const values = () => [...new BigInt64Array(memory.bytes.buffer, address, 4)].map(Number);
  lookups.replace(
    memory,
    ghosts.resolve(() => undefined),
  );
  expect(values()).toEqual([a, b, c, 5]);
  const find = (entity: number, id: string) => (entity === 1 && id === "a b" ? 77 : undefined);
  lookups.replace(memory, ghosts.resolve(find));
  expect(values()).toEqual([77, b, c, 5]);
  expect([...ghosts.resolve(find)]).toEqual([]);
  lookups.replace(
    memory,
    ghosts.resolve((entity) => entity),
  );
  expect(values()).toEqual([77, 1, 2, 5]);
});

test("there are only so many different things", () => {
  const things = new Numbering("things", 2);
  things.add("a");
  things.add("b");
  expect(thrown(() => things.add("c"))).toMatchObject({
    code: "BWK426",
    message: "the engine holds 2 different things",
  });
  things.truncate(1);
  expect([things.add("c"), things.find("b"), things.find("c")]).toEqual([1, undefined, 1]);
});

test("a million rows of few texts take about a second", () => {
  const on = encoder(interned());
  const rows = 1_000_000;
  const column = new ColumnBuffer(rows);
  const write = on.writer(attribute("a", TYPE_STRING));
  const texts = Array.from({ length: 1000 }, (_, i) => `status ${i}`);
  const started = performance.now();
  for (let row = 0; row < rows; row++) write(column, row, texts[row % 1000]);
  on.commit();
  // Some ten times what an idle core takes.
  expect(performance.now() - started).toBeLessThan(2_000);
});
