// semantics.md section 7, rules H1 to H7.
import { expect, test } from "vitest";
import type { Settings } from "../../compiler/model/model.ts";
import { type Plan, tell } from "./build.ts";

const all = ["read", "write", "delete", "assign", "share", "append", "appendTo"];
const grants = (level: string): string[] => all.map((action) => `${action} Account ${level}`);

/** ceo <- vp <- mgr <- rep, all in one unit. */
const chain: Plan = {
  units: { Root: undefined, Sales: "Root", Inner: "Sales", Support: "Root" },
  entities: { Account: "userOrTeam", Contact: "userOrTeam" },
  roles: { Seller: [...grants("user"), "read Contact user"] },
  users: {
    ceo: { in: "Sales", roles: ["Seller"] },
    vp: { in: "Sales", roles: ["Seller"], manager: "ceo" },
    mgr: { in: "Sales", roles: ["Seller"], manager: "vp" },
    rep: { in: "Sales", roles: ["Seller"], manager: "mgr" },
  },
  records: {
    ofVp: { entity: "Account", owner: "vp" },
    ofMgr: { entity: "Account", owner: "mgr" },
    ofRep: { entity: "Account", owner: "rep" },
    ofCeo: { entity: "Account", owner: "ceo" },
  },
};
const with_ = (settings: Partial<Settings>, plan: Plan = chain): Plan => ({
  ...plan,
  settings: { hierarchy: "manager", ...settings },
});

test("H1, H7 one step: read, write, append, appendTo; further down reading alone; not beyond the depth; never upwards", () => {
  const story = tell(with_({ hierarchyDepth: 2 }));
  expect(story.rights("ceo", "ofVp")).toBe("read write append appendTo");
  expect(story.rights("ceo", "ofMgr")).toBe("read");
  expect(story.rights("ceo", "ofRep")).toBe("");
  expect(story.rights("vp", "ofRep")).toBe("read");
  expect(story.rights("vp", "ofCeo")).toBe("");
  expect(story.can("ceo", "read ofVp")).toBe("allow because hierarchy");
  expect(tell(with_({ hierarchy: "off" })).rights("ceo", "ofVp")).toBe("");
});

test("H2 what the report owns with his teams, and at most what is shared with him; not what he reaches by level", () => {
  const story = tell(
    with_(
      {},
      {
        ...chain,
        roles: { ...chain.roles, Local: ["read Account businessUnit", "write Account businessUnit"] },
        users: {
          ...chain.users,
          wide: { in: "Sales", roles: ["Local"], manager: "ceo" },
          other: { in: "Support", roles: ["Seller"] },
        },
        teams: {
          T: { in: "Sales", roles: ["Seller"], members: ["vp"] },
          X: { kind: "access", in: "Root", members: ["vp"] },
        },
        records: {
          ofT: { entity: "Account", owner: "team T" },
          ofSales: { entity: "Account", owner: "team Sales" },
          mine: { entity: "Account", owner: "rep" },
          one: { entity: "Account", owner: "other" },
          two: { entity: "Account", owner: "other" },
          three: { entity: "Account", owner: "other" },
        },
        shares: [
          { record: "one", with: "vp", direct: ["write"], inherited: ["delete"] },
          { record: "two", with: "team X", inherited: ["read"] },
          { record: "three", with: "organization", direct: ["read"] },
        ],
      },
    ),
  );
  expect(story.rights("ceo", "ofT")).toBe("read write append appendTo");
  // The default team of the report's unit is one of his owner teams (T6), and of the manager's too.
  expect(story.can("ceo", "read ofSales")).toContain("hierarchy");
  expect(story.rights("ceo", "mine")).toBe("read");
  expect(story.rights("ceo", "one")).toBe("write");
  expect(story.rights("ceo", "two")).toBe("read");
  expect(story.can("ceo", "read three")).toBe("allow because share");
});

