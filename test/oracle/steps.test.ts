// semantics.md section 1, steps 0 to 5, one after the other.
import { describe, expect, test } from "vitest";
import { oracleOf, type Plan } from "./build.ts";

const base: Plan = {
  units: { Root: undefined, A: "Root", A1: "A", A1x: "A1", B: "Root" },
  entities: { Account: "userOrTeam", Contact: "userOrTeam" },
  tasks: ["Export"],
};
const none = ["read Contact user"];

describe("0 GATE", () => {
  const plan: Plan = {
    ...base,
    roles: { All: ["read Account organization", "Export"] },
    administratorRoles: ["Admin"],
    users: {
      a: { in: "A1", roles: ["All"] },
      adm: { in: "A1", roles: ["Admin"] },
      off: { in: "B", roles: ["All"] },
    },
    records: { o: { entity: "Account", owner: "a" } },
    disabled: ["off"],
  };
  const o = { entity: "Account", id: "o" };

  test("a disabled user has nothing", () => {
    const oracle = oracleOf(plan);
    expect(oracle.check({ principal: "off", action: "read", record: o })).toEqual({
      allowed: false,
      reason: "disabled",
      sources: [],
      errors: [],
    });
    expect(oracle.check({ principal: "off", action: "Export" }).reason).toBe("disabled");
    expect(oracle.check({ principal: "a", action: "read", record: o }).allowed).toBe(true);
  });

  test("a disabled unit, or one above it, disables its users, administrators too", () => {
    for (const unit of ["A1", "A", "Root"]) {
      const oracle = oracleOf({ ...plan, disabled: [unit] });
      for (const principal of ["a", "adm"])
        expect(oracle.check({ principal, action: "read", record: o }).reason).toBe("disabled");
    }
    expect(
      oracleOf({ ...plan, disabled: ["A1x", "B"] }).check({ principal: "a", action: "read", record: o })
        .allowed,
    ).toBe(true);
  });

  test("disabled comes before forbid", () => {
    const oracle = oracleOf({ ...plan, guardrails: [{ effect: "forbid", id: "f" }] });
    expect(oracle.check({ principal: "off", action: "read", record: o }).reason).toBe("disabled");
  });
});

describe("1 FORBID", () => {
  const plan: Plan = {
    ...base,
    roles: { All: ["read Account organization", "Export"], None: none },
    administratorRoles: ["Admin"],
    users: {
      a: { in: "A", roles: ["All"] },
      adm: { in: "A", roles: ["Admin"] },
      n: { in: "A", roles: ["None"] },
    },
    records: { o: { entity: "Account", owner: "a" } },
  };
  const o = { entity: "Account", id: "o" };

  test("is evaluated for everyone, administrators too, and before the grants", () => {
    const oracle = oracleOf({
      ...plan,
      guardrails: [{ effect: "forbid", id: "no reads", actions: ["read"] }],
    });
    for (const principal of ["a", "adm", "n"])
      expect(oracle.check({ principal, action: "read", record: o }).reason).toBe('forbid "no reads"');
    expect(oracle.check({ principal: "adm", action: "write", record: o }).reason).toBe("administrator");
  });

  test("of several matching ones the first as written is named", () => {
    const oracle = oracleOf({
      ...plan,
      guardrails: [
        { effect: "forbid", id: "other", principal: "user n" },
        { effect: "forbid", id: "first", principal: "user a" },
        { effect: "forbid", id: "second" },
      ],
    });
    expect(oracle.check({ principal: "a", action: "read", record: o }).reason).toBe('forbid "first"');
  });

  test("a permit does not help against it", () => {
    const oracle = oracleOf({
      ...plan,
      guardrails: [
        { effect: "permit", id: "p" },
        { effect: "forbid", id: "f" },
      ],
    });
    expect(oracle.check({ principal: "a", action: "read", record: o }).reason).toBe('forbid "f"');
  });
});

