// semantics.md A1 to A3, B7 and B10: creating records.
import { expect, test } from "vitest";
import { type Plan, tell } from "./build.ts";

const base: Plan = {
  units: { Root: undefined, A: "Root", A1: "A", B: "Root" },
  entities: { Account: "userOrTeam", Region: "organization" },
  roles: { Own: ["read Account user"], Base: ["read Region organization"] },
  administratorRoles: ["Admin"],
  users: {
    a: { in: "A" },
    a2: { in: "A", roles: ["Own"] },
    a1: { in: "A1", roles: ["Own"] },
    b: { in: "B", roles: ["Own"] },
    none: { in: "A", roles: ["Base"] },
    sys: { in: "Root", roles: ["Admin"] },
  },
};
/** `a` with a role of these grants. */
const creator = (grants: readonly string[], more: Partial<Plan> = {}): Plan => ({
  ...base,
  ...more,
  roles: { ...base.roles, ...more.roles, Creator: grants },
  users: { ...base.users, ...more.users, a: { in: "A", roles: ["Creator"] } },
});

test("A1 for himself: create and read", () => {
  expect(tell(creator(["create Account user", "read Account user"])).can("a", "create n: Account")).toBe(
    "allow because role Creator",
  );
  expect(tell(creator(["create Account user"])).can("a", "create n: Account")).toBe(
    "deny because privilege: A1 read of Account",
  );
  expect(tell(creator(["read Account user"])).can("a", "create n: Account")).toBe(
    "deny because privilege: A1 create of Account",
  );
});

test.each([
  ["user", ""],
  ["businessUnit", "a2"],
  ["parentChild", "a2 a1"],
  ["organization", "a2 a1 b"],
])("A2 create at %s serves for %s", (level, owners) => {
  const story = tell(creator([`create Account ${level}`]));
  const served = ["a2", "a1", "b"].filter((owner) =>
    story.can("a", `create n: Account owner=${owner}`).startsWith("allow"),
  );
  expect(served.join(" ")).toBe(owners);
  expect(story.can("a", "create n: Account owner=none")).toMatch(/^deny/);
});

test("A2 at user level nobody but himself, not his team either", () => {
  const story = tell(
    creator(["create Account user", "read Account user"], {
      teams: { T: { in: "A", roles: ["Own"], members: ["a"] } },
    }),
  );
  expect(story.can("a", "create n: Account owner=team T")).toBe("deny because access: A2 create of Account");
});

test("A1, T2 a team-only role: for the team, never for himself", () => {
  for (const level of ["user", "organization"]) {
    const story = tell({
      ...base,
      teamRoles: { Team: [`create Account ${level}`, "read Account organization"] },
      teams: { T: { in: "A", roles: ["Team"], members: ["a"] } },
    });
    expect(story.can("a", "create n: Account")).toBe("deny because access: A1 create of Account");
    expect(story.can("a", "create n: Account owner=team T")).toBe("allow because role Team");
  }
});

test("T3, T4 an inheriting role: for the team and for himself, above user level where the switch says so", () => {
  const plan = (level: string, inheritAboveUser: boolean): Plan => ({
    ...base,
    settings: { inheritAboveUser },
    roles: { ...base.roles, Role: [`create Account ${level}`, "read Account user"] },
    teams: { T: { in: "B", roles: ["Role"], members: ["a"] } },
  });
  expect(tell(plan("user", false)).can("a", "create n: Account")).toBe("allow because role Role");
  expect(tell(plan("businessUnit", true)).can("a", "create n: Account")).toBe("allow because role Role");
  expect(tell(plan("businessUnit", false)).can("a", "create n: Account")).toMatch(/^deny because access/);
});

test("A3 who is to own needs to read: directly, inheriting, team-only at organization alone; an administrator's call does not help", () => {
  const story = tell({
    ...base,
    teamRoles: { Local: ["read Account parentChild"], Wide: ["read Account organization"] },
    users: {
      ...base.users,
      local: { in: "A", roles: ["Base"] },
      wide: { in: "A", roles: ["Base"] },
      heir: { in: "A", roles: ["Base"] },
      gone: { in: "A", roles: ["Own"] },
    },
    teams: {
      L: { in: "A", roles: ["Local"], members: ["local"] },
      W: { in: "A", roles: ["Wide"], members: ["wide"] },
      H: { in: "A", roles: ["Own"], members: ["heir"] },
      Empty: { in: "A", members: ["a2"] },
      X: { kind: "access", in: "A", members: ["a2"] },
    },
    disabled: ["gone"],
  });
  const owns = (owner: string): string => story.can("sys", `create n: Account owner=${owner}`);
  for (const owner of ["a2", "wide", "heir", "team L", "team W", "sys"])
    expect(owns(owner), owner).toBe("allow because administrator");
  for (const owner of ["none", "local", "team Empty", "team X", "gone"])
    expect(owns(owner), owner).toBe("deny because owner: A3 own of Account");
});

test("A3 X10 a disabled owner, and X1 what an inheriting role above user level lets own", () => {
  const plan = (settings: Plan["settings"]): Plan => ({
    ...base,
    settings: settings ?? {},
    roles: { ...base.roles, Unit: ["read Account businessUnit"] },
    users: { ...base.users, heir: { in: "A", roles: ["Base"] } },
    teams: { H: { in: "A", roles: ["Unit"], members: ["heir"] } },
    disabled: ["a2"],
  });
  const create = (owner: string, settings: Plan["settings"]) =>
    tell(plan(settings)).can("sys", `create n: Account owner=${owner}`);
  expect(create("a2", {})).toMatch(/^deny because owner/);
  expect(create("a2", { disabledMayOwn: true })).toMatch(/^allow/);
  expect(create("heir", {})).toMatch(/^allow/);
  expect(create("heir", { inheritAboveUser: false })).toMatch(/^deny because owner/);
});

test("B7 classic, the owner's unit; modern, the creator's where nothing is said; B10 to say it needs a task privilege", () => {
  const grants = ["create Account organization", "read Account organization"];
  const classic = tell(creator(grants));
  classic.do("a", "create n: Account owner=b");
  expect(classic.place("n")).toBe("b in B");
  const settings = { ownershipAcrossBusinessUnits: true };
  const modern = tell(creator(grants, { settings, tasks: ["AppendToBusinessUnit"] }));
  modern.do("a", "create n: Account owner=b");
  expect(modern.place("n")).toBe("b in A");
  expect(modern.can("a", "create m: Account unit=B")).toBe(
    "deny because privilege: B10 AppendToBusinessUnit",
  );
  const undeclared = tell(creator(grants, { settings }));
  undeclared.do("a", "create n: Account unit=B");
  expect(undeclared.place("n")).toBe("a in B");
});

test("a disabled creator, and a forbid", () => {
  const grants = ["create Account user", "read Account user"];
  expect(tell(creator(grants, { disabled: ["a"] })).can("a", "create n: Account")).toBe(
    "deny because disabled",
  );
  const forbidden = creator(grants, {
    guardrails: [{ effect: "forbid", id: "no", actions: ["create"], entities: ["Account"] }],
  });
  expect(tell(forbidden).can("a", "create n: Account")).toBe(
    'deny because forbid "no": A1 create of Account',
  );
});
