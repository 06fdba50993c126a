// A pool over a world that changes: what workers keep of it is never older than the last change.
import { expect, test } from "vitest";
import type { Engine, WorldEditor } from "../../runtime-ts/index.ts";
import { startPool, threadsCore } from "../../runtime-ts/threads/index.ts";
import { engineOf } from "../runtime/load.ts";
import { expectSame } from "./everything.ts";

const source = `
settings { hierarchy: manager depth 2; }
context { weekend?: Bool }
privilege Export;
entity Account owned by user or team { name?: String, size?: Long, parent?: Account parental, tags?: Set<String> }
entity Line owned by parent account { account?: Account }
entity Desk owned by business unit;
entity User { department?: String, clearance?: Long }
role Own { permit read, write, delete on Account at user; permit read on Desk at businessUnit; permit Export; }
role Unit { permit read, append on Account at businessUnit; }
role Deep { permit read, share on Account at parentChild; permit read on Desk at parentChild; }
role Small { permit write on Account at organization when { resource has size && resource.size < 3 }; }
role Cleared { permit delete on Account at organization when { resource has size && principal has clearance && resource.size < principal.clearance }; }
role Staff { permit assign on Account at parentChild when { principal has department && principal.department == "EMEA" }; }
role Weekends { permit append on Account at organization when { context has weekend && context.weekend }; }
role Tagged { permit share on Account at organization when { resource has tags && resource.tags.containsAny(["x", "y"]) }; }
administrator role Admin;
@id("frozen") forbid (principal, action == delete, resource == Account::"a2");
@id("named") forbid (principal in BusinessUnit::"B", action == read, resource is Desk);
organization Root { unit A { unit A1; } unit B; }
user ann in A1 { roles: Own; department: "EMEA"; manager: bob; }
user bob in B { roles: Own, Staff, Unit; department: "EMEA"; clearance: 4; }
user cat in A { roles: Deep, Cleared; clearance: 2; manager: bob; }
user dan in A { roles: Small, Weekends, Tagged; }
user adm in Root { roles: Admin; }
team T in B { roles: Own, Deep; members: ann; administrator: dan; }
record a1: Account { owner: ann; size: 1; tags: ["x"]; }
record a2: Account { owner: bob; parent: a1; size: 3; }
record a3: Account { owner: Team::"T"; name: "other"; size: 9; }
record l1: Line { account: a2; }
record d1: Desk { businessUnit: A1; }
share a1 with cat: read, write;
share a2 with organization: read;
share a3 with Team::"T": read;
`;

const a1 = { entity: "Account", id: "a1" };
const a3 = { entity: "Account", id: "a3" };

const changes: readonly (readonly [string, (world: WorldEditor) => void])[] = [
  ["a share", (world) => world.share(a1, { user: "dan" }, ["read"])],
  ["roles", (world) => world.setRoles({ user: "dan" }, ["Cleared", "Weekends"])],
  ["a fact of a user", (world) => world.setAttributes({ user: "bob" }, { department: "APAC" })],
  ["what binds a program", (world) => world.setAttributes({ user: "cat" }, { clearance: 100 })],
  [
    "facts of a record",
    (world) => world.change({ kind: "update", record: a3, attributes: { size: 0, tags: ["y"] } }),
  ],
  ["an owner", (world) => world.assign(a1, { team: "T" })],
  ["a user's unit", (world) => world.moveUser("cat", "B")],
  ["a manager", (world) => world.setManager("bob", "cat")],
  ["members", (world) => world.setMembers("T", ["cat", "bob"])],
  ["a unit", (world) => world.moveUnit("A1", "B")],
  [
    "a role",
    (world) =>
      world.editRole("Unit", {
        grants: [{ actions: ["delete"], entities: ["Account"], level: "businessUnit" }],
      }),
  ],
  [
    "another user",
    (world) => world.addUser("eve", { businessUnit: "A1", roles: ["Own", "Staff"], manager: "cat" }),
  ],
  [
    "more teams",
    (world) => {
      for (let i = 0; i < 70; i++)
        world.addTeam(`more${i}`, { businessUnit: "B", members: ["eve"], roles: ["Unit"] });
    },
  ],
  ["a deleted record", (world) => world.delete({ entity: "Line", id: "l1" })],
];

/** A table that needs more pages, for which the memory has to grow. */
function loadMore(engine: Engine): void {
  const ids = Array.from({ length: 2_100 }, (_, i) => `more${i}`);
  engine.records.load("Account", {
    id: ids,
    owner: ids.map((_, i) => ["ann", "bob", "cat", "eve"][i % 4] as string),
    size: ids.map((_, i) => i % 7),
  });
}

test("after every change a pool answers as the engine does", async () => {
  const right = engineOf(source);
  const shared = engineOf(source, { core: threadsCore() });
  // Workers answer everything.
  const pool = await startPool(shared, { workers: 2, mainRests: true });
  const pair = { right, shared, pool };
  await expectSame(pair, undefined, 10_000);
  for (const [what, change] of changes) {
    for (const engine of [right, shared]) engine.update(change);
    await expectSame(pair, undefined, 10_000).catch((error) => {
      throw new Error(`after ${what}: ${error.message}`, { cause: error });
    });
  }
  await expectSame(pair, { weekend: true }, 10_000);
  await expectSame(pair, { weekend: false }, 10_000);
  for (const engine of [right, shared]) loadMore(engine);
  const privilege = right.privilege("delete", "Account");
  for (let user = 0; user < right.userNames().length; user++) {
    expect((await pool.filter(user, privilege)).words).toEqual(right.filter(user, privilege).words);
  }
  expect(pool.failures).toBe(0);
  await pool.close();
});

test("a directory makes the world anew, and the pool goes on", async () => {
  const text = source.replace(/^(user|team|record|share) .*\n/gm, "").replace(/^@id.*\n/gm, "");
  const right = engineOf(text);
  const shared = engineOf(text, { core: threadsCore() });
  const pool = await startPool(shared, { workers: 1, mainRests: true });
  const directory = (users: number) => ({
    businessUnits: [],
    users: Array.from({ length: users }, (_, i) => ({
      id: `u${i}`,
      businessUnit: i % 2 === 0 ? "A" : "B",
      roles: ["Own", "Unit"],
    })),
  });
  const task = right.privilege("Export");
  for (const users of [3, 2_000, 40]) {
    for (const engine of [right, shared]) engine.directory.load(directory(users));
    expect((await pool.whoCan(task)).names()).toEqual(right.whoCan(task).names());
  }
  for (const engine of [right, shared]) {
    engine.records.load("Account", { id: ["x", "y"], owner: ["u1", "u2"] });
  }
  await expectSame({ right, shared, pool }, undefined, 10_000);
  await pool.close();
});
