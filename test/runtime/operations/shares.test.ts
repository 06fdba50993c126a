// Sharing and what follows from it: semantics.md S4 to S6, R1, R2, A10.
import { expect, test } from "vitest";
import { thrown } from "../thrown.ts";
import { Story } from "./story.ts";

const all = "read, write, delete, assign, share, append, appendTo";
const everything = "read write delete assign share append appendTo";

const project = (settings: string, more: string) => `
  settings { ${settings} }
  organization Root { unit A; }
  entity Account owned by user or team { up?: Account cascade share }
  entity Contact owned by user or team { account?: Account cascade share, also?: Account cascade share }
  entity Deal owned by user or team { account?: Account cascade reparent, under?: Deal cascade reparent }
  entity Task owned by user or team { deal?: Deal cascade reparent, contact?: Contact parental }
  entity Memo owned by user or team { account?: Account cascade unshare, deal?: Deal }
  entity Country owned by organization { account?: Account parental }
  role Any { permit create, ${all} on Account, Contact, Deal, Task, Memo at user; }
  role Reads { permit read on Account, Contact, Deal, Task, Memo at user; }
  administrator role Admin;
  user sys in Root { roles: Admin; } user a in A { roles: Any; } user b in A { roles: Any; } user c in A { roles: Any; }
  user none in A;
  record acc: Account { owner: a; }
  ${more}`;
const story = (more = "", settings = "") => new Story(project(settings, more));

test("A10: share, then read, then each right that is granted, then read of the sharee", () => {
  const s = story(`
    role Share { permit share on Account at organization; } role Read { permit read on Account at organization; }
    role Write { permit write on Account at organization; }
    user p in A; user q in A { roles: Share; } user r in A { roles: Share, Read; } user t in A { roles: Share, Read, Write; }`);
  const asks = (user: string) => s.asks(user, s.share("acc", "none", "write", "read"));
  expect(asks("p")).toBe("privilege: A10 share on acc");
  expect(asks("q")).toBe("privilege: A10 read on acc");
  expect(asks("r")).toBe("privilege: S6 write on acc");
  expect(asks("t")).toBe("privilege: S6 read on acc of none");
  expect(s.asks("t", s.share("acc", "b", "write", "read"))).toBe("allowed");
  expect(s.asks("t", s.share("acc", "b", "create", "read"))).toBe("allowed");
  expect(s.asks("t", s.share("acc", "b", "update"))).toBe("allowed");
  expect(s.asks("t", s.share("acc", "b", "delete"))).toBe("privilege: S6 delete on acc");
});

test("S6 X7: what he does not have he may grant where the switch is off", () => {
  const s = story(
    "role R { permit read, share on Account at organization; } user r in A { roles: R; }",
    "sharerNeedsGrantedRights: false;",
  );
  expect(s.asks("r", s.share("acc", "b", "delete", "read"))).toBe("allowed");
  expect(s.does("r", s.share("acc", "b", "delete", "read"))).toBe("allowed");
  expect(s.rights("b", "acc")).toBe("read delete");
});

test("S6: any grant to read serves the sharee, and teams need none", () => {
  const s = story(`
    team role Low { permit read on Account at user; } team t in A { roles: Low; members: p; } team bare in A { members: b; }
    access team deal in A { members: c; } user p in A; administrator role Boss; user boss in A disabled { roles: Boss; }
    @id("not p") forbid (principal == User::"p", action == read, resource);`);
  expect(s.asks("a", s.share("acc", "p", "read"))).toBe("allowed");
  expect(s.asks("a", s.share("acc", "boss", "read"))).toBe("allowed");
  for (const to of ["team bare", "team deal", "organization"]) {
    expect(s.does("a", s.share("acc", to, "read"))).toBe("allowed");
  }
  expect(s.rights("b", "acc")).toBe("read");
  expect(s.rights("none", "acc")).toBe("");
  s.does("a", s.unshare("acc", "organization"));
  expect([s.rights("b", "acc"), s.rights("c", "acc")]).toEqual(["read", "read"]);
  s.does("a", s.unshare("acc", "team bare"));
  expect([s.rights("b", "acc"), s.rights("c", "acc")]).toEqual(["", "read"]);
});