describe("2 ADMIN", () => {
  const plan: Plan = {
    ...base,
    entities: { ...base.entities, Product: "organization" },
    roles: { Own: ["read Account user"] },
    administratorRoles: ["Admin"],
    users: {
      adm: { in: "B", roles: ["Admin"] },
      member: { in: "B", roles: ["Own"] },
      guest: { in: "B", roles: ["Own"] },
    },
    teams: {
      Admins: { in: "A", roles: ["Admin"], members: ["member"] },
      Group: { in: "A", kind: "group", roles: ["Admin"], members: ["guest"] },
    },
    records: { o: { entity: "Account", owner: "guest" }, p: { entity: "Product" } },
  };

  test("an administrator role allows, held directly or through an owner or group team", () => {
    const oracle = oracleOf(plan);
    for (const principal of ["adm", "member", "guest"]) {
      expect(
        oracle.check({ principal, action: "delete", record: { entity: "Account", id: "o" } }).reason,
      ).toBe("administrator");
      expect(oracle.check({ principal, action: "Export" }).reason).toBe("administrator");
    }
  });

  test("only what exists for the entity", () => {
    const oracle = oracleOf(plan);
    const record = { entity: "Product", id: "p" };
    expect(oracle.check({ principal: "adm", action: "write", record }).reason).toBe("administrator");
    expect(oracle.check({ principal: "adm", action: "assign", record }).reason).toBe("privilege");
    expect(oracle.check({ principal: "adm", action: "share", record }).reason).toBe("privilege");
  });

  test("the other sources are reported as well", () => {
    const { sources } = oracleOf(plan).check({
      principal: "guest",
      action: "read",
      record: { entity: "Account", id: "o" },
    });
    expect(sources).toEqual([{ kind: "administrator" }, { kind: "owner" }]);
  });
});

describe("3 GRANTS and 4 PRIVILEGE", () => {
  const plan: Plan = {
    ...base,
    roles: { Reader: ["read Account user"], None: none },
    users: { a: { in: "A", roles: ["Reader"] }, n: { in: "A", roles: ["None"] } },
    teams: { T: { in: "B", roles: ["Reader"], members: ["n"] } },
    records: { own: { entity: "Account", owner: "n" }, other: { entity: "Account", owner: "a" } },
    shares: [{ record: "other", with: "n", direct: ["read", "write"] }],
  };

  test("owners and sharees do not pass without a grant", () => {
    const oracle = oracleOf({ ...plan, teams: {} });
    expect(
      oracle.check({ principal: "n", action: "read", record: { entity: "Account", id: "own" } }).reason,
    ).toBe("privilege");
    expect(
      oracle.check({ principal: "n", action: "read", record: { entity: "Account", id: "other" } }).reason,
    ).toBe("privilege");
  });

  test("the level does not matter for the privilege: any grant, from any holder", () => {
    const oracle = oracleOf(plan);
    expect(
      oracle.check({ principal: "n", action: "read", record: { entity: "Account", id: "other" } }).reason,
    ).toBe("share");
    expect(
      oracle.check({ principal: "a", action: "read", record: { entity: "Account", id: "own" } }).reason,
    ).toBe("access");
    expect(
      oracle.check({ principal: "a", action: "write", record: { entity: "Account", id: "own" } }).reason,
    ).toBe("privilege");
  });
});

describe("5a ROLE", () => {
  const at = (level: string): Plan => ({
    ...base,
    roles: { R: [`read Account ${level}`], None: none },
    users: {
      a: { in: "A", roles: ["R"] },
      r: { in: "Root", roles: ["None"] },
      a2: { in: "A", roles: ["None"] },
      a1: { in: "A1", roles: ["None"] },
      x: { in: "A1x", roles: ["None"] },
      b: { in: "B", roles: ["None"] },
    },
    records: {
      root: { entity: "Account", owner: "r" },
      same: { entity: "Account", owner: "a2" },
      child: { entity: "Account", owner: "a1" },
      grandchild: { entity: "Account", owner: "x" },
      beside: { entity: "Account", owner: "b" },
    },
  });

  test.each([
    ["user", []],
    ["businessUnit", ["same"]],
    ["parentChild", ["same", "child", "grandchild"]],
    ["organization", ["root", "same", "child", "grandchild", "beside"]],
  ])("%s", (level, expected) => {
    const oracle = oracleOf(at(level));
    expect(oracle.filter("a", "read", "Account")).toEqual(expected);
    for (const id of expected)
      expect(
        oracle.check({ principal: "a", action: "read", record: { entity: "Account", id } }).sources,
      ).toEqual([{ kind: "role", name: "R" }]);
  });
});

