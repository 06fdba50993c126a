// semantics.md section 4, rules S1 to S8, as far as a decision shows them. The twin takes the masks as they are: who may
// share (S6), what a cascade writes (S5) and what assigning leaves behind (S7) happens before a world comes to it.
import { expect, test } from "vitest";
import { oracleOf, type Plan } from "./build.ts";

const base: Plan = {
  units: { Root: undefined, A: "Root", B: "Root" },
  entities: { Account: "userOrTeam" },
  roles: { Own: ["read Account user"], Both: ["read Account user", "write Account user"], None: [] },
  teamRoles: { TeamOwn: ["read Account user"], TeamLocal: ["read Account businessUnit"] },
  users: { a: { in: "A", roles: ["Own"] }, n: { in: "A", roles: ["None"] }, b: { in: "B", roles: ["Both"] } },
  records: { o: { entity: "Account", owner: "b" } },
};
const o = { entity: "Account", id: "o" };

test("S1 a share never replaces the privilege", () => {
  const oracle = oracleOf({
    ...base,
    shares: [
      { record: "o", with: "a", direct: ["read"] },
      { record: "o", with: "n", direct: ["read"] },
    ],
  });
  expect(oracle.check({ principal: "a", action: "read", record: o }).reason).toBe("share");
  expect(oracle.check({ principal: "n", action: "read", record: o }).reason).toBe("privilege");
});

test("S1 the grant may come from any of his teams' roles", () => {
  const oracle = oracleOf({
    ...base,
    teams: { T: { in: "B", roles: ["Own"], members: ["n"] } },
    shares: [{ record: "o", with: "n", direct: ["read"] }],
  });
  expect(oracle.check({ principal: "n", action: "read", record: o }).reason).toBe("share");
});

const x2 = (role: string, teamGrantServesDirectShare: boolean, to: string): string =>
  oracleOf({
    ...base,
    settings: { teamGrantServesDirectShare },
    teams: { T: { in: "A", roles: [role], members: ["n"] } },
    shares: [{ record: "o", with: to, direct: ["read"] }],
  }).check({ principal: "n", action: "read", record: o }).reason;

test("S1 X2: whether a team-only grant at user level serves a share to the user himself is a setting", () => {
  expect(x2("TeamOwn", true, "n")).toBe("share");
  expect(x2("TeamOwn", false, "n")).toBe("access");
  // A higher level, an inheriting role, and shares to the team or to everybody do not ask.
  expect(x2("TeamLocal", false, "n")).toBe("share");
  expect(x2("Own", false, "n")).toBe("share");
  expect(x2("TeamOwn", false, "team T")).toBe("share");
  expect(x2("TeamOwn", false, "organization")).toBe("share");
});

test("S1 X2: a guardrail permit in a team is such a grant too", () => {
  const plan: Plan = {
    ...base,
    settings: { teamGrantServesDirectShare: false },
    teams: { T: { in: "A", members: ["n"] } },
    shares: [{ record: "o", with: "n", direct: ["read"] }],
  };
  const permit = (level: string) => ({ effect: "permit", id: "p", principal: "team T", level }) as const;
  const reason = (level: string) =>
    oracleOf({ ...plan, guardrails: [permit(level)] }).check({ principal: "n", action: "read", record: o })
      .reason;
  expect(reason("user")).toBe("access");
  expect(reason("businessUnit")).toBe("share");
});

test("S2 right by right: shared read and write with only a read privilege gives read", () => {
  const oracle = oracleOf({ ...base, shares: [{ record: "o", with: "a", direct: ["read", "write"] }] });
  expect(oracle.rights("a", o)).toEqual(["read"]);
  expect(oracle.check({ principal: "a", action: "write", record: o }).reason).toBe("privilege");
});

test("S3 direct, team and organization shares add up, and add to role access", () => {
  const plan: Plan = {
    ...base,
    roles: {
      Mixed: [
        "read Account organization",
        "write Account user",
        "append Account user",
        "delete Account user",
      ],
    },
    users: { a: { in: "A", roles: ["Mixed"] }, b: { in: "B" } },
    teams: { X: { in: "B", kind: "access", members: ["a"] } },
  };
  const oracle = oracleOf({
    ...plan,
    shares: [
      { record: "o", with: "a", direct: ["write"] },
      { record: "o", with: "team X", direct: ["append"] },
      { record: "o", with: "organization", direct: ["delete"] },
    ],
  });
  expect(oracle.rights("a", o)).toEqual(["read", "write", "delete", "append"]);
  expect(oracleOf(plan).rights("a", o)).toEqual(["read"]);
});

test("S4, S5 the two masks are two sources: a direct one is `share`, an inherited one `parent`", () => {
  const oracle = oracleOf({
    ...base,
    roles: { Own: ["read Account user", "write Account user", "append Account user"] },
    users: { a: { in: "A", roles: ["Own"] }, b: { in: "B" } },
    shares: [{ record: "o", with: "a", direct: ["read", "append"], inherited: ["write", "append"] }],
  });
  const sources = (action: string) => oracle.check({ principal: "a", action, record: o }).sources;
  const to = { to: "user", name: "a" };
  expect(sources("read")).toEqual([{ kind: "share", ...to }]);
  expect(sources("write")).toEqual([{ kind: "parent", ...to }]);
  expect(sources("append")).toEqual([
    { kind: "share", ...to },
    { kind: "parent", ...to },
  ]);
});

test("S6, S7 a share reaches whoever it names, the previous owner as any other, and nobody else", () => {
  const oracle = oracleOf({
    ...base,
    users: { ...base.users, a2: { in: "A", roles: ["Own"] } },
    teams: { X: { in: "A", kind: "access", members: ["a2"] } },
    shares: [
      {
        record: "o",
        with: "a",
        direct: ["read", "write", "delete", "share", "assign", "append", "appendTo"],
      },
    ],
  });
  expect(oracle.whoCan("read", o)).toEqual(["a", "b"]);
});

test("S8 create in a share is ignored", () => {
  const oracle = oracleOf({
    ...base,
    roles: { C: ["create Account user", "read Account user"] },
    users: { a: { in: "A", roles: ["C"] }, b: { in: "B" } },
    shares: [{ record: "o", with: "a", direct: ["create", "read"], inherited: ["create"] }],
  });
  expect(oracle.check({ principal: "a", action: "create", record: o }).reason).toBe("access");
  expect(oracle.check({ principal: "a", action: "read", record: o }).reason).toBe("share");
});
