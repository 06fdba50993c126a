import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, asyncProperty, assert as check, constantFrom, oneof, string, uniqueArray } from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Database } from "../../cli/tables/database.ts";
import { readCells } from "../../cli/tables/read-cells.ts";
import { readTable } from "../../cli/tables/read-table.ts";
import type { Table } from "../../cli/tables/table.ts";
import { Trouble } from "../../cli/trouble.ts";
import { memoryIo } from "./memory-io.ts";

let folder: string;
let db: Database;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bailiwick-test-"));
  db = await Database.open();
});
afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return name;
}

const io = () => memoryIo({ cwd: folder });

async function cellsOf(table: Table, size?: number): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  for await (const window of readCells(
    db,
    table,
    table.columns.map(({ text }) => text),
    size,
  )) {
    expect(window.first).toBe(rows.length);
    for (let row = 0; row < window.rows; row++) rows.push(window.cells.map((column) => column[row] ?? null));
  }
  return rows;
}

async function read(name: string): Promise<{ header: string[]; rows: (string | null)[][] }> {
  const table = await readTable(db, name, io());
  return { header: table.columns.map(({ name }) => name), rows: await cellsOf(table) };
}

test.each([
  ["plain", "a,b\n007,1e5\n", [["007", "1e5"]]],
  ["with a byte order mark", "\ufeffa,b\n007,é\n", [["007", "é"]]],
  [
    "with CRLF",
    "a,b\r\n1,2\r\n3,4\r\n",
    [
      ["1", "2"],
      ["3", "4"],
    ],
  ],
  ["without a last line break", "a,b\n1,2", [["1", "2"]]],
  ["with quotes and line breaks in cells", 'a,"b"\n"x,""y""","l1\nl2"\n', [['x,"y"', "l1\nl2"]]],
  ["with empty cells", 'a,b\n"",\n', [[null, null]]],
  ["with words that mean nothing to other programs", "a,b\nNULL,true\n", [["NULL", "true"]]],
  ["with a header only", "a,b\n", []],
])("a CSV file %s", async (_, text, rows) => {
  expect(await read(write("t.csv", text))).toEqual({ header: ["a", "b"], rows });
});

test("names with wildcards, spaces and quotes are files, not patterns", async () => {
  write("t1.csv", "a\nwrong\n");
  expect((await read(write("t[1]*'s.csv", "a\nright\n"))).rows).toEqual([["right"]]);
});

test("NDJSON: ids stay texts, absent and null are empty, columns in the order of their first row", async () => {
  const text =
    '{"id":"007","n":9007199254740993}\n{"set":["a","b"],"id":null}\r\n{"n":1.5,"b":true,"Id":""}\n';
  expect(await read(write("t.ndjson", text))).toEqual({
    header: ["id", "n", "set", "b", "Id"],
    rows: [
      ["007", "9007199254740993", null, null, null],
      [null, null, '["a","b"]', null, null],
      [null, "1.5", null, "true", null],
    ],
  });
});

test("Parquet: typed columns become the texts of the other formats", async () => {
  await db.run(`COPY (SELECT 9007199254740993::BIGINT AS n, ['a','b'] AS s, [1, 2]::BIGINT[] AS l, true AS b, '007' AS id, '' AS e,
    1.50::DECIMAL(18, 4) AS d, TIMESTAMP '2026-01-31 10:00:00' AS t, NULL::VARCHAR AS z) TO '${folder}/t.parquet'`);
  expect(await read("t.parquet")).toEqual({
    header: ["n", "s", "l", "b", "id", "e", "d", "t", "z"],
    rows: [
      [
        "9007199254740993",
        '["a","b"]',
        "[1,2]",
        "true",
        "007",
        null,
        "1.5000",
        "2026-01-31T10:00:00.000Z",
        null,
      ],
    ],
  });
});

test("any text survives every format, in order, over several windows", async () => {
  const cell = string({ unit: "grapheme", minLength: 1, maxLength: 8 }).filter(
    (text) => !text.includes("\r"),
  );
  await check(
    asyncProperty(array(cell, { minLength: 1, maxLength: 40 }), async (cells) => {
      const csv = `a,b\n${cells.map((text, i) => `${i},"${text.replaceAll('"', '""')}"\n`).join("")}`;
      const ndjson = cells.map((text, i) => `${JSON.stringify({ a: i, b: text })}\n`).join("");
      const expected = cells.map((text, i) => [`${i}`, text]);
      for (const name of [write("p.csv", csv), write("p.ndjson", ndjson)]) {
        expect(await cellsOf(await readTable(db, name, io()), 7)).toEqual(expected);
      }
    }),
    { numRuns: 40 },
  );
});