describe("5b OWNER", () => {
  const plan: Plan = {
    ...base,
    roles: { Inheriting: ["read Account user"], None: none },
    teamRoles: { TeamOnly: ["read Account user"] },
    users: {
      direct: { in: "A", roles: ["Inheriting"] },
      viaTeam: { in: "A", roles: ["None"] },
      viaInheriting: { in: "A", roles: ["None"] },
    },
    teams: {
      Own: { in: "B", roles: ["TeamOnly"], members: ["viaTeam", "direct"] },
      Inh: { in: "B", roles: ["Inheriting"], members: ["viaInheriting"] },
      Empty: { in: "B", members: ["direct", "viaTeam", "viaInheriting"] },
    },
    records: {
      ofDirect: { entity: "Account", owner: "direct" },
      ofViaTeam: { entity: "Account", owner: "viaTeam" },
      ofViaInheriting: { entity: "Account", owner: "viaInheriting" },
      ofOwn: { entity: "Account", owner: "team Own" },
      ofInh: { entity: "Account", owner: "team Inh" },
      ofEmpty: { entity: "Account", owner: "team Empty" },
    },
  };

  test("holder = u: his own records and those of each of his owner and group teams", () => {
    expect(oracleOf(plan).filter("direct", "read", "Account")).toEqual(["ofDirect", "ofOwn", "ofEmpty"]);
  });

  test("holder = a team, team-only: that team's records alone", () => {
    expect(oracleOf(plan).filter("viaTeam", "read", "Account")).toEqual(["ofOwn"]);
  });

  test("holder = a team, inheriting: that team's records and the member's own", () => {
    expect(oracleOf(plan).filter("viaInheriting", "read", "Account")).toEqual(["ofViaInheriting", "ofInh"]);
  });

  test("the sources are `owner` and `team`", () => {
    const oracle = oracleOf(plan);
    const check = (id: string) =>
      oracle.check({ principal: "direct", action: "read", record: { entity: "Account", id } });
    expect(check("ofDirect").sources).toEqual([{ kind: "owner" }]);
    expect(check("ofOwn").sources).toEqual([{ kind: "team", name: "Own" }]);
  });

  test("a grant of any level serves", () => {
    const oracle = oracleOf({ ...plan, roles: { Inheriting: ["read Account organization"], None: none } });
    expect(
      oracle.check({ principal: "direct", action: "read", record: { entity: "Account", id: "ofDirect" } })
        .sources,
    ).toEqual([{ kind: "role", name: "Inheriting" }, { kind: "owner" }]);
  });
});

test("5c SHARE and the union: every source is reported, the first names the decision", () => {
  const oracle = oracleOf({
    ...base,
    roles: { Local: ["read Account businessUnit"], Wide: ["read Account organization"] },
    users: { a: { in: "A", roles: ["Wide", "Local"] } },
    teams: { T: { in: "A", kind: "access", members: ["a"] } },
    records: { o: { entity: "Account", owner: "a" } },
    shares: [
      { record: "o", with: "a", direct: ["read"] },
      { record: "o", with: "team T", inherited: ["read"] },
      { record: "o", with: "organization", direct: ["write"] },
    ],
    guardrails: [{ effect: "permit", id: "p", actions: ["read"] }],
  });
  expect(oracle.check({ principal: "a", action: "read", record: { entity: "Account", id: "o" } })).toEqual({
    allowed: true,
    reason: "role Local",
    sources: [
      { kind: "role", name: "Local" },
      { kind: "role", name: "Wide" },
      { kind: "permit", name: "p" },
      { kind: "owner" },
      { kind: "share", to: "user", name: "a" },
      { kind: "parent", to: "team", name: "T" },
    ],
    errors: [],
  });
});

test("names are written as the formatter writes them", () => {
  const oracle = oracleOf({
    ...base,
    roles: { "EU reader": ["read Account organization"] },
    users: { 'élise "x"': { in: "A", roles: ["EU reader"] } },
    records: { o: { entity: "Account", owner: 'élise "x"' } },
  });
  const record = { entity: "Account", id: "o" };
  expect(oracle.check({ principal: 'élise "x"', action: "read", record }).reason).toBe('role "EU reader"');
});

test("a question about what is not there is an error, not an answer", () => {
  const oracle = oracleOf({
    ...base,
    users: { a: { in: "A" } },
    records: { o: { entity: "Account", owner: "a" } },
  });
  expect(() =>
    oracle.check({ principal: "zed", action: "read", record: { entity: "Account", id: "o" } }),
  ).toThrow("zed");
  expect(() =>
    oracle.check({ principal: "a", action: "read", record: { entity: "Account", id: "q" } }),
  ).toThrow("Account/q");
  expect(() =>
    oracle.check({ principal: "a", action: "read", record: { entity: "Acount", id: "o" } }),
  ).toThrow("Acount");
  expect(() =>
    oracle.check({ principal: "a", action: "look", record: { entity: "Account", id: "o" } }),
  ).toThrow("look");
  expect(() => oracle.check({ principal: "a", action: "Import" })).toThrow("Import");
});
