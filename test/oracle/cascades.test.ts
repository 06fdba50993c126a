// semantics.md S4, S5, R1: the masks of shares, what follows to children, and what comes with a parent.
import { expect, test } from "vitest";
import { type Plan, tell } from "./build.ts";

const rights = ["read", "write", "delete", "assign", "share", "append", "appendTo"];
const everything = "read write delete assign share append appendTo";
const plan = (lookup: string, more: Partial<Plan> = {}): Plan => ({
  units: { Root: undefined },
  entities: { Account: "userOrTeam", Contact: "userOrTeam", Note: "userOrTeam" },
  attributes: { Contact: { account: `Account ${lookup}` }, Note: { contact: `Contact ${lookup}` } },
  roles: {
    All: ["Account", "Contact", "Note"].flatMap((entity) =>
      ["create", ...rights].map((right) => `${right} ${entity} user`),
    ),
    Wide: ["appendTo Account organization", "read Account organization"],
  },
  users: {
    a: { in: "Root", roles: ["All"] },
    b: { in: "Root", roles: ["All", "Wide"] },
    c: { in: "Root", roles: ["All"] },
  },
  records: {
    acc: { entity: "Account", owner: "a" },
    acc2: { entity: "Account", owner: "c" },
    mine: { entity: "Contact", owner: "a", attributes: { account: "acc" } },
    theirs: { entity: "Contact", owner: "b", attributes: { account: "acc" } },
    note: { entity: "Note", owner: "a", attributes: { contact: "mine" } },
    free: { entity: "Contact", owner: "b" },
  },
  ...more,
});

test("S4 granting again adds, or replaces (X13); modify replaces, revoke removes the direct mask alone", () => {
  for (const grantAddsToShare of [true, false]) {
    const story = tell(plan("share", { settings: { grantAddsToShare } }));
    story.do("a", "share acc with c: read");
    story.do("a", "share acc with c: write");
    expect(story.shares("acc")).toBe(grantAddsToShare ? "c: read write | " : "c: write | ");
    expect(story.shares("mine")).toBe(grantAddsToShare ? "c:  | read write" : "c:  | write");
  }
  const story = tell(
    plan("share", { shares: [{ record: "acc", with: "c", direct: ["write"], inherited: ["read"] }] }),
  );
  story.set({ kind: "unshare", record: story.record("acc"), principal: { kind: "user", name: "c" } });
  expect(story.shares("acc")).toBe("c:  | read");
});

test("S5 a share reaches the children on which the sharer has the share right, and what lies below; unsharing takes it back", () => {
  const story = tell(plan("share"));
  story.do("a", "share acc with c: read");
  expect([story.shares("mine"), story.shares("theirs"), story.shares("note")]).toEqual([
    "c:  | read",
    "",
    "c:  | read",
  ]);
  story.do("a", "unshare acc with c");
  expect([story.shares("acc"), story.shares("mine"), story.shares("note")]).toEqual(["", "", ""]);
  const none = tell(plan(""));
  none.do("a", "share acc with c: read");
  expect(none.shares("mine")).toBe("");
});

test("S5 what a child has from elsewhere stays", () => {
  const story = tell(
    plan("share", {
      attributes: { Contact: { account: "Account share", second: "Account share" } },
      records: {
        acc: { entity: "Account", owner: "a" },
        acc2: { entity: "Account", owner: "a" },
        mine: { entity: "Contact", owner: "a", attributes: { account: "acc", second: "acc2" } },
      },
    }),
  );
  story.do("a", "share acc with c: read write");
  story.do("a", "share acc2 with c: read");
  story.do("a", "unshare acc with c");
  expect(story.shares("mine")).toBe("c:  | read");
});

test("S5 a child created under a shared parent inherits; one that moves inherits there and loses what it had here", () => {
  const story = tell(plan("share", { shares: [{ record: "acc2", with: "c", direct: ["read"] }] }));
  story.do("a", "share acc with b: write");
  story.do("b", "create n: Contact account=acc");
  expect(story.shares("n")).toBe("b:  | write");
  const move = new Map([["account", { kind: "Record" as const, entity: 0, id: "acc2" }]]);
  const change = { kind: "edit record", owner: undefined, unit: undefined, attributes: move } as const;
  expect(story.set({ ...change, record: story.record("n") })).toBe("done");
  expect(story.shares("n")).toBe("c:  | read");
});

test("R1 the owner of the parent inherits every right but create on what another owns there; it chains", () => {
  const story = tell(plan("reparent"));
  story.do("b", "create n: Contact account=acc");
  expect(story.shares("n")).toBe(`a:  | ${everything}`);
  expect(story.can("a", "write n")).toBe("allow because parent");
  story.do("b", "create m: Note contact=n");
  expect(story.shares("m")).toBe(`a:  | ${everything}`);
  story.do("a", "create own: Contact account=acc");
  expect(story.shares("own")).toBe("");
});

test("R1 what lies below a record that moves comes along", () => {
  const story = tell(plan("reparent"));
  story.do("b", "create deep: Note contact=free");
  expect(story.do("b", "append free.account to acc2")).toMatch(/^allow/);
  expect([story.shares("free"), story.shares("deep")]).toEqual([
    `c:  | ${everything}`,
    `c:  | ${everything}`,
  ]);
  expect(story.do("b", "append free.account to acc")).toMatch(/^allow/);
  expect([story.shares("free"), story.shares("deep")]).toEqual([
    `a:  | ${everything}`,
    `a:  | ${everything}`,
  ]);
});

test("records that are each other's parents come to an end", () => {
  const story = tell({
    ...plan("share"),
    attributes: { Contact: { other: "Contact assign share unshare reparent delete:cascade" } },
    records: {
      x: { entity: "Contact", owner: "a", attributes: { other: "y" } },
      y: { entity: "Contact", owner: "a", attributes: { other: "x" } },
    },
  });
  story.do("a", "share x with c: read");
  expect([story.shares("x"), story.shares("y")]).toEqual(["c: read | read", "c:  | read"]);
  story.do("a", "unshare x with c");
  expect([story.shares("x"), story.shares("y")]).toEqual(["", ""]);
  story.do("a", "assign x to b");
  expect(story.place("y")).toBe("b in Root");
  story.do("b", "delete x");
  expect(story.story.world.records.size).toBe(0);
});