test("S6: the condition of the sharee's grant looks at the record", () => {
  const s = story(`
    role Mine { permit read on Account at user when { resource.owner == User::"a" }; } user p in A { roles: Mine; }
    record theirs: Account { owner: b; }`);
  expect(s.asks("a", s.share("acc", "p", "read"))).toBe("allowed");
  expect(s.asks("b", s.share("theirs", "p", "read"))).toBe("privilege: S6 read on theirs of p");
});

test("S4 X13: sharing again adds, or replaces where the switch is off", () => {
  for (const [settings, expected] of [
    ["", "read write"],
    ["grantAddsToShare: false;", "write"],
  ] as const) {
    const s = story("record con: Contact { owner: a; account: acc; }", settings);
    s.does("a", s.share("acc", "b", "read"));
    s.does("a", s.share("acc", "b", "write"));
    expect([s.rights("b", "acc"), s.rights("b", "con")]).toEqual([expected, expected]);
  }
});

test("S4: revoking needs share and read, and takes the direct mask alone", () => {
  const s = story(`
    record con: Contact { owner: a; account: acc; } role S { permit share on Contact at organization; } user p in A { roles: S; }`);
  s.does("a", s.share("con", "b", "read", "write"));
  s.does("a", s.share("acc", "b", "read"));
  expect(s.asks("p", s.unshare("con", "b"))).toBe("privilege: A10 read on con");
  expect(s.asks("none", s.unshare("con", "b"))).toBe("privilege: A10 share on con");
  expect(s.does("a", s.unshare("con", "b"))).toBe("allowed");
  expect(s.rights("b", "con")).toBe("read");
  expect(s.can("b", s.share("con", "c", "read")).reason).toBe("access");
});

test("S5: a share reaches the children, except those on which the sharer has no share right", () => {
  const s = story(`
    record con: Contact { owner: a; account: acc; } record theirs: Contact { owner: c; account: acc; }
    record sub: Account { owner: c; up: acc; } record below: Contact { owner: a; account: sub; }
    record memo: Memo { owner: a; account: acc; }`);
  s.does("a", s.share("acc", "b", "read", "write"));
  const reached = ["acc", "con", "theirs", "sub", "below", "memo"].map((id) => s.rights("b", id));
  expect(reached).toEqual(["read write", "read write", "", "", "", ""]);
  expect(s.can("b", s.update("con", {})).reason).toBe("parent");
  s.does("sys", s.share("acc", "b", "read"));
  expect(["theirs", "sub", "below"].map((id) => s.rights("b", id))).toEqual([
    "read write",
    "read write",
    "read write",
  ]);
});

test("S5: unsharing takes from the children what nothing else gives", () => {
  const s = story(`
    record acc2: Account { owner: a; } record con: Contact { owner: a; account: acc; also: acc2; }
    record con2: Contact { owner: a; account: acc; } record memo: Memo { owner: a; account: acc; }
    record task: Task { owner: a; contact: con2; }`);
  s.does("a", s.share("acc", "b", "read", "write"));
  s.does("a", s.share("acc2", "b", "write"));
  expect([s.rights("b", "con"), s.rights("b", "con2"), s.rights("b", "task")]).toEqual([
    "read write",
    "read write",
    "read write",
  ]);
  s.does("a", s.unshare("acc", "b"));
  expect([s.rights("b", "acc"), s.rights("b", "con"), s.rights("b", "con2"), s.rights("b", "task")]).toEqual([
    "",
    "write",
    "",
    "",
  ]);
});

test("S5: records that are each other's parents do not keep a share alive", () => {
  const s = story("record one: Account { owner: a; up: two; } record two: Account { owner: a; up: one; }");
  s.does("a", s.share("one", "b", "read"));
  expect([s.rights("b", "one"), s.rights("b", "two")]).toEqual(["read", "read"]);
  s.does("a", s.unshare("one", "b"));
  expect([s.rights("b", "one"), s.rights("b", "two")]).toEqual(["", ""]);
});

