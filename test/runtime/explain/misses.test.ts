// Nearest misses (semantics.md section 10): each kind, what they leave out, and that nothing is left of the trials.
import { expect, test } from "vitest";
import { Engine, type Miss } from "../../../runtime-ts/index.ts";
import { engineOf } from "../load.ts";
import { thrown } from "../thrown.ts";

const policy = `
organization Root { unit EU { unit France; unit Spain; } unit US; unit Shut disabled; }
settings { ownershipAcrossBusinessUnits: true; keepRolesOnUnitChange: true; hierarchy: manager depth 2; }
entity Account owned by user or team { name?: String }
entity Country owned by organization;
entity Email, Letter as Activity owned by user or team;
entity Line owned by parent account { account: Account }
entity Hall owned by business unit;
privilege Export;
role Base { permit read on Account at user; }
role Wide { permit read on Account at parentChild; }
role Local in France { permit read on Account, Hall at businessUnit; }
role Writer { permit write on Account at user; }
role Task { permit Export; }
team role Helper { permit delete on Account at user; }
administrator role Admin;
@id("frozen") forbid (principal, action == assign, resource);
@id("here") permit (principal in BusinessUnit::"Spain", action == append, resource is Account);
user alice in US { roles: Base; }
user bob in France { roles: Base, Local; }
user empty in US;
user boss in Root { roles: Base; }
user off in US disabled { roles: Base; }
team Owners in France { roles: Helper; members: bob; }
team Open in EU { roles: Wide; }
access team Deal in Root;
record acc: Account { owner: bob; }
record line: Line { account: acc; }
record hall: Hall { businessUnit: France; }
record fr: Country;
share acc with Team::"Deal": read;
`;
const engine = engineOf(policy);
// Loaded records may have owners who cannot read them.
engine.records.load("Account", { id: ["ours"], owner: ["Owners"], owner_type: ["team"] });
engine.records.load("Email", { id: ["mail"], owner: ["bob"] });

const missesOf = (principal: string, action: string, entity?: string, id = ""): readonly Miss[] => {
  const resource = entity === undefined ? {} : { resource: { entity, id } };
  return engine.explain({ principal, action, ...resource }).misses;
};

test("every kind, those first that concern least", () => {
  expect(missesOf("alice", "read", "Account", "acc")).toEqual([
    { kind: "share", record: { entity: "Account", id: "acc" }, right: "read" },
    { kind: "assign-role", role: "Local", businessUnit: "France" },
    { kind: "assign-role", role: "Wide", businessUnit: "France" },
    { kind: "assign-role", role: "Admin", businessUnit: "US" },
    { kind: "join-team", team: "Deal" },
    { kind: "join-team", team: "Open" },
    {
      kind: "grant",
      role: "Base",
      action: "read",
      entity: "Account",
      level: "organization",
      insteadOf: "user",
    },
  ]);
});

test("a team that owns the record, and a role that must be held oneself", () => {
  const misses = missesOf("alice", "delete", "Account", "ours");
  expect(misses).toEqual([
    { kind: "assign-role", role: "Admin", businessUnit: "US" },
    { kind: "join-team", team: "Owners" },
    { kind: "grant", role: "Base", action: "delete", entity: "Account", level: "organization" },
  ]);
});

test("another unit: here a permit stands there", () => {
  expect(missesOf("empty", "append", "Account", "acc")).toEqual([
    { kind: "assign-role", role: "Admin", businessUnit: "US" },
    { kind: "move-user", businessUnit: "Spain" },
  ]);
  // Nobody is moved to where he could not sign in.
  expect(missesOf("empty", "append", "Account", "acc")).not.toContainEqual({
    kind: "move-user",
    businessUnit: "Shut",
  });
});

test("levels that exist: of the organization's, of a unit's, of tasks, of a shared set", () => {
  const grants = (...question: Parameters<typeof missesOf>) =>
    missesOf(...question).filter(({ kind }) => kind === "grant");
  expect(grants("alice", "read", "Country", "fr")).toEqual([
    { kind: "grant", role: "Base", action: "read", entity: "Country", level: "organization" },
  ]);
  expect(grants("alice", "write", "Hall", "hall")).toEqual([
    { kind: "grant", role: "Base", action: "write", entity: "Hall", level: "organization" },
  ]);
  expect(grants("bob", "write", "Hall", "hall")).toEqual([
    { kind: "grant", role: "Base", action: "write", entity: "Hall", level: "businessUnit" },
    { kind: "grant", role: "Local", action: "write", entity: "Hall", level: "businessUnit" },
    { kind: "grant", role: "Helper", action: "write", entity: "Hall", level: "businessUnit" },
  ]);
  expect(grants("alice", "Export")).toEqual([
    { kind: "grant", role: "Base", action: "Export", level: "organization" },
  ]);
  expect(grants("bob", "read", "Email", "mail")).toEqual([
    { kind: "grant", role: "Base", action: "read", entity: "Activity", level: "user" },
    { kind: "grant", role: "Local", action: "read", entity: "Activity", level: "user" },
    { kind: "grant", role: "Helper", action: "read", entity: "Activity", level: "businessUnit" },
  ]);
});

