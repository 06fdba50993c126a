// Each broken directory gets one message: a code, the place, what was expected.
import { expect, test } from "vitest";
import {
  OPEN_POSITION,
  OPEN_PRINCIPAL,
  OPEN_TEAM,
  OPEN_UNIT,
  OPEN_USER,
  TYPE_CHOICE,
  TYPE_LONG,
  TYPE_USER,
} from "../../runtime-as/abi.ts";
import { buildWorld, nothing } from "../../runtime-ts/world/build-world.ts";
import type { Declarations } from "../../runtime-ts/world/declarations.ts";
import { readDirectory } from "../../runtime-ts/world/read-directory.ts";
import { attribute, type PolicyPlan, policyOf } from "./policies.ts";
import { thrown } from "./thrown.ts";

const root = { id: "Contoso" };
const sales = { id: "Sales", parent: "Contoso" };

function load(directory: unknown, plan: PolicyPlan = {}, declared: Declarations = nothing): unknown {
  const policy = policyOf(plan);
  return buildWorld(policy, declared, readDirectory(directory, policy));
}

const attributes: PolicyPlan = {
  userAttributes: [
    attribute("clearance", TYPE_LONG, { optional: false }),
    attribute("buddy", TYPE_USER),
    attribute("colour", TYPE_CHOICE, { options: ["red", "green"] }),
  ],
};

