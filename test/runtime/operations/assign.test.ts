// Assigning and updating: semantics.md A3 to A5, A7, B7, B8, B10, S7.
import { expect, test } from "vitest";
import { thrown } from "../thrown.ts";
import { Story } from "./story.ts";

const project = (settings: string, more: string) => `
  settings { ${settings} }
  organization Root { unit A; unit B; }
  entity Account owned by user or team { name?: String, parent?: Account cascade assign, status?: Choice("open", "won") }
  entity Contact owned by user or team { account?: Account cascade assign, other?: Account }
  entity Note owned by user or team { contact?: Contact cascade assign }
  entity Line owned by parent account { account: Account cascade assign }
  entity Country owned by organization { name?: String }
  role Full { permit read, write, assign, append, appendTo, share on Account, Contact, Note at user; }
  role Owns { permit read on Account, Contact, Note at user; }
  role Sees { permit read on Account, Contact, Note at businessUnit; }
  administrator role Admin;
  user sys in Root { roles: Admin; }
  user a in A { roles: Full; } user b in B { roles: Owns; } user c in B { roles: Owns; }
  user seesA in A { roles: Sees; } user seesB in B { roles: Sees; }
  record acc: Account { owner: a; }
  ${more}`;
const story = (more = "", settings = "") => new Story(project(settings, more));

test("A4: assign, write and read on the record as it is, in this order", () => {
  const s = story(`
    role Assign { permit assign on Account at organization; } role Write { permit write on Account at organization; }
    role Read { permit read on Account at organization; }
    user p in A; user q in A { roles: Assign; } user r in A { roles: Assign, Write; }
    user t in A { roles: Assign, Write, Read; }`);
  const asks = (user: string) => s.asks(user, s.assign("acc", "b"));
  expect(asks("p")).toBe("privilege: A4 assign on acc");
  expect(asks("q")).toBe("privilege: A4 write on acc");
  expect(asks("r")).toBe("privilege: A4 read on acc");
  expect(asks("t")).toBe("allowed");
  expect(s.asks("a", s.assign("acc", "b"))).toBe("allowed");
});

test("A3, A4: then the new owner must be able to own, whoever calls", () => {
  const s = story(`
    user none in A; access team deal in A; team empty in A; team owners in A { roles: Owns; }
    record land: Country;`);
  expect(s.asks("sys", s.assign("acc", "none"))).toBe("owner: A3 own on acc of none");
  expect(s.asks("sys", s.assign("acc", "team deal"))).toBe("owner: A3 own on acc of team deal");
  expect(s.asks("sys", s.assign("acc", "team empty"))).toBe("owner: A3 own on acc of team empty");
  expect(s.asks("sys", s.assign("acc", "team owners"))).toBe("allowed");
  expect(s.asks("b", s.assign("acc", "none"))).toBe("privilege: A4 assign on acc");
  expect(s.asks("sys", s.assign("land", "a"))).toBe("privilege: A4 assign on land");
});

test("A3: the condition of a new owner's grant looks at the record as it is", () => {
  const s = story(`
    role Open { permit read on Account at user when { resource has status && resource.status == "open" }; }
    user p in A { roles: Open; } record o1: Account { owner: a; status: "open"; } record o2: Account { owner: a; status: "won"; }`);
  expect(s.asks("sys", s.assign("o1", "p"))).toBe("allowed");
  expect(s.asks("sys", s.assign("o2", "p"))).toBe("owner: A3 own on o2 of p");
});

const family = `
  record con: Contact { owner: a; account: acc; } record note: Note { owner: b; contact: con; }
  record beside: Contact { owner: a; other: acc; } record sub: Account { owner: b; parent: acc; }
  record line: Line { account: acc; }`;

test("A4: children follow by the assign cascade, whoever owned them", () => {
  const s = story(family);
  expect(s.does("sys", s.assign("acc", "c"))).toBe("allowed");
  const owned = ["acc", "con", "note", "beside", "sub"].filter(
    (id) => s.reason("c", "read", id) === "allowed",
  );
  expect(owned).toEqual(["acc", "con", "note", "sub"]);
  expect(s.rights("a", "acc")).toBe("");
  expect(s.rights("a", "beside")).toBe("read write assign share append appendTo");
});

test("A4: where the new owner may not own a child, nothing is assigned", () => {
  const s = story(
    `${family} role NoNotes { permit read on Account, Contact at user; } user p in A { roles: NoNotes; }`,
  );
  expect(s.asks("sys", s.assign("acc", "p"))).toBe("owner: A3 own on note of p");
  expect(s.does("sys", s.assign("acc", "p"))).toBe("owner: A3 own on note of p");
  expect(s.rights("p", "acc")).toBe("");
});

test("the assign cascade ends on records that are each other's parents", () => {
  const s = story(
    "record one: Account { owner: a; parent: two; } record two: Account { owner: a; parent: one; }",
  );
  expect(s.does("a", s.assign("one", "b"))).toBe("allowed");
  expect([s.rights("b", "one"), s.rights("b", "two")]).toEqual(["read", "read"]);
});