test("S5: a child inherits where it is created or moved to, and loses what it leaves", () => {
  const s = story("record acc2: Account { owner: a; }");
  s.does("a", s.share("acc", "b", "read"));
  s.does("a", s.share("acc2", "c", "write"));
  s.does("a", s.create("Contact", { id: "con", attributes: { account: "acc" } }));
  s.does("a", s.create("Task", { id: "task", attributes: { contact: "con" } }));
  expect([s.rights("b", "con"), s.rights("b", "task"), s.rights("c", "con")]).toEqual(["read", "read", ""]);
  s.does("a", s.append("con", "acc2", "account"));
  expect([s.rights("b", "con"), s.rights("b", "task"), s.rights("c", "con"), s.rights("c", "task")]).toEqual([
    "",
    "",
    "write",
    "write",
  ]);
  s.does("a", s.update("con", { attributes: { account: null } }));
  expect([s.rights("c", "con"), s.rights("c", "task")]).toEqual(["", ""]);
});

test("R1: the parent's owner inherits every right on a child that somebody else creates or moves there; it chains", () => {
  const s = story("record top: Deal { owner: c; } record deal: Deal { owner: b; }");
  s.does("sys", s.create("Deal", { id: "new", owner: "b", attributes: { account: "acc" } }));
  s.does("sys", s.create("Deal", { id: "own", owner: "a", attributes: { account: "acc" } }));
  expect(s.rights("a", "new")).toBe(everything);
  expect(s.can("a", s.delete("new")).reason).toBe("parent");
  expect(s.can("a", s.delete("own")).sources).toEqual([{ kind: "owner" }]);
  s.does("sys", s.create("Task", { id: "task", owner: "b", attributes: { deal: "new" } }));
  expect(s.rights("a", "task")).toBe(everything);
  s.does("sys", s.create("Task", { id: "task2", owner: "b", attributes: { deal: "deal" } }));
  s.does("sys", s.append("deal", "top"));
  expect([s.rights("c", "deal"), s.rights("c", "task2")]).toEqual([everything, everything]);
  s.does("sys", s.update("deal", { attributes: { under: null } }));
  expect([s.rights("c", "deal"), s.rights("c", "task2")]).toEqual(["", ""]);
});

test("R1: a team's members inherit with it, and everybody still needs the privilege", () => {
  const s = story(`
    team t in A { roles: Reads; members: p, q; } user p in A { roles: Any; } user q in A { roles: Reads; }
    record ours: Account { owner: Team::"t"; }`);
  s.does("sys", s.create("Deal", { id: "d", owner: "b", attributes: { account: "ours" } }));
  expect([s.rights("p", "d"), s.rights("q", "d"), s.rights("c", "d")]).toEqual([everything, "read", ""]);
});

test("R1, R2: what was inherited stays when the parent goes to somebody else", () => {
  const s = story("record d: Deal { owner: b; account: acc; }");
  s.does("sys", s.assign("acc", "c"));
  expect([s.rights("a", "d"), s.rights("c", "d")]).toEqual([everything, ""]);
});

test("records without an owner inherit nothing and hand nothing on", () => {
  const s = story("record land: Country { account: acc; }");
  expect(s.does("a", s.share("acc", "b", "read"))).toBe("allowed");
  expect(s.reason("b", "read", "land")).toBe("privilege");
  expect(s.asks("sys", s.share("land", "b", "read"))).toBe("privilege: A10 share on land");
});

test("a deleted parent leaves nothing behind on children that stay", () => {
  const s = story("record con: Contact { owner: a; account: acc; }");
  s.does("a", s.share("acc", "b", "read"));
  expect(s.rights("b", "con")).toBe("read");
  s.does("sys", s.delete("acc"));
  expect(s.rights("b", "con")).toBe("");
});

test("what does not fit is an error", () => {
  const s = story();
  const error = (operation: unknown) => {
    const { code, message, help } = thrown(() => s.asks("a", operation as never));
    return [code, message, help].filter(Boolean).join(" | ");
  };
  expect(error(s.share("acc", "b", "raed"))).toBe(
    "BWK440 | `rights`: unknown action `raed` | did you mean `read`?",
  );
  expect(error({ ...s.share("acc", "b"), rights: "read" })).toBe(
    "BWK441 | `rights`: expected an array of actions, not `read`",
  );
  expect(error({ ...s.share("acc", "b"), rights: [1] })).toBe("BWK441 | `rights`: expected a name, not `1`");
  expect(error({ ...s.share("acc", "b"), with: "everybody" })).toContain(
    "BWK441 | `with`: expected `{ user: name }`",
  );
});