test.each<[string, unknown, code: string, message: string, help?: string]>([
  ["nothing", null, "BWK420", "directory: expected an object, not null"],
  ["a list", [], "BWK420", "directory: expected an object, not an array"],
  ["a text", "x", "BWK420", "directory: expected an object, not `x`"],
  [
    "an unknown property",
    { businessUnit: [root] },
    "BWK420",
    "directory: unknown property `businessUnit`",
    "did you mean `businessUnits`?",
  ],
  [
    "units that are no list",
    { businessUnits: {} },
    "BWK420",
    "businessUnits: expected an array, not an object",
  ],
  [
    "a unit that is a name",
    { businessUnits: ["Contoso"] },
    "BWK420",
    "businessUnits[0]: expected an object, not `Contoso`",
  ],
  ["a unit without id", { businessUnits: [{}] }, "BWK420", "businessUnits[0].id: a name is missing"],
  ["an empty id", { businessUnits: [{ id: "" }] }, "BWK420", "businessUnits[0].id: expected a name, not ``"],
  [
    "an id that is a number",
    { businessUnits: [{ id: 7 }] },
    "BWK420",
    "businessUnits[0].id: expected a name, not `7`",
  ],
  [
    "a parent that is no name",
    { businessUnits: [root, { id: "A", parent: 1 }] },
    "BWK420",
    "businessUnits[1].parent: expected a name, not `1`",
  ],
  [
    "disabled as text",
    { businessUnits: [root, { ...sales, disabled: "yes" }] },
    "BWK420",
    "businessUnits[1].disabled: expected true or false, not `yes`",
  ],
  [
    "no unit at all",
    {},
    "BWK423",
    "directory: no business unit is declared",
    "begin `businessUnits` with the root",
  ],
  [
    "two roots",
    { businessUnits: [root, { id: "Other" }] },
    "BWK423",
    "businessUnits[1]: business unit `Other` has no parent, but `Contoso` is the root already",
    "give it a `parent`",
  ],
  [
    "an unknown parent",
    { businessUnits: [root, { id: "A", parent: "Contosso" }] },
    "BWK421",
    "businessUnits[1].parent: unknown business unit `Contosso`",
    "did you mean `Contoso`?",
  ],
  [
    "units in a circle",
    { businessUnits: [root, { id: "A", parent: "B" }, { id: "B", parent: "A" }] },
    "BWK423",
    "businessUnits[2]: business units form a cycle: `A` under `B` under `A`",
  ],
  [
    "a unit under itself",
    { businessUnits: [{ id: "A", parent: "A" }] },
    "BWK423",
    "businessUnits[0]: business units form a cycle: `A` under `A`",
  ],
  [
    "a long circle",
    { businessUnits: Array.from({ length: 9 }, (_, i) => ({ id: `${i}`, parent: `${(i + 1) % 9}` })) },
    "BWK423",
    "businessUnits[8]: business units form a cycle: `0` under `1` under `2` under `3` under `4` under …",
  ],
  [
    "a unit twice",
    { businessUnits: [root, sales, sales] },
    "BWK422",
    "businessUnits[2]: business unit `Sales` is declared twice",
    "the first one is businessUnits[1]",
  ],
  [
    "a disabled root",
    { businessUnits: [{ ...root, disabled: true }] },
    "BWK427",
    "businessUnits[0]: the root business unit `Contoso` cannot be disabled",
    "disable the units below it",
  ],
  [
    "a user without unit",
    { businessUnits: [root], users: [{ id: "a" }] },
    "BWK420",
    "users[0].businessUnit: a name is missing",
  ],
  [
    "a user in an unknown unit",
    { businessUnits: [root, sales], users: [{ id: "a", businessUnit: "Sale" }] },
    "BWK421",
    "users[0].businessUnit: unknown business unit `Sale`",
    "did you mean `Sales`?",
  ],
  [
    "a user twice",
    {
      businessUnits: [root],
      users: [
        { id: "a", businessUnit: "Contoso" },
        { id: "a", businessUnit: "Contoso" },
      ],
    },
    "BWK422",
    "users[1]: user `a` is declared twice",
  ],
  [
    "an unknown role",
    { businessUnits: [root], users: [{ id: "a", businessUnit: "Contoso", roles: ["Reader", "Raeder"] }] },
    "BWK421",
    "users[0].roles[1]: unknown role `Raeder`",
    "did you mean `Reader`?",
  ],
  [
    "a role that is a number",
    { businessUnits: [root], users: [{ id: "a", businessUnit: "Contoso", roles: [5] }] },
    "BWK420",
    "users[0].roles[0]: expected a name, not `5`",
  ],
  [
    "a role without name",
    {
      businessUnits: [root],
      users: [{ id: "a", businessUnit: "Contoso", roles: [{ businessUnit: "Contoso" }] }],
    },
    "BWK420",
    "users[0].roles[0].role: a name is missing",
  ],
  [
    "null for a role",
    { businessUnits: [root], users: [{ id: "a", businessUnit: "Contoso", roles: [null] }] },
    "BWK420",
    "users[0].roles[0]: expected an object, not null",
  ],
  [
    "a role of an unknown unit",
    {
      businessUnits: [root],
      users: [{ id: "a", businessUnit: "Contoso", roles: [{ role: "Reader", businessUnit: "Nowhere" }] }],
    },
    "BWK421",
    "users[0].roles[0]: unknown business unit `Nowhere`",
  ],
  [
    "a role of another unit in the classic mode",
    {
      businessUnits: [root, sales],
      users: [{ id: "a", businessUnit: "Sales", roles: [{ role: "Reader", businessUnit: "Contoso" }] }],
    },
    "BWK424",
    "users[0].roles[0]: role `Reader` of business unit `Contoso` cannot be held in `Sales`",
    "only the modern mode assigns roles of other units: `settings { ownershipAcrossBusinessUnits: true; }`",
  ],
  [
    "an unknown manager",
    { businessUnits: [root], users: [{ id: "a", businessUnit: "Contoso", manager: "vp" }] },
    "BWK421",
    "users[0].manager: unknown user `vp`",
  ],
  [
    "an unknown position",
    {
      businessUnits: [root],
      positions: [{ id: "CEO" }],
      users: [{ id: "a", businessUnit: "Contoso", position: "CEOs" }],
    },
    "BWK421",
    "users[0].position: unknown position `CEOs`",
    "did you mean `CEO`?",
  ],
  [
    "positions in a circle",
    {
      businessUnits: [root],
      positions: [
        { id: "A", parent: "B" },
        { id: "B", parent: "A" },
      ],
    },
    "BWK423",
    "positions[1]: positions form a cycle: `A` under `B` under `A`",
  ],
  [
    "a position under an unknown one",
    { businessUnits: [root], positions: [{ id: "A", parent: "B" }] },
    "BWK421",
    "positions[0].parent: unknown position `B`",
  ],
  [
    "an unknown kind of team",
    { businessUnits: [root], teams: [{ id: "t", kind: "default", businessUnit: "Contoso" }] },
    "BWK420",
    "teams[0].kind: expected `owner`, `access` or `group`, not `default`",
  ],
  [
    "a team with a unit's name",
    { businessUnits: [root, sales], teams: [{ id: "Sales", businessUnit: "Contoso" }] },
    "BWK422",
    "teams[0]: team `Sales` is declared twice",
    "every business unit has a default team of its name",
  ],
  [
    "an unknown member",
    { businessUnits: [root], teams: [{ id: "t", businessUnit: "Contoso", members: ["nobody"] }] },
    "BWK421",
    "teams[0].members[0]: unknown user `nobody`",
  ],
  [
    "a member that is no name",
    { businessUnits: [root], teams: [{ id: "t", businessUnit: "Contoso", members: [{}] }] },
    "BWK420",
    "teams[0].members[0]: expected a name, not an object",
  ],
  [
    "an unknown administrator",
    { businessUnits: [root], teams: [{ id: "t", businessUnit: "Contoso", administrator: "nobody" }] },
    "BWK421",
    "teams[0].administrator: unknown user `nobody`",
  ],
  [
    "an access team with roles",
    {
      businessUnits: [root],
      teams: [{ id: "t", kind: "access", businessUnit: "Contoso", roles: ["Reader"] }],
    },
    "BWK424",
    "teams[0]: access team `t` cannot hold roles",
    "an access team grants through shares alone; make it an owner team, or take the roles away",
  ],
  [
    "roles of an unknown default team",
    { businessUnits: [root], defaultTeamRoles: { "No where": ["Reader"] } },
    "BWK421",
    'defaultTeamRoles["No where"]: unknown business unit `No where`',
  ],
  [
    "default team roles that are no list",
    { businessUnits: [root], defaultTeamRoles: { Contoso: "Reader" } },
    "BWK420",
    "defaultTeamRoles.Contoso: expected an array, not `Reader`",
  ],
  [
    "default team roles as a list",
    { businessUnits: [root], defaultTeamRoles: ["Reader"] },
    "BWK420",
    "defaultTeamRoles: expected an object, not an array",
  ],
  [
    "an unknown member of a column profile",
    { businessUnits: [root], columnProfiles: [{ profile: "Finance", users: ["nobody"] }] },
    "BWK421",
    "columnProfiles[0].users[0]: unknown user `nobody`",
  ],
  [
    "an unknown team in a column profile",
    { businessUnits: [root], columnProfiles: [{ profile: "Finance", teams: ["nobody"] }] },
    "BWK421",
    "columnProfiles[0].teams[0]: unknown team `nobody`",
  ],
  [
    "an unknown column profile, whose members nobody would miss",
    { businessUnits: [root], columnProfiles: [{ profile: "Finanze", users: [], teams: [] }] },
    "BWK421",
    "columnProfiles[0].profile: unknown column profile `Finanze`",
  ],
  [
    "a column profile without name",
    { businessUnits: [root], columnProfiles: [{}] },
    "BWK420",
    "columnProfiles[0].profile: a name is missing",
  ],
  ["prototypes", JSON.parse('{ "__proto__": [] }'), "BWK420", "directory: unknown property `__proto__`"],
])("%s", (_, directory, code, message, help) => {
  const error = thrown(() => load(directory));
  expect(error).toMatchObject({ code, message });
  if (help !== undefined) expect(error.help).toBe(help);
});