test("a record that its parent decides about: the changes are those of the record above", () => {
  const misses = missesOf("alice", "read", "Line", "line");
  expect(misses).toContainEqual({ kind: "share", record: { entity: "Account", id: "acc" }, right: "read" });
  expect(misses).toEqual(missesOf("alice", "read", "Account", "acc"));
});

test("none where no change of these kinds helps: disabled, forbidden, a right that does not exist", () => {
  expect(missesOf("off", "read", "Account", "acc")).toEqual([]);
  expect(missesOf("alice", "assign", "Account", "acc")).toEqual([]);
  expect(missesOf("alice", "share", "Country", "fr")).toEqual([]);
  expect(missesOf("bob", "read", "Account", "acc")).toEqual([]);
});

test("a described record has no shares", () => {
  const resource = { entity: "Account", owner: { user: "bob" }, businessUnit: "France" };
  const { misses } = engine.explain({ principal: "alice", action: "read", resource });
  expect([...new Set(misses.map(({ kind }) => kind))]).toEqual(["assign-role", "join-team", "grant"]);
});

test("each is what an administrator would do, and it allows", () => {
  const question = { principal: "alice", action: "read", resource: { entity: "Account", id: "acc" } };
  for (const miss of engine.explain(question).misses) {
    const again = Engine.restore(engine.snapshot());
    again.update((world) => {
      switch (miss.kind) {
        case "share":
          return world.share(miss.record, { user: "alice" }, [miss.right]);
        case "assign-role": {
          const { role, businessUnit } = miss;
          return world.setRoles({ user: "alice" }, ["Base", { role, businessUnit }]);
        }
        case "join-team":
          return world.setMembers(miss.team, ["alice"]);
        case "grant": {
          const { action, entity = "", level } = miss;
          const grants = [{ actions: [action], entities: [entity], level }];
          return world.editRole(miss.role, { grants });
        }
        default:
          return world.moveUser("alice", miss.businessUnit);
      }
    });
    expect(again.check(question).allowed, JSON.stringify(miss)).toBe(true);
  }
});

test("the limit is of each kind, and says where something was left out", () => {
  const question = { principal: "alice", action: "read", resource: { entity: "Account", id: "acc" } };
  const one = engine.explain(question, { misses: 1 });
  expect(one.misses.map(({ kind }) => kind)).toEqual(["share", "assign-role", "join-team", "grant"]);
  expect(one.missesCut).toBe(true);
  expect(engine.explain(question, { misses: 0 })).toMatchObject({ misses: [], missesCut: false });
  expect(engine.explain(question).missesCut).toBe(false);
  for (const misses of [-1, 1.5, "x" as never]) {
    expect(thrown(() => engine.explain(question, { misses })).code).toBe("BWK441");
  }
});

test("nothing is left of the trials: the world, its memory, an update around it", () => {
  const again = Engine.restore(engine.snapshot());
  const question = { principal: "alice", action: "read", resource: { entity: "Account", id: "acc" } };
  const before = again.snapshot();
  const bytes = again.memoryBytes;
  for (let i = 0; i < 20; i++) again.explain(question);
  expect(Buffer.compare(again.snapshot(), before)).toBe(0);
  expect(again.memoryBytes).toBe(bytes);
  // A directory may still be loaded: explaining is no change.
  const fresh = engineOf(policy);
  fresh.explain(question);
  expect(() => fresh.directory.load({ businessUnits: [] })).not.toThrow();
  again.update((world) => {
    world.setRoles({ user: "alice" }, []);
    expect(again.explain(question).misses.map(({ kind }) => kind)).toContain("assign-role");
    world.setRoles({ user: "alice" }, ["Base", { role: "Wide", businessUnit: "France" }]);
    expect(again.explain(question)).toMatchObject({ allowed: true, misses: [] });
  });
  expect(again.check(question).allowed).toBe(true);
});
