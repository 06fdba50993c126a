// Guardrails in every scope form: language.md section 5 and semantics.md section 1, steps 1 and 3.
import { describe, expect, test } from "vitest";
import { type GuardrailPlan, oracleOf, type Plan } from "./build.ts";

const base: Plan = {
  units: { Root: undefined, A: "Root", A1: "A", B: "Root" },
  entities: {
    Account: "userOrTeam",
    Contact: "userOrTeam",
    Product: "organization",
    Facility: "businessUnit",
    Line: "parent Account",
  },
  tasks: ["Export", "Merge"],
  roles: { R: ["delete Contact user"], None: [] },
  teamRoles: { TR: ["delete Contact user"] },
  users: {
    a: { in: "A", roles: ["R"] },
    a1: { in: "A1", roles: ["None"] },
    b: { in: "B", roles: ["None"] },
    member: { in: "B", roles: ["None"] },
    viaTeam: { in: "B", roles: ["None"] },
  },
  teams: {
    T: { in: "A", members: ["member"] },
    Holder: { in: "A1", roles: ["R"], members: ["viaTeam"] },
    X: { in: "A", kind: "access", members: ["b"] },
  },
  records: {
    ofA: { entity: "Account", owner: "a" },
    ofA1: { entity: "Account", owner: "a1" },
    ofB: { entity: "Account", owner: "b" },
    ofMember: { entity: "Account", owner: "member" },
    ofViaTeam: { entity: "Account", owner: "viaTeam" },
    ofT: { entity: "Account", owner: "team T" },
    ofHolder: { entity: "Account", owner: "team Holder" },
    contact: { entity: "Contact", owner: "a" },
    product: { entity: "Product" },
    facility: { entity: "Facility", unit: "A1" },
    line: { entity: "Line", parent: "ofA" },
  },
};
const people = ["a", "a1", "b", "member", "viaTeam"];
const withRail = (rail: Omit<GuardrailPlan, "id">) =>
  oracleOf({ ...base, guardrails: [{ ...rail, id: "g" }] });

describe("forbid: whom the principal scope meets", () => {
  test.each([
    [undefined, people],
    ["user b", ["b"]],
    ["team T", ["member"]],
    ["team X", ["b"]],
    ["team B", ["b", "member", "viaTeam"]],
    ["unit A", ["a", "a1"]],
    ["unit Root", people],
    ["role R", ["a", "viaTeam"]],
  ])("%s", (principal, expected) => {
    const oracle = withRail({ effect: "forbid", ...(principal === undefined ? {} : { principal }) });
    const record = { entity: "Account", id: "ofA" };
    const met = people.filter(
      (name) => oracle.check({ principal: name, action: "read", record }).reason === 'forbid "g"',
    );
    expect(met).toEqual(expected);
    const onTask = people.filter(
      (name) => oracle.check({ principal: name, action: "Export" }).reason === 'forbid "g"',
    );
    expect(onTask).toEqual(expected);
  });
});

