// semantics.md section 3, rules T1 to T10.
import { expect, test } from "vitest";
import { oracleOf, type Plan } from "./build.ts";

const base: Plan = {
  units: { Root: undefined, A: "Root", A1: "A", B: "Root" },
  entities: { Account: "userOrTeam" },
};
const read = (principal: string, id: string) => ({
  principal,
  action: "read",
  record: { entity: "Account", id },
});

test("T1 a higher level includes the lower ones, several roles add up", () => {
  const oracle = oracleOf({
    ...base,
    roles: { Deep: ["read Account parentChild"], Own: ["read Account user", "write Account user"] },
    users: { a: { in: "A", roles: ["Deep", "Own"] }, a1: { in: "A1" }, a2: { in: "A" } },
    records: {
      same: { entity: "Account", owner: "a2" },
      below: { entity: "Account", owner: "a1" },
      own: { entity: "Account", owner: "a" },
    },
  });
  expect(oracle.filter("a", "read", "Account")).toEqual(["same", "below", "own"]);
  expect(oracle.filter("a", "write", "Account")).toEqual(["own"]);
});

test("T1 a team's business unit grant never becomes one in the member's unit", () => {
  const oracle = oracleOf({
    ...base,
    roles: { Local: ["read Account businessUnit"] },
    users: { b: { in: "B" }, b2: { in: "B" }, a: { in: "A" } },
    teams: { T: { in: "A", roles: ["Local"], members: ["b"] } },
    records: { ofB2: { entity: "Account", owner: "b2" }, ofA: { entity: "Account", owner: "a" } },
  });
  expect(oracle.filter("b", "read", "Account")).toEqual(["ofA"]);
});

test("T2 a team-only role at user level: the team's records, not the member's own, not another member's", () => {
  const oracle = oracleOf({
    ...base,
    teamRoles: { Own: ["read Account user", "create Account user"] },
    users: { a: { in: "A" }, b: { in: "B" } },
    teams: { T: { in: "A", roles: ["Own"], members: ["a", "b"] }, U: { in: "A", members: ["a"] } },
    records: {
      ofA: { entity: "Account", owner: "a" },
      ofB: { entity: "Account", owner: "b" },
      ofT: { entity: "Account", owner: "team T" },
      ofU: { entity: "Account", owner: "team U" },
    },
  });
  expect(oracle.filter("a", "read", "Account")).toEqual(["ofT"]);
  const create = (owner: { kind: "user" | "team"; name: string }) =>
    oracle.check({ principal: "a", action: "create", record: { entity: "Account", owner } }).allowed;
  expect(create({ kind: "team", name: "T" })).toBe(true);
  expect(create({ kind: "user", name: "a" })).toBe(false);
});

test("a team role assigned to a user directly acts like any role", () => {
  const oracle = oracleOf({
    ...base,
    teamRoles: { Own: ["read Account user"] },
    users: { a: { in: "A", roles: ["Own"] } },
    teams: { T: { in: "A", members: ["a"] } },
    records: { ofA: { entity: "Account", owner: "a" }, ofT: { entity: "Account", owner: "team T" } },
  });
  expect(oracle.filter("a", "read", "Account")).toEqual(["ofA", "ofT"]);
});

const inheriting = (level: string, inheritAboveUser: boolean): Plan => ({
  ...base,
  settings: { inheritAboveUser },
  roles: { R: [`read Account ${level}`] },
  users: { b: { in: "B" }, b2: { in: "B" } },
  teams: { T: { in: "A", roles: ["R"], members: ["b", "b2"] } },
  records: {
    own: { entity: "Account", owner: "b" },
    ofB2: { entity: "Account", owner: "b2" },
    ofT: { entity: "Account", owner: "team T" },
  },
});

test("T3 an inheriting role gives the member his own records, the rest stays in the team's context", () => {
  expect(oracleOf(inheriting("user", false)).filter("b", "read", "Account")).toEqual(["own", "ofT"]);
});

test("T4 above user level it does too, unless inheritAboveUser is off", () => {
  for (const level of ["businessUnit", "parentChild"]) {
    expect(oracleOf(inheriting(level, true)).filter("b", "read", "Account")).toEqual(["own", "ofT"]);
    const off = oracleOf(inheriting(level, false));
    expect(off.filter("b", "read", "Account")).toEqual(["ofT"]);
    expect(off.check(read("b", "own")).reason).toBe("access");
    expect(off.check(read("b", "ofT")).sources).toEqual([
      { kind: "role", name: "R" },
      { kind: "team", name: "T" },
    ]);
  }
});

test("T5 group teams hold roles and own records, from any unit; access teams grant through shares only", () => {
  const plan: Plan = {
    ...base,
    roles: { Own: ["read Account user"], None: [] },
    users: { b: { in: "B", roles: ["None"] }, a: { in: "A", roles: ["Own"] } },
    teams: {
      G: { in: "A", kind: "group", roles: ["Own"], members: ["b"] },
      X: { in: "A", kind: "access", members: ["b", "a"] },
    },
    records: { ofG: { entity: "Account", owner: "team G" }, shared: { entity: "Account", owner: "team B" } },
  };
  expect(oracleOf(plan).filter("b", "read", "Account")).toEqual(["ofG"]);
  const shares = [{ record: "shared", with: "team X", direct: ["read"] }];
  expect(oracleOf({ ...plan, shares }).check(read("b", "shared")).reason).toBe("share");
  expect(oracleOf({ ...plan, shares }).check(read("a", "shared")).reason).toBe("share");
});

