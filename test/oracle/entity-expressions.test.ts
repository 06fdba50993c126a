// Expressions about people, units, records and requests, written from language.md section 6: attributes, `has`, `is`, `in`.
import { describe, expect, test } from "vitest";
import { expressionOf, valuesOf } from "./build-conditions.ts";
import { type Ask, ask, facts, type Rows, record, worth } from "./expressions/asked.ts";
import { evaluate } from "./expressions/interpret.ts";

const table = (rows: Rows, asked?: Ask): void => {
  test.each(rows)("%s", (text, expected) => {
    expect(worth(text, asked)).toEqual(expected);
  });
};

describe("attributes and has", () => {
  table([
    ["resource.name", "Zoë 🦊 & Co"],
    ['resource["name"]', "Zoë 🦊 & Co"],
    ["resource.amount", 7n],
    ["resource.missing", "error: missing attribute"],
    ["resource has name", true],
    ['resource has "name"', true],
    ["resource has missing", false],
    ["resource has owner", true],
    ["resource has businessUnit", true],
    ["principal.department", "Sales"],
    ["principal has clearance", true],
    ["principal has missing", false],
    ["action has anything", false],
    ["resource.product.name", "Paper"],
    ["resource has product.name", true],
    ["resource has product.missing", false],
    ["resource has missing.name", false],
    ["resource.lost.name", "error: missing record"],
    ["resource.lost has name", false],
    ["resource has lost.name", false],
    ["resource.lost.owner", "error: missing record"],
    ["resource has lost.owner", false],
    ["resource has parent.owner", true],
    ["resource has lost", true],
    ["resource.seller.department", "Board"],
    ["resource.seller.clearance", "error: missing attribute"],
    ["resource.group.region", "EU"],
    ['resource.parent.owner == Team::"Other"', true],
    ["resource.parent has businessUnit", true],
    ["resource.place has anything", false],
    ["principal.boss.department", "Board"],
    ["resource.amount.name", "error: type"],
    ["3 has name", "error: type"],
  ]);

  describe("no owner and no unit where the ownership has none", () => {
    table(
      [
        ["resource has owner", false],
        ["resource has businessUnit", false],
        ["resource.owner", "error: missing attribute"],
        ["resource.name", "Paper"],
      ],
      { resource: "Product p1" },
    );
    table(
      [
        ["resource has owner || resource has businessUnit", false],
        ["resource.order.amount", 7n],
      ],
      { resource: "Line line" },
    );
    table(
      [
        ["resource has owner", false],
        ['resource.businessUnit == BusinessUnit::"A1"', true],
      ],
      { resource: "Facility hall" },
    );
  });

  describe("context", () => {
    table(
      [
        ["context.mfa", true],
        ["context has mfa", true],
        ["context has channel", false],
        ["context.channel", "error: missing attribute"],
        ["context.account.amount", 7n],
        ["context has account.name", true],
      ],
      { context: { mfa: true, account: record(0, "acc") } },
    );
    test("nothing is in an empty one", () => {
      expect(worth("context has mfa")).toBe(false);
      expect(worth("context.mfa")).toBe("error: missing attribute");
    });
  });
});

describe("is", () => {
  table([
    ["principal is User", true],
    ["principal is Team", false],
    ["resource is Account", true],
    ["resource is Product", false],
    ["resource.owner is User", true],
    ["resource.group is User", false],
    ["resource.product is Product", true],
    ["resource.lost is Product", true],
    ["action is Action", true],
    ['resource is Account in BusinessUnit::"A"', true],
    ['resource is Product in BusinessUnit::"A"', false],
    ['principal is User in Team::"T"', true],
    ["3 is User", "error: type"],
  ]);
});