test("B7, B8: the unit of an assigned record", () => {
  const lies = (s: Story) =>
    ["seesA", "seesB"].filter((user) => s.reason(user, "read", "acc") === "allowed").join();
  const assigned = (settings: string) => {
    const s = story("", settings);
    s.does("a", s.assign("acc", "b"));
    return lies(s);
  };
  expect(assigned("")).toBe("seesB");
  expect(assigned("ownershipAcrossBusinessUnits: true;")).toBe("seesB");
  expect(assigned("ownershipAcrossBusinessUnits: true; moveRecordsWithOwner: false;")).toBe("seesA");
  expect(assigned("moveRecordsWithOwner: false;")).toBe("seesB");
});

test("S7: the previous owner keeps a share of every right, where the policy says so", () => {
  const off = story();
  off.does("a", off.assign("acc", "b"));
  expect(off.rights("a", "acc")).toBe("");
  const on = story(family, "shareToPreviousOwner: true;");
  on.does("a", on.assign("acc", "b"));
  expect(on.rights("a", "acc")).toBe("read write assign share append appendTo");
  expect(on.can("a", on.assign("acc", "b")).reason).toBe("share");
  // Of the children too; who owned one before and owns it now has lost nothing and gets nothing.
  expect(on.rights("a", "con")).toBe("read write assign share append appendTo");
  expect(on.can("b", on.share("note", "c", "read")).reason).toBe("privilege");
  on.does("sys", on.assign("acc", "b"));
  expect(on.rights("b", "acc")).toBe("read");
});

test("A5: an update needs write; a changed lookup adds A7, a changed owner A4", () => {
  const s = story(`
    role Write { permit write on Account, Contact at organization; } role Read { permit read on Account, Contact at organization; }
    role Append { permit append on Contact at organization; } role To { permit appendTo on Account at organization; }
    role Assign { permit assign on Contact at organization; }
    user p in A; user q in A { roles: Write, Read; } user r in A { roles: Write, Read, Append; }
    user t in A { roles: Write, Read, Append, To; } user u in A { roles: Write, Read, Append, To, Assign; }
    record con: Contact { owner: b; account: acc; } record acc2: Account { owner: b; }`);
  expect(s.asks("p", s.update("con", {}))).toBe("privilege: A5 write on con");
  const same = s.update("con", { owner: "b", attributes: { account: "acc", other: null } });
  expect(s.asks("q", same)).toBe("allowed");
  const moved = s.update("con", { attributes: { account: "acc2" } });
  expect(s.asks("q", moved)).toBe("privilege: A7 append on con");
  expect(s.asks("r", moved)).toBe("privilege: A7 appendTo on acc2");
  expect(s.asks("t", moved)).toBe("allowed");
  const cleared = s.update("con", { attributes: { account: null } });
  expect(s.asks("q", cleared)).toBe("privilege: A7 append on con");
  expect(s.asks("r", cleared)).toBe("allowed");
  const given = s.update("con", { owner: "c", attributes: { account: "acc2" } });
  expect(s.asks("t", given)).toBe("privilege: A4 assign on con");
  expect(s.asks("u", given)).toBe("allowed");
});

test("what an update does", () => {
  const s = story(
    `${family} @id("won") forbid (principal, action == append, resource is Account)
      when { resource has status && resource.status == "won" };
    record acc2: Account { owner: a; }`,
    "ownershipAcrossBusinessUnits: true;",
  );
  expect(s.does("sys", s.update("acc", { attributes: { name: "x", status: "won" } }))).toBe("allowed");
  expect(s.reason("a", "append", "acc")).toBe('forbid "won"');
  s.does("sys", s.update("acc", { attributes: { status: null } }));
  expect(s.reason("a", "append", "acc")).toBe("allowed");
  s.does("sys", s.update("con", { attributes: { account: "acc2" } }));
  s.does("sys", s.update("acc2", { owner: "b", unit: "A" }));
  expect([s.rights("b", "acc2"), s.rights("b", "con"), s.rights("seesA", "acc2")]).toEqual([
    "read",
    "read",
    "read",
  ]);
  expect(s.rights("a", "con")).toBe("");
});

test("what does not fit is an error", () => {
  const s = story("record land: Country; record line: Line { account: acc; }");
  const error = (operation: unknown) => {
    const { code, message } = thrown(() => s.asks("a", operation as never));
    return `${code} ${message}`;
  };
  expect(error(s.update("land", { owner: "a" }))).toBe("BWK442 record `land` has no owner");
  expect(error(s.update("line", { unit: "A" }))).toBe("BWK442 record `line` has no business unit");
  expect(error(s.update("acc", { unit: "A" }))).toBe(
    "BWK442 record `acc` is always in its owner's business unit",
  );
  expect(error({ kind: "assign", record: { entity: "Account", id: "acd" }, to: { user: "b" } })).toBe(
    "BWK440 record `acd` of `Account` is not loaded",
  );
  expect(error({ kind: "assign", record: { entity: "Account" }, to: { user: "b" } })).toBe(
    "BWK441 `record`, `id`: expected a name, not undefined",
  );
  expect(error({ kind: "assign", record: "acc", to: { user: "b" } })).toBe(
    "BWK441 `record`: expected an object, not `acc`",
  );
  expect(error({ ...s.assign("acc", "b"), to: { user: "b", team: "B" } })).toContain(
    "BWK441 `to`: expected `{ user: name }`",
  );
  expect(error({ ...s.assign("acc", "b"), to: { user: "zed" } })).toBe("BWK440 unknown user `zed`");
});
