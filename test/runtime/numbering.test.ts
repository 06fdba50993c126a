import { expect, test } from "vitest";
import { MAX_UNITS } from "../../runtime-as/abi.ts";
import { buildWorld, nothing } from "../../runtime-ts/world/build-world.ts";
import type { Declarations } from "../../runtime-ts/world/declarations.ts";
import { numberUnits } from "../../runtime-ts/world/number-units.ts";
import { readDirectory } from "../../runtime-ts/world/read-directory.ts";
import { policyOf } from "./policies.ts";
import { thrown } from "./thrown.ts";

const unit = (name: string, parent?: string, disabled = false) => ({
  path: `unit ${name}`,
  name,
  parent: parent === undefined ? undefined : { path: `unit ${name}`, name: parent },
  disabled,
});

test("units are numbered in preorder, siblings as declared, whatever the order of declaration", () => {
  const units = numberUnits(
    [],
    [unit("B1", "B"), unit("A", "Root"), unit("Root"), unit("A2", "A"), unit("B", "Root"), unit("A1", "A")],
  );
  expect(units.names).toEqual(["Root", "A", "A2", "A1", "B", "B1"]);
  expect([...units.ends]).toEqual([5, 3, 2, 3, 5, 5]);
  expect(units.numbers.get("B1")).toBe(5);
});

test("a disabled unit disables everything below it", () => {
  const units = numberUnits([], [unit("Root"), unit("A", "Root", true), unit("A1", "A"), unit("B", "Root")]);
  expect(units.enabled).toEqual([true, false, false, true]);
});

test("the directory's units come on top of the policy's, and may repeat them", () => {
  const declared = [unit("Root"), unit("A", "Root"), unit("B", "Root", true)];
  const units = numberUnits(declared, [
    unit("A", "Root", true),
    unit("A1", "A"),
    unit("B", "Root"),
    unit("Root"),
  ]);
  expect(units.names).toEqual(["Root", "A", "A1", "B"]);
  expect(units.enabled).toEqual([true, false, false, false]);
  expect(thrown(() => numberUnits(declared, [unit("A", "B")]))).toMatchObject({
    code: "BWK422",
    message: "unit A: business unit `A` is under `B` here and under `Root` in the policy",
  });
  expect(thrown(() => numberUnits(declared, [unit("A")])).message).toBe(
    "unit A: business unit `A` is at the top here and under `Root` in the policy",
  );
});

test("as many units as there may be, in one chain", () => {
  const chain = Array.from({ length: MAX_UNITS }, (_, i) => unit(`u${i}`, i === 0 ? undefined : `u${i - 1}`));
  const units = numberUnits([], chain.toReversed());
  expect(units.names[MAX_UNITS - 1]).toBe(`u${MAX_UNITS - 1}`);
  expect(units.ends.every((end) => end === MAX_UNITS - 1)).toBe(true);
});

const directory = {
  businessUnits: [{ id: "Root" }, { id: "A", parent: "Root" }, { id: "__proto__", parent: "A" }],
  users: [
    { id: "constructor", businessUnit: "__proto__", roles: ["Reader", "Reader"] },
    { id: "__proto__", businessUnit: "A", disabled: true },
  ],
  teams: [
    {
      id: "hasOwnProperty",
      kind: "group",
      businessUnit: "A",
      roles: [{ role: "Reader" }],
      members: ["constructor", "constructor"],
      administrator: "__proto__",
    },
  ],
  defaultTeamRoles: JSON.parse('{ "__proto__": ["Team reader"] }') as unknown,
};

test("users, teams and default teams are numbered; names of prototypes are names", () => {
  const policy = policyOf();
  const { units, users, teams } = buildWorld(policy, nothing, readDirectory(directory, policy));
  expect(units.names).toEqual(["Root", "A", "__proto__"]);
  expect(users.names.texts()).toEqual(["constructor", "__proto__"]);
  expect([...users.units]).toEqual([2, 1]);
  expect(users.enabled).toEqual([true, false]);
  expect(users.roles.lists[users.roles.of[0] as number]).toEqual([
    { role: 0, unit: 2 },
    { role: 0, unit: 2 },
  ]);
  expect(teams.names).toEqual(["Root", "A", "__proto__", "hasOwnProperty"]);
  expect([...teams.kinds]).toEqual([3, 3, 3, 2]);
  expect(teams.roles.map((roles) => roles.length)).toEqual([0, 0, 1, 1]);
  expect([...(teams.members[3] ?? [])]).toEqual([0]);
  expect([...teams.administrators]).toEqual([-1, -1, -1, 1]);
});

test("in the modern mode a role's copy may be of another unit", () => {
  const policy = policyOf({ modern: true, localUnit: "A" });
  const roles = [
    { role: "Local", businessUnit: "__proto__" },
    { role: "Reader", businessUnit: "Root" },
  ];
  const users = [{ id: "u", businessUnit: "Root", roles }];
  const world = buildWorld(policy, nothing, readDirectory({ ...directory, users, teams: [] }, policy));
  expect([...world.users.roles.of]).toEqual([0]);
  expect(world.users.roles.lists).toEqual([
    [
      { role: 2, unit: 2 },
      { role: 0, unit: 0 },
    ],
  ]);
});

test("what a policy declares and what a directory declares make one world", () => {
  const at = { path: "declared", name: "Root" };
  const declared: Declarations = {
    ...nothing,
    units: [unit("Root")],
    users: [
      {
        path: "declared user",
        name: "alice",
        unit: at,
        disabled: false,
        roles: [],
        manager: { path: "declared user", name: "zoe" },
        position: undefined,
      },
    ],
    teams: [
      {
        path: "declared team",
        name: "Root",
        kind: 3,
        unit: at,
        roles: [{ path: "declared team", role: "Reader", unit: "Root" }],
        members: [],
        administrator: undefined,
      },
    ],
  };
  const policy = policyOf();
  const read = (json: unknown) => buildWorld(policy, declared, readDirectory(json, policy));
  const { users, teams } = read({
    users: [{ id: "zoe", businessUnit: "Root" }],
    defaultTeamRoles: { Root: ["Team reader"] },
    teams: [{ id: "T", businessUnit: "Root", members: ["alice"] }],
  });
  expect(users.names.texts()).toEqual(["alice", "zoe"]);
  expect(teams.names).toEqual(["Root", "T"]);
  expect(teams.roles[0]?.map(({ role }) => role)).toEqual([0, 1]);
  expect(thrown(() => read({ users: [{ id: "alice", businessUnit: "Root" }] })).message).toBe(
    "users[0]: user `alice` is declared twice",
  );
  expect(thrown(() => buildWorld(policy, declared, nothing))).toMatchObject({
    code: "BWK421",
    message: "declared user: unknown user `zoe`",
  });
  const astray = { ...declared, teams: declared.teams.map((team) => ({ ...team, name: "Elsewhere" })) };
  expect(thrown(() => buildWorld(policy, astray, nothing)).code).toBe("BWK413");
});
