// semantics.md B1 to B8 and S4: what an administrator changes, and what is refused.
import { expect, test } from "vitest";
import { type Plan, tell } from "./build.ts";

const base: Plan = {
  units: { Root: undefined, A: "Root", A1: "A", B: "Root", Empty: "Root" },
  entities: { Account: "userOrTeam" },
  roles: { Own: ["read Account user"], Deep: ["read Account parentChild"] },
  users: {
    a: { in: "A", roles: ["Deep"] },
    a1: { in: "A1", roles: ["Own"] },
    b: { in: "B", roles: ["Own"] },
  },
  teams: { T: { in: "A", roles: ["Own"], members: ["b"] }, X: { kind: "access", in: "A" } },
  records: {
    ofA: { entity: "Account", owner: "a" },
    ofA1: { entity: "Account", owner: "a1" },
    ofT: { entity: "Account", owner: "team T" },
  },
};

test("B1 the root is not moved, disabled or deleted; no unit lies below itself", () => {
  const story = tell(base);
  expect(story.set({ kind: "move unit", unit: "Root", under: "A" })).toMatch(/root/);
  expect(story.set({ kind: "disable unit", unit: "Root", disabled: true })).toMatch(/root/);
  expect(story.set({ kind: "delete unit", unit: "Root" })).toMatch(/root/);
  expect(story.set({ kind: "move unit", unit: "A", under: "A1" })).toMatch(/below itself/);
});

test("B2 disabling a unit keeps everybody below from signing in; enabling restores", () => {
  const story = tell(base);
  story.set({ kind: "disable unit", unit: "A", disabled: true });
  expect(story.can("a1", "read ofA1")).toBe("deny because disabled");
  expect(story.can("b", "read ofT")).toBe("allow because team T");
  story.set({ kind: "disable unit", unit: "A", disabled: false });
  expect(story.can("a1", "read ofA1")).toBe("allow because owner");
});

test("B3 only a disabled and empty unit is deleted", () => {
  const story = tell(base);
  expect(story.set({ kind: "delete unit", unit: "Empty" })).toMatch(/not disabled/);
  for (const unit of ["A", "A1", "B", "Empty"])
    expect(story.set({ kind: "disable unit", unit, disabled: true })).toBe("done");
  expect(story.set({ kind: "delete unit", unit: "A" })).toMatch(/units/);
  expect(story.set({ kind: "delete unit", unit: "A1" })).toMatch(/users/);
  expect(story.set({ kind: "delete unit", unit: "Empty" })).toBe("done");
});

test("B4 a moved unit takes its subtree along", () => {
  const story = tell(base);
  expect(story.can("a", "read ofA1")).toBe("allow because role Deep");
  story.set({ kind: "move unit", unit: "A1", under: "B" });
  expect(story.can("a", "read ofA1")).toMatch(/^deny because access/);
});

test("B8 classic: who moves loses his roles and takes his records along", () => {
  const story = tell(base);
  expect(story.set({ kind: "move user", user: "a", unit: "B" })).toBe("done");
  expect(story.place("ofA")).toBe("a in B");
  expect(story.can("a", "read ofA")).toMatch(/^deny because privilege/);
  story.set({ kind: "move team", team: "T", unit: "B" });
  expect(story.place("ofT")).toBe("T in B");
  expect(story.story.world.teams.get("T")?.roles).toEqual([]);
  expect(story.set({ kind: "move team", team: "A", unit: "B" })).toMatch(/default team/);
});

test.each([
  [false, true],
  [true, false],
])("B8 modern: roles stay (%s), records stay (%s)", (keepRolesOnUnitChange, moveRecordsWithOwner) => {
  const settings = { ownershipAcrossBusinessUnits: true, keepRolesOnUnitChange, moveRecordsWithOwner };
  const story = tell({ ...base, settings });
  story.set({ kind: "move user", user: "a", unit: "B" });
  expect(story.place("ofA")).toBe(moveRecordsWithOwner ? "a in B" : "a in A");
  expect(story.story.world.users.get("a")?.roles).toEqual(
    keepRolesOnUnitChange ? [{ role: 1, unit: "A" }] : [],
  );
});

test("B5, B6 roles have copies in their unit and below; classic, only those of the holder's unit; T5 access teams none", () => {
  const edit = (plan: Plan, unit: string | undefined) =>
    tell(plan).set({
      kind: "edit user",
      user: "b",
      roles: [{ role: 1, unit }],
      manager: undefined,
      position: undefined,
      attributes: new Map(),
    });
  expect(edit(base, undefined)).toBe("done");
  expect(edit(base, "A")).toMatch(/another business unit/);
  expect(edit({ ...base, settings: { ownershipAcrossBusinessUnits: true } }, "A")).toBe("done");
  const team = {
    kind: "edit team",
    members: undefined,
    administrator: undefined,
    attributes: new Map(),
  } as const;
  expect(tell(base).set({ ...team, team: "X", roles: [{ role: 0, unit: undefined }] })).toMatch(
    /access team/,
  );
  expect(tell(base).set({ ...team, team: "A", roles: undefined, members: ["b"] })).toMatch(/default team/);
});

test("a record's unit: the owner's in the classic mode, its own in the modern one; a new owner without checks", () => {
  const edit = (settings: Plan["settings"], unit: string | undefined, owner: string | undefined) => {
    const story = tell({ ...base, settings: settings ?? {} });
    const principal = owner === undefined ? undefined : ({ kind: "user", name: owner } as const);
    const record = story.record("ofA");
    const said = story.set({ kind: "edit record", record, owner: principal, unit, attributes: new Map() });
    return [said, story.place("ofA")];
  };
  expect(edit({}, "B", undefined)[0]).toMatch(/owner's business unit/);
  expect(edit({}, undefined, "b")).toEqual(["done", "b in B"]);
  expect(edit({ ownershipAcrossBusinessUnits: true }, "B", undefined)).toEqual(["done", "a in B"]);
  expect(edit({ ownershipAcrossBusinessUnits: true }, "A1", "b")).toEqual(["done", "b in A1"]);
});

test("a deleted record is in the wrong state for everybody; what a child restricts stays", () => {
  const story = tell({
    ...base,
    administratorRoles: ["Admin"],
    users: { ...base.users, s: { in: "A", roles: ["Admin"] } },
  });
  const record = story.record("ofA");
  expect(story.set({ kind: "delete record", record })).toBe("done");
  expect(story.set({ kind: "delete record", record })).toMatch(/no such record/);
  expect(story.can("s", "read ofA")).toBe("deny because state");
});