const alice = (more: object) => ({
  businessUnits: [root],
  users: [{ id: "alice", businessUnit: "Contoso", attributes: more }],
});

test.each<[string, unknown, message: string]>([
  [
    "an unknown attribute",
    alice({ clearance: 1, color: "red" }),
    "users[0].attributes: unknown attribute `color`",
  ],
  [
    "a number that JSON does not carry exactly",
    alice({ clearance: 2 ** 60 }),
    "users[0].attributes.clearance: expected an exact 64-bit whole number (write it as text), not `1152921504606847000`",
  ],
  [
    "a fraction",
    alice({ clearance: 1.5 }),
    "users[0].attributes.clearance: expected a 64-bit whole number, not `1.5`",
  ],
  [
    "an unknown user as a value",
    alice({ clearance: 1, buddy: "bob" }),
    "users[0].attributes.buddy: unknown user `bob`",
  ],
  [
    "a choice that there is not",
    alice({ clearance: "1", colour: "blue" }),
    "users[0].attributes.colour: expected one of `red`, `green`, not `blue`",
  ],
])("attributes: %s", (_, directory, message) => {
  expect(thrown(() => load(directory, attributes))).toMatchObject({ code: "BWK425", message });
});

test("attributes that fit", () => {
  for (const missing of [{}, { clearance: null }])
    expect(() => load(alice(missing), attributes)).not.toThrow();
  expect(() =>
    load(alice({ clearance: "9223372036854775807", buddy: "alice", colour: null }), attributes),
  ).not.toThrow();
  const more = {
    teamAttributes: [attribute("level", TYPE_LONG)],
    unitAttributes: [attribute("level", TYPE_LONG)],
  };
  const directory = {
    businessUnits: [{ ...root, attributes: { level: 1 } }],
    teams: [{ id: "t", businessUnit: "Contoso", attributes: { level: "x" } }],
  };
  expect(thrown(() => load(directory, more)).message).toBe(
    "teams[0].attributes.level: expected a 64-bit whole number, not `x`",
  );
});