test("cells may hold the character that separates cells on their way", async () => {
  const cells = ["a\0b", "\0", "\0\0", "c"];
  const csv = `a,b\n${cells.map((text, i) => `${i},${text}\n`).join("")}`;
  const ndjson = cells.map((text, i) => `${JSON.stringify({ a: `${i}`, b: text })}\n`).join("");
  const expected = cells.map((text, i) => [`${i}`, text]);
  for (const name of [write("z.csv", csv), write("z.ndjson", ndjson)]) {
    expect(await cellsOf(await readTable(db, name, io()), 3)).toEqual(expected);
  }
});

test("any name of a column survives every format", async () => {
  const name = string({
    unit: oneof(
      constantFrom("~", "/", '"', "\\", "*", ".", "$", "[0]", "\n"),
      string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
    ),
    minLength: 1,
    maxLength: 5,
  }).filter((text) => !text.includes("\r") && !text.includes("\ufeff"));
  await check(
    asyncProperty(uniqueArray(name, { minLength: 1, maxLength: 5 }), async (names) => {
      const values = names.map((_, index) => `v${index}`);
      const csv = `${names.map((text) => `"${text.replaceAll('"', '""')}"`).join(",")}\n${values.join(",")}\n`;
      const ndjson = `${JSON.stringify(Object.fromEntries(names.map((text, index) => [text, `v${index}`])))}\n`;
      for (const file of [write("n.csv", csv), write("n.ndjson", ndjson)]) {
        const { header, rows } = await read(file);
        expect(Object.fromEntries(header.map((text, index) => [text, rows[0]?.[index]]))).toEqual(
          Object.fromEntries(names.map((text, index) => [text, values[index]])),
        );
      }
    }),
    { numRuns: 30 },
  );
});

const parquet = async (): Promise<Uint8Array> => {
  await db.run(`COPY (SELECT i AS id FROM range(1000) t(i)) TO '${folder}/whole.parquet'`);
  return (await import("node:fs")).readFileSync(join(folder, "whole.parquet"));
};

