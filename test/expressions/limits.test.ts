// Hostile sizes are refused with a code, and quickly.
import { expect, test } from "vitest";
import { codeWords } from "../../compiler/expressions/code-words.ts";
import { codeLimit, setLimit } from "../../compiler/expressions/index.ts";
import { onAccount, problems, typedOf } from "./harness.ts";

const codes = (expression: string) => problems(onAccount(expression)).map(({ code }) => code);
const list = (count: number, of: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => of(i)).join(", ");

test("ten thousand parentheses", () => {
  expect(codes(`${"(".repeat(10_000)}resource.open${")".repeat(10_000)}`)).toEqual(["BWK401"]);
  expect(codes(`${"!(".repeat(10_000)}resource.open${")".repeat(10_000)}`)).toEqual(["BWK401"]);
  expect(codes(`${"[".repeat(10_000)}1${"]".repeat(10_000)}.isEmpty()`)).toEqual(["BWK401"]);
  expect(codes(`${"(".repeat(90)}resource.open${")".repeat(90)}`)).toEqual([]);
});

test("ten thousand operators, and as many as are allowed", () => {
  expect(codes(`resource.size == 0${" + 1".repeat(10_000)}`)).toEqual(["BWK403"]);
  expect(codes(`${"!".repeat(10_000)}resource.open`)).toEqual(["BWK403"]);
  expect(codes(`resource.open${".open".repeat(10_000)}`)).toEqual(["BWK403"]);
  expect(codes(`resource.open${" || resource.open".repeat(240)}`)).toEqual([]);
});

test("huge sets", () => {
  expect(codes(`resource.codes.containsAny([${list(setLimit, String)}])`)).toEqual([]);
  const [problem] = problems(onAccount(`resource.codes.containsAny([${list(setLimit + 1, String)}])`));
  expect(problem).toMatchObject({
    code: "BWK405",
    message: "a set in an expression holds at most 10000 elements, found 10001",
    help: "give the records an attribute that says which of them are meant, and compare that",
  });
});

test("huge conditions", () => {
  const set = list(setLimit, (i) => `"${i}"`);
  const tests = (count: number) =>
    Array.from({ length: count }, () => `[${set}].contains(resource.title)`).join(" || ");
  expect(codes(tests(6))).toEqual([]);
  const [problem] = problems(onAccount(tests(7)));
  expect(problem).toMatchObject({
    code: "BWK406",
    message: "this condition is too large: it needs 70048 words of code, and 65536 are allowed",
  });
  expect(codeWords(typedOf(tests(6)))).toBeLessThanOrEqual(codeLimit);
});

test("a set of ten thousand teams is as shallow as it can be", () => {
  expect(codes(`principal in [${list(setLimit, (i) => `Team::"t${i}"`)}]`)).toEqual([]);
});

test("ten thousand clauses", () => {
  expect(codes(Array.from({ length: 10_000 }, (_, i) => `resource.size > ${i}`).join(" } when { "))).toEqual(
    [],
  );
});

test.each<readonly [string, number]>([
  ["resource.open", 2 + 1],
  ["context.mfa", 1],
  ["!context.mfa", 2],
  ['resource.title like "a*"', 4],
  ["if context.mfa then resource.open else context.mfa", 2 + 1 + 3 + 1],
  ["[resource.size].contains(1)", 1 + (2 + 3) + 1],
  ['principal in Team::"T"', 4],
  ["resource.owner is User", 2],
  ["resource.tags.isEmpty()", 4],
  ["-resource.size < 1", 1 + 4 + 1],
  ["resource has name", 3],
  ["resource.businessUnit == resource.branch", 1 + 1 + 3],
])("%s needs at most %i words", (expression, words) => {
  expect(codeWords(typedOf(expression))).toBe(words);
});
