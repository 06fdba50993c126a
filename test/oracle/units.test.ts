// semantics.md section 2, rules B1 to B10, as far as one decision about one state of the world shows them. What a change
// refuses or carries along (B3, and the second halves of B1, B7 and B8) is not the twin's subject: it answers for states.
import { expect, test } from "vitest";
import { oracleOf, type Plan } from "./build.ts";

const units = { Root: undefined, A: "Root", A1: "A", A1x: "A1", B: "Root" };
const base: Plan = { units, entities: { Account: "userOrTeam" } };
const read = (principal: string, id: string) => ({
  principal,
  action: "read",
  record: { entity: "Account", id },
});

test("B1 everything lies below the one root", () => {
  const oracle = oracleOf({
    ...base,
    roles: { Deep: ["read Account parentChild"], None: [] },
    users: { r: { in: "Root", roles: ["Deep"] }, x: { in: "A1x" }, b: { in: "B" } },
    records: { ox: { entity: "Account", owner: "x" }, ob: { entity: "Account", owner: "b" } },
  });
  expect(oracle.filter("r", "read", "Account")).toEqual(["ox", "ob"]);
});

test("B2 a disabled unit: its users are out, its records, teams and role copies still count for others", () => {
  const oracle = oracleOf({
    ...base,
    roles: { Own: ["read Account user"], Local: ["read Account businessUnit"], None: [] },
    users: { b: { in: "B", roles: ["None"] }, a1: { in: "A1", roles: ["Own"] } },
    teams: { T: { in: "A1", roles: ["Local"], members: ["b", "a1"] } },
    records: { o: { entity: "Account", owner: "a1" } },
    disabled: ["A"],
  });
  expect(oracle.check(read("a1", "o")).reason).toBe("disabled");
  expect(oracle.check(read("b", "o")).reason).toBe("role Local");
});

test("B4 a unit's new place in the tree is followed at once", () => {
  const plan: Plan = {
    ...base,
    roles: { Deep: ["read Account parentChild"], None: [] },
    users: {
      a: { in: "A", roles: ["Deep"] },
      b: { in: "B", roles: ["Deep"] },
      x: { in: "A1x", roles: ["None"] },
    },
    records: { o: { entity: "Account", owner: "x" } },
  };
  expect(oracleOf(plan).whoCan("read", { entity: "Account", id: "o" })).toEqual(["a"]);
  const moved = oracleOf({ ...plan, units: { ...units, A1: "B" } });
  expect(moved.whoCan("read", { entity: "Account", id: "o" })).toEqual(["b"]);
});

test("B5, B6 two copies of one role reach from their own units; modern: not from the holder's", () => {
  const plan: Plan = {
    ...base,
    settings: { ownershipAcrossBusinessUnits: true },
    roles: { Local: ["read Account businessUnit"], None: [] },
    users: {
      s: {
        in: "Root",
        roles: [
          ["Local", "A"],
          ["Local", "B"],
        ],
      },
      n: { in: "Root", roles: ["None"] },
    },
    records: {
      root: { entity: "Account", owner: "n", unit: "Root" },
      a: { entity: "Account", owner: "n", unit: "A" },
      a1: { entity: "Account", owner: "n", unit: "A1" },
      b: { entity: "Account", owner: "n", unit: "B" },
    },
  };
  expect(oracleOf(plan).filter("s", "read", "Account")).toEqual(["a", "b"]);
});

test("B6 classic: the context is the holder's unit, for a team the team's", () => {
  const oracle = oracleOf({
    ...base,
    roles: { Local: ["read Account businessUnit"], None: [] },
    users: { a: { in: "A", roles: ["Local"] }, b: { in: "B", roles: ["None"] }, b2: { in: "B" } },
    teams: { T: { in: "A1", roles: ["Local"], members: ["b"] } },
    records: {
      o: { entity: "Account", owner: "a" },
      p: { entity: "Account", owner: "b2" },
      q: { entity: "Account", owner: "team T" },
    },
  });
  expect(oracle.filter("a", "read", "Account")).toEqual(["o"]);
  expect(oracle.filter("b", "read", "Account")).toEqual(["q"]);
});

