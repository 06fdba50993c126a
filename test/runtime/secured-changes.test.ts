// What changes of columns at run time, and what is taken back with a failed update.
import { expect, test } from "vitest";
import { Engine } from "../../runtime-ts/index.ts";
import { ColumnState } from "../../runtime-ts/secured/column-state.ts";
import { engineOf } from "./load.ts";
import { thrown } from "./thrown.ts";

const source = `
  organization Root;
  entity Account owned by user or team { name?: String, phone?: String secured, code?: String secured }
  entity Product owned by organization { price?: Long secured }
  role Own { permit create, read, write, delete on Account at user; }
  user ann in Root { roles: Own; }
  user bob in Root { roles: Own; }
  team T in Root { roles: Own; members: ann; }
  column profile Readers { permit read on Account.phone; members: ann; }
  record a: Account { owner: ann; }
  record b: Account { owner: bob; }
  record p: Product {}
  share a.code with ann: read;
`;
const account = (id: string) => ({ entity: "Account", id });
const readable = (engine: Engine, principal: string, id: string): string[] =>
  engine
    .columns(principal, account(id))
    .filter((column) => column.readable)
    .map(({ column }) => column);

test("a share of a column is added to, replaced and taken away", () => {
  const engine = engineOf(source);
  const of = () => engine.columns("bob", account("b"))[1];
  engine.update((world) => {
    world.shareColumn(account("b"), "code", { user: "bob" }, ["read"]);
    // Questions within an update see it.
    expect(of()).toMatchObject({ readable: true, writable: false });
    world.shareColumn(account("b"), "code", { user: "bob" }, ["write"]);
  });
  expect(of()).toMatchObject({ readable: true, writable: true });
  engine.update((world) => world.setColumnShare(account("b"), "code", { user: "bob" }, ["write"]));
  expect(of()).toMatchObject({ readable: false, writable: true });
  engine.update((world) => world.setColumnShare(account("b"), "code", { user: "bob" }, []));
  expect(of()).toMatchObject({ readable: false, writable: false });
  engine.update((world) => world.shareColumn(account("b"), "code", "organization", ["read"]));
  expect(of()).toMatchObject({ readable: true });
});

test("S4 X13: sharing a column again replaces where the switch is off", () => {
  const engine = engineOf(`settings { grantAddsToShare: false; }${source}`);
  engine.update((world) => {
    world.shareColumn(account("b"), "code", { user: "bob" }, ["read"]);
    world.shareColumn(account("b"), "code", { user: "bob" }, ["write"]);
  });
  expect(engine.columns("bob", account("b"))[1]).toMatchObject({ readable: false, writable: true });
});

test("members of profiles change, and with them those of their teams", () => {
  const engine = engineOf(source);
  engine.update((world) => world.setProfileMembers("Readers", [{ team: "T" }]));
  expect(readable(engine, "ann", "a")).toEqual(["phone", "code"]);
  expect(readable(engine, "bob", "b")).toEqual([]);
  engine.update((world) => world.setMembers("T", ["bob"]));
  expect(readable(engine, "ann", "a")).toEqual(["code"]);
  expect(readable(engine, "bob", "b")).toEqual(["phone"]);
  engine.update((world) => world.setProfileMembers("Readers", []));
  expect(readable(engine, "bob", "b")).toEqual([]);
});

test("a failed update takes everything back", () => {
  const engine = engineOf(source);
  const fail = () =>
    engine.update((world) => {
      world.setProfileMembers("Readers", [{ user: "bob" }]);
      world.shareColumn(account("b"), "code", { user: "bob" }, ["read"]);
      world.setColumnShare(account("a"), "code", { user: "ann" }, []);
      world.delete(account("a"));
      throw new Error("no");
    });
  expect(fail).toThrow("no");
  expect(readable(engine, "ann", "a")).toEqual(["phone", "code"]);
  expect(readable(engine, "bob", "b")).toEqual([]);
});

test("a record that takes the place of a deleted one has none of its shares", () => {
  const engine = engineOf(source);
  engine.update((world) => world.delete(account("a")));
  engine.update((world) => world.upsert(account("c"), { owner: { user: "ann" } }));
  expect(readable(engine, "ann", "c")).toEqual(["phone"]);
});

test("a user who takes the place of a removed one has none of his profiles and shares", () => {
  const engine = engineOf(source);
  engine.update((world) => {
    world.addUser("cid", { businessUnit: "Root", roles: ["Own"] });
    world.setProfileMembers("Readers", [{ user: "cid" }, { user: "ann" }]);
    world.shareColumn(account("a"), "code", { user: "cid" }, ["write"]);
  });
  engine.update((world) => world.removeUser("cid"));
  engine.update((world) => {
    world.addUser("dan", { businessUnit: "Root", roles: ["Own"] });
    world.upsert(account("d"), { owner: { user: "dan" } });
    world.assign(account("a"), { user: "dan" });
  });
  expect(engine.columns("dan", account("d")).map((column) => column.readable)).toEqual([false, false]);
  expect(engine.columns("dan", account("a")).map((column) => column.writable)).toEqual([false, false]);
});

test("mistakes change nothing", () => {
  const engine = engineOf(source);
  const fail = (work: Parameters<Engine["update"]>[0]) => thrown(() => engine.update(work));
  expect(fail((world) => world.shareColumn(account("a"), "name", { user: "ann" }, ["read"]))).toMatchObject({
    code: "BWK441",
    message: "`name` of `Account` is not secured",
  });
  expect(
    fail((world) => world.shareColumn(account("a"), "phone", { user: "ann" }, ["delete"])),
  ).toMatchObject({
    code: "BWK441",
    message: "shareColumn: a column is shared to `read` and `write` alone",
  });
  expect(
    fail((world) => world.shareColumn({ entity: "Product", id: "p" }, "price", { user: "ann" }, ["read"])),
  ).toMatchObject({ code: "BWK441", message: "records of `Product` cannot be shared" });
  expect(fail((world) => world.setProfileMembers("Reader", []))).toMatchObject({
    code: "BWK440",
    help: "did you mean `Readers`?",
  });
  expect(fail((world) => world.setProfileMembers("Readers", [{ user: "an" }]))).toMatchObject({
    code: "BWK440",
  });
  expect(readable(engine, "ann", "a")).toEqual(["phone", "code"]);
});

test("the state comes back as plain numbers", () => {
  const state = new ColumnState([new Set([1, 2]), new Set<number>()]);
  state.setShare(7, 0, 1, 2);
  state.setShare(7, 1, 0xfffffffe, 6);
  const copy = new ColumnState([new Set([9])]);
  copy.restore(state.image());
  expect(copy.image()).toEqual(state.image());
  expect(copy.membersOf(0)).toEqual([1, 2]);
  expect([...copy.profilesOf(9)]).toEqual([]);
  expect(copy.shareOf(7, 1, 0xfffffffe)).toBe(6);
});

test("a snapshot keeps profiles and shares of columns", () => {
  const engine = engineOf(source);
  engine.update((world) => {
    world.shareColumn(account("b"), "code", { user: "bob" }, ["read"]);
    world.setProfileMembers("Readers", []);
  });
  const again = Engine.restore(engine.snapshot());
  for (const [user, id] of [
    ["ann", "a"],
    ["bob", "b"],
  ] as const) {
    expect(again.columns(user, account(id))).toEqual(engine.columns(user, account(id)));
  }
  expect(readable(again, "bob", "b")).toEqual(["code"]);
});
