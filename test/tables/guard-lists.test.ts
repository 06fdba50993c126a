import { expect, test } from "vitest";
import { actions } from "../../compiler/model/model.ts";
import { Programs } from "../../compiler/tables/code/programs.ts";
import { guardLists } from "../../compiler/tables/guard-lists.ts";
import { NONE } from "../../runtime-as/abi.ts";
import { type Plan, policyOf } from "../oracle/build.ts";

const untyped = (): never => {
  throw new Error("no conditions here");
};

const base: Plan = {
  entities: {
    Account: "userOrTeam",
    Product: "organization",
    Facility: "businessUnit",
    Line: "parent Account",
  },
  tasks: ["Merge", "Export"],
  units: { Root: undefined },
  records: { a1: { entity: "Account", owner: "u" } },
  users: { u: { in: "Root" } },
};

/** The guardrails that concern `privilege`: "read Account" or a task's name. */
function concerning(plan: Plan, privilege: string): number[] {
  const policy = policyOf({ ...base, ...plan });
  const { lists, byPrivilege } = guardLists(policy, new Programs(policy, untyped));
  const [action, entity] = privilege.split(" ");
  const number =
    entity === undefined
      ? policy.entities.length * 8 + policy.tasks.findIndex(({ name }) => name === action)
      : policy.entities.findIndex(({ name }) => name === entity) * 8 +
        actions.findIndex((name) => name === action);
  const start = byPrivilege[number];
  if (start === undefined) return [];
  const members = lists.slice(start + 2, start + 2 + 2 * (lists[start + 1] as number));
  return members.filter((_, i) => i % 2 === 0);
}

test("a bare forbid concerns every privilege, rights that do not exist and tasks included", () => {
  const plan: Plan = { guardrails: [{ effect: "forbid", id: "all" }] };
  for (const privilege of ["read Account", "assign Product", "share Line", "Export"]) {
    expect(concerning(plan, privilege)).toEqual([0]);
  }
});

test("a permit concerns only what exists for the ownership", () => {
  const plan: Plan = { guardrails: [{ effect: "permit", id: "p", level: "businessUnit" }] };
  expect(concerning(plan, "read Account")).toEqual([0]);
  expect(concerning(plan, "read Facility")).toEqual([0]);
  // Organization-owned entities know no business unit level, parent-owned ones no privilege, tasks only organization.
  expect(concerning(plan, "read Product")).toEqual([]);
  expect(concerning(plan, "read Line")).toEqual([]);
  expect(concerning(plan, "Export")).toEqual([]);
  const everywhere: Plan = { guardrails: [{ effect: "permit", id: "p", level: "organization" }] };
  expect(concerning(everywhere, "Export")).toEqual([0]);
  expect(concerning(everywhere, "share Product")).toEqual([]);
  expect(concerning({ guardrails: [{ effect: "permit", id: "p", level: "user" }] }, "read Facility")).toEqual(
    [],
  );
});

test("a unit in scope leaves out entities whose records have none", () => {
  const plan: Plan = { guardrails: [{ effect: "forbid", id: "f", unit: "Root" }] };
  expect(concerning(plan, "read Account")).toEqual([0]);
  expect(concerning(plan, "read Facility")).toEqual([0]);
  expect(concerning(plan, "read Product")).toEqual([]);
  expect(concerning(plan, "read Line")).toEqual([]);
  expect(concerning(plan, "Export")).toEqual([]);
});

test("a record in scope concerns its entity alone", () => {
  const plan: Plan = { guardrails: [{ effect: "forbid", id: "f", record: "a1" }] };
  expect(concerning(plan, "read Account")).toEqual([0]);
  expect(concerning(plan, "read Product")).toEqual([]);
});

test("equal lists are stored once", () => {
  const policy = policyOf({ ...base, guardrails: [{ effect: "forbid", id: "f", actions: ["read"] }] });
  // One for everybody, and it is number 0.
  expect(guardLists(policy, new Programs(policy, untyped)).lists).toEqual([1, 1, 0, NONE]);
});

test("a list says whether some guardrail of it concerns everybody", () => {
  const policy = policyOf({
    ...base,
    guardrails: [
      { effect: "forbid", id: "f", actions: ["read"], principal: "user u" },
      { effect: "forbid", id: "g", actions: ["write"] },
    ],
  });
  expect(guardLists(policy, new Programs(policy, untyped)).lists).toEqual([0, 1, 0, NONE, 1, 1, 1, NONE]);
});