test("H3 the manager needs the privilege himself, at the level asked for", () => {
  const weak = tell(with_({ hierarchyLevel: "businessUnit" }));
  expect(weak.can("ceo", "read ofVp")).toBe("deny because access: 1 read of ofVp");
  const base: Plan = { ...chain, roles: { ...chain.roles, Base: ["read Contact user"] } };
  const without = tell(
    with_({}, { ...base, users: { ...base.users, ceo: { in: "Sales", roles: ["Base"] } } }),
  );
  expect(without.can("ceo", "read ofVp")).toBe("deny because privilege: 1 read of ofVp");
  const byTeam: Plan = {
    ...base,
    teamRoles: { Wide: ["read Account parentChild"] },
    users: { ...base.users, ceo: { in: "Sales", roles: ["Base"] } },
    teams: { T: { in: "Support", roles: ["Wide"], members: ["ceo"] } },
  };
  expect(tell(with_({ hierarchyLevel: "businessUnit" }, byTeam)).can("ceo", "read ofVp")).toBe(
    "allow because hierarchy",
  );
});

test("H4 the manager is in the report's unit or its parent; the switches loosen it; it is between these two", () => {
  const boss = (unit: string, settings: Partial<Settings> = {}) =>
    tell(
      with_(settings, { ...chain, users: { ...chain.users, ceo: { in: unit, roles: ["Seller"] } } }),
    ).rights("ceo", "ofVp");
  expect(boss("Root")).not.toBe("");
  expect(boss("Support")).toBe("");
  expect(boss("Inner")).toBe("");
  expect(boss("Support", { hierarchyAnyUnit: true })).not.toBe("");
  const deep = (settings: Partial<Settings>) =>
    tell(
      with_(settings, {
        ...chain,
        users: {
          ceo: { in: "Root", roles: ["Seller"] },
          vp: { in: "Support", roles: ["Seller"], manager: "ceo" },
          mgr: { in: "Inner", roles: ["Seller"], manager: "ceo" },
          rep: { in: "Sales", roles: ["Seller"], manager: "vp" },
        },
      }),
    );
  // Two units up.
  expect(deep({}).rights("ceo", "ofMgr")).toBe("");
  expect(deep({ hierarchyAncestorUnits: true }).rights("ceo", "ofMgr")).not.toBe("");
  // The one between them is in another unit: that is nothing to the one above.
  expect(deep({}).rights("vp", "ofRep")).toBe("");
  expect(deep({}).rights("ceo", "ofRep")).toBe("read");
});

test("H5 positions: the ancestor path, whoever stands on it, without a unit rule", () => {
  const story = tell(
    with_(
      { hierarchy: "position" },
      {
        ...chain,
        positions: { CEO: undefined, VP: "CEO", Sales: "VP", Other: "CEO" },
        users: {
          ceo: { in: "Support", roles: ["Seller"], position: "CEO" },
          vp: { in: "Sales", roles: ["Seller"], position: "Other" },
          mgr: { in: "Sales", roles: ["Seller"], position: "Sales" },
          rep: { in: "Inner", roles: ["Seller"], position: "Sales" },
        },
      },
    ),
  );
  expect(story.rights("ceo", "ofVp")).toBe("read write append appendTo");
  // VP is unoccupied, and counts.
  expect(story.rights("ceo", "ofMgr")).toBe("read");
  // One position, two users.
  expect(story.rights("ceo", "ofRep")).toBe("read");
  expect(story.rights("mgr", "ofRep")).toBe("");
  expect(story.rights("vp", "ofRep")).toBe("");
});

test("H6 excluded entities; disabled reports count, or only pass on", () => {
  expect(tell(with_({ hierarchyExcludes: [0] })).rights("ceo", "ofVp")).toBe("");
  const disabled: Plan = { ...chain, disabled: ["vp"] };
  expect(tell(with_({}, disabled)).rights("ceo", "ofVp")).not.toBe("");
  const left = tell(with_({ hierarchyDisabledReports: false }, disabled));
  expect(left.rights("ceo", "ofVp")).toBe("");
  expect(left.rights("ceo", "ofMgr")).toBe("read");
});

test("managers of each other, and one's own", () => {
  const round = tell(
    with_(
      {},
      {
        ...chain,
        users: {
          ceo: { in: "Sales", roles: ["Seller"], manager: "vp" },
          vp: { in: "Sales", roles: ["Seller"], manager: "ceo" },
          mgr: { in: "Sales", roles: ["Seller"], manager: "mgr" },
          rep: { in: "Sales", roles: ["Seller"], manager: "mgr" },
        },
      },
    ),
  );
  expect(round.rights("ceo", "ofVp")).toBe("read write append appendTo");
  expect(round.rights("vp", "ofCeo")).toBe("read write append appendTo");
  expect(round.rights("mgr", "ofRep")).toBe("read write append appendTo");
  expect(round.rights("rep", "ofMgr")).toBe("");
});
