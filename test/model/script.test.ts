// Policy tests, resolved: what each starts from, what it does, what it waits for.
import { expect, test } from "vitest";
import { analyzed, testOf } from "./project.ts";

const base = `
organization Root { unit A; unit B; }
entity Account owned by user or team { name?: String, parent?: Account, phone?: String secured }
entity Contact owned by user or team { account?: Account, other?: Account }
entity Product owned by organization { name?: String }
context { mfa?: Bool, channel?: String }
privilege ExportToExcel;
role R { permit read on Account, Contact at user; }
team role "EU reader" { permit read on Account at user; }
user ann in A { roles: R; }
user bo in B { roles: R; }
team T in A { roles: "EU reader"; members: bo; }
record acc: Account { owner: ann; }
share acc with bo: read;
@id("frozen") forbid (principal, action == delete, resource is Account);
`;
const script = (statements: string) => testOf(`${base} test "t" { ${statements} }`);
const steps = (statements: string) => script(statements).steps.map(({ span: _, ...step }) => step);

test("its own people, roles and units are there from its first line", () => {
  const { title, policy, world } = testOf(
    `${base}
    test "local" {
      allow late read o;
      record o: Account { owner: ann; }
      user late in Under { roles: Own in Under; }
      unit Under under A;
      team U in Under { roles: R; }
      default team of A { roles: R; }
      role Own in Under { permit read on Account at user; }
      position P;
      column profile C { permit read on Account.phone; members: late; }
    }`.replace(
      "allow late read o;\n      record o: Account { owner: ann; }",
      "record o: Account { owner: ann; }\n      allow late read o;",
    ),
  );
  expect(title).toBe("local");
  expect(policy.roles.map(({ name }) => name)).toEqual(["R", "EU reader", "Own"]);
  expect(policy.columnProfiles.map(({ name }) => name)).toEqual(["C"]);
  expect(world.units.map(({ name, parent }) => [name, parent])).toContainEqual(["Under", "A"]);
  expect(world.users.map(({ name }) => name)).toEqual(["ann", "bo", "late"]);
  expect(world.users[2]?.roles).toEqual([{ role: 2, unit: "Under" }]);
  expect(world.teams.map(({ name, kind, roles }) => [name, kind, roles.length])).toEqual([
    ["Root", "default", 0],
    ["B", "default", 0],
    ["T", "owner", 1],
    ["Under", "default", 0],
    ["A", "default", 1],
    ["U", "owner", 1],
  ]);
  expect(world.positions).toEqual([{ name: "P", parent: undefined }]);
  expect([...world.profileMembers.keys()]).toEqual(["C"]);
  expect(world.records.map(({ id }) => id)).toEqual(["acc"]);
  expect(world.shares).toHaveLength(1);
});

test("a test changes nothing for the project and for others", () => {
  const { model, tests } = analyzed(`${base}
    test "one" { role Own { permit read on Account at user; } user x in A { roles: Own; } }
    test "two" { user x in B { roles: R; } }`);
  expect(model?.policy.roles).toHaveLength(2);
  expect(tests.map(({ world }) => world.users[2]?.unit)).toEqual(["A", "B"]);
});

test("records and shares are steps", () => {
  expect(
    steps('record o: Account { owner: T; name: "x"; parent: acc; } share o with organization: read, write;'),
  ).toEqual([
    {
      kind: "record",
      record: {
        entity: 0,
        id: "o",
        owner: { kind: "team", name: "T" },
        unit: undefined,
        parent: undefined,
        attributes: new Map<string, unknown>([
          ["name", { kind: "String", value: "x" }],
          ["parent", { kind: "Record", entity: 0, id: "acc" }],
        ]),
      },
    },
    { kind: "share", record: { entity: 0, id: "o" }, principal: undefined, rights: 0b110 },
  ]);
});

