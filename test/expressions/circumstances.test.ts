// A condition is checked for each entity for which it stands, and once where there is no record.
import { expect, test } from "vitest";
import { Report } from "../../compiler/diagnostics/report.ts";
import { checkCondition, guardrailCircumstances, typedConditions } from "../../compiler/expressions/index.ts";
import type { Condition, Guardrail } from "../../compiler/model/model.ts";
import { entityNumber, policyOf, problems, show } from "./harness.ts";

const messages = (source: string) => problems(source).map(({ message, at }) => `${at}: ${message}`);

test("what is wrong everywhere is said once and without a place", () => {
  expect(messages("role S { permit read on Account, Contact at user when { resource.title }; }")).toEqual([
    "resource.title: for `Account`: expected `Bool`, found `String`",
  ]);
  expect(messages("role S { permit read on Account, Order at user when { resource.title }; }")).toEqual([
    "resource.title: expected `Bool`, found `String`",
  ]);
});

test("what is wrong somewhere names the first entity where it is", () => {
  expect(
    messages(
      "role S { permit read on Account, Contact, Country at organization when { resource.title == 1 }; }",
    ),
  ).toEqual([
    "resource.title == 1: for `Account`: cannot compare `String` with `Long`",
    "title: for `Country`: `Country` has no attribute `title`",
  ]);
  expect(messages("role S { permit read on Account, Contact at user when { resource.size > 1 }; }")).toEqual([
    "size: for `Contact`: `Contact` has no attribute `size`",
  ]);
});

test("an optional attribute of one of several entities", () => {
  expect(
    problems(
      'forbid (principal, action == read, resource) when { resource is Account && resource.name == "x" };',
    ),
  ).toMatchObject([{ code: "BWK308", message: "for `Account`: `name` is optional and may be absent here" }]);
});

test("a star stands for what has the action and the level", () => {
  // Only what users and teams own can be assigned, or has a user level.
  expect(
    messages("role S { permit assign on * at organization when { resource.owner == principal }; }"),
  ).toEqual([]);
  expect(messages("role S { permit read on * at user when { resource.owner == principal }; }")).toEqual([]);
  expect(
    messages("role S { permit read on * at businessUnit when { resource.owner == principal }; }"),
  ).toEqual(["owner: for `Facility`: `Facility` has no attribute `owner`"]);
  expect(messages("role S { permit read on Account at none when { resource.zzz }; }")).toEqual([]);
});

test("a guardrail is checked where it concerns something", () => {
  expect(
    messages("forbid (principal, action == assign, resource) when { resource.owner == principal };"),
  ).toEqual(["owner: for `Line`: `Line` has no attribute `owner`"]);
  expect(
    messages(
      'forbid (principal, action == read, resource in BusinessUnit::"A") when { resource.businessUnit has region };',
    ),
  ).toEqual([]);
  expect(
    messages("permit (principal, action == read, resource) at user when { resource.owner == principal };"),
  ).toEqual([]);
  expect(messages("permit (principal, action == read, resource) at none when { resource.zzz };")).toEqual([]);
});

test("task privileges have no record", () => {
  expect(messages("role S { permit ExportToExcel when { resource.size > 1 }; }")).toEqual([
    "resource: a task privilege concerns no record, so `resource` has no value",
  ]);
  expect(messages("forbid (principal, action, resource) when { resource == principal };")).toContain(
    "resource == principal: for `Account`: cannot compare `Account` with `User`",
  );
  expect(
    messages("forbid (principal, action in [read, ExportToExcel], resource) when { principal in resource };"),
  ).toEqual([
    "principal in resource: for `Account`: `User` is never in `Account`",
    "resource: for task privileges: a task privilege concerns no record, so `resource` has no value",
  ]);
  expect(
    messages("forbid (principal, action, resource) when { resource has size && resource.size > 1 };"),
  ).toEqual([]);
});

test("the members of a privilege set are checked one by one", () => {
  const source = `
entity Email, Letter as Activity owned by user or team { subject: String }
entity Call as Activity owned by user or team { subject: Long }
role S { permit read on Activity at user when { resource.subject like "a*" }; }`;
  expect(messages(source)).toEqual(["resource.subject: for `Call`: expected `String`, found `Long`"]);
});

test("equal conditions are judged once and reported wherever they stand", () => {
  const source = `
role S { permit read on Account at user when { resource.size > "1" }; }
role U { permit read on Account at user when { resource.size > "1" }; }
role V { permit read on Contact at user when { resource.account.size > 1 }; }
test "t" { role W { permit read on Account at user when { resource.size > "1" }; } set role S { permit write on Account at user when { resource.size > "1" }; } }`;
  const found = problems(source);
  expect(found.map(({ at }) => at)).toEqual(['"1"', '"1"', '"1"', '"1"']);
  expect(new Set(found.map(({ start }) => start)).size).toBe(4);
});

test("typed conditions are worked out once for each entity", () => {
  const policy = policyOf(
    'role S { permit read on Account, Order at user when { resource.title like "a*" }; }',
  );
  const typed = typedConditions(policy);
  const [account, order] = [entityNumber(policy, "Account"), entityNumber(policy, "Order")];
  expect(show(typed(0, account), policy)).toBe('like(resource.title, ["a",""])');
  expect(typed(0, account)).toBe(typed(0, account));
  expect(typed(0, order)).not.toBe(typed(0, account));
  expect(() => typed(0, entityNumber(policy, "Country"))).toThrow("was not checked");
});

test("a condition by itself is checked into a report", () => {
  const policy = policyOf("role S { permit read on Account at user when { resource.size > 1 }; }");
  const [condition] = policy.conditions as [Condition];
  const report = new Report();
  expect(
    checkCondition(condition, { entity: entityNumber(policy, "Account") }, policy, report),
  ).toBeDefined();
  expect(report.hasErrors).toBe(false);
  expect(checkCondition(condition, { entity: undefined }, policy, report)).toBeUndefined();
  expect(report.hasErrors).toBe(true);
});

test("the circumstances of a guardrail", () => {
  const of = (source: string): (string | undefined)[] => {
    const policy = policyOf(source);
    const [guardrail] = policy.guardrails as [Guardrail];
    return guardrailCircumstances(policy, guardrail).map(({ entity }) =>
      entity === undefined ? undefined : policy.entities[entity]?.name,
    );
  };
  expect(of("forbid (principal, action == ExportToExcel, resource) when { context.mfa };")).toEqual([
    undefined,
  ]);
  expect(of("forbid (principal, action == assign, resource) when { context.mfa };")).toEqual([
    "Account",
    "Contact",
    "Order",
    "Line",
  ]);
  expect(of("permit (principal, action == read, resource) at businessUnit when { context.mfa };")).toEqual([
    "Account",
    "Contact",
    "Facility",
    "Order",
  ]);
  expect(of('forbid (principal, action, resource in BusinessUnit::"A") when { context.mfa };')).toEqual([
    "Account",
    "Contact",
    "Facility",
    "Order",
  ]);
  expect(of('forbid (principal, action == read, resource == Country::"no") when { context.mfa };')).toEqual([
    "Country",
  ]);
});
