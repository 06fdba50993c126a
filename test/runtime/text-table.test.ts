import fc from "fast-check";
import { expect, test } from "vitest";
import { PackedCells } from "../../runtime-ts/cells.ts";
import { KnownNames } from "../../runtime-ts/known-names.ts";
import { TextTable } from "../../runtime-ts/text-table.ts";
import { seed } from "../properties/settings.ts";

function packed(texts: readonly string[]): [Uint8Array, Uint32Array] {
  const offsets = new Uint32Array(texts.length + 1);
  // The first text does not begin at byte 0: columns may be parts of larger ones.
  offsets[0] = 3;
  texts.forEach((text, i) => {
    offsets[i + 1] = (offsets[i] as number) + text.length;
  });
  return [new TextEncoder().encode(`???${texts.join("")}`), offsets];
}

const texts = Array.from({ length: 5_000 }, (_, i) => `id ${(i * 7_919) % 5_000}`);

test("packed texts get the numbers that texts get one by one", () => {
  const table = new TextTable();
  table.add("before");
  expect(table.addPacked(...packed(texts))).toBe(-1);
  expect(table.texts()).toEqual(["before", ...texts]);
  texts.forEach((text, i) => {
    expect(table.get(text)).toBe(i + 1);
  });
  expect([table.get("id 5000"), table.size, table.length]).toEqual([undefined, 5_001, 5_001]);
  const [bytes, offsets] = packed(["id 17", "id 5000"]);
  expect(table.find(bytes, offsets[0] as number, offsets[1] as number)).toBe(table.get("id 17"));
  expect(table.find(bytes, offsets[1] as number, offsets[2] as number)).toBeUndefined();
});

test("of a text that is there already or twice, the first row is told and nothing is added", () => {
  const table = new TextTable();
  table.add("id 400");
  expect(table.addPacked(...packed(texts))).toBe(texts.indexOf("id 400"));
  expect([table.texts(), table.get("id 1")]).toEqual([["id 400"], undefined]);
  const other = new TextTable();
  expect(other.addPacked(...packed(["a", "b", "c", "b", "a"]))).toBe(3);
  expect(other.addPacked(...packed(["a", "b", "c"]))).toBe(-1);
  expect(other.texts()).toEqual(["a", "b", "c"]);
});

test("many packed texts are entered part by part: the same numbers, the same duplicates", () => {
  const many = Array.from({ length: 400_000 }, (_, i) => `r${i.toString(36)}`);
  const table = new TextTable();
  expect(table.addPacked(...packed(many))).toBe(-1);
  for (let i = 0; i < many.length; i += 997) expect(table.get(many[i] as string)).toBe(i);
  expect(table.get("r-1")).toBeUndefined();
  const doubled = new TextTable();
  const wrong = many.slice();
  wrong[300_001] = many[7] as string;
  wrong[399_999] = many[300_000] as string;
  expect(doubled.addPacked(...packed(wrong))).toBe(300_001);
  expect([doubled.size, doubled.get(many[7] as string)]).toEqual([0, undefined]);
  // What is there already counts, too.
  expect(table.addPacked(...packed(wrong.map((text, i) => (i === 250_000 ? "r0" : `x${text}${i}`))))).toBe(
    250_000,
  );
  table.truncate(10);
  expect([table.size, table.get("r9"), table.get("ra")]).toEqual([10, 9, undefined]);
});

test("a view shows the texts as they were, whatever becomes of the table", () => {
  const table = new TextTable();
  for (const text of ["a", "b", "c"]) table.add(text);
  const view = table.view();
  table.remove(2);
  table.put(2, "other");
  table.remove(0);
  table.add("é→");
  table.add("d");
  expect(Array.from({ length: 4 }, (_, i) => view.at(i))).toEqual(["a", "b", "c", ""]);
  expect(table.texts()).toEqual(["", "b", "other", "é→", "d"]);
  const later = table.view();
  table.truncate(1);
  for (const text of ["x", "y", "z"]) table.add(text);
  expect(Array.from({ length: 5 }, (_, i) => later.at(i))).toEqual(["", "b", "other", "é→", "d"]);
  expect(table.texts()).toEqual(["", "x", "y", "z"]);
});