test("expectations about rights and tasks, with context and reason", () => {
  expect(
    steps(`
      allow ann read acc with { mfa: true; channel: none } because role R;
      deny User::"bo" delete Account::"acc" because forbid "frozen";
      allow bo ExportToExcel;
      deny bo read acc because access;
      allow bo read acc because role "EU reader";
      allow bo read acc because team T;`),
  ).toEqual([
    {
      kind: "expect",
      effect: "allow",
      user: "ann",
      operation: { kind: "right", action: 1, record: { entity: 0, id: "acc" } },
      context: new Map([["mfa", { kind: "Bool", value: true }]]),
      reason: { word: "role", name: "R", text: "role R" },
    },
    {
      kind: "expect",
      effect: "deny",
      user: "bo",
      operation: { kind: "delete", record: { entity: 0, id: "acc" } },
      context: new Map(),
      reason: { word: "forbid", name: "frozen", text: 'forbid "frozen"' },
    },
    {
      kind: "expect",
      effect: "allow",
      user: "bo",
      operation: { kind: "task", task: 1 },
      context: new Map(),
      reason: undefined,
    },
    expect.objectContaining({ effect: "deny", reason: { word: "access", name: undefined, text: "access" } }),
    expect.objectContaining({ reason: { word: "role", name: "EU reader", text: 'role "EU reader"' } }),
    expect.objectContaining({ reason: { word: "team", name: "T", text: "team T" } }),
  ]);
});

test("exact sets", () => {
  expect(
    steps(`rights ann on acc: read, update, appendTo;
      rights ann on acc: none;
      rights bo on acc with { mfa: true }: all;
      who can read acc: ann, bo, ann;
      who can write acc: none;
      list read Account for ann: acc;
      list read Contact for ann: none;`),
  ).toEqual([
    { kind: "rights", user: "ann", record: { entity: 0, id: "acc" }, context: new Map(), rights: 0b10000110 },
    { kind: "rights", user: "ann", record: { entity: 0, id: "acc" }, context: new Map(), rights: 0 },
    {
      kind: "rights",
      user: "bo",
      record: { entity: 0, id: "acc" },
      context: new Map([["mfa", { kind: "Bool", value: true }]]),
      rights: 0b11111110,
    },
    { kind: "who", action: 1, record: { entity: 0, id: "acc" }, context: new Map(), users: ["ann", "bo"] },
    { kind: "who", action: 2, record: { entity: 0, id: "acc" }, context: new Map(), users: [] },
    {
      kind: "list",
      action: 1,
      entity: 0,
      user: "ann",
      context: new Map(),
      records: [{ entity: 0, id: "acc" }],
    },
    { kind: "list", action: 1, entity: 1, user: "ann", context: new Map(), records: [] },
  ]);
});

const acc = { entity: 0, id: "acc" };
const bo = { kind: "user", name: "bo" };

