// Lookups, associations, deletions and merges: semantics.md A6 to A9, A11.
import { expect, test } from "vitest";
import { thrown } from "../thrown.ts";
import { Story } from "./story.ts";

const project = (settings: string, more: string) => `
  settings { ${settings} }
  organization Root { unit A; }
  entity Account owned by user or team { status?: Choice("active", "inactive"), twin?: Account cascade merge }
  entity Contact owned by user or team { account?: Account cascade merge, second?: Account, chief?: Contact }
  entity Project owned by user or team { account?: Account cascade delete cascade }
  entity Step owned by user or team { project?: Project cascade delete cascade, after?: Step cascade delete restrict }
  entity Contract owned by user or team { account?: Account cascade delete restrict }
  entity Line owned by parent account { account: Account }
  entity Country owned by organization { name?: String }
  role Reads { permit read on Account, Contact, Project, Step, Contract at user; }
  administrator role Admin;
  user sys in Root { roles: Admin; } user b in A { roles: Reads; }
  record acc: Account { owner: b; } record acc2: Account { owner: b; }
  record con: Contact { owner: b; account: acc; }
  ${more}`;
const story = (more = "", settings = "") => new Story(project(settings, more));
const role = (name: string, actions: string, entity: string) =>
  `role ${name} { permit ${actions} on ${entity} at organization; }`;

test("A7: append, write, read on the child; appendTo, read on the parent", () => {
  const s = story(`
    ${role("C1", "append", "Contact")} ${role("C2", "write", "Contact")} ${role("C3", "read", "Contact")}
    ${role("P1", "appendTo", "Account")} ${role("P2", "read", "Account")}
    user u0 in A; user u1 in A { roles: C1; } user u2 in A { roles: C1, C2; } user u3 in A { roles: C1, C2, C3; }
    user u4 in A { roles: C1, C2, C3, P1; } user u5 in A { roles: C1, C2, C3, P1, P2; }`);
  const append = s.append("con", "acc2", "account");
  expect(["u0", "u1", "u2", "u3", "u4", "u5"].map((user) => s.asks(user, append))).toEqual([
    "privilege: A7 append on con",
    "privilege: A7 write on con",
    "privilege: A7 read on con",
    "privilege: A7 appendTo on acc2",
    "privilege: A7 read on acc2",
    "allowed",
  ]);
});

test("A7 X6: and write on the parent, where the switch asks for it", () => {
  const people = `
    ${role("Child", "append, write, read", "Contact")} ${role("Parent", "appendTo, read", "Account")}
    ${role("Write", "write", "Account")}
    user x in A { roles: Child, Parent; } user y in A { roles: Child, Parent, Write; }`;
  const on = story(people, "appendToNeedsWrite: true;");
  expect(on.asks("x", on.append("con", "acc2", "account"))).toBe("privilege: A7 write on acc2");
  expect(on.asks("y", on.append("con", "acc2", "account"))).toBe("allowed");
  const off = story(people);
  expect(off.asks("x", off.append("con", "acc2", "account"))).toBe("allowed");
});

test("A7: each at its own level, and the lookup is then set", () => {
  const s = story(`
    role Own { permit read, write, append on Contact at user; permit read, appendTo on Account at user; }
    @id("at home") forbid (principal, action == delete, resource is Contact)
      when { resource has account && resource.account == Account::"home" };
    user x in A { roles: Own; } record mine: Contact { owner: x; } record home: Account { owner: x; }`);
  expect(s.asks("x", s.append("con", "home", "account"))).toBe("access: A7 append on con");
  expect(s.asks("x", s.append("mine", "acc", "account"))).toBe("access: A7 appendTo on acc");
  expect(s.does("x", s.append("mine", "home", "account"))).toBe("allowed");
  expect(s.reason("sys", "delete", "mine")).toBe('forbid "at home"');
  expect(s.does("sys", s.append("mine", "acc", "account"))).toBe("allowed");
  expect(s.reason("sys", "delete", "mine")).toBe("allowed");
});

test("A7: a lookup has to be named where several lead there, and must lead there", () => {
  const s = story("record land: Country;");
  const error = (to: string, lookup?: string) => {
    const { code, message, help } = thrown(() => s.asks("sys", s.append("con", to, lookup)));
    return [code, message, help].filter(Boolean).join(" | ");
  };
  expect(error("acc2")).toBe(
    "BWK441 | 2 lookups lead from `Contact` to `Account` | say which in `lookup`: `account` or `second`",
  );
  expect(error("land")).toBe("BWK441 | no lookup leads from `Contact` to `Country`");
  expect(error("acc2", "acount")).toBe(
    "BWK441 | no lookup `acount` leads from `Contact` to `Account` | did you mean `account`?",
  );
});

