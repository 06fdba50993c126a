import { expect, test } from "vitest";
import { BailiwickError, runtimeCodes } from "../../runtime-ts/errors.ts";
import { describeValue, printName, quote } from "../../runtime-ts/quote.ts";
import { didYouMean, suggest } from "../../runtime-ts/suggest.ts";
import { parseRights } from "../../runtime-ts/tables/rights.ts";

test("user text stays on one line and does not reach the terminal raw", () => {
  expect(quote("a\nb\u001b[2J\u2028é")).toBe("`a\\u000ab\\u001b[2J\\u2028é`");
  expect(quote("x".repeat(1000))).toHaveLength(83);
});

test("values are described", () => {
  expect([null, undefined, [1], {}, 5, "x", true, 7n].map(describeValue)).toEqual([
    "null",
    "undefined",
    "an array",
    "an object",
    "`5`",
    "`x`",
    "`true`",
    "`7`",
  ]);
});

test("names print as the formatter prints them", () => {
  expect(["Salesperson", "EU reader", "1st", 'a"b'].map(printName)).toEqual([
    "Salesperson",
    '"EU reader"',
    '"1st"',
    '"a\\"b"',
  ]);
});

test.each([
  ["Salesprson", "Salesperson"],
  ["salesperson", "Salesperson"],
  ["Base usre", "Base user"],
  ["Xyzzy", undefined],
  ["x".repeat(200), undefined],
])("suggests for %s", (name, nearest) => {
  expect(suggest(name, ["Salesperson", "Base user", "Sales"])).toBe(nearest);
});

test("a suggestion is not searched among too many", () => {
  const many = Array.from({ length: 60_000 }, (_, i) => `record ${i}`);
  expect(suggest("nearby", [...many, "nearbi"])).toBeUndefined();
  expect(suggest("nearby", ["nearbi", ...many])).toBe("nearbi");
  expect(didYouMean("nearby", ["nearbi"])).toBe("did you mean `nearbi`?");
  expect(didYouMean("same", ["same"])).toBeUndefined();
});

const read = 0b10;
const write = 0b100;

test.each([
  ["read|write", read | write],
  ["read | update", read | write],
  ["create", 0],
  ["create|read", read],
  ["3", read | write],
  [3, read | write],
  [3n, read | write],
  [32, 0],
  [1 + 134_217_728, read],
  [1 + 2 + 4 + 16 + 65_536 + 262_144 + 524_288, 0b1111_1110],
  ["0", 0],
])("rights: %s", (cell, mask) => {
  expect(parseRights(cell)).toBe(mask);
});

test.each([
  ["reed"],
  ["read,write"],
  ["read|"],
  [-1],
  [1.5],
  [2 ** 33],
  [-1n],
  ["1e3"],
  ["0x3"],
  [true],
  [null],
])("no rights: %s", (cell) => {
  expect(parseRights(cell)).toBeUndefined();
});

test("every code of the runtime is below those of the command line and said in one sentence", () => {
  for (const [code, summary] of Object.entries(runtimeCodes)) {
    // What the compiler would say of the same mistake keeps its code (2xx, 3xx).
    expect(code).toMatch(/^BWK([23]\d\d|4[0-4]\d)$/);
    expect(summary).toMatch(/^[A-Z].*\.$/);
  }
  const error = new BailiwickError("BWK410", "words");
  expect(error).toMatchObject({ name: "BailiwickError", code: "BWK410", message: "words", help: undefined });
});
