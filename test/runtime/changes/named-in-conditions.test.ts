// People, teams and units that conditions name, and records that were deleted, when they go: semantics.md B3, language.md section 8.
import { expect, test } from "vitest";
import { Engine } from "../../../runtime-ts/index.ts";
import { engineOf } from "../load.ts";
import { thrown } from "../thrown.ts";

const source = `
entity Account owned by user or team { of?: BusinessUnit }
role R { permit read on Account at organization
  when { principal == User::"ann" || principal in Team::"T" || principal in Team::"A" || resource in BusinessUnit::"A" }; }
organization Root { unit A; unit B; }
user ann in Root { roles: R; }
user bob in B { roles: R; }
user cat in B { roles: R; }
team T in Root { members: bob; }
team Other in Root;
record a1: Account { owner: bob; }
`;
const reads = (engine: ReturnType<typeof engineOf>, principal: string) =>
  engine.check({ principal, action: "read", resource: { entity: "Account", id: "a1" } }).reason;

test("users and teams that a condition names stay", () => {
  const engine = engineOf(source);
  expect(thrown(() => engine.update((world) => world.removeUser("ann")))).toMatchObject({
    code: "BWK449",
    message: "user `ann`: a condition names him",
  });
  expect(thrown(() => engine.update((world) => world.removeTeam("T")))).toMatchObject({
    code: "BWK449",
    message: "team `T`: a condition names it",
  });
  expect(reads(engine, "ann")).toBe("role R");
  engine.update((world) => world.removeTeam("Other"));
});

test("a unit goes although conditions name it and its team; who has its number then is not meant", () => {
  const engine = engineOf(source);
  engine.update((world) => {
    world.disableUnit("A");
    world.deleteUnit("A");
    world.addTeam("New", { businessUnit: "Root", members: ["cat"] });
  });
  expect(reads(engine, "cat")).toBe("privilege");
  expect(reads(engine, "bob")).toBe("role R");
  const restored = Engine.restore(engine.snapshot());
  expect([reads(restored, "cat"), reads(restored, "bob")]).toEqual(["privilege", "role R"]);
  engine.update((world) => {
    world.addUnit("A", "B");
    world.moveUser("cat", "A");
    world.setRoles({ user: "cat" }, ["R"]);
  });
  expect(reads(engine, "cat")).toBe("role R");
  // Taken back, nobody is meant again.
  const before = engineOf(source);
  expect(() =>
    before.update((world) => {
      world.disableUnit("A");
      world.deleteUnit("A");
      throw new Error("no");
    }),
  ).toThrow("no");
  before.update((world) => {
    world.moveUser("cat", "A");
    world.setRoles({ user: "cat" }, ["R"]);
  });
  expect(reads(before, "cat")).toBe("role R");
});

test("a deleted record is in the wrong state for everything, asked by its number; the gate comes before", () => {
  const engine = engineOf(`${source} administrator role Admin; user adm in Root { roles: Admin; }`);
  const record = engine.record("Account", "a1");
  const read = engine.privilege("read", "Account");
  engine.update((world) => world.delete({ entity: "Account", id: "a1" }));
  const reason = (user: string) => engine.reason(engine.principal(user), read, record);
  expect(reason("adm")).toEqual({ allowed: false, reason: "state" });
  expect(engine.allows(engine.principal("adm"), read, record)).toBe(false);
  engine.update((world) => world.disableUser("adm"));
  expect(reason("adm")).toEqual({ allowed: false, reason: "disabled" });
  expect(engine.reason(engine.principal("ann"), read, 5_000)).toEqual({ allowed: false, reason: "access" });
});