describe("forbid: which records and actions the scope meets", () => {
  const met = (rail: Omit<GuardrailPlan, "id" | "effect">, action = "read") => {
    const oracle = withRail({ effect: "forbid", ...rail });
    return Object.entries(base.records ?? {})
      .filter(
        ([id, { entity }]) =>
          oracle.check({ principal: "a", action, record: { entity, id } }).reason === 'forbid "g"',
      )
      .map(([id]) => id);
  };

  test("an entity, its records alone; a line falls with its parent", () => {
    expect(met({ entities: ["Contact"] })).toEqual(["contact"]);
    expect(met({ entities: ["Line"] })).toEqual(["line"]);
    expect(met({ entities: ["Contact", "Product"] })).toEqual(["contact", "product"]);
  });

  test("one record", () => {
    expect(met({ record: "ofB" })).toEqual(["ofB"]);
    expect(met({ record: "ofA" })).toEqual(["ofA", "line"]);
  });

  test('a described record is never `== E::"id"`, and may lie in a unit', () => {
    const record = { entity: "Account", owner: { kind: "user", name: "b" } } as const;
    const reason = (rail: Omit<GuardrailPlan, "id" | "effect">) =>
      withRail({ effect: "forbid", ...rail }).check({ principal: "a", action: "read", record }).reason;
    expect(reason({ record: "ofB" })).toBe("privilege");
    expect(reason({ unit: "B" })).toBe('forbid "g"');
    expect(reason({ unit: "A" })).toBe("privilege");
  });

  test("a unit: that unit or below; records without a unit lie in none", () => {
    expect(met({ unit: "A1" })).toEqual(["ofA1", "ofHolder", "facility"]);
    expect(met({ unit: "A", entities: ["Facility"] })).toEqual(["facility"]);
    expect(met({ unit: "Root" })).not.toContain("product");
  });

  test("actions", () => {
    expect(met({ actions: ["write", "delete"], entities: ["Contact"] }, "delete")).toEqual(["contact"]);
    expect(met({ actions: ["write", "delete"], entities: ["Contact"] }, "read")).toEqual([]);
  });

  test("a task privilege is met by a bare resource only, and by its name or a bare action", () => {
    const reason = (rail: Omit<GuardrailPlan, "id" | "effect">) =>
      withRail({ effect: "forbid", ...rail }).check({ principal: "a", action: "Export" }).reason;
    expect(reason({})).toBe('forbid "g"');
    expect(reason({ actions: ["Export"] })).toBe('forbid "g"');
    expect(reason({ actions: ["Merge", "read"] })).toBe("privilege");
    expect(reason({ entities: ["Account"] })).toBe("privilege");
    expect(reason({ unit: "Root" })).toBe("privilege");
    expect(reason({ record: "ofA" })).toBe("privilege");
  });
});

describe("permit: the holder and the context", () => {
  const reached = (principal: string, rail: Omit<GuardrailPlan, "id" | "effect">) =>
    withRail({ effect: "permit", actions: ["read"], ...rail }).filter(principal, "read", "Account");

  test("the principal's own, where the scope is everybody, a user or a unit", () => {
    for (const scope of [{}, { principal: "user b" }, { principal: "unit B" }]) {
      expect(reached("b", { ...scope, level: "user" })).toEqual(["ofB"]);
      expect(reached("b", { ...scope, level: "businessUnit" })).toEqual(["ofB", "ofMember", "ofViaTeam"]);
      expect(reached("b", { ...scope, level: "organization" })).toHaveLength(7);
    }
    expect(reached("b", { principal: "unit A", level: "organization" })).toEqual([]);
    expect(reached("a1", { principal: "unit A", level: "parentChild" })).toEqual(["ofA1", "ofHolder"]);
    // Not only his own records, his teams' as well: he is the holder.
    expect(reached("member", { principal: "user member", level: "user" })).toEqual(["ofMember", "ofT"]);
  });

  test("the team's, as a team-only role, where the scope is a team", () => {
    expect(reached("member", { principal: "team T", level: "user" })).toEqual(["ofT"]);
    expect(reached("member", { principal: "team T", level: "businessUnit" })).toEqual(["ofA", "ofT"]);
    expect(reached("b", { principal: "team T", level: "organization" })).toEqual([]);
    // The default team of a unit is a team like any other.
    expect(reached("a1", { principal: "team A1", level: "businessUnit" })).toEqual(["ofA1", "ofHolder"]);
    expect(reached("a1", { principal: "team A1", level: "user" })).toEqual([]);
  });

  test("each holder's, with the context of his copy, where the scope is a role", () => {
    expect(reached("a", { principal: "role R", level: "businessUnit" })).toEqual(["ofA", "ofT"]);
    // The role inherits: through the team's copy in A1, and his own record.
    expect(reached("viaTeam", { principal: "role R", level: "businessUnit" })).toEqual([
      "ofA1",
      "ofViaTeam",
      "ofHolder",
    ]);
    expect(reached("b", { principal: "role R", level: "organization" })).toEqual([]);
  });

  test("a team role's copies stay team-only", () => {
    const oracle = oracleOf({
      ...base,
      teams: { Holder: { in: "A1", roles: ["TR"], members: ["viaTeam"] } },
      records: {
        own: { entity: "Account", owner: "viaTeam" },
        ofHolder: { entity: "Account", owner: "team Holder" },
      },
      guardrails: [{ effect: "permit", id: "g", principal: "role TR", level: "user" }],
    });
    expect(oracle.filter("viaTeam", "read", "Account")).toEqual(["ofHolder"]);
  });

  test("modern: two copies of the role, two contexts", () => {
    const oracle = oracleOf({
      ...base,
      settings: { ownershipAcrossBusinessUnits: true },
      users: {
        ...base.users,
        a: {
          in: "Root",
          roles: [
            ["R", "A1"],
            ["R", "B"],
          ],
        },
      },
      records: { inA1: { entity: "Account", owner: "a1" }, inB: { entity: "Account", owner: "b" } },
      guardrails: [{ effect: "permit", id: "g", principal: "role R", level: "businessUnit" }],
    });
    expect(oracle.filter("a", "read", "Account")).toEqual(["inA1", "inB"]);
  });
});