test("T6 the default team of a unit has exactly the unit's users: roles, records and shares reach them", () => {
  const oracle = oracleOf({
    ...base,
    roles: { Local: ["read Account businessUnit"], Wide: ["write Account user"] },
    users: { a: { in: "A" }, a1: { in: "A1" }, b: { in: "B", roles: ["Wide"] } },
    teams: { A: { in: "A", kind: "default", roles: ["Local"] } },
    records: {
      ofA: { entity: "Account", owner: "team A" },
      ofA1: { entity: "Account", owner: "a1" },
      ofB: { entity: "Account", owner: "team B" },
    },
    shares: [{ record: "ofA1", with: "team A", direct: ["read"] }],
  });
  expect(oracle.check(read("a", "ofA")).sources).toEqual([
    { kind: "role", name: "Local" },
    { kind: "team", name: "A" },
  ]);
  expect(oracle.check(read("a", "ofA1")).reason).toBe("share");
  expect(oracle.check(read("a1", "ofA")).reason).toBe("privilege");
  expect(oracle.filter("b", "write", "Account")).toEqual(["ofB"]);
});

test("T7 an owner team without roles gives its members nothing, but may receive shares", () => {
  const oracle = oracleOf({
    ...base,
    roles: { Own: ["read Account user"], None: [] },
    users: { a: { in: "A", roles: ["None"] }, b: { in: "B", roles: ["Own"] } },
    teams: { T: { in: "A", members: ["a", "b"] } },
    records: { o: { entity: "Account", owner: "team A1" } },
    shares: [{ record: "o", with: "team T", direct: ["read"] }],
  });
  expect(oracle.check(read("a", "o")).reason).toBe("privilege");
  expect(oracle.check(read("b", "o")).reason).toBe("share");
});

test("T8 the administrator of a team is a member where the team owns the record, and nowhere else", () => {
  const oracle = oracleOf({
    ...base,
    tasks: ["Export"],
    roles: { Own: ["read Account businessUnit", "Export"], None: [] },
    users: { chief: { in: "B", roles: ["None"] }, a: { in: "A" } },
    teams: {
      T: { in: "A", roles: ["Own"], administrator: "chief" },
      G: { in: "A", kind: "group", roles: ["Own"], administrator: "chief" },
      X: { in: "A", kind: "access", administrator: "chief" },
    },
    records: {
      ofT: { entity: "Account", owner: "team T" },
      ofG: { entity: "Account", owner: "team G" },
      ofA: { entity: "Account", owner: "a" },
    },
    shares: [{ record: "ofA", with: "team T", direct: ["read"] }],
  });
  expect(oracle.check(read("chief", "ofT")).sources).toEqual([
    { kind: "role", name: "Own" },
    { kind: "team", name: "T" },
  ]);
  expect(oracle.check(read("chief", "ofG")).reason).toBe("role Own");
  expect(oracle.check(read("chief", "ofA")).reason).toBe("privilege");
  expect(oracle.check({ principal: "chief", action: "Export" }).reason).toBe("privilege");
});

test("T8 in every respect: administrator roles, shares to the team and guardrails follow", () => {
  const plan: Plan = {
    ...base,
    roles: { Own: ["read Account user"], None: [] },
    administratorRoles: ["Admin"],
    users: { chief: { in: "B", roles: ["None"] } },
    teams: { T: { in: "A", roles: ["Own"], administrator: "chief" } },
    records: { ofT: { entity: "Account", owner: "team T" }, other: { entity: "Account", owner: "team A" } },
    shares: [{ record: "ofT", with: "team T", direct: ["read"] }],
  };
  expect(oracleOf(plan).check(read("chief", "ofT")).sources).toEqual([
    { kind: "team", name: "T" },
    { kind: "share", to: "team", name: "T" },
  ]);
  const admins = { ...plan, teams: { T: { in: "A", roles: ["Admin"], administrator: "chief" } } };
  expect(oracleOf(admins).check(read("chief", "ofT")).reason).toBe("administrator");
  expect(oracleOf(admins).check(read("chief", "other")).reason).toBe("privilege");
  for (const principal of ["team T", "role Own"]) {
    const oracle = oracleOf({ ...plan, guardrails: [{ effect: "forbid", id: "f", principal }] });
    expect(oracle.check(read("chief", "ofT")).reason).toBe('forbid "f"');
    expect(oracle.check(read("chief", "other")).reason).toBe("privilege");
  }
});

test("T9 a user without any role has nothing, guardrail permits aside", () => {
  const plan: Plan = {
    ...base,
    users: { a: { in: "A" } },
    teams: { T: { in: "A", members: ["a"] } },
    records: { own: { entity: "Account", owner: "a" }, ofT: { entity: "Account", owner: "team T" } },
    shares: [{ record: "ofT", with: "a", direct: ["read"] }],
  };
  for (const id of ["own", "ofT"]) expect(oracleOf(plan).check(read("a", id)).reason).toBe("privilege");
  const permit = { effect: "permit", id: "p", principal: "user a", level: "user" } as const;
  expect(oracleOf({ ...plan, guardrails: [permit] }).check(read("a", "own")).reason).toBe("owner");
});

test("T10 a disabled member counts for nothing", () => {
  const oracle = oracleOf({
    ...base,
    roles: { Wide: ["read Account organization"] },
    users: { a: { in: "A" }, b: { in: "B" } },
    teams: { T: { in: "A", roles: ["Wide"], members: ["a", "b"], administrator: "b" } },
    records: { o: { entity: "Account", owner: "team T" } },
    disabled: ["b"],
  });
  expect(oracle.whoCan("read", { entity: "Account", id: "o" })).toEqual(["a"]);
});
