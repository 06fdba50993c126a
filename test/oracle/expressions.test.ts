// Expressions one by one, written from language.md section 6 and Cedar's documentation: what each is worth, or why it is an
// error. This half has the values and their operators; what concerns people, units and records is in entity-expressions.
import { describe, expect, test } from "vitest";
import { type Rows, worth } from "./expressions/asked.ts";
import type { ExpressionValue } from "./expressions/values.ts";

const table = (rows: Rows): void => {
  test.each(rows)("%s", (text, expected) => {
    expect(worth(text)).toEqual(expected);
  });
};

describe("literals", () => {
  table([
    ["true", true],
    ["false", false],
    ["42", 42n],
    ["-3", -3n],
    ["9223372036854775807", 9_223_372_036_854_775_807n],
    ["-9223372036854775808", -9_223_372_036_854_775_808n],
    ['"text"', "text"],
    ['"\\u{1F98A}\\n"', "🦊\n"],
    ["[1, 2, 1] == [2, 1]", true],
    ["[] == []", true],
    ['["a"] == ["a", "b"]', false],
    ['["a", "b"] == ["a"]', false],
  ]);
});

describe("decimals: ten-thousandths in 64 bits", () => {
  table([
    ['decimal("1.5") == decimal("1.5000")', true],
    ['decimal("-0.0001")', { kind: "decimal", value: -1n }],
    ['decimal("12.34")', { kind: "decimal", value: 123_400n }],
    ['decimal("922337203685477.5807")', { kind: "decimal", value: 9_223_372_036_854_775_807n }],
    ['decimal("-922337203685477.5808")', { kind: "decimal", value: -9_223_372_036_854_775_808n }],
    ['decimal("922337203685477.5808")', "error: overflow"],
    ['decimal("1")', "error: type"],
    ['decimal("1.23456")', "error: type"],
    ['decimal(".5")', "error: type"],
    ['decimal("+1.5")', "error: type"],
    ['resource.price.lessThan(decimal("12.5001"))', true],
    ['resource.price.lessThan(decimal("12.5"))', false],
    ['resource.price.lessThanOrEqual(decimal("12.5"))', true],
    ['resource.price.lessThanOrEqual(decimal("12.4999"))', false],
    ['resource.price.greaterThan(decimal("-12.5"))', true],
    ['resource.price.greaterThan(decimal("12.5"))', false],
    ['resource.price.greaterThanOrEqual(decimal("12.5"))', true],
    ['resource.price.greaterThanOrEqual(decimal("12.6"))', false],
    ["resource.price.lessThan(1)", "error: type"],
  ]);
});

describe("datetimes: milliseconds since 1970", () => {
  const ms = (value: bigint): ExpressionValue => ({ kind: "datetime", value });
  table([
    ['datetime("1970-01-01")', ms(0n)],
    ['datetime("1970-01-01T00:00:00Z")', ms(0n)],
    ['datetime("1970-01-02T01:02:03.004Z")', ms(90_123_004n)],
    ['datetime("1969-12-31T23:59:59.999Z")', ms(-1n)],
    ['datetime("2024-02-29")', ms(1_709_164_800_000n)],
    ['datetime("2026-01-31T00:00:00+0100")', ms(1_769_814_000_000n)],
    ['datetime("2026-01-31T00:00:00.000-0130")', ms(1_769_823_000_000n)],
    ['datetime("0000-01-01")', ms(-62_167_219_200_000n)],
    ['datetime("9999-12-31T23:59:59Z")', ms(253_402_300_799_000n)],
    ['datetime("2026-01-31T00:00:00Z") == datetime("2026-01-31T01:00:00+0100")', true],
    ['datetime("2025-02-29")', "error: type"],
    ['datetime("1900-02-29")', "error: type"],
    ['datetime("2026-13-01")', "error: type"],
    ['datetime("2026-1-1")', "error: type"],
    ['datetime("2026-01-01T24:00:00Z")', "error: type"],
    ['datetime("2026-01-01T00:00:00")', "error: type"],
    ['datetime("2026-01-01T00:00:00+2400")', "error: type"],
    ['resource.due == datetime("2026-01-31T00:00:00Z")', true],
    ['resource.due < datetime("2026-02-01")', true],
    ['resource.due < datetime("2026-01-31")', false],
    ['resource.due <= datetime("2026-01-31")', true],
    ['resource.due > datetime("2026-01-30T23:59:59.999Z")', true],
    ['resource.due >= datetime("2026-02-01")', false],
    ["resource.due < 3", "error: type"],
  ]);
});

