// semantics.md A4 to A11: assigning, deleting, lookups, associating, merging, sharing.
import { expect, test } from "vitest";
import { type Plan, tell } from "./build.ts";

const rights = ["read", "write", "delete", "assign", "share", "append", "appendTo"];
/** Grants of these rights on every entity. */
const on = (words: readonly string[], level = "user", entities = ["Account", "Contact"]): string[] =>
  entities.flatMap((entity) => words.map((word) => `${word} ${entity} ${level}`));
const without = (...words: string[]): string[] => rights.filter((right) => !words.includes(right));

const base: Plan = {
  units: { Root: undefined, A: "Root", B: "Root" },
  entities: { Account: "userOrTeam", Contact: "userOrTeam" },
  attributes: {
    Account: { status: "Choice active inactive" },
    Contact: { account: "Account assign merge delete:cascade", guard: "Account delete:restrict" },
  },
  roles: { Own: on(["read"]), All: [...on(rights), "Merge"] },
  administratorRoles: ["Admin"],
  tasks: ["Merge"],
  users: {
    a: { in: "A", roles: ["All"] },
    b: { in: "B", roles: ["Own"] },
    none: { in: "B" },
    sys: { in: "Root", roles: ["Admin"] },
  },
  records: {
    acc: { entity: "Account", owner: "a" },
    other: { entity: "Account", owner: "a" },
    theirs: { entity: "Account", owner: "b" },
    child: { entity: "Contact", owner: "b", attributes: { account: "acc" } },
    free: { entity: "Contact", owner: "a" },
  },
};
const withRole = (grants: readonly string[], more: Partial<Plan> = {}): Plan => ({
  ...base,
  ...more,
  roles: { ...base.roles, ...more.roles, All: grants },
});

test.each(["assign", "write", "read"])("A4 assign needs %s on the record as it is", (missing) => {
  const story = tell(withRole(on(without(missing))));
  expect(story.can("a", "assign acc to b")).toBe(`deny because privilege: A4 ${missing} of acc`);
});

test("A4 the children follow, and refuse with the record; classic, the unit is the new owner's", () => {
  const story = tell(base);
  expect(story.do("a", "assign acc to b")).toBe("allow because owner");
  expect([story.place("acc"), story.place("child")]).toEqual(["b in B", "b in B"]);
  const half: Plan = withRole(on(rights), {
    roles: { Half: ["read Account user"] },
    users: { ...base.users, half: { in: "B", roles: ["Half"] } },
  });
  expect(tell(half).can("a", "assign acc to half")).toBe("deny because owner: A3 own of child");
  expect(tell(half).can("a", "assign other to half")).toBe("allow because owner");
  expect(tell(base).can("sys", "assign acc to none")).toBe("deny because owner: A3 own of acc");
});

test("B8 modern: an assigned record takes the owner's unit, or keeps its own", () => {
  for (const moveRecordsWithOwner of [true, false]) {
    const story = tell({ ...base, settings: { ownershipAcrossBusinessUnits: true, moveRecordsWithOwner } });
    story.do("a", "assign acc to b");
    expect(story.place("acc")).toBe(moveRecordsWithOwner ? "b in B" : "b in A");
  }
});

test("S7 the previous owner keeps every right as a share, of each record that changes hands", () => {
  const story = tell({ ...base, settings: { shareToPreviousOwner: true } });
  story.do("a", "assign acc to b");
  expect(story.shares("acc")).toBe("a: read write delete assign share append appendTo | ");
  expect(story.shares("child")).toBe("");
  expect(story.can("a", "read acc")).toBe("allow because share");
});

test("A6 the record alone is checked; cascade deletes, restrict refuses, unlink clears", () => {
  const story = tell(base);
  expect(story.can("b", "delete child")).toBe("deny because privilege: A6 delete of child");
  expect(story.do("a", "delete acc")).toBe("allow because owner");
  expect(story.can("a", "read acc")).toBe("deny because state");
  expect(story.can("sys", "read child")).toBe("deny because state");
  const guarded: Plan = {
    ...base,
    records: {
      ...base.records,
      child: { entity: "Contact", owner: "b", attributes: { account: "acc", guard: "other" } },
    },
  };
  expect(tell(guarded).can("a", "delete other")).toBe("deny because state: A6 delete of child");
  const unlinked = tell({
    ...base,
    attributes: { Contact: { account: "Account delete:unlink" } },
  });
  unlinked.do("a", "delete acc");
  expect(unlinked.story.world.record(unlinked.record("child"))?.attributes.has("account")).toBe(false);
});

test("A7 append, write, read on the child; appendTo, read on the parent; X6 and write", () => {
  const can = (grants: readonly string[], settings: Plan["settings"] = {}) =>
    tell(withRole(grants, { settings: settings ?? {} })).can("a", "append free.account to other");
  for (const [entity, missing] of [
    ["Contact", "append"],
    ["Contact", "write"],
    ["Contact", "read"],
    ["Account", "appendTo"],
    ["Account", "read"],
  ] as const) {
    const grants = on(rights).filter((line) => line !== `${missing} ${entity} user`);
    const record = entity === "Contact" ? "free" : "other";
    expect(can(grants)).toBe(`deny because privilege: A7 ${missing} of ${record}`);
  }
  const noWrite = on(rights).filter((line) => line !== "write Account user");
  expect(can(noWrite)).toBe("allow because owner");
  expect(can(noWrite, { appendToNeedsWrite: true })).toBe("deny because privilege: A7 write of other");
  expect(tell(base).can("a", "append free.account to theirs")).toBe(
    "deny because access: A7 appendTo of theirs",
  );
});

