// Expressions one by one, written from language.md section 6 and Cedar's documentation: what each is worth, or why it is an
// error.
import { describe, expect, test } from "vitest";
import type { Value } from "../../compiler/model/model.ts";
import { type Plan, policyOf, worldOf } from "./build.ts";
import { expressionOf, valuesOf } from "./build-conditions.ts";
import { evaluate } from "./expressions/interpret.ts";
import type { ExpressionValue } from "./expressions/values.ts";
import { Facts } from "./facts.ts";
import type { ValuesPlan } from "./plan.ts";

const record = (entity: number, id: string): Value => ({ kind: "Record", entity, id });
const user = (name: string): Value => ({ kind: "Principal", principal: { kind: "user", name } });
const team = (name: string): Value => ({ kind: "Principal", principal: { kind: "team", name } });

const plan: Plan = {
  units: { Root: undefined, A: "Root", A1: "A", B: "Root" },
  entities: {
    Account: "userOrTeam",
    Product: "organization",
    Facility: "businessUnit",
    Line: "parent Account",
  },
  tasks: ["Export"],
  roles: { R: [], Inherited: [], None: [] },
  users: {
    ann: { in: "A", roles: ["R"], attributes: { department: "Sales", clearance: 3n, boss: user("bob") } },
    bob: { in: "B", attributes: { department: "Board" } },
    cleo: { in: "A1" },
  },
  teams: {
    T: { in: "B", roles: ["Inherited"], members: ["ann"], attributes: { region: "EU" } },
    Access: { in: "B", kind: "access", members: ["ann"] },
    Other: { in: "A1", roles: ["None"], administrator: "ann" },
  },
  records: {
    acc: {
      entity: "Account",
      owner: "ann",
      attributes: {
        name: "Zoë 🦊 & Co",
        status: { kind: "Choice", value: "open" },
        amount: 7n,
        huge: 9_223_372_036_854_775_807n,
        lowest: -9_223_372_036_854_775_808n,
        vip: true,
        price: { kind: "Decimal", value: "12.5" },
        due: { kind: "Datetime", value: "2026-01-31" },
        tags: ["red", "blue", "red"],
        codes: [1n, 2n],
        empty: [],
        product: record(1, "p1"),
        lost: record(1, "nowhere"),
        parent: record(0, "other"),
        seller: user("bob"),
        group: team("T"),
        keeper: team("Other"),
        place: { kind: "Unit", name: "A1" },
      },
    },
    other: { entity: "Account", owner: "team Other", attributes: { name: "" } },
    p1: { entity: "Product", attributes: { name: "Paper" } },
    hall: { entity: "Facility", unit: "A1" },
    line: { entity: "Line", parent: "acc", attributes: { order: record(0, "acc") } },
  },
};
const facts = new Facts(policyOf(plan), worldOf(plan));

interface Ask {
  readonly principal?: string;
  readonly action?: string;
  /** `Account acc`; "" for a task privilege. */
  readonly resource?: string;
  readonly context?: ValuesPlan;
}

function ask(
  text: string,
  { principal = "ann", action = "read", resource = "Account acc", context }: Ask = {},
) {
  const [entity = "", id = ""] = resource.split(" ");
  const subject = resource === "" ? undefined : facts.loaded(facts.entity(entity), id);
  const found = { facts, user: facts.user(principal), action, record: subject, context: valuesOf(context) };
  return evaluate(expressionOf(text), found);
}

/** The value, or the kind of error in words. */
function worth(text: string, asked?: Ask): ExpressionValue {
  const outcome = ask(text, asked);
  return "value" in outcome ? outcome.value : `error: ${outcome.fault}`;
}

const table = (rows: readonly (readonly [string, ExpressionValue])[], asked?: Ask): void => {
  test.each(rows)("%s", (text, expected) => {
    expect(worth(text, asked)).toEqual(expected);
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