describe("in", () => {
  table([
    // Units and everything below them.
    ['principal in BusinessUnit::"A"', true],
    ['principal in BusinessUnit::"Root"', true],
    ['principal in BusinessUnit::"A1"', false],
    ['resource in BusinessUnit::"Root"', true],
    ['resource in BusinessUnit::"B"', false],
    ['resource.owner in BusinessUnit::"A"', true],
    ['resource.group in BusinessUnit::"B"', true],
    ['resource.group in BusinessUnit::"A"', false],
    ['resource.parent in BusinessUnit::"A"', true],
    ['resource.lost in BusinessUnit::"Root"', false],
    ['resource.product in BusinessUnit::"Root"', false],
    ['BusinessUnit::"A1" in BusinessUnit::"A"', true],
    ['BusinessUnit::"A" in BusinessUnit::"A1"', false],
    ['BusinessUnit::"A" in BusinessUnit::"A"', true],
    ['resource.businessUnit in BusinessUnit::"Root"', true],
    ["principal in resource.place", false],
    ['User::"cleo" in resource.place', true],
    // Teams: membership in any kind, the default team of the unit included.
    ['principal in Team::"T"', true],
    ['principal in Team::"Access"', true],
    ['principal in Team::"A"', true],
    ['principal in Team::"B"', false],
    ['principal in Team::"Other"', false],
    ['User::"bob" in Team::"T"', false],
    ['resource.owner in Team::"T"', true],
    ['resource.group in Team::"T"', true],
    ['resource.group in Team::"Other"', false],
    ["principal in resource.group", true],
    // Roles, held directly or through an owner, group or default team.
    ['principal in Role::"R"', true],
    ['principal in Role::"Inherited"', true],
    ['principal in Role::"None"', false],
    ['resource.group in Role::"Inherited"', false],
    // Everything is in itself.
    ['principal in User::"ann"', true],
    ['principal in User::"bob"', false],
    ['resource in Account::"acc"', true],
    ['resource in Account::"other"', false],
    ['resource.lost in Product::"nowhere"', true],
    ['action in Action::"read"', true],
    ['action in [Action::"write", Action::"read"]', true],
    ['action in [Action::"write"]', false],
    ["action in []", false],
    ['principal in [Team::"B", Role::"R"]', true],
    ['principal in [Team::"B", Role::"None"]', false],
    // A set is made before it is searched.
    ['principal in [User::"ann", resource.missing]', "error: missing attribute"],
    ['3 in Team::"T"', "error: type"],
    ["principal in 3", "error: type"],
    ["principal in [3]", "error: type"],
  ]);

  test("T8: the administrator of the owning team is a member where the record is that team's", () => {
    const ofTeam = { resource: "Account other" };
    expect(worth('principal in Team::"Other"', ofTeam)).toBe(true);
    expect(worth('principal in Role::"None"', ofTeam)).toBe(true);
    expect(worth('User::"bob" in Team::"Other"', ofTeam)).toBe(false);
    expect(worth("principal in resource.keeper")).toBe(false);
  });

  test("nobody owns it, so it lies in no unit", () => {
    expect(worth('resource in BusinessUnit::"Root"', { resource: "Product p1" })).toBe(false);
    expect(worth('resource in BusinessUnit::"Root"', { resource: "Line line" })).toBe(false);
    expect(worth('resource in BusinessUnit::"A"', { resource: "Facility hall" })).toBe(true);
  });
});

describe("a task privilege has no record", () => {
  table(
    [
      ["resource has name", false],
      ["resource has owner", false],
      ["resource is Account", false],
      ['resource in BusinessUnit::"Root"', false],
      ['resource == Account::"acc"', false],
      ["resource.name", "error: missing attribute"],
      ['action == Action::"Export"', true],
      ["principal.clearance == 3", true],
    ],
    { resource: "", action: "Export" },
  );
});

test("a described record is itself, and no loaded one", () => {
  const described = facts.described({
    entity: "Account",
    owner: { kind: "user", name: "bob" },
    attributes: valuesOf({ name: "new" }),
  });
  const asked = { facts, user: facts.user("ann"), action: "read", record: described, context: new Map() };
  const worthOf = (text: string) => evaluate(expressionOf(text), asked);
  expect(worthOf('resource.name == "new"')).toEqual({ value: true });
  expect(worthOf('resource == Account::"acc"')).toEqual({ value: false });
  expect(worthOf("resource == resource")).toEqual({ value: true });
  expect(worthOf('resource in BusinessUnit::"B"')).toEqual({ value: true });
  expect(worthOf("resource.owner == principal")).toEqual({ value: false });
  expect(worthOf("resource has amount")).toEqual({ value: false });
});

test("errors say what they were about", () => {
  expect(ask("resource.lost.name")).toEqual({
    fault: "missing record",
    message: 'Product::"nowhere" is not loaded',
  });
  expect(ask("resource.missing")).toEqual({
    fault: "missing attribute",
    message: 'Account::"acc" has no missing',
  });
});