test("A8: append on both and read on both; appendTo on the second where the switch asks for it", () => {
  const people = `
    ${role("A1", "append", "Account")} ${role("C1", "append", "Contact")} ${role("A2", "read", "Account")}
    ${role("C2", "read", "Contact")} ${role("C3", "appendTo", "Contact")}
    user u0 in A; user u1 in A { roles: A1; } user u2 in A { roles: A1, C1; } user u3 in A { roles: A1, C1, A2; }
    user u4 in A { roles: A1, C1, A2, C2; } user u5 in A { roles: A1, C1, A2, C2, C3; }`;
  const users = ["u0", "u1", "u2", "u3", "u4", "u5"];
  const off = story(people);
  const asked = [
    "privilege: A8 append on acc",
    "privilege: A8 append on con",
    "privilege: A8 read on acc",
    "privilege: A8 read on con",
  ];
  expect(users.map((user) => off.asks(user, off.associate("acc", "con")))).toEqual([
    ...asked,
    "allowed",
    "allowed",
  ]);
  const on = story(people, "associateNeedsAppendTo: true;");
  expect(users.map((user) => on.asks(user, on.associate("acc", "con")))).toEqual([
    ...asked,
    "privilege: A8 appendTo on con",
    "allowed",
  ]);
  expect(on.asks("u5", { ...on.associate("acc", "con"), kind: "disassociate" } as never)).toBe("allowed");
  expect(on.does("u5", on.associate("acc", "con"))).toBe("allowed");
});

const household = `
  ${role("Deletes", "delete", "Account")} user x in A { roles: Deletes; }
  record p: Project { owner: b; account: acc; } record s1: Step { owner: b; project: p; }
  record line: Line { account: acc; }`;

test("A6: delete on the record only; children are deleted with it, or their lookup is emptied", () => {
  const s = story(household);
  expect(s.asks("b", s.delete("acc"))).toBe("privilege: A6 delete on acc");
  expect(s.reason("b", "read", "line")).toBe("allowed");
  expect(s.does("x", s.delete("acc"))).toBe("allowed");
  expect(["acc", "p", "s1", "con", "line"].filter((id) => s.exists(id))).toEqual(["con", "line"]);
  // What its parent decided about is out of everybody's reach now.
  expect(s.reason("sys", "read", "line")).toBe("access");
  expect(s.reason("b", "read", "con")).toBe("allowed");
});

test("A6: a child that restricts refuses, wherever it is met", () => {
  const direct = story(`${household} record k: Contract { owner: b; account: acc; }`);
  expect(direct.asks("x", direct.delete("acc"))).toBe("state: A6 delete on k");
  expect(direct.does("x", direct.delete("acc"))).toBe("state: A6 delete on k");
  expect(direct.exists("p")).toBe(true);
  direct.does("sys", direct.delete("k"));
  expect(direct.asks("x", direct.delete("acc"))).toBe("allowed");
  const below = story(`${household} record s2: Step { owner: b; after: s1; }`);
  expect(below.asks("x", below.delete("acc"))).toBe("state: A6 delete on s2");
  expect(below.asks("b", below.delete("acc"))).toBe("privilege: A6 delete on acc");
});

test("A6: a record that leads to itself does not hold itself", () => {
  const s = story(
    "record s1: Step { owner: b; after: s1; } record s2: Step { owner: b; after: s3; } record s3: Step { owner: b; after: s2; }",
  );
  expect(s.does("sys", s.delete("s1"))).toBe("allowed");
  expect(s.asks("sys", s.delete("s2"))).toBe("state: A6 delete on s3");
});