test("B7 classic: a record lies in its owner's unit, whatever is said; modern: where it is said, else with the owner", () => {
  const plan: Plan = {
    ...base,
    roles: { Local: ["read Account businessUnit"], None: [] },
    users: { a: { in: "A", roles: ["Local"] }, b: { in: "B", roles: ["None"] } },
  };
  const owner = { kind: "user", name: "b" } as const;
  const reason = (plan: Plan, unit: string | undefined, kind: "user" | "team" = "user") =>
    oracleOf(plan).check({
      principal: "a",
      action: "read",
      record: { entity: "Account", owner: kind === "user" ? owner : { kind, name: "A" }, unit },
    }).reason;
  expect(reason(plan, "A")).toBe("access");
  expect(reason(plan, undefined)).toBe("access");
  expect(reason(plan, "B", "team")).toBe("role Local");
  const modern: Plan = { ...plan, settings: { ownershipAcrossBusinessUnits: true } };
  expect(reason(modern, "A")).toBe("role Local");
  expect(reason(modern, undefined)).toBe("access");
  expect(reason(modern, undefined, "team")).toBe("role Local");
});

test("B8 modern: a moved user's kept role still reaches from the unit of its copy", () => {
  const oracle = oracleOf({
    ...base,
    settings: { ownershipAcrossBusinessUnits: true },
    roles: { Local: ["read Account businessUnit"], None: [] },
    users: { moved: { in: "B", roles: [["Local", "A"]] }, a: { in: "A" }, b: { in: "B" } },
    records: { oa: { entity: "Account", owner: "a" }, ob: { entity: "Account", owner: "b" } },
  });
  expect(oracle.filter("moved", "read", "Account")).toEqual(["oa"]);
});

const recompute = (recomputeOwnership: boolean, modern = true): Plan => ({
  ...base,
  settings: { ownershipAcrossBusinessUnits: modern, recomputeOwnership },
  roles: {
    Local: ["read Account businessUnit"],
    Own: ["read Account user"],
    Deep: ["read Account parentChild"],
    None: [],
  },
  users: {
    local: { in: "A", roles: ["Local"] },
    own: { in: "A", roles: ["Own"] },
    both: { in: "A", roles: ["Local", "Own"] },
    deep: { in: "A", roles: ["Deep"] },
  },
  records: {
    localInB: { entity: "Account", owner: "local", unit: "B" },
    localInA: { entity: "Account", owner: "local", unit: "A" },
    ownInB: { entity: "Account", owner: "own", unit: "B" },
    bothInB: { entity: "Account", owner: "both", unit: "B" },
    deepInA1: { entity: "Account", owner: "deep", unit: "A1" },
    deepInB: { entity: "Account", owner: "deep", unit: "B" },
  },
});

test("B9 without recomputed ownership the owner needs a user-level grant, or the unit covered", () => {
  const oracle = oracleOf(recompute(false));
  expect(oracle.check(read("local", "localInB")).reason).toBe("access");
  expect(oracle.check(read("local", "localInA")).sources).toEqual([
    { kind: "role", name: "Local" },
    { kind: "owner" },
  ]);
  expect(oracle.check(read("own", "ownInB")).reason).toBe("owner");
  expect(oracle.check(read("both", "bothInB")).reason).toBe("owner");
  expect(oracle.check(read("deep", "deepInA1")).sources).toEqual([
    { kind: "role", name: "Deep" },
    { kind: "owner" },
  ]);
  expect(oracle.check(read("deep", "deepInB")).reason).toBe("access");
});

test("B9 concerns the owner clause of teams as well", () => {
  const plan: Plan = {
    ...recompute(false),
    users: { m: { in: "Root", roles: ["None"] } },
    teams: { T: { in: "A", roles: ["Local"], members: ["m"] } },
    records: { t: { entity: "Account", owner: "team T", unit: "B" } },
  };
  expect(oracleOf(plan).check(read("m", "t")).reason).toBe("access");
  const withUserLevel = { ...plan, users: { m: { in: "Root", roles: ["Own"] } } };
  expect(oracleOf(withUserLevel).check(read("m", "t")).reason).toBe("team T");
});

test("B9 by default there is no such limit, and none in the classic mode", () => {
  expect(oracleOf(recompute(true)).check(read("local", "localInB")).reason).toBe("owner");
  expect(oracleOf(recompute(false, false)).check(read("deep", "deepInB")).reason).toBe("owner");
});

test("B10 choosing a record's unit is a task privilege like any other", () => {
  const oracle = oracleOf({
    ...base,
    tasks: ["AppendToBusinessUnit"],
    roles: { Chooser: ["AppendToBusinessUnit"], None: [] },
    users: { a: { in: "A", roles: ["Chooser"] }, b: { in: "A", roles: ["None"] } },
  });
  expect(oracle.check({ principal: "a", action: "AppendToBusinessUnit" }).reason).toBe("role Chooser");
  expect(oracle.check({ principal: "b", action: "AppendToBusinessUnit" }).reason).toBe("privilege");
  expect(oracle.whoCan("AppendToBusinessUnit", undefined)).toEqual(["a"]);
});
