import { describe, expect, test } from "vitest";
import { Engine, noRecord } from "../../runtime-ts/index.ts";
import * as contoso from "./contoso.ts";
import { engineOf, imageOf } from "./load.ts";
import { thrown } from "./thrown.ts";

const image = imageOf(contoso.policy);

function loaded(core: "plain" | "simd" | "auto" = "auto"): Engine {
  const engine = Engine.load(image, { core });
  engine.directory.load(contoso.directory);
  engine.records.load("Line", { id: ["l1", "l2"], account: ["acc2", "acc1"] });
  engine.records.load("Account", contoso.accounts);
  engine.records.load("Facility", { id: ["f1", "f2"], business_unit: ["Analytics", "France"] });
  engine.records.load("Country", { id: ["FR"] });
  engine.records.load("Email", { id: ["e1"], owner: ["bob"] });
  engine.records.load("Note", { id: ["n1", "n2"], line: ["l1", null] });
  engine.shares.load(contoso.shares);
  return engine;
}

/** Every entry point's answer to one question by name, which must be one answer. */
function answer(engine: Engine, principal: string, action: string, entity?: string, id?: string): string {
  const p = engine.principal(principal);
  const a = engine.privilege(action, entity);
  const r = entity === undefined ? undefined : engine.record(entity, id as string);
  const resource = entity === undefined ? {} : { resource: { entity, id: id as string } };
  const { allowed, reason } = engine.check({ principal, action, ...resource });
  const one = (number: number) => Uint32Array.of(number);
  const answers = [
    engine.allows(p, a, r),
    engine.explain({ principal, action, ...resource }).allowed,
    engine.reason(p, a, r).allowed,
    engine.checkBatch({ principals: one(p), privileges: one(a), records: one(r ?? noRecord) }).get(0),
    engine.whoCan(a, r).get(p),
    entity === undefined ? allowed : engine.filter(p, a).get(engine.recordIds(entity).indexOf(id as string)),
  ];
  expect(answers).toEqual(answers.map(() => allowed));
  expect(engine.reason(p, a, r).reason).toBe(reason);
  return reason;
}

describe.each(["plain", "simd"] as const)("the %s core", (core) => {
  const engine = loaded(core);
  test.each([
    ["alice", "read", "Account", "acc1", "role Manager"],
    ["alice", "write", "Account", "acc1", "owner"],
    ["alice", "write", "Account", "acc2", "access"],
    ["alice", "read", "Account", "acc2", "role Manager"],
    ["alice", "write", "Account", "acc3", "team EU"],
    ["bob", "read", "Account", "acc4", "share"],
    ["bob", "write", "Account", "acc4", "share"],
    ["bob", "read", "Account", "acc1", "share"],
    ["bob", "write", "Account", "acc1", "parent"],
    ["bob", "read", "Account", "acc3", "access"],
    ["carol", "read", "Account", "acc3", 'forbid "not acc3"'],
    ["carol", "read", "Account", "acc2", "role Manager"],
    ["carol", "write", "Account", "acc1", "privilege"],
    ["dora", "read", "Account", "acc3", "team EU"],
    ["dora", "read", "Account", "acc4", "access"],
    ["root", "read", "Account", "acc2", "administrator"],
    ["root", "delete", "Account", "acc2", 'forbid "frozen"'],
    ["off", "read", "Account", "acc2", "disabled"],
    ["shut", "read", "Account", "acc2", "disabled"],
    ["bob", "write", "Line", "l1", "owner"],
    ["bob", "write", "Line", "l2", "parent"],
    ["carol", "write", "Line", "l1", "privilege"],
    ["bob", "write", "Note", "n1", "owner"],
    ["bob", "write", "Note", "n2", "access"],
    ["alice", "write", "Facility", "f1", "role Manager"],
    ["alice", "write", "Facility", "f2", "access"],
    ["root", "assign", "Facility", "f1", "privilege"],
    ["dora", "write", "Country", "FR", 'permit "partners"'],
    ["alice", "write", "Country", "FR", "privilege"],
    ["alice", "read", "Email", "e1", "role Manager"],
    ["alice", "Export", undefined, undefined, "role Seller"],
    ["bob", "Export", undefined, undefined, 'forbid "no export"'],
    ["carol", "Export", undefined, undefined, "privilege"],
  ])("%s %s %s %s: %s", (principal, action, entity, id, reason) => {
    expect(answer(engine, principal, action, entity, id)).toBe(reason);
  });

  test("many requests at once, in chunks that end anywhere", () => {
    const users = engine.userNames().length;
    const numbers = engine.recordNumbers("Account");
    const privileges = ["read", "write", "delete"].map((action) => engine.privilege(action, "Account"));
    for (const count of [0, 1, 31, 32, 33, 16_384, 16_385, 40_000]) {
      const pick = (from: ArrayLike<number>, step: number) =>
        Uint32Array.from({ length: count }, (_, i) => from[Math.floor(i / step) % from.length] as number);
      const requests = {
        principals: pick(
          Array.from({ length: users }, (_, i) => i),
          1,
        ),
        privileges: pick(privileges, users),
        records: pick(numbers, users * 3),
      };
      const answers = engine.checkBatch(requests);
      expect(answers.length).toBe(count);
      let allowed = 0;
      for (let i = 0; i < count; i++) {
        const { principals, privileges: asked, records } = requests;
        const one = engine.allows(principals[i] as number, asked[i] as number, records[i] as number);
        if (one !== answers.get(i)) throw new Error(`request ${i} of ${count}`);
        if (one) allowed++;
      }
      expect(answers.count).toBe(allowed);
    }
  });
});