test.each<[string, string, string | Uint8Array | (() => Promise<Uint8Array>), string, RegExp]>([
  ["an empty file", "x.csv", "", "BWK471", /^`x.csv` is empty: a header/],
  ["only a line break", "x.csv", "\n", "BWK471", /is empty/],
  [
    "a column without a name",
    "x.csv",
    "a,,b\n1,2,3\n",
    "BWK471",
    /^`x.csv`: column 2 of the header has no name$/,
  ],
  ["a column twice", "x.csv", "a,b,a\n", "BWK471", /^`x.csv`: the columns 1 and 3 are both called `a`$/],
  ["a header whose quotes stay open", "x.csv", '"a,b\n1,2\n', "BWK471", /quotes in the header/],
  [
    "a short row",
    "x.csv",
    "a,b\n1,2\n3\n4,5\n",
    "BWK474",
    /^`x.csv`, row 2 has 1 cell where the header has 2$/,
  ],
  [
    "a short row after line breaks in cells",
    "x.csv",
    'a,b\n"x\ny\nz",2\n3\n',
    "BWK474",
    /^`x.csv`, row 2 has 1 cell/,
  ],
  [
    "a short row after blank lines, which count",
    "x.csv",
    "a,b\n1,2\n\n\n3\n",
    "BWK474",
    /^`x.csv`, row 4 has 1 cell/,
  ],
  [
    "a long row",
    "x.csv",
    "a,b\n1,2\n3,4,5\n",
    "BWK474",
    /^`x.csv`, row 2 has 3 cells where the header has 2$/,
  ],
  ["semicolons", "x.csv", "a;b,c\n1;2\n", "BWK474", /row 1 has 1 cell/],
  [
    "open quotes",
    "x.csv",
    'a,b\n1,2\n"x,3\n',
    "BWK475",
    /^`x.csv`, row 2, column `a` has a cell whose double quotes/,
  ],
  ["text after quotes", "x.csv", 'a,b\n1,"x"y\n', "BWK475", /^`x.csv`, row 1, column `b` has a cell/],
  [
    "mixed line ends",
    "x.csv",
    "a,b\r\n1,2\n3,4\r\n",
    "BWK475",
    /^`x.csv` is not well-formed CSV: its lines end in/,
  ],
  [
    "a row of three megabytes",
    "x.csv",
    `a,b\n1,${"z".repeat(3e6)}\n`,
    "BWK475",
    /^`x.csv`, row 1 is longer than 2 million/,
  ],
  [
    "bytes that are not UTF-8",
    "x.csv",
    Buffer.from("a,b\n1,2\n3,\xe9\n", "latin1"),
    "BWK462",
    /^`x.csv`, row 2, column `b` is not UTF-8/,
  ],
  [
    "such bytes in the header",
    "x.csv",
    Buffer.from("a,\xe9\n1,2\n", "latin1"),
    "BWK462",
    /^`x.csv` is not UTF-8 text: line 1/,
  ],
  ["an empty NDJSON file", "x.ndjson", "", "BWK471", /^`x.ndjson` is empty/],
  [
    "a broken line",
    "x.ndjson",
    '{"a":1}\n{"a":\n{"a":2}\n',
    "BWK475",
    /^`x.ndjson`, row 2 is not a JSON object/,
  ],
  ["an array as a line", "x.jsonl", '{"a":1}\n[1]\n', "BWK475", /^`x.jsonl`, row 2 is not a JSON object/],
  ["two objects on a line", "x.ndjson", '{"a":1} {"a":2}\n', "BWK475", /^`x.ndjson`, row 1 is not/],
  [
    "an object in a cell",
    "x.ndjson",
    '{"a":1}\n{"b":[1],"a":{}}\n',
    "BWK477",
    /^`x.ndjson`, row 2, column `a`: expected a value or a list of values, found nested JSON$/,
  ],
  ["a list in a list", "x.ndjson", '{"a":[1,2]}\n{"a":[[1]]}\n', "BWK477", /^`x.ndjson`, row 2, column `a`/],
  ["a doubled key", "x.ndjson", '{"a":1,"a":2}\n', "BWK466", /^`x.ndjson`, row 1 names a column twice$/],
  [
    "an inexact number",
    "x.ndjson",
    '{"a":"1.00000000000000000001"}\n{"a":922337203685470.0001}\n',
    "BWK467",
    /row 2: the number 922337203685470.0001 is not exact$/,
  ],
  [
    "NDJSON that is not UTF-8",
    "x.ndjson",
    Buffer.from('{"a":"\xff"}\n', "latin1"),
    "BWK475",
    /^`x.ndjson`, row 1/,
  ],
  [
    "a truncated Parquet file",
    "x.parquet",
    async () => (await parquet()).subarray(0, -20),
    "BWK476",
    /^`x.parquet` is not a whole Parquet file/,
  ],
  [
    "half a Parquet file",
    "x.parquet",
    async () => (await parquet()).subarray(500),
    "BWK476",
    /^`x.parquet` is not a whole/,
  ],
  ["an empty Parquet file", "x.parquet", "", "BWK476", /too small to be a Parquet file/],
  ["text called Parquet", "x.parquet", "hello, this is a text\n", "BWK476", /No magic bytes/],
  [
    "damaged Parquet pages",
    "x.parquet",
    async () => (await parquet()).map((byte, i) => (i > 8 && i < 60 ? byte ^ 0x55 : byte)),
    "BWK476",
    /^`x.parquet` is not a whole/,
  ],
  ["an unknown extension", "x.xlsx", "a,b\n", "BWK470", /^`x.xlsx` does not tell/],
])("%s is one clear message", async (_, name, content, code, message) => {
  write(name, typeof content === "function" ? await content() : content);
  const error = await readTable(db, name, io()).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(Trouble);
  expect((error as Trouble).message).toMatch(message);
  expect((error as Trouble).message).not.toMatch(/[\n\r]/);
  expect((error as Trouble).code).toBe(code);
});

test("a Parquet column of a type without a text", async () => {
  await db.run(`COPY (SELECT 'x'::BLOB AS picture) TO '${folder}/blob.parquet'`);
  await expect(readTable(db, "blob.parquet", io())).rejects.toThrow(
    "`blob.parquet`, column `picture`: a column of type BLOB cannot be read",
  );
});

test("a file that is not there, and a folder", async () => {
  await expect(readTable(db, "none.csv", io())).rejects.toThrow(
    "cannot read `none.csv`: no such file or folder",
  );
  await expect(readTable(db, "deep/none.csv", io())).rejects.toThrow("no such file");
});

test("standard input is CSV", async () => {
  const table = await readTable(db, "-", memoryIo({ cwd: folder, stdin: "a\n1\n" }));
  expect(await cellsOf(table)).toEqual([["1"]]);
  expect(table.file).toBe("standard input");
});
