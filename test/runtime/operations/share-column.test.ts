// Sharing a secured column as an operation: semantics.md F1, F3, S4, S6, A10.
import { expect, test } from "vitest";
import type { Engine, Operation } from "../../../runtime-ts/index.ts";
import { engineOf } from "../load.ts";
import { thrown } from "../thrown.ts";

const source = (settings = "") => `
settings { ${settings} }
entity Account owned by user or team { phone?: String secured, name?: String }
entity Country owned by organization { code?: String secured }
role Own { permit read, write, share on Account at user; permit read on Country at organization; }
role Reads { permit read on Account at user; }
organization Root;
user ann in Root { roles: Own; }
user bob in Root { roles: Own; }
user cat in Root { roles: Reads; }
record a1: Account { owner: ann; }
record a2: Account { owner: cat; }
record c1: Country;
share a1 with bob: read;
column profile P { permit read on Account.phone; members: ann; }
`;
const a1 = { entity: "Account", id: "a1" };
const share = (rights: string[], record = a1, column = "phone"): Operation => ({
  kind: "shareColumn",
  record,
  column,
  with: { user: "bob" },
  rights,
});
const unshare: Operation = { kind: "unshareColumn", record: a1, column: "phone", with: { user: "bob" } };

const asks = (engine: Engine, user: string, operation: Operation) => {
  const { reason, failed } = engine.can(user, operation);
  return failed === undefined ? `allowed: ${reason}` : `${reason}: ${failed.rule} ${failed.action}`;
};
const bobReads = (engine: Engine) =>
  engine.checkColumn({ principal: "bob", action: "read", ...a1, column: "phone" }).reason;

test("share and read on the record, then each granted right on the column", () => {
  const engine = engineOf(source());
  expect(asks(engine, "ann", share(["read"]))).toBe("allowed: owner");
  expect(asks(engine, "ann", share(["read", "write"]))).toBe("column: F1 write");
  expect(asks(engine, "cat", share(["read"], { entity: "Account", id: "a2" }))).toBe("privilege: A10 share");
  expect(asks(engine, "bob", share(["read"]))).toBe("access: A10 share");
  expect(asks(engine, "ann", unshare)).toBe("allowed: owner");
  expect(asks(engine, "bob", unshare)).toBe("access: A10 share");
  const anything = engineOf(source("sharerNeedsGrantedRights: false;"));
  expect(asks(anything, "ann", share(["write"]))).toBe("allowed: owner");
});

test("what is shared may be read, added to, and taken away", () => {
  const engine = engineOf(source("sharerNeedsGrantedRights: false;"));
  const columns = () => engine.columns("bob", a1).map(({ readable, writable }) => [readable, writable]);
  expect(bobReads(engine)).toBe("column");
  engine.update((world) => world.do("ann", share(["read"])));
  expect(bobReads(engine)).toBe("share");
  engine.update((world) =>
    world.change({ kind: "share", record: a1, with: { user: "bob" }, rights: ["write"] }),
  );
  engine.update((world) => world.do("ann", share(["write"])));
  expect(columns()).toEqual([[true, true]]);
  engine.update((world) => world.do("ann", unshare));
  expect(columns()).toEqual([[false, false]]);
  expect(thrown(() => engine.update((world) => world.do("bob", share(["read"]))))).toMatchObject({
    code: "BWK445",
  });
});

test("S4 X13: sharing again replaces where the switch is off", () => {
  const engine = engineOf(source("sharerNeedsGrantedRights: false; grantAddsToShare: false;"));
  engine.update((world) => world.do("ann", share(["read"])));
  engine.update((world) => world.do("ann", share(["write"])));
  expect(bobReads(engine)).toBe("column");
});

test.each([
  [share(["delete"]), "BWK441"],
  [share(["raed"]), "BWK440"],
  [share(["read"], a1, "fone"), "BWK440"],
  [share(["read"], a1, "name"), "BWK441"],
  [share(["read"], { entity: "Country", id: "c1" }, "code"), "BWK441"],
  [{ ...share(["read"]), column: 3 }, "BWK441"],
] as [Operation, string][])("%j is %s", (operation, code) => {
  expect(thrown(() => engineOf(source()).can("ann", operation))).toMatchObject({ code });
});
