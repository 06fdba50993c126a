import { expect, test } from "vitest";
import {
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
} from "../../runtime-as/abi.ts";
import { parseDatetime } from "../../runtime-ts/datetime.ts";
import { parseDecimal, parseLong, valueProblem } from "../../runtime-ts/values.ts";
import { attribute } from "./policies.ts";

test.each([
  ["0", 0n],
  ["-5", -5n],
  [7, 7n],
  [9n, 9n],
  ["9223372036854775807", 2n ** 63n - 1n],
  ["-9223372036854775808", -(2n ** 63n)],
  [Number.MAX_SAFE_INTEGER, BigInt(Number.MAX_SAFE_INTEGER)],
])("a long: %s", (value, long) => {
  expect(parseLong(value)).toBe(long);
});

test.each([
  ["9223372036854775808"],
  ["-9223372036854775809"],
  [2n ** 63n],
  [2 ** 53],
  [1.5],
  ["1.0"],
  ["+1"],
  [" 1"],
  ["1e3"],
  [""],
  ["12345678901234567890"],
  [true],
  [null],
])("no long: %s", (value) => {
  expect(parseLong(value)).toBeUndefined();
});

test.each([
  ["1.5", 15_000n],
  ["-0.0001", -1n],
  ["12", 120_000n],
  [0.1, 1_000n],
  [12, 120_000n],
  [3n, 30_000n],
  ["922337203685477.5807", 2n ** 63n - 1n],
  ["-922337203685477.5808", -(2n ** 63n)],
])("a decimal: %s", (value, decimal) => {
  expect(parseDecimal(value)).toBe(decimal);
});

test.each([
  ["1.23456"],
  [0.00001],
  ["922337203685477.5808"],
  [2 ** 53],
  ["1."],
  [".5"],
  ["1,5"],
  ["x"],
  [false],
])("no decimal: %s", (value) => {
  expect(parseDecimal(value)).toBeUndefined();
});

test.each([
  ["2026-01-31", Date.UTC(2026, 0, 31)],
  ["2024-02-29", Date.UTC(2024, 1, 29)],
  ["2026-01-31T09:30:15Z", Date.UTC(2026, 0, 31, 9, 30, 15)],
  ["2026-01-31T09:30:15.250Z", Date.UTC(2026, 0, 31, 9, 30, 15, 250)],
  ["2026-01-31T09:30:15+0130", Date.UTC(2026, 0, 31, 8, 0, 15)],
  ["2026-01-31T09:30:15.250-0100", Date.UTC(2026, 0, 31, 10, 30, 15, 250)],
  ["1969-12-31T23:59:59Z", -1000],
  [new Date(5), 5],
])("a datetime: %s", (value, milliseconds) => {
  expect(parseDatetime(value)).toBe(milliseconds);
});

test("years below 100 mean themselves", () => {
  expect(new Date(parseDatetime("0026-01-31") as number).getUTCFullYear()).toBe(26);
});

test.each([
  ["2026-02-30"],
  ["2025-02-29"],
  ["2026-13-01"],
  ["2026-00-10"],
  ["2026-01-00"],
  ["2026-01-31T24:00:00Z"],
  ["2026-01-31T09:60:00Z"],
  ["2026-01-31T09:30:60Z"],
  ["2026-01-31T09:30:15"],
  ["2026-01-31T09:30Z"],
  ["2026-01-31T09:30:15+2400"],
  ["2026-01-31T09:30:15+0060"],
  ["2026-01-31T09:30:15+01:00"],
  ["26-01-31"],
  [""],
  [0],
  [new Date(Number.NaN)],
])("no datetime: %s", (value) => {
  expect(parseDatetime(value)).toBeUndefined();
});

