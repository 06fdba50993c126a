// What hierarchy security gives and asks for, rule by rule (semantics.md section 7: H1 to H3, H6), at every entry point.
import { expect, test } from "vitest";
import { rightsOf, sourcesOf } from "./ask-everywhere.ts";
import { rightsOnAccount as account, chain, direct, world } from "./hierarchy-worlds.ts";

test("off, nobody below gives anything", () => {
  const engine = world("hierarchy: off;", chain);
  expect(account(engine, "ceo", "ofVp")).toBe("");
  expect(sourcesOf(engine, "vp", "Account", "ofVp")).toEqual(["owner"]);
});

test("a direct report gives four rights, one further down reading, within the depth (H1, H7)", () => {
  const engine = world("hierarchy: manager depth 3;", chain);
  expect(account(engine, "ceo", "ofVp")).toBe(direct);
  expect(account(engine, "ceo", "ofMgr")).toBe("read");
  expect(account(engine, "ceo", "ofRep")).toBe("read");
  expect(account(engine, "ceo", "ofIntern")).toBe("");
  // The depth counts from each manager.
  expect(account(engine, "vp", "ofIntern")).toBe("read");
  // Never upwards, and nothing of one's own is lost.
  expect(account(engine, "rep", "ofVp")).toBe("");
  expect(account(engine, "vp", "ofVp")).toBe("read write delete assign share append appendTo");
});

test.each([
  [1, ["ofVp"]],
  [2, ["ofVp", "ofMgr"]],
  [1000, ["ofVp", "ofMgr", "ofRep", "ofIntern"]],
])("depth %i reaches %j", (depth, ids) => {
  const engine = world(`hierarchy: manager depth ${depth};`, chain);
  expect(engine.filter(engine.principal("ceo"), engine.privilege("read", "Account")).ids()).toEqual(ids);
});

test("the depth is 3 where none is given (H7)", () => {
  const engine = world("hierarchy: manager;", chain);
  expect(engine.filter(engine.principal("ceo"), engine.privilege("read", "Account")).count).toBe(3);
});

test("create is never given", () => {
  const engine = world(
    "hierarchy: manager;",
    chain,
    "role Maker { permit create on Account at user; }",
    "user boss in Sales { roles: Maker; }",
    "user clerk in Sales { roles: Maker, Seller; manager: boss; }",
  );
  const of = (principal: string) =>
    engine.check({ principal, action: "create", resource: { entity: "Account", owner: { user: "clerk" } } })
      .allowed;
  expect([of("boss"), of("clerk")]).toEqual([false, true]);
});

test("what a team of the report owns, and what is shared with him or a team of his, at most the rights shared (H2)", () => {
  const engine = world(
    "hierarchy: manager;",
    chain,
    `
    team Crew in Support { roles: Seller; members: vp; }
    group team Circle in Support { roles: Seller; members: mgr; }
    access team Deal42 in Root { members: vp, mgr; }
    user other in Support { roles: Seller, Local; }
    record ofCrew: Account { owner: Team::"Crew"; }
    record ofCircle: Account { owner: Team::"Circle"; }
    record ofSales: Account { owner: Team::"Sales"; }
    default team of Sales { roles: Seller; }
    record toVp: Account { owner: other; }
    record toMgr: Account { owner: other; }
    record toDeal: Account { owner: other; }
    record toAll: Account { owner: other; }
    share toVp with vp: read, write, delete, share;
    share toMgr with mgr: read, write;
    share toDeal with Deal42: write, append;
    share toAll with organization: appendTo;
  `,
  );
  expect(account(engine, "ceo", "ofCrew")).toBe(direct);
  expect(account(engine, "ceo", "ofCircle")).toBe("read");
  expect(sourcesOf(engine, "ceo", "Account", "ofCrew")).toEqual(["hierarchy vp"]);
  // His own team too, and through everybody below who is in it.
  expect(sourcesOf(engine, "ceo", "Account", "ofSales")).toEqual([
    "team Sales",
    "hierarchy vp",
    "hierarchy mgr",
    "hierarchy rep",
  ]);
  expect(sourcesOf(engine, "ceo", "Account", "ofSales", "write")).toEqual(["team Sales", "hierarchy vp"]);
  expect(account(engine, "ceo", "toVp")).toBe("read write");
  expect(account(engine, "ceo", "toMgr")).toBe("read");
  expect(account(engine, "ceo", "toDeal")).toBe("write append");
  // What goes to everybody comes from nobody below.
  expect(sourcesOf(engine, "ceo", "Account", "toAll", "appendTo")).toEqual(["share"]);
});