test("A9: the checks of a merge, in their order", () => {
  const s = story(`
    role Task { permit Merge; }
    ${role("M1", "read", "Account")} ${role("M2", "write", "Account")} ${role("M3", "share", "Account")}
    ${role("M4", "appendTo", "Account")} ${role("S3", "append", "Account")}
    ${role("C1", "write", "Contact")} ${role("C2", "append", "Contact")}
    user u0 in A; user u1 in A { roles: Task; } user u2 in A { roles: Task, M1; } user u3 in A { roles: Task, M1, M2; }
    user u4 in A { roles: Task, M1, M2, M3; } user u5 in A { roles: Task, M1, M2, M3, M4; }
    user u6 in A { roles: Task, M1, M2, M3, M4, S3; } user u7 in A { roles: Task, M1, M2, M3, M4, S3, C1; }
    user u8 in A { roles: Task, M1, M2, M3, M4, S3, C1, C2; }`);
  const users = ["u0", "u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"];
  expect(users.map((user) => s.asks(user, s.merge("acc", "acc2")))).toEqual([
    "privilege: A9 Merge",
    "privilege: A9 read on acc2",
    "privilege: A9 write on acc2",
    "privilege: A9 share on acc2",
    "privilege: A9 appendTo on acc2",
    "privilege: A9 append on acc",
    "privilege: A9 write on con",
    "privilege: A9 append on con",
    "allowed",
  ]);
  expect(s.can("u8", s.merge("acc", "acc2")).reason).toBe("role Task");
});

test("A9: master and subordinate are each checked at their level", () => {
  const s = story(`
    role Own { permit read, write, append, appendTo, share on Account at user; permit Merge; }
    user x in A { roles: Own; } record mine: Account { owner: x; } record mine2: Account { owner: x; }`);
  expect(s.asks("x", s.merge("acc", "mine"))).toBe("access: A9 read on acc");
  expect(s.asks("x", s.merge("mine", "acc"))).toBe("access: A9 read on acc");
  expect(s.asks("x", s.merge("mine", "mine2"))).toBe("allowed");
});

test("A9, A11: both must be different and active, and the subordinate is inactive afterwards", () => {
  const s =
    story(`record off: Account { owner: b; status: "inactive"; } record on: Account { owner: b; status: "active"; }
    record c2: Contact { owner: b; } record c3: Contact { owner: b; account: acc2; }`);
  expect(s.asks("sys", s.merge("acc", "acc"))).toBe("state: A9 merge on acc");
  expect(s.asks("sys", s.merge("off", "acc"))).toBe("state: A11 merge on off");
  expect(s.asks("sys", s.merge("acc", "off"))).toBe("state: A11 merge on off");
  expect(s.does("sys", s.merge("on", "acc"))).toBe("allowed");
  expect(s.asks("sys", s.merge("on", "acc"))).toBe("state: A11 merge on on");
  // Records of an entity without such an attribute are always active.
  expect(s.does("sys", s.merge("c2", "con"))).toBe("allowed");
  expect(s.asks("sys", s.merge("c2", "con"))).toBe("allowed");
});

test("A11: `status` or `state`, if it has that value", () => {
  const s = story(`
    entity Ticket owned by user or team { status?: Choice("open", "inactive"), state?: Choice("on", "inactive") }
    entity Case owned by user or team { status?: String, state?: Choice("on", "off") }
    record t1: Ticket { owner: sys; status: "open"; state: "inactive"; } record t2: Ticket { owner: sys; state: "on"; }
    record t3: Ticket { owner: sys; } record c1: Case { owner: sys; status: "inactive"; } record c2: Case { owner: sys; }`);
  expect(s.asks("sys", s.merge("t1", "t2"))).toBe("state: A11 merge on t1");
  expect(s.does("sys", s.merge("t3", "t2"))).toBe("allowed");
  expect(s.asks("sys", s.merge("t3", "t2"))).toBe("state: A11 merge on t3");
  expect(s.asks("sys", s.merge("c1", "c2"))).toBe("allowed");
});

test("A9: children follow by the merge cascade alone", () => {
  const s = story(
    "record c2: Contact { owner: b; second: acc; } record k: Contract { owner: b; account: acc; }",
  );
  expect(s.does("sys", s.merge("acc", "acc2"))).toBe("allowed");
  const contact = s.update("con", { attributes: { account: "acc2" } });
  expect(s.can("sys", contact).allowed).toBe(true);
  // con has gone to acc2 and k has stayed: acc cannot be deleted, and is not held by con.
  expect(s.asks("sys", s.delete("acc"))).toBe("state: A6 delete on k");
  expect(s.asks("sys", s.merge("con", "acc"))).toBe("state: A9 merge on con");
});

test("a forbid stands before everything", () => {
  const s = story(`@id("no merging") forbid (principal, action == Merge, resource);
    @id("no sharing") forbid (principal, action == share, resource == Account::"acc2");`);
  expect(s.asks("sys", s.merge("acc", "acc2"))).toBe('forbid "no merging": A9 Merge');
  expect(s.asks("sys", s.share("acc2", "b", "read"))).toBe('forbid "no sharing": A10 share on acc2');
});
