// What a guard proves, and where (Cedar's capabilities).
import { expect, test } from "vitest";
import { onAccount, problems } from "./harness.ts";

const used = 'resource.name == "x"';
const problem = (expression: string) =>
  problems(onAccount(expression)).filter(({ code }) => code !== "BWK909");

test.each<string>([
  `resource has name && ${used}`,
  `resource has "name" && resource["name"] == "x"`,
  `resource has name && (resource.open && ${used})`,
  `(resource has name && resource.open) && ${used}`,
  `(resource has name && resource has limit) && (${used} && resource.limit > 1)`,
  `(resource has name || resource has name) && ${used}`,
  `(resource has name || false) && ${used}`,
  `(false || resource has name) && ${used}`,
  `(resource has name && true) && ${used}`,
  `if resource has name then ${used} else false`,
  `if resource has name && resource.open then ${used} else resource.open`,
  `(if resource.open then resource has name else resource has name) && ${used}`,
  `(if resource has name then resource.open else resource has name) && ${used}`,
  `(if true then resource has name else false) && ${used}`,
  `(if false then true else resource has name) && ${used}`,
  `resource has name && (resource has name || resource.nope)`,
  `resource has parent.name && resource.parent.name == "x"`,
  `resource has parent && resource.parent has name && resource.parent.name == "x"`,
  `context has channel && context.channel == "web"`,
  `principal has department && principal.department == "x"`,
  `User::"ann" has department && User::"ann".department == "x"`,
  `resource.businessUnit has region && resource.businessUnit.region == "x"`,
  `context has account.name && context.account.name == "x"`,
  `resource has nope && ${used}`,
])("proves enough: %s", (expression) => {
  expect(problem(expression).map(({ message }) => message)).toEqual(
    expression.includes("has nope") ? ["this condition is always false"] : [],
  );
});

test.each<readonly [expression: string, at: string, guard: string]>([
  [used, "resource.name", "resource has name"],
  [`resource has name || ${used}`, "resource.name", "resource has name"],
  [`!(resource has name) || ${used}`, "resource.name", "resource has name"],
  [`!(!(resource has name)) && ${used}`, "resource.name", "resource has name"],
  [`(resource has name || resource.open) && ${used}`, "resource.name", "resource has name"],
  [`(resource has name || true) && ${used}`, "resource.name", "resource has name"],
  [`(resource has name || resource has limit) && ${used}`, "resource.name", "resource has name"],
  [`(resource has name) == true && ${used}`, "resource.name", "resource has name"],
  [`if resource has name then resource.open else ${used}`, "resource.name", "resource has name"],
  [`(if resource has name then true else false) && ${used}`, "resource.name", "resource has name"],
  [
    `(if resource.open then resource has name else resource.open) && ${used}`,
    "resource.name",
    "resource has name",
  ],
  [`${used} && resource has name`, "resource.name", "resource has name"],
  [`resource has limit && ${used}`, "resource.name", "resource has name"],
  [`resource has parent && resource.parent.name == "x"`, "resource.parent.name", "resource.parent has name"],
  [`resource.parent has name && resource has parent`, "resource.parent", "resource has parent"],
  [`resource.deputy.department == "x"`, "resource.deputy", "resource has deputy"],
  [
    `principal has department && resource.manager.department == "x"`,
    "resource.manager.department",
    "resource.manager has department",
  ],
  [
    `User::"ann" has department && User::"T".department == "x"`,
    'User::"T".department',
    'User::"T" has department',
  ],
  [`resource["odd name"] == "x"`, 'resource["odd name"]', 'resource has "odd name"'],
  [`context.channel == "web"`, "context.channel", "context has channel"],
  [`[resource.name].contains("x")`, "resource.name", "resource has name"],
])("does not prove enough: %s", (expression, at, guard) => {
  const [first] = problem(expression);
  expect(first).toMatchObject({ code: "BWK308", at, help: `guard it: \`${guard} && …\`` });
});

test("guards hold from clause to clause, `unless` proves nothing", () => {
  const clauses = (...parts: string[]) =>
    problems(`forbid (principal, action, resource is Account) ${parts.join(" ")};`).map(
      ({ code, at }) => `${code} ${at}`,
    );
  expect(clauses("when { resource has name }", `when { ${used} }`)).toEqual([]);
  expect(clauses("when { resource has name }", `unless { ${used} }`)).toEqual([]);
  expect(clauses("unless { !(resource has name) }", `when { ${used} }`)).toEqual(["BWK308 resource.name"]);
  expect(clauses(`when { ${used} }`, "when { resource has name }")).toEqual(["BWK308 resource.name"]);
});

test("what is guarded cannot fail, so that it may be left out", () => {
  expect(problem('resource has name && resource.name == "x" && false').map(({ code }) => code)).toEqual([
    "BWK908",
  ]);
  // Here the name of the country may be missing where the condition is asked, which is an error and not false.
  expect(problem('resource.home.name == "x" && false')).toEqual([]);
});