test("what the report reaches by level is not passed up (H2)", () => {
  const engine = world(
    "hierarchy: manager;",
    chain,
    `
    user wide in Sales { roles: Local; manager: ceo; }
    user stranger in Sales { roles: Seller; }
    record ofStranger: Account { owner: stranger; }
  `,
  );
  expect(account(engine, "wide", "ofStranger")).toContain("read");
  expect(account(engine, "ceo", "ofStranger")).toBe("");
});

test("the administrator of the owning team counts as its member below too (T8)", () => {
  const engine = world(
    "hierarchy: manager;",
    chain,
    `
    team Run in Sales { roles: Seller; administrator: vp; }
    user other in Sales { roles: Seller; }
    record ofRun: Account { owner: Team::"Run"; }
    record toRun: Account { owner: other; }
    share toRun with Run: read;
  `,
  );
  expect(account(engine, "ceo", "ofRun")).toBe(direct);
  expect(sourcesOf(engine, "ceo", "Account", "ofRun")).toEqual(["hierarchy vp"]);
  expect(account(engine, "ceo", "toRun")).toBe("");
});

test("the manager needs a grant of his own or of a team, at the level asked for or above (H3)", () => {
  const people = `
    user none in Sales { roles: Nothing; }
    user u1 in Sales { roles: Seller; manager: none; }
    record of1: Account { owner: u1; }
    user member in Sales { roles: Nothing; }
    team Crew in Sales { roles: Seller; members: member; }
    user u2 in Sales { roles: Seller; manager: member; }
    record of2: Account { owner: u2; }
    user low in Sales { roles: Seller; }
    user u3 in Inner { roles: Seller; manager: low; }
    record of3: Account { owner: u3; }
    user high in Sales { roles: Local; }
    user u4 in Inner { roles: Seller; manager: high; }
    record of4: Account { owner: u4; }
  `;
  const any = world("hierarchy: manager;", chain, people);
  expect(
    any.check({ principal: "none", action: "read", resource: { entity: "Account", id: "of1" } }).reason,
  ).toBe("privilege");
  expect(
    ["of2", "of3", "of4"].map((id, i) => account(any, ["member", "low", "high"][i] as string, id)),
  ).toEqual([direct, direct, direct]);
  const unit = world("hierarchy: manager; hierarchyLevel: businessUnit;", chain, people);
  expect(account(unit, "low", "of3")).toBe("");
  expect(account(unit, "high", "of4")).toBe(direct);
});

test("nothing of a manager who may not sign in, and a forbid stands above all", () => {
  const engine = world(
    "hierarchy: manager;",
    chain,
    `
    user gone in Sales disabled { roles: Seller; }
    user under in Sales { roles: Seller; manager: gone; }
    record ofUnder: Account { owner: under; }
    @id("hands off") forbid (principal == User::"ceo", action == write, resource is Account);
  `,
  );
  expect(account(engine, "gone", "ofUnder")).toBe("");
  expect(account(engine, "ceo", "ofVp")).toBe("read append appendTo");
});

test("managers in a circle, and a manager of himself", () => {
  const engine = world(
    "hierarchy: manager depth 1000;",
    `
    organization Root;
    user a in Root { roles: Seller; manager: c; }
    user b in Root { roles: Seller; manager: a; }
    user c in Root { roles: Seller; manager: b; }
    user self in Root { roles: Seller; manager: self; }
    user under in Root { roles: Seller; manager: self; }
    user outside in Root { roles: Seller; manager: a; }
    default team of Root { roles: Nothing; }
    record ofA: Account { owner: a; }
    record ofB: Account { owner: b; }
    record ofC: Account { owner: c; }
    record ofSelf: Account { owner: self; }
    record ofUnder: Account { owner: under; }
    record ofOutside: Account { owner: outside; }
  `,
  );
  expect(account(engine, "a", "ofB")).toBe(direct);
  expect(account(engine, "a", "ofC")).toBe("read");
  expect(sourcesOf(engine, "a", "Account", "ofA")).toEqual(["owner"]);
  expect(sourcesOf(engine, "self", "Account", "ofSelf")).toEqual(["owner"]);
  expect(account(engine, "self", "ofUnder")).toBe(direct);
  expect(account(engine, "c", "ofOutside")).toBe("read");
  expect(account(engine, "self", "ofA")).toBe("");
});