const names = {
  users: new Map([
    ["alice", 0],
    ["both", 1],
  ]),
  teams: new Map([
    ["EU", 0],
    ["both", 1],
  ]),
  units: new Map([["France", 0]]),
};
const colour = attribute("colour", TYPE_CHOICE, { options: ["red", "green"] });
const texts = attribute("texts", TYPE_SET, { argument: TYPE_STRING });
const longs = attribute("longs", TYPE_SET, { argument: TYPE_LONG });

test.each([
  [attribute("a", TYPE_STRING), "text"],
  [attribute("a", TYPE_LONG), "12"],
  [attribute("a", TYPE_BOOL), true],
  [attribute("a", TYPE_BOOL), "false"],
  [attribute("a", TYPE_DECIMAL), "1.25"],
  [attribute("a", TYPE_DATETIME), "2026-01-31"],
  [colour, "green"],
  [texts, '["a", "b"]'],
  [texts, ["a"]],
  [longs, "[1, 2]"],
  [longs, [1n, "2", 3]],
  [longs, []],
  [attribute("a", TYPE_LOOKUP), "acc1"],
  [attribute("a", TYPE_USER), "alice"],
  [attribute("a", TYPE_TEAM), "EU"],
  [attribute("a", TYPE_UNIT), "France"],
  [attribute("a", TYPE_PRINCIPAL), "alice"],
  [attribute("a", TYPE_PRINCIPAL), 'Team::"both"'],
  [attribute("a", TYPE_PRINCIPAL), 'User::"both"'],
])("a value that fits %#", (declared, value) => {
  expect(valueProblem(declared, value, names)).toBeUndefined();
});

test.each([
  [attribute("a", TYPE_STRING), 5, "expected text, not `5`"],
  [attribute("a", TYPE_LONG), "x", "expected a 64-bit whole number, not `x`"],
  [
    attribute("a", TYPE_LONG),
    2 ** 60,
    "expected an exact 64-bit whole number (write it as text), not `1152921504606847000`",
  ],
  [attribute("a", TYPE_BOOL), "yes", "expected `true` or `false`, not `yes`"],
  [
    attribute("a", TYPE_DECIMAL),
    "1.23456",
    "expected a decimal with up to four fractional digits, not `1.23456`",
  ],
  [attribute("a", TYPE_DATETIME), "noon", "expected a datetime such as `2026-01-31T09:30:00Z`, not `noon`"],
  [colour, "blue", "expected one of `red`, `green`, not `blue`"],
  [texts, "[1]", "expected a JSON array of texts, not `[1]`"],
  [texts, "[", "expected a JSON array of texts, not `[`"],
  [texts, '{"a":1}', 'expected a JSON array of texts, not `{"a":1}`'],
  [texts, 4, "expected a JSON array of texts, not `4`"],
  [longs, '["x"]', 'expected a JSON array of 64-bit whole numbers, not `["x"]`'],
  [attribute("a", TYPE_LOOKUP), {}, "expected the id of a record, not an object"],
  [attribute("a", TYPE_USER), "alcie", "unknown user `alcie`, did you mean `alice`?"],
  [attribute("a", TYPE_TEAM), ["EU"], "expected the name of a team, not an array"],
  [attribute("a", TYPE_UNIT), "Antarctica", "unknown business unit `Antarctica`"],
  [attribute("a", TYPE_PRINCIPAL), "nobody", "unknown user or team `nobody`"],
  [attribute("a", TYPE_PRINCIPAL), 'User::"EU"', 'unknown principal `User::"EU"`'],
  [attribute("a", TYPE_PRINCIPAL), 'User::"\\x"', 'expected a user or team, not `User::"\\x"`'],
  [
    attribute("a", TYPE_PRINCIPAL),
    "both",
    '`both` is a user and a team: say `User::"both"` or `Team::"both"`',
  ],
  [attribute("a", TYPE_PRINCIPAL), null, "expected the name of a user or team, not null"],
  [attribute("a", 99), "x", "expected no value of this type, not `x`"],
])("a value that does not fit %#", (declared, value, words) => {
  expect(valueProblem(declared, value, names)).toBe(words);
});