test.each<[string, unknown]>([
  ["update acc", { kind: "right", action: 2, record: acc }],
  ["delete acc", { kind: "delete", record: acc }],
  [
    'create Account { owner: T; name: "x"; parent: acc; }',
    {
      kind: "create",
      entity: 0,
      id: undefined,
      owner: { kind: "team", name: "T" },
      unit: undefined,
      attributes: new Map<string, unknown>([
        ["name", { kind: "String", value: "x" }],
        ["parent", { kind: "Record", entity: 0, id: "acc" }],
      ]),
    },
  ],
  [
    "create fresh: Account",
    { kind: "create", entity: 0, id: "fresh", owner: undefined, unit: undefined, attributes: new Map() },
  ],
  ["assign acc to bo", { kind: "assign", record: acc, to: bo }],
  ["share acc with bo: read, create, all", { kind: "share", record: acc, principal: bo, rights: 0xfe }],
  ["share acc with organization: read", { kind: "share", record: acc, principal: undefined, rights: 0b10 }],
  ["unshare acc with bo", { kind: "unshare", record: acc, principal: bo }],
  [
    "share acc.phone with bo: all",
    { kind: "share column", record: acc, attribute: "phone", principal: bo, rights: 0b110 },
  ],
  ["unshare acc.phone with bo", { kind: "unshare column", record: acc, attribute: "phone", principal: bo }],
  ["append acc to acc", { kind: "append", record: acc, to: acc, lookup: "parent" }],
  ["append acc.parent to acc", { kind: "append", record: acc, to: acc, lookup: "parent" }],
  ["associate acc with acc", { kind: "associate", record: acc, with: acc }],
  ["merge acc into acc", { kind: "merge", record: acc, into: acc }],
  ["readUnmasked acc.phone", { kind: "column", action: "readUnmasked", record: acc, attribute: "phone" }],
  ["create Account.phone", { kind: "create column", entity: 0, attribute: "phone" }],
  ["ExportToExcel", { kind: "task", task: 1 }],
])("allow, deny, do and refuse: %s", (text, operation) => {
  const expected = { user: "ann", operation, context: new Map() };
  expect(steps(`allow ann ${text};`)).toMatchObject([{ kind: "expect", effect: "allow", ...expected }]);
  expect(steps(`do ann ${text};`)).toMatchObject([{ kind: "do", ...expected }]);
  expect(steps(`refuse ${text} by ann;`)).toMatchObject([{ kind: "expect", effect: "deny", ...expected }]);
});

test("do carries a request context", () => {
  expect(steps("do ann delete acc with { mfa: true };")).toMatchObject([
    { kind: "do", context: new Map([["mfa", { kind: "Bool", value: true }]]) },
  ]);
});

test.each<[string, unknown]>([
  [
    "share acc.phone with bo: read",
    { kind: "share column", record: acc, attribute: "phone", principal: bo, rights: 0b10 },
  ],
  ["unshare acc.phone with bo", { kind: "unshare column", record: acc, attribute: "phone", principal: bo }],
  ["unshare acc with organization", { kind: "unshare", record: acc, principal: undefined }],
  ["record acc { owner: bo; }", { kind: "edit record", record: acc, owner: bo, attributes: new Map() }],
  ["unit A disabled", { kind: "disable unit", unit: "A", disabled: true }],
  ["unit A enabled", { kind: "disable unit", unit: "A", disabled: false }],
  ["unit A deleted", { kind: "delete unit", unit: "A" }],
  ["unit A under B", { kind: "move unit", unit: "A", under: "B" }],
])("set and refuse: %s", (text, change) => {
  expect(steps(`set ${text};`)).toMatchObject([{ kind: "set", change }]);
  expect(steps(`refuse set ${text};`)).toMatchObject([{ kind: "refuse", change }]);
});

test("what is refused need not be possible: the root disabled, a role from elsewhere", () => {
  expect(steps("refuse set unit Root disabled; refuse set user ann roles: R in B;")).toMatchObject([
    { kind: "refuse", change: { kind: "disable unit", unit: "Root" } },
    { kind: "refuse", change: { kind: "edit user", roles: [{ role: 0, unit: "B" }] } },
  ]);
});

test("a declared share of a column is a step", () => {
  expect(steps("share acc.phone with bo: read, write;")).toMatchObject([
    { kind: "share column", record: acc, attribute: "phone", principal: bo, rights: 0b110 },
  ]);
});

test("a lookup of an append must lead to the parent, and be named where there are several", () => {
  const messages = (statement: string) =>
    analyzed(
      `${base} test "t" { record c: Contact { owner: ann; } record p: Product; ${statement} }`,
    ).diagnostics.map(({ code, message, help }) => [code, message, help]);
  expect(messages("allow ann append c to acc;")).toEqual([
    [
      "BWK307",
      "expected a record with one lookup to `Account`, found `c`, which has 2",
      "say which: `c.account` or `c.other`",
    ],
  ]);
  expect(messages("allow ann append c to p;")).toEqual([
    ["BWK307", "expected a record with one lookup to `Product`, found `c`, which has none", undefined],
  ]);
  expect(messages("allow ann append c.account to p;")).toEqual([
    ["BWK307", "expected a lookup to `Product`, found `account`", undefined],
  ]);
});