test("a role that belongs to a unit is not available beside it", () => {
  const directory = (unit: string) => ({
    businessUnits: [root, sales, { id: "Other", parent: "Contoso" }],
    users: [{ id: "a", businessUnit: unit, roles: ["Local"] }],
  });
  expect(() => load(directory("Sales"), { localUnit: "Sales" })).not.toThrow();
  expect(thrown(() => load(directory("Other"), { localUnit: "Sales", modern: true }))).toEqual({
    code: "BWK424",
    message: "users[0].roles[0]: role `Local` is not available in business unit `Other`",
    help: "it belongs to Sales and is available there and below",
  });
  expect(thrown(() => load(directory("Sales"), { localUnit: "Nowhere" })).code).toBe("BWK201");
});

test("more units than the engine numbers", () => {
  const businessUnits = [
    root,
    ...Array.from({ length: 65_535 }, (_, i) => ({ id: `u${i}`, parent: "Contoso" })),
  ];
  expect(thrown(() => load({ businessUnits }))).toMatchObject({
    code: "BWK426",
    message: "65536 business units: the engine holds 65534",
  });
});

const open = (kind: number, name: string) => ({ openNames: [{ kind, name, file: "guards.bwk", line: 12 }] });
const people = {
  businessUnits: [root, sales],
  users: [
    { id: "alice", businessUnit: "Sales" },
    { id: "both", businessUnit: "Sales" },
  ],
  teams: [
    { id: "EU", businessUnit: "Sales" },
    { id: "both", businessUnit: "Sales" },
  ],
  positions: [{ id: "CEO" }],
};

test.each([
  [OPEN_USER, "alcie", "guards.bwk:12: unknown user `alcie`", "did you mean `alice`?"],
  [OPEN_TEAM, "UE", "guards.bwk:12: unknown team `UE`", "did you mean `EU`?"],
  [
    OPEN_UNIT,
    "Marketing",
    "guards.bwk:12: unknown business unit `Marketing`",
    "neither the policy nor the directory declares it",
  ],
  [
    OPEN_PRINCIPAL,
    "somebody",
    "guards.bwk:12: unknown user or team `somebody`",
    "neither the policy nor the directory declares it",
  ],
  [OPEN_POSITION, "CFO", "guards.bwk:12: unknown position `CFO`", "did you mean `CEO`?"],
])("a name left open that the directory does not declare (%s)", (kind, name, message, help) => {
  expect(thrown(() => load(people, open(kind, name)))).toEqual({ code: "BWK201", message, help });
});

test.each([
  [OPEN_USER, "alice"],
  [OPEN_TEAM, "EU"],
  [OPEN_TEAM, "Sales"],
  [OPEN_UNIT, "Sales"],
  [OPEN_PRINCIPAL, "alice"],
  [OPEN_POSITION, "CEO"],
])("a name left open that the directory declares (%s %s)", (kind, name) => {
  expect(() => load(people, open(kind, name))).not.toThrow();
});

test("a name left open that could be a user and a team", () => {
  expect(thrown(() => load(people, open(OPEN_PRINCIPAL, "both")))).toEqual({
    code: "BWK204",
    message: "guards.bwk:12: `both` is a user and a team",
    help: 'say `User::"both"` or `Team::"both"`',
  });
});