test("sets know their names", () => {
  const engine = loaded();
  const read = engine.privilege("read", "Account");
  expect(engine.filter(engine.principal("bob"), read).ids()).toEqual(["acc1", "acc2", "acc4"]);
  expect(engine.filter(engine.principal("off"), read).ids()).toEqual([]);
  expect(engine.whoCan(read, engine.record("Account", "acc3")).names()).toEqual(["alice", "dora", "root"]);
  expect(engine.whoCan(engine.privilege("Export")).names()).toEqual(["alice", "root"]);
  expect(engine.filter(0, engine.privilege("read", "Letter")).ids()).toEqual([]);
  expect(engine.rights("bob", "Account", "acc1")).toEqual(["read", "write"]);
  expect(engine.rights("alice", "Account", "acc1")).toEqual(["read", "write", "share"]);
  expect(engine.rights("off", "Account", "acc1")).toEqual([]);
});

test("every source is explained, in order, once", () => {
  const engine = loaded();
  const explain = (principal: string, action: string, id: string) =>
    engine.explain({ principal, action, resource: { entity: "Account", id } }).sources;
  expect(explain("alice", "read", "acc1")).toEqual([
    {
      kind: "role",
      name: "Manager",
      holder: { user: "alice" },
      businessUnit: "Analytics",
      level: "parentChild",
      line: "test.bwk:17",
    },
    { kind: "owner" },
    { kind: "share", to: "organization" },
  ]);
  expect(explain("bob", "read", "acc1")).toEqual([
    { kind: "share", to: "organization" },
    { kind: "parent", to: "user", name: "bob", from: [] },
  ]);
  expect(explain("bob", "write", "acc4")).toEqual([{ kind: "share", to: "team", name: "Deal" }]);
  expect(explain("root", "read", "acc4")).toEqual([
    { kind: "administrator", role: "Admin", holder: { user: "root" }, businessUnit: "Contoso" },
  ]);
  expect(explain("carol", "read", "acc3")).toEqual([]);
});

test("more sources than usual", () => {
  const teams = Array.from({ length: 50 }, (_, i) => `team t${i} in Root { roles: R; members: u; }`);
  const shares = Array.from({ length: 50 }, (_, i) => `share x with Team::"t${i}": read;`);
  const engine = engineOf(`
    organization Root;
    entity Account owned by user or team;
    role R { permit read on Account at user; }
    user u in Root; user v in Root { roles: R; }
    record x: Account { owner: v; }
    ${teams.join("\n")} ${shares.join("\n")}`);
  const { sources } = engine.explain({
    principal: "u",
    action: "read",
    resource: { entity: "Account", id: "x" },
  });
  expect(sources).toEqual(
    Array.from({ length: 50 }, (_, i) => ({ kind: "share", to: "team", name: `t${i}` })),
  );
});

