// Hostile and huge texts: one clear message, soon; no stack overflow.
import { expect, test } from "vitest";
import { format, walk } from "../../compiler/syntax/index.ts";
import { nestingLimit, operatorLimit, textLimit } from "../../compiler/syntax/limits.ts";
import { parsed } from "./harness.ts";

const million = 1_000_000;
const guardrail = (expression: string) => `forbid (principal, action, resource) when { ${expression} };`;

test.each([
  ["(", "BWK401", "(".repeat(million)],
  ["{", "BWK401", "{".repeat(million)],
  ["[", "BWK401", "[".repeat(million)],
  ["parentheses in a condition", "BWK401", guardrail("(".repeat(million))],
  ["sets in a condition", "BWK401", guardrail("[".repeat(million))],
  ["ifs in a condition", "BWK401", guardrail("if ".repeat(million / 3))],
  ["records in a condition", "BWK401", guardrail("{ a: ".repeat(million / 5))],
  ["units", "BWK401", `organization X { ${"unit a { ".repeat(million / 9)}`],
  ["signs", "BWK403", guardrail("!".repeat(million))],
  ["minus signs", "BWK403", guardrail("-".repeat(million))],
  ["a long chain", "BWK403", guardrail(`true${" && true".repeat(million / 8)}`)],
  ["a long path", "BWK403", guardrail(`context${".a".repeat(million / 2)}`)],
])("1 MB of %s", (_, code, text) => {
  const started = performance.now();
  const { diagnostics, tree } = parsed(text);
  expect(diagnostics.map((d) => d.code)).toEqual([code]);
  expect(tree.declarations).toEqual([]);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test("what lies within the limits is parsed, walked and printed", () => {
  const deep = guardrail(`${"(".repeat(nestingLimit - 1)}true${")".repeat(nestingLimit - 1)}`);
  const sets = guardrail(`${"[".repeat(nestingLimit - 1)}${"]".repeat(nestingLimit - 1)} == context`);
  const ifs = guardrail(`${"if true then 1 else ".repeat(nestingLimit - 1)} 2`);
  const mixed = guardrail(`${"(1 + -[if true then 1 else ".repeat(33)}2${"].a.b)".repeat(33)}`);
  const signs = guardrail(`${"!".repeat(operatorLimit)}true`);
  const chain = guardrail(`true${" && true".repeat(operatorLimit)}`);
  const path = guardrail(`context${".a".repeat(operatorLimit)} == 1`.replace(".a", ""));
  const units = `organization X { ${"unit a { ".repeat(nestingLimit - 1)}${"}".repeat(nestingLimit)}`;
  for (const text of [deep, sets, ifs, mixed, signs, chain, path, units]) {
    const { diagnostics, tree } = parsed(text);
    expect(diagnostics, text.slice(0, 80)).toEqual([]);
    let nodes = 0;
    walk(tree, () => nodes++);
    expect(nodes).toBeGreaterThan(5);
    expect(format({ name: "a.bwk", text }).diagnostics).toEqual([]);
  }
});

test("the limits of an expression do not count its neighbours", () => {
  const many = Array.from({ length: 3000 }, (_, i) => `context.a.b == ${i}`);
  expect(parsed(many.map((expression) => guardrail(expression)).join("\n")).diagnostics).toEqual([]);
  expect(parsed(guardrail(`[${many.join(", ")}] == context.c`)).diagnostics).toEqual([]);
  const columns = many.map((_, i) => `E.c${i}`).join(", ");
  expect(parsed(`column profile P { permit read on ${columns}; }`).diagnostics).toEqual([]);
  const users = Array.from({ length: 3000 }, (_, i) => `user if in u${i} { if: if; }`);
  expect(parsed(users.join("\n")).diagnostics).toEqual([]);
});

test("1 MB of types inside each other is a syntax error like any other", () => {
  const { diagnostics } = parsed(`entity A { a: ${"Set<".repeat(million / 4)}`);
  expect(diagnostics.map(({ code, span }) => [code, span.start])).toEqual([["BWK110", 21]]);
});

test("a file beyond the limit is not read at all", () => {
  const { diagnostics, tree } = parsed(" ".repeat(textLimit + 1));
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    "BWK402 the file is too large: a policy file holds at most 16777216 characters",
  ]);
  expect(tree.declarations).toEqual([]);
});

test("1 MB of stray characters, of quotes, of broken items", () => {
  for (const text of [
    "$".repeat(million),
    "§ ".repeat(million / 2),
    '"'.repeat(million + 1),
    `"${";x".repeat(million / 2)}`,
  ]) {
    const started = performance.now();
    expect(parsed(text).diagnostics.length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(10_000);
  }
  const items = "role A { permitt x; permit read onn Y; }\n".repeat(million / 40);
  const started = performance.now();
  expect(parsed(items).diagnostics.length).toBe((2 * million) / 40);
  expect(performance.now() - started).toBeLessThan(60_000);
});

test("1 MB of policy is parsed in a second or two", () => {
  const role = (i: number) => `role R${i} {
  permit create, read, write, append on Account, Contact at businessUnit;
  permit read on Opportunity at organization when { resource.status == "open" && principal has department };
}
user u${i} in "Business unit ${i}" { roles: R${i}, "Base user"; manager: u0; }
record r${i}: Account { owner: u${i}; name: "number ${i}"; tags: ["a", "b"]; }
`;
  let text = "";
  for (let i = 0; text.length < million; i++) text += role(i);
  parsed(role(0));
  const started = performance.now();
  expect(parsed(text).diagnostics.length).toBe(0);
  const milliseconds = performance.now() - started;
  console.info(`1 MB parsed in ${milliseconds.toFixed(0)} ms`);
  expect(milliseconds).toBeLessThan(8_000);
});