test("A5 update: write, then A7 of changed lookups, then A4 of a changed owner; A1 with lookups", () => {
  const story = tell(withRole(on(without("appendTo")), { roles: { Own: on(["read"]) } }));
  const update = (attributes: ReadonlyMap<string, "none" | { kind: "Record"; entity: number; id: string }>) =>
    story.story.can("a", {
      kind: "update",
      record: story.record("free"),
      attributes,
      owner: { kind: "user", name: "none" },
      unit: undefined,
    });
  expect(update(new Map([["account", { kind: "Record", entity: 0, id: "other" }]])).failed?.rule).toBe("A7");
  expect(update(new Map([["account", "none"]])).failed?.rule).toBe("A3");
  const maker = withRole([...on(without("appendTo")), "create Contact user"]);
  expect(tell(maker).can("a", "create n: Contact")).toBe("allow because role All");
  expect(tell(maker).can("a", "create n: Contact account=acc")).toBe(
    "deny because privilege: A7 appendTo of acc",
  );
});

test("A8 append on both, read on both; X12 appendTo on the second", () => {
  const can = (grants: readonly string[], settings: Plan["settings"] = {}) =>
    tell(withRole(grants, { settings: settings ?? {} })).can("a", "associate acc with free");
  expect(can(on(["read"]))).toBe("deny because privilege: A8 append of acc");
  expect(can([...on(["read"]), "append Account user"])).toBe("deny because privilege: A8 append of free");
  expect(can([...on(["append"]), "read Account user"])).toBe("deny because privilege: A8 read of free");
  expect(can(on(["read", "append"]))).toBe("allow because owner");
  expect(can(on(["read", "append"]), { associateNeedsAppendTo: true })).toBe(
    "deny because privilege: A8 appendTo of free",
  );
});

test("A9, A11 merge: the task, seven rights, both active and different, then the children", () => {
  const can = (grants: readonly string[], text = "merge other into acc") =>
    tell(withRole(grants)).can("a", text);
  expect(can(on(rights))).toBe("deny because privilege: A9 Merge");
  const lacking = (right: string) => [...on(without(right)), "Merge"];
  expect(can(lacking("share"))).toBe("deny because privilege: A9 share of acc");
  expect(can(lacking("appendTo"))).toBe("deny because privilege: A9 appendTo of acc");
  expect(can(lacking("append"))).toBe("deny because privilege: A9 append of other");
  expect(tell(base).can("a", "merge acc into acc")).toBe("deny because state: A9 merge of acc");
  // `child` is another's, and follows.
  expect(tell(base).can("a", "merge acc into other")).toBe("deny because access: A9 write of child");
  const mine: Plan = {
    ...base,
    records: { ...base.records, child: { entity: "Contact", owner: "a", attributes: { account: "acc" } } },
  };
  const story = tell(mine);
  expect(story.do("a", "merge acc into other")).toBe("allow because role All");
  const { attributes } = story.story.world.record(story.record("child")) ?? {};
  expect(attributes?.get("account")).toEqual({ kind: "Record", entity: 0, id: "other" });
  expect(story.can("a", "merge acc into other")).toBe("deny because state: A9 merge of acc");
});

test("A10, S6 share: share, read, each granted right, then the sharee's read", () => {
  const can = (grants: readonly string[], text: string, settings: Plan["settings"] = {}) =>
    tell(withRole(grants, { settings: settings ?? {} })).can("a", text);
  expect(can(on(["read"]), "share acc with b: read")).toBe("deny because privilege: A10 share of acc");
  expect(can(on(["share"]), "share acc with b: read")).toBe("deny because privilege: A10 read of acc");
  expect(can(on(["share", "read"]), "share acc with b: read write")).toBe(
    "deny because privilege: S6 write of acc",
  );
  expect(can(on(["share", "read"]), "share acc with b: write", { sharerNeedsGrantedRights: false })).toBe(
    "allow because owner",
  );
  expect(can(on(["share", "read"]), "share acc with none: read")).toBe(
    "deny because privilege: A10 read of acc",
  );
  expect(can(on(["share", "read"]), "share theirs with b: read")).toBe(
    "deny because access: A10 share of theirs",
  );
  // T5, T7: teams need no role to receive.
  const teams: Plan = { ...base, teams: { T: { in: "A" }, X: { kind: "access", in: "A" } } };
  expect(tell(teams).can("a", "share acc with team T: read")).toBe("allow because owner");
  expect(tell(teams).can("a", "share acc with team X: read")).toBe("allow because owner");
  expect(tell(teams).can("a", "share acc with organization: read")).toBe("allow because owner");
  expect(can(on(["read"]), "unshare acc with b")).toBe("deny because privilege: A10 share of acc");
});