test("names and numbers", () => {
  const engine = loaded();
  expect(engine.userNames()).toEqual(contoso.directory.users.map(({ id }) => id));
  expect(engine.userNames()[engine.principal("carol")]).toBe("carol");
  expect(engine.teamNames()).toEqual(["Contoso", "Analytics", "France", "Closed", "EU", "Partners", "Deal"]);
  expect(engine.unitNames()).toEqual(["Contoso", "Analytics", "France", "Closed"]);
  expect(engine.taskNames()).toContain("Export");
  expect(engine.entities().map(({ name }) => name)).toContain("Letter");
  expect(engine.entities().find(({ name }) => name === "Line")).toEqual({
    name: "Line",
    attributes: ["account"],
  });
  expect(engine.recordIds("Account")).toEqual(contoso.accounts.id);
  expect(engine.recordIds("Letter")).toEqual([]);
  expect([...engine.recordNumbers("Account")]).toEqual(
    contoso.accounts.id.map((id) => engine.record("Account", id)),
  );
  expect(engine.privilege("update", "Account")).toBe(engine.privilege("write", "Account"));
});

test.each<[string, (engine: Engine) => unknown, code: string, message: string, help: string | undefined]>([
  ["user", (e) => e.principal("alcie"), "BWK440", "unknown user `alcie`", "did you mean `alice`?"],
  [
    "entity",
    (e) => e.privilege("read", "Acount"),
    "BWK440",
    "unknown entity `Acount`",
    "did you mean `Account`?",
  ],
  [
    "privilege set",
    (e) => e.privilege("read", "Activity"),
    "BWK440",
    "unknown entity `Activity`",
    "entities share this privilege set: say `Email` or `Letter`",
  ],
  [
    "action",
    (e) => e.privilege("reed", "Account"),
    "BWK440",
    "unknown action `reed`",
    "did you mean `read`?",
  ],
  ["task", (e) => e.privilege("Exprot"), "BWK440", "unknown privilege `Exprot`", "did you mean `Export`?"],
  ["no entity", (e) => e.privilege("read"), "BWK441", "`read` is asked of a record", "name its entity"],
  [
    "task with entity",
    (e) => e.privilege("Export", "Account"),
    "BWK441",
    "`Export` is a task privilege",
    "ask it without entity and record",
  ],
  [
    "record",
    (e) => e.record("Account", "acc9"),
    "BWK440",
    "record `acc9` of `Account` is not loaded",
    "did you mean `acc1`?",
  ],
  [
    "filter on a task",
    (e) => e.filter(0, e.privilege("Export")),
    "BWK441",
    "only a privilege of an entity has records to filter",
    undefined,
  ],
  [
    "filter on nothing",
    (e) => e.filter(0, 0.5),
    "BWK441",
    "only a privilege of an entity has records to filter",
    undefined,
  ],
  [
    "batch of plain arrays",
    (e) =>
      e.checkBatch({ principals: [0] as never, privileges: new Uint32Array(1), records: new Uint32Array(1) }),
    "BWK441",
    "`principals` is a Uint32Array",
    undefined,
  ],
  [
    "batch of different lengths",
    (e) =>
      e.checkBatch({
        principals: new Uint32Array(2),
        privileges: new Uint32Array(2),
        records: new Uint32Array(1),
      }),
    "BWK441",
    "`records` has 1 items, `principals` has 2",
    undefined,
  ],
])("an unknown or impossible %s", (_, ask, code, message, help) => {
  expect(thrown(() => ask(loaded()))).toEqual({ code, message, help });
});

test("numbers that stand for nothing are denied everything", () => {
  const engine = loaded();
  const root = engine.principal("root");
  const read = engine.privilege("read", "Account");
  const record = engine.record("Account", "acc1");
  expect(engine.allows(root, read, record)).toBe(true);
  for (const wrong of [-1, 1.5, Number.NaN, 2 ** 32, 1e9, noRecord, undefined as never]) {
    expect(engine.allows(wrong, read, record)).toBe(false);
    expect(engine.allows(root, wrong, record)).toBe(false);
    expect(engine.allows(root, read, wrong)).toBe(false);
    expect(engine.reason(root, read, wrong).allowed).toBe(false);
    expect(engine.filter(wrong, read).count).toBe(0);
    expect(engine.whoCan(wrong, record).count).toBe(0);
    expect(engine.whoCan(read, wrong).count).toBe(0);
  }
  expect(engine.allows(root, read, engine.record("Facility", "f1"))).toBe(false);
  const nowhere = Uint32Array.of(99, 0, 0, noRecord);
  expect(
    engine.checkBatch({ principals: nowhere, privileges: nowhere.toReversed(), records: nowhere }).count,
  ).toBe(0);
});