test("known names follow their table: removed ones are gone, and one put in their place has their number", () => {
  const known = new KnownNames();
  const table = TextTable.ofNames(["a", "b"]);
  expect([known.get(table, "a"), known.get(table, "b"), known.get(table, "c")]).toEqual([0, 1, undefined]);
  expect(table.add("c")).toBe(2);
  expect(known.get(table, "c")).toBe(2);
  table.remove(0);
  expect(known.get(table, "a")).toBeUndefined();
  table.put(0, "new");
  expect([known.get(table, "new"), known.get(table, "a"), known.get(table, "b")]).toEqual([0, undefined, 1]);
  table.truncate(1);
  expect([known.get(table, "b"), known.get(table, "new")]).toEqual([undefined, 0]);
  const other = TextTable.ofNames(["new"]);
  other.add("a");
  expect([known.get(other, "a"), known.get(table, "a")]).toEqual([1, undefined]);
  const many = TextTable.ofNames(Array.from({ length: 20_000 }, (_, i) => `n${i}`));
  expect([known.get(many, "n19999"), known.get(many, "x")]).toEqual([19_999, undefined]);
  many.truncate(3);
  expect([known.get(many, "n19999"), known.get(many, "n2")]).toEqual([undefined, 2]);
});

test("a table of names leaves out who was removed", () => {
  const table = TextTable.ofNames(["a", "", "c"]);
  expect([table.length, table.size, table.get("c"), table.get(""), table.removed()]).toEqual([
    3,
    2,
    2,
    undefined,
    [1],
  ]);
});

test("a table without a free slot, which only damage makes, is looked through once", () => {
  const parts = TextTable.ofNames(["a", "b"]).parts();
  const slots = parts.slots.map((slot) => (slot === 0 ? 0xffffffff : slot));
  const table = TextTable.of({ ...parts, slots }, slots.length, 2);
  const [bytes, offsets] = packed(["b", "c"]);
  const find = (row: number) => table.find(bytes, offsets[row] as number, offsets[row + 1] as number);
  expect([table.get("a"), table.get("b"), table.get("c")]).toEqual([0, 1, undefined]);
  expect([find(0), find(1)]).toEqual([1, undefined]);
});

test("texts of many thousands of characters come back whole", () => {
  const long = ["x".repeat(4_096), "y".repeat(10_001), `${"ü→".repeat(5_000)}end`];
  const table = TextTable.ofNames(long);
  expect(table.texts()).toEqual(long);
  expect(long.map((text) => table.get(text))).toEqual([0, 1, 2]);
});

test("packed cells are texts of any length; bytes that are none stay bytes", () => {
  const texts = ["short", "l".repeat(65), `${"ö".repeat(40)}`, ""].map((text) =>
    new TextEncoder().encode(text),
  );
  const all = [...texts, Uint8Array.of(0xff), new Uint8Array(70).fill(0x80)];
  const offsets = new Uint32Array(all.length + 1);
  all.forEach((bytes, i) => {
    offsets[i + 1] = (offsets[i] as number) + bytes.length;
  });
  const cells = new PackedCells({ bytes: Uint8Array.from(all.flatMap((bytes) => [...bytes])), offsets });
  expect([0, 1, 2, 3].map((row) => cells.at(row))).toEqual(["short", "l".repeat(65), "ö".repeat(40), ""]);
  expect([cells.at(4), cells.at(5)]).toEqual(all.slice(4));
  expect([cells.at(-1), cells.at(6)]).toEqual([undefined, undefined]);
});

test("texts that come and are taken back leave nothing behind, however often", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string(), { maxLength: 40 }),
      fc.array(fc.nat({ max: 39 }), { maxLength: 12 }),
      fc.uniqueArray(fc.string(), { maxLength: 20 }),
      (there, gone, coming) => {
        const table = new TextTable();
        for (const text of there) table.add(text);
        for (const number of gone) table.remove(number);
        const { count } = table;
        const comeAndGo = () => {
          for (const text of coming) if (!table.has(text)) table.add(text);
          table.truncate(count);
        };
        // The first time may make room, and free what nobody has needed since.
        comeAndGo();
        const slots = table.parts().slots.slice();
        for (let i = 0; i < 30; i++) comeAndGo();
        expect(table.parts().slots).toEqual(slots);
        there.forEach((text, number) => {
          expect(table.get(text)).toBe(gone.includes(number) ? undefined : number);
        });
      },
    ),
    { seed, numRuns: 300 },
  );
});
