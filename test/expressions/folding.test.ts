// Constants are worked out when a policy is compiled; what may fail is kept where it would have been reached.
import { expect, test } from "vitest";
import { isLike } from "../../compiler/expressions/fold.ts";
import { readDatetime, readDecimal } from "../../compiler/model/literals.ts";
import { shown, typedOf } from "./harness.ts";

/** Whether an expression is constant, seen beside something that is not. */
const constant = (expression: string): string => {
  const beside = shown(`resource.open == (${expression})`);
  return beside.replace(/^equal\(resource\.open, (.*)\)$/, "$1");
};

test.each<readonly [string, string]>([
  ["1 == 1", "true"],
  ["1 == 2", "false"],
  ["1 != 2", "true"],
  ['"a" == "a"', "true"],
  ["1 + 2 * 3 == 7", "true"],
  ["5 - 7 == -2", "true"],
  ["-(-3) == 3", "true"],
  ["1 < 2", "true"],
  ["2 <= 2", "true"],
  ["1 > 2", "false"],
  ["2 >= 3", "false"],
  ['datetime("2026-01-31") < datetime("2026-02-01")', "true"],
  ['decimal("1.50") == decimal("1.5")', "true"],
  ['decimal("1.5").lessThan(decimal("1.4"))', "false"],
  ['decimal("1.5").greaterThanOrEqual(decimal("1.5"))', "true"],
  ["!(1 == 1)", "false"],
  ["true && 1 == 2", "false"],
  ["1 == 2 || 1 == 1", "true"],
  ["if 1 < 2 then 1 == 1 else resource.open", "true"],
  ["if 2 < 1 then resource.open else 1 == 2", "false"],
  ["resource has name && 2 < 1", "false"],
  ["resource has name || 1 < 2", "true"],
  ['"abc" like "a*c"', "true"],
  ['"abc" like "a*d"', "false"],
  ["[1, 2].contains(2)", "true"],
  ["[1, 2].contains(3)", "false"],
  ["[1, 2].containsAll([2, 2, 1])", "true"],
  ["[1, 2].containsAll([1, 3])", "false"],
  ["[1, 2].containsAny([3, 2])", "true"],
  ["[1, 2].containsAny([3])", "false"],
  ["[1, 2, 2] == [2, 1]", "true"],
  ["[1, 2].isEmpty()", "false"],
  ['User::"ann" == User::"ann"', "true"],
  ['User::"ann" == User::"bob"', "false"],
  ['[Role::"R"].contains(Role::"R")', "true"],
  ['Team::"T" in Team::"T"', "true"],
  ['Team::"T" in [Team::"U", Team::"V"]', "false"],
  ['User::"ann" in [User::"bob", User::"ann"]', "true"],
  ["principal is User", "true"],
  ["principal is Team", "false"],
  ["resource is Account", "true"],
  ["resource is Contact", "false"],
  ["action is Action", "true"],
  ["resource.owner is Account", "false"],
  ['resource is Contact in BusinessUnit::"A"', "false"],
  ['resource == Contact::"c"', "false"],
  ['Contact::"c" != resource', "true"],
  ['resource in Contact::"c"', "false"],
  ["principal has nope", "false"],
  ["action has name", "false"],
  ['Role::"R" has name', "false"],
  ["resource has owner", "true"],
  ["resource has name && resource has name", "resource has name"],
])("%s is %s", (expression, expected) => {
  expect(constant(expression)).toBe(expected);
});

test.each<readonly [string, string]>(
  [
    // The name may be missing, and then the condition fails.
    ['resource.title == "x" && 2 < 1', 'and(equal(resource.title, "x"), false)'],
    ['resource.title == "x" || 1 < 2', 'or(equal(resource.title, "x"), true)'],
    ["resource.home is Country", "equal(resource.home, resource.home)"],
    ["resource.home is Contact", "not(equal(resource.home, resource.home))"],
    ['resource.team in Role::"R"', "not(equal(resource.team, resource.team))"],
    ['resource.home in BusinessUnit::"A"', "not(equal(resource.home, resource.home))"],
    [
      "if resource.home is Country then resource.open else 1 == 1",
      "if(equal(resource.home, resource.home), resource.open, resource.open)",
    ],
    ["resource.home is Contact && resource.nope", "not(equal(resource.home, resource.home))"],
    ["resource.home is Country || resource.nope", "equal(resource.home, resource.home)"],
  ].filter(([, expected]) => expected !== "") as [string, string][],
)("%s is not left out", (expression, expected) => {
  expect(shown(expression)).toBe(expected);
});