test("a task privilege needs no record, and does not mind one", () => {
  const engine = loaded();
  const alice = engine.principal("alice");
  const task = engine.privilege("Export");
  expect(engine.allows(alice, task)).toBe(true);
  expect(engine.allows(alice, task, noRecord)).toBe(true);
  expect(engine.reason(alice, task)).toEqual({ allowed: true, reason: "role Seller" });
});

test("without its directory a policy with open names has no answers", () => {
  const engine = Engine.load(image);
  expect(thrown(() => engine.principal("alice"))).toMatchObject({ code: "BWK201" });
  expect(thrown(() => engine.allows(0, 0, 0))).toMatchObject({
    code: "BWK201",
    message: "test.bwk:22: unknown user `carol`",
  });
  engine.directory.load(contoso.directory);
  expect(engine.principal("alice")).toBe(0);
});

test("a directory takes the place of an earlier one, and a broken one takes nobody's", () => {
  const engine = Engine.load(image);
  engine.directory.load(contoso.directory);
  const { users, ...rest } = contoso.directory;
  engine.directory.load({ ...rest, users: users.toReversed() });
  expect(engine.principal("alice")).toBe(6);
  const export_ = engine.privilege("Export");
  expect(engine.whoCan(export_).names()).toEqual(["root", "alice"]);
  expect(thrown(() => engine.directory.load({ ...rest, users: [{ id: "x" }] })).code).toBe("BWK420");
  expect(engine.whoCan(export_).names()).toEqual(["root", "alice"]);
  engine.records.load("Account", { id: [], owner: [] });
  expect(thrown(() => engine.directory.load(contoso.directory))).toEqual({
    code: "BWK428",
    message: "a directory is loaded before records and shares",
    help: "load a fresh engine, then directory, records and shares",
  });
  expect(engine.whoCan(export_).names()).toEqual(["root", "alice"]);
});

const selfContained = `
  organization Root { unit A; }
  entity Account owned by user or team { name?: String }
  entity Line owned by parent account { account?: Account }
  entity Facility owned by business unit;
  entity Country owned by organization;
  role R { permit read on Account at user; permit read on Facility at businessUnit; permit read on Country at organization; }
  user a in A { roles: R; }
  team T in A { roles: R; members: a; }
  record x: Account { owner: a; }
  record y: Account { owner: Team::"T"; }
  record z: Account { owner: Team::"A"; }
  record l: Line { account: y; }
  record m: Line { }
  record f: Facility { businessUnit: A; }
  record c: Country { }
  default team of A { roles: R; }
  share x with Team::"T": read;
  share x with organization: read;
`;

test("what the source declares is always there", () => {
  const engine = engineOf(selfContained);
  const readable = (entity: string) =>
    engine.filter(engine.principal("a"), engine.privilege("read", entity)).ids();
  expect(readable("Account")).toEqual(["x", "y", "z"]);
  expect(readable("Line")).toEqual(["l"]);
  expect(readable("Facility")).toEqual(["f"]);
  expect(readable("Country")).toEqual(["c"]);
  engine.directory.load({
    users: [{ id: "b", businessUnit: "A" }],
    businessUnits: [{ id: "B", parent: "Root" }],
  });
  expect(readable("Account")).toEqual(["x", "y", "z"]);
  expect(engine.whoCan(engine.privilege("read", "Account"), engine.record("Account", "x")).names()).toEqual([
    "a",
    "b",
  ]);
});

test("in the modern mode a declared record lies where it was put", () => {
  const modern = (unit: string) => `
    settings { ownershipAcrossBusinessUnits: true; }
    organization Root { unit A; unit B; }
    entity Account owned by user or team;
    role R { permit read on Account at businessUnit; }
    user a in A { roles: R; } user b in B { roles: R in A; }
    record x: Account { owner: a; businessUnit: ${unit}; }`;
  for (const [unit, reason] of [
    ["A", "role R"],
    ["B", "access"],
  ] as const) {
    const engine = engineOf(modern(unit));
    const resource = { entity: "Account", id: "x" };
    expect(engine.check({ principal: "b", action: "read", resource }).reason).toBe(reason);
  }
});

test("a core of any kind, and no other", () => {
  expect(thrown(() => Engine.load(image, { core: "fast" as never }))).toEqual({
    code: "BWK415",
    message: "unknown core",
    help: "say `auto`, `plain` or `simd`",
  });
});