describe("permit: what it covers", () => {
  const reason = (rail: Omit<GuardrailPlan, "id" | "effect">, entity: string, id: string, action = "read") =>
    withRail({ effect: "permit", ...rail }).check({ principal: "b", action, record: { entity, id } }).reason;

  test("a bare resource is every entity for which action and level exist", () => {
    expect(reason({}, "Product", "product")).toBe('permit "g"');
    expect(reason({}, "Product", "product", "assign")).toBe("privilege");
    expect(reason({ level: "parentChild" }, "Product", "product")).toBe("privilege");
    expect(reason({ level: "user" }, "Facility", "facility")).toBe("privilege");
    expect(reason({ level: "parentChild" }, "Facility", "facility")).toBe("access");
    expect(reason({}, "Facility", "facility")).toBe('permit "g"');
  });

  test("records out of a resource scope are out of the grants: privilege, not access", () => {
    expect(reason({ record: "ofA" }, "Account", "ofA")).toBe('permit "g"');
    expect(reason({ record: "ofA" }, "Account", "ofB")).toBe("privilege");
    expect(reason({ unit: "A" }, "Account", "ofA1")).toBe('permit "g"');
    expect(reason({ unit: "A" }, "Account", "ofB")).toBe("privilege");
    expect(reason({ unit: "A", level: "user" }, "Account", "ofA1")).toBe("access");
    expect(reason({ entities: ["Contact"] }, "Account", "ofB")).toBe("privilege");
  });

  test("task privileges: a bare resource, at organization", () => {
    const task = (rail: Omit<GuardrailPlan, "id" | "effect">) =>
      withRail({ effect: "permit", ...rail }).check({ principal: "member", action: "Export" }).reason;
    expect(task({})).toBe('permit "g"');
    expect(task({ actions: ["Export", "read"] })).toBe('permit "g"');
    expect(task({ principal: "team T" })).toBe('permit "g"');
    expect(task({ principal: "role R" })).toBe("privilege");
    expect(task({ actions: ["read"] })).toBe("privilege");
    expect(task({ entities: ["Account"] })).toBe("privilege");
    expect(task({ level: "user" })).toBe("privilege");
  });

  test("it serves an owner, and a share, like any grant", () => {
    const oracle = oracleOf({
      ...base,
      shares: [{ record: "ofA", with: "b", direct: ["read"] }],
      guardrails: [{ effect: "permit", id: "g", principal: "user b", level: "user" }],
    });
    expect(
      oracle.check({ principal: "b", action: "read", record: { entity: "Account", id: "ofB" } }).reason,
    ).toBe("owner");
    expect(
      oracle.check({ principal: "b", action: "read", record: { entity: "Account", id: "ofA" } }).reason,
    ).toBe("share");
    expect(
      oracle.check({ principal: "b", action: "write", record: { entity: "Account", id: "ofA" } }).reason,
    ).toBe("access");
  });
});