test("what is no right on a record, no secured column, no record of the entity", () => {
  const messages = (statement: string) =>
    analyzed(`${base} record p: Product; test "t" { ${statement} }`).diagnostics.map(
      ({ code, message, help }) => [code, message, help],
    );
  expect(messages("rights ann on acc: read, create;")).toEqual([
    ["BWK307", "expected a right on a record that exists, found `create`", undefined],
  ]);
  expect(messages("allow ann read acc.name;")).toEqual([]);
  expect(messages("share acc.name with ann: read;")).toEqual([
    ["BWK307", "expected a secured attribute, found `name`", "declare it `secured` in `Account`"],
  ]);
  expect(messages("allow ann delete acc.phone;")).toEqual([
    ["BWK201", "unknown action on a column `delete`", undefined],
  ]);
  expect(messages("list read Account for ann: p;")).toEqual([
    ["BWK307", "expected a record of `Account`, found `p`", undefined],
  ]);
  expect(messages("allow ann read acc with { mfa: true; mf: true };")).toEqual([
    ["BWK201", "unknown field `mf` of the request context", "did you mean `mfa`?"],
  ]);
});

test("a test with an error leaves no scripts", () => {
  const { tests, model } = analyzed(`${base} test "t" { allow nobody read acc; }`);
  expect(tests).toEqual([]);
  expect(model).toBeUndefined();
});

test("a record of a test may have the name of another test's, and be used after a `do` that makes it", () => {
  const { tests } = analyzed(`${base}
    test "one" { record o: Account { owner: ann; } }
    test "two" { do ann create o: Contact { owner: ann }; rights ann on o: read; }`);
  expect(tests.map(({ steps: each }) => each.map(({ kind }) => kind))).toEqual([
    ["record"],
    ["do", "rights"],
  ]);
});

test("a record that is only asked for does not come to be", () => {
  const messages = (statements: string) =>
    analyzed(`${base} test "t" { ${statements} }`).diagnostics.map(({ code, message }) => [code, message]);
  const create = "ann create o: Contact { owner: ann };";
  expect(messages(`allow ${create} do ${create} allow ann read o;`)).toEqual([]);
  expect(messages(`allow ${create} allow ann read o;`)).toEqual([["BWK201", "unknown record `o`"]]);
  expect(messages("allow ann create acc: Contact { owner: ann };")).toEqual([
    ["BWK202", "record `acc` is declared twice"],
  ]);
  expect(messages(`do ${create} do ${create}`)).toEqual([["BWK202", "record `o` is declared twice"]]);
  expect(messages(`allow ann read o; do ${create}`)).toEqual([["BWK201", "unknown record `o`"]]);
});

test("what an operation cannot be about", () => {
  const messages = (statement: string) =>
    analyzed(`${base} record p: Product; test "t" { ${statement} }`).diagnostics.map(
      ({ code, message, help }) => [code, message, help],
    );
  expect(messages("allow ann merge acc into p;")).toEqual([
    ["BWK307", "expected a record of `Account`, found `p`, which is a record of `Product`", undefined],
  ]);
  expect(messages("allow ann create acc.phone;")).toEqual([["BWK201", "unknown entity `acc`", undefined]]);
  for (const statement of [
    "deny ann assign p to bo;",
    "deny ann share p with bo: read;",
    "deny ann unshare p with bo;",
    "refuse assign p to bo by ann;",
    "do ann share p with bo: read;",
    "set share p with bo: read;",
  ])
    expect(messages(statement).map(([code]) => code)).toEqual(["BWK302"]);
});