test("two operands that may fail are both kept", () => {
  expect(shown("resource.team in [resource.team] || resource.open")).toContain(
    "equal(resource.team, resource.team)",
  );
  expect(shown("resource is Account && resource.home has nope || resource.open")).toBe(
    "or(not(equal(resource.home, resource.home)), resource.open)",
  );
});

test("clauses are one conjunction, as shallow as it can be", () => {
  let depth = 0;
  const many = Array.from({ length: 64 }, (_, i) => `resource.size > ${i}`).join(" } when { ");
  const walk = (typed: ReturnType<typeof typedOf>, level: number): void => {
    depth = Math.max(depth, level);
    if (typed.op === "and") for (const part of [typed.left, typed.right]) walk(part, level + 1);
  };
  walk(typedOf(many), 0);
  expect(depth).toBe(6);
});

test.each<readonly [string, bigint | undefined]>([
  ["0.0", 0n],
  ["1.5", 15_000n],
  ["-12.0345", -120_345n],
  ["007.10", 71_000n],
  ["922337203685477.5807", 9223372036854775807n],
  ["-922337203685477.5808", -9223372036854775808n],
  ["922337203685477.5808", undefined],
  ["9999999999999999.0", undefined],
  ["1", undefined],
  ["1.", undefined],
  [".5", undefined],
  ["+1.5", undefined],
  ["1.23456", undefined],
])("decimal %s", (text, expected) => {
  expect(readDecimal(text)).toBe(expected);
});

test.each<readonly [string, bigint | undefined]>([
  ["1970-01-01", 0n],
  ["2026-01-31", 1769817600000n],
  ["1969-12-31T23:59:59Z", -1000n],
  ["2026-01-31T09:30:00Z", 1769851800000n],
  ["2026-01-31T09:30:00.123Z", 1769851800123n],
  ["2026-01-31T09:30:00+0200", 1769844600000n],
  ["2026-01-31T09:30:00.007-0130", 1769857200007n],
  ["2024-02-29", 1709164800000n],
  ["0000-01-01", -62167219200000n],
  ["0099-12-31", -59011545600000n],
  ["9999-12-31T23:59:59.999Z", 253402300799999n],
  ["2025-02-29", undefined],
  ["2026-00-10", undefined],
  ["2026-13-10", undefined],
  ["2026-04-31", undefined],
  ["2026-01-00", undefined],
  ["2026-01-31T24:00:00Z", undefined],
  ["2026-01-31T10:60:00Z", undefined],
  ["2026-01-31T10:00:60Z", undefined],
  ["2026-01-31T10:00:00", undefined],
  ["2026-01-31T10:00:00.1Z", undefined],
  ["2026-01-31T10:00:00+2400", undefined],
  ["2026-01-31T10:00:00+0060", undefined],
  ["2026-1-31", undefined],
])("datetime %s", (text, expected) => {
  expect(readDatetime(text)).toBe(expected);
});

test.each<readonly [string, readonly string[], boolean]>([
  ["", [""], true],
  ["a", [""], false],
  ["", ["", ""], true],
  ["abc", ["", ""], true],
  ["abc", ["a", "c"], true],
  ["ac", ["a", "c"], true],
  ["a", ["a", "a"], false],
  ["aba", ["a", "b", "a"], true],
  ["abcabc", ["ab", "ca", "c"], true],
  ["abcabc", ["ab", "bc", "bc"], false],
  ["abc", ["", "x", ""], false],
  ["xabc", ["a", ""], false],
  ["a😀b", ["a", "b"], true],
])("%s like %j", (text, pattern, expected) => {
  expect(isLike(text, pattern)).toBe(expected);
});