test("a record that is described is asked like one that is loaded", () => {
  const engine = world("hierarchy: manager;", chain);
  const of = (action: string, owner: string) =>
    engine.check({ principal: "ceo", action, resource: { entity: "Account", owner: { user: owner } } });
  expect(of("write", "vp")).toEqual({ allowed: true, reason: "hierarchy" });
  expect(of("read", "rep")).toEqual({ allowed: true, reason: "hierarchy" });
  expect(of("write", "rep")).toEqual({ allowed: false, reason: "access" });
});

test("conditions: the grant that the manager needs must hold for the record (H3, E5)", () => {
  const engine = world(
    "hierarchy: manager;",
    chain,
    `
    role Careful { permit read on Deal at user when { resource has secret && !resource.secret }; }
    user boss in Sales { roles: Careful; }
    user clerk in Sales { roles: Seller; manager: boss; }
    record open: Deal { owner: clerk; secret: false; }
    record closed: Deal { owner: clerk; secret: true; }
  `,
  );
  expect(rightsOf(engine, "boss", "Deal", "open")).toBe("read");
  expect(rightsOf(engine, "boss", "Deal", "closed")).toBe("");
  const reason = (id: string) =>
    engine.check({ principal: "boss", action: "read", resource: { entity: "Deal", id } }).reason;
  expect([reason("open"), reason("closed")]).toEqual(["hierarchy", "privilege"]);
});

test("an administrator's other sources are listed, hierarchy last", () => {
  const engine = world(
    "hierarchy: manager;",
    chain,
    `
    administrator role Admin;
    user root in Sales { roles: Admin, Seller; }
    user clerk in Sales { roles: Seller; manager: root; }
    record shared: Account { owner: clerk; }
    share shared with root: read;
    user bare in Sales { roles: Admin; }
    user clerk2 in Sales { roles: Seller; manager: bare; }
    record of2: Account { owner: clerk2; }
  `,
  );
  expect(sourcesOf(engine, "root", "Account", "shared")).toEqual([
    "administrator",
    "share root",
    "hierarchy clerk",
  ]);
  // An administrator role is no grant: the hierarchy needs one.
  expect(sourcesOf(engine, "bare", "Account", "of2")).toEqual(["administrator"]);
});

test("organization-owned and business-unit-owned entities know no report", () => {
  const engine = world(
    "hierarchy: manager;",
    chain,
    `
    record no: Country { }
    record hall: Facility { businessUnit: Support; }
    user there in Support { roles: Seller; manager: ceo; }
  `,
  );
  expect(sourcesOf(engine, "ceo", "Country", "no")).toEqual(["role Seller"]);
  expect(rightsOf(engine, "ceo", "Facility", "hall")).toBe("");
});

test("an excluded entity is not passed up; its lines ask their parent (H6, E2)", () => {
  const records = `
    record deal: Deal { owner: vp; }
    record line: Line { account: ofVp; }
  `;
  const without = world("hierarchy: manager; hierarchyExcludes: Account;", chain, records);
  expect(account(without, "ceo", "ofVp")).toBe("");
  expect(rightsOf(without, "ceo", "Line", "line")).toBe("");
  expect(rightsOf(without, "ceo", "Deal", "deal")).toBe(direct);
  const included = world("hierarchy: manager; hierarchyExcludes: Deal;", chain, records);
  expect(rightsOf(included, "ceo", "Line", "line")).toBe(direct);
  expect(rightsOf(included, "ceo", "Deal", "deal")).toBe("");
});