describe("&&, || and if look only at what decides", () => {
  table([
    ["true && true", true],
    ["true && false", false],
    ["false && resource.missing", false],
    ["resource.missing && false", "error: missing attribute"],
    ["true && resource.missing", "error: missing attribute"],
    ["false || true", true],
    ["false || false", false],
    ["true || resource.missing", true],
    ["false || resource.missing", "error: missing attribute"],
    ["!true", false],
    ["!false", true],
    ["!resource.missing", "error: missing attribute"],
    ["!3", "error: type"],
    ["1 && true", "error: type"],
    ["true && 1", "error: type"],
    ['"a" || true', "error: type"],
    ["if true then 1 else resource.missing", 1n],
    ["if false then resource.missing else 2", 2n],
    ["if resource.missing then 1 else 2", "error: missing attribute"],
    ["if 1 then 1 else 2", "error: type"],
    ["(if resource.vip then resource.amount else 0) == 7", true],
  ]);
});

describe("== and !=", () => {
  table([
    ["1 == 1", true],
    ["1 != 1", false],
    ['"a" == "a"', true],
    ['"a" == "A"', false],
    // Code points, not what looks the same.
    ['"\\u{e9}" == "e\\u{301}"', false],
    ['1 == "1"', false],
    ["true != false", true],
    ['resource.status == "open"', true],
    ["resource.vip == true", true],
    ['resource.tags == ["blue", "red"]', true],
    ['resource.tags != ["blue"]', true],
    ['decimal("1.0") == 1', false],
    ['principal == User::"ann"', true],
    ['principal != User::"bob"', true],
    ['resource == Account::"acc"', true],
    ['resource == Account::"other"', false],
    // Equal ids of different types are different.
    ['resource == Product::"acc"', false],
    ["resource.owner == principal", true],
    ["resource.seller == principal", false],
    ['resource.group == Team::"T"', true],
    ['resource.lost == Product::"nowhere"', true],
    ["resource.lost == resource.product", false],
    ['resource.businessUnit == BusinessUnit::"A"', true],
    ['action == Action::"read"', true],
    ['action != Action::"write"', true],
    ["resource.missing == resource.missing", "error: missing attribute"],
  ]);
});

describe("numbers", () => {
  table([
    ["1 < 2", true],
    ["2 < 2", false],
    ["2 <= 2", true],
    ["3 <= 2", false],
    ["3 > 2", true],
    ["2 > 2", false],
    ["2 >= 2", true],
    ["-1 >= 0", false],
    ['"a" < "b"', "error: type"],
    ["true < false", "error: type"],
    ["1 + 2 * 3 - 4", 3n],
    ["-resource.amount", -7n],
    ["--resource.amount", 7n],
    ["resource.huge + 0", 9_223_372_036_854_775_807n],
    ["resource.huge + 1", "error: overflow"],
    ["resource.lowest - 1", "error: overflow"],
    ["0 - resource.lowest", "error: overflow"],
    ["-resource.lowest", "error: overflow"],
    ["resource.huge * 2", "error: overflow"],
    ["resource.lowest * -1", "error: overflow"],
    ["resource.huge * -1", -9_223_372_036_854_775_807n],
    ["resource.huge + resource.lowest", -1n],
    // The way there counts, not the sum.
    ["resource.huge + 1 - 1", "error: overflow"],
    ["resource.amount + resource.name", "error: type"],
    ["false && resource.huge + 1 > 0", false],
  ]);
});

describe("sets", () => {
  table([
    ['resource.tags.contains("red")', true],
    ['resource.tags.contains("green")', false],
    ["resource.codes.contains(2)", true],
    ["resource.codes.contains(resource.amount)", false],
    ['["Sales", "Board"].contains(principal.department)', true],
    ["[1, 2].contains(3)", false],
    ['resource.tags.containsAll(["blue"])', true],
    ['resource.tags.containsAll(["blue", "green"])', false],
    ["resource.tags.containsAll([])", true],
    ["resource.empty.containsAll([1])", false],
    ['resource.tags.containsAny(["green", "blue"])', true],
    ['resource.tags.containsAny(["green"])', false],
    ["resource.tags.containsAny([])", false],
    ["resource.empty.isEmpty()", true],
    ["resource.tags.isEmpty()", false],
    ["[].isEmpty()", true],
    ["resource.codes == [2, 1]", true],
    ["[resource.missing].isEmpty()", "error: missing attribute"],
    ['resource.name.contains("Z")', "error: type"],
    ['resource.tags.containsAll("red")', "error: type"],
  ]);
});

describe("like: * is any text", () => {
  table([
    ['resource.name like "Zoë*"', true],
    ['resource.name like "*Co"', true],
    ['resource.name like "*🦊*"', true],
    ['resource.name like "Zoë 🦊 & Co"', true],
    ['resource.name like "Zoë"', false],
    ['resource.name like "zoë*"', false],
    ['resource.name like "*"', true],
    ['resource.name like "**"', true],
    ['resource.name like ""', false],
    ['"" like ""', true],
    ['"" like "*"', true],
    ['"ab" like "a*b"', true],
    ['"aab" like "a*ab"', true],
    ['"ab" like "a*ab"', false],
    ['"abcabc" like "*abc"', true],
    ['"abca" like "*abc*b"', false],
    ['"a*b" like "a\\*b"', true],
    ['"axb" like "a\\*b"', false],
    ['resource.amount like "7"', "error: type"],
  ]);
});
