// Records tables: what loads, and the one message for what does not.
import { expect, test } from "vitest";
import { Engine, type RecordColumns, type TablePlace } from "../../runtime-ts/index.ts";
import * as contoso from "./contoso.ts";
import { engineOf, imageOf } from "./load.ts";
import { thrown } from "./thrown.ts";

const image = imageOf(contoso.policy);

function withDirectory(): Engine {
  const engine = Engine.load(image);
  engine.directory.load(contoso.directory);
  return engine;
}

const file: TablePlace = { table: "records.csv", rows: [7, 9] };

test.each<[string, string, object, code: string, message: string, help?: string]>([
  ["an unknown entity", "Acount", { id: [] }, "BWK440", "unknown entity `Acount`", "did you mean `Account`?"],
  [
    "no object",
    "Account",
    null as never,
    "BWK430",
    "`records.csv`: columns are an object of arrays, not null",
  ],
  ["no id column", "Account", { owner: ["bob"] }, "BWK430", "`records.csv`: column `id` is missing"],
  ["no owner column", "Account", { id: ["a"] }, "BWK430", "`records.csv`: column `owner` is missing"],
  [
    "an unknown column",
    "Account",
    { id: ["a"], owner: ["bob"], nane: [""] },
    "BWK430",
    "`records.csv`: unknown column `nane`",
    "did you mean `name`?",
  ],
  [
    "a column that is no array",
    "Account",
    { id: ["a"], owner: "bob" },
    "BWK430",
    "`records.csv`: column `owner`: an array, packed texts or a dictionary is expected, not `bob`",
  ],
  [
    "a column that is a view without cells",
    "Account",
    { id: ["a"], owner: new DataView(new ArrayBuffer(4)) },
    "BWK430",
    "`records.csv`: column `owner`: an array, packed texts or a dictionary is expected, not an object",
  ],
  [
    "columns of different lengths",
    "Account",
    { id: ["a", "b"], owner: ["bob"] },
    "BWK430",
    "`records.csv`: column `owner` has 1 rows, the others have 2",
  ],
  [
    "an empty id",
    "Account",
    { id: ["a", ""], owner: ["bob", "bob"] },
    "BWK433",
    "`records.csv`, row 9, column `id`: the cell is empty",
  ],
  [
    "an id that is no text",
    "Account",
    { id: ["a", 5], owner: ["bob", "bob"] },
    "BWK434",
    "`records.csv`, row 9, column `id`: expected text, not `5`",
  ],
  [
    "an id twice",
    "Account",
    { id: ["a", "a"], owner: ["bob", "bob"] },
    "BWK432",
    "`records.csv`, row 9, column `id`: record `a` of `Account` occurs twice",
  ],
  [
    "an empty owner",
    "Account",
    { id: ["a", "b"], owner: ["bob", null] },
    "BWK433",
    "`records.csv`, row 9, column `owner`: the cell is empty",
  ],
  [
    "an unknown owner",
    "Account",
    { id: ["a", "b"], owner: ["bob", "bib"] },
    "BWK431",
    "`records.csv`, row 9, column `owner`: unknown user `bib`",
    "did you mean `bob`?",
  ],
  [
    "a team as a user",
    "Account",
    { id: ["a"], owner: ["EU"] },
    "BWK431",
    "`records.csv`, row 7, column `owner`: unknown user `EU`",
    "there is such a team: say so in the column `owner_type`",
  ],
  [
    "a user as a team",
    "Account",
    { id: ["a"], owner: ["bob"], owner_type: ["team"] },
    "BWK431",
    "`records.csv`, row 7, column `owner`: unknown team `bob`",
    "there is such a user: say so in the column `owner_type`",
  ],
  [
    "an unknown kind of owner",
    "Account",
    { id: ["a"], owner: ["bob"], owner_type: ["users"] },
    "BWK434",
    "`records.csv`, row 7, column `owner_type`: expected `user` or `team`, not `users`",
  ],
  [
    "an access team as owner",
    "Account",
    { id: ["a"], owner: ["Deal"], owner_type: ["team"] },
    "BWK435",
    "`records.csv`, row 7, column `owner`: access team `Deal` cannot own records",
  ],
  [
    "an owner number that there is not",
    "Account",
    { id: ["a"], owner: Uint32Array.of(99) },
    "BWK431",
    "`records.csv`, row 7, column `owner`: there is no user with number 99",
  ],
  [
    "a team number that there is not",
    "Account",
    { id: ["a"], owner: Uint32Array.of(2 ** 31 + 99) },
    "BWK431",
    "`records.csv`, row 7, column `owner`: there is no team with number 99",
  ],
  [
    "owners as numbers with kinds",
    "Account",
    { id: ["a"], owner: Uint32Array.of(0), owner_type: ["team"] },
    "BWK434",
    "`records.csv`, row 7, column `owner_type`: owners given as numbers say themselves whether they are teams: leave the column out",
  ],
  [
    "an unknown unit, though the classic mode ignores it",
    "Account",
    { id: ["a"], owner: ["bob"], business_unit: ["Frnace"] },
    "BWK431",
    "`records.csv`, row 7, column `business_unit`: unknown business unit `Frnace`",
    "did you mean `France`?",
  ],
  [
    "a unit that is no text",
    "Account",
    { id: ["a"], owner: ["bob"], business_unit: [{}] },
    "BWK434",
    "`records.csv`, row 7, column `business_unit`: expected text, not an object",
  ],
  [
    "a unit number that there is not",
    "Facility",
    { id: ["a"], business_unit: Uint16Array.of(77) },
    "BWK431",
    "`records.csv`, row 7, column `business_unit`: there is no business unit with number 77",
  ],
  ["no unit column", "Facility", { id: ["a"] }, "BWK430", "`records.csv`: column `business_unit` is missing"],
  [
    "an empty unit",
    "Facility",
    { id: ["a"], business_unit: [""] },
    "BWK433",
    "`records.csv`, row 7, column `business_unit`: the cell is empty",
  ],
  [
    "an owner of a unit-owned record",
    "Facility",
    { id: ["a"], business_unit: ["France"], owner: ["bob"] },
    "BWK435",
    "`records.csv`, row 7, column `owner`: `Facility` is owned by business units",
  ],
  [
    "an owner of an organization-owned record",
    "Country",
    { id: ["a"], owner: ["bob"] },
    "BWK435",
    "`records.csv`, row 7, column `owner`: `Country` is owned by the organization",
  ],
  [
    "a unit of a parent-owned record",
    "Line",
    { id: ["a"], account: ["acc1"], business_unit: ["France"] },
    "BWK435",
    "`records.csv`, row 7, column `business_unit`: `Line` is owned by its parent",
  ],
  ["no lookup to the parent", "Line", { id: ["a"] }, "BWK430", "`records.csv`: column `account` is missing"],
  [
    "an empty lookup to the parent",
    "Line",
    { id: ["a"], account: [""] },
    "BWK433",
    "`records.csv`, row 7, column `account`: the cell is empty, and the attribute is not optional",
  ],
  [
    "an empty attribute",
    "Contact",
    { id: ["a"], owner: ["bob"], name: [""] },
    "BWK433",
    "`records.csv`, row 7, column `name`: the cell is empty, and the attribute is not optional",
  ],
  [
    "a malformed decimal",
    "Account",
    { id: ["a", "b"], owner: ["bob", "bob"], revenue: ["1.5", "1,5"] },
    "BWK434",
    "`records.csv`, row 9, column `revenue`: expected a decimal with up to four fractional digits, not `1,5`",
  ],
  [
    "a day that there is not",
    "Account",
    { id: ["a"], owner: ["bob"], opened: ["2026-02-30"] },
    "BWK434",
    "`records.csv`, row 7, column `opened`: expected a datetime such as `2026-01-31T09:30:00Z`, not `2026-02-30`",
  ],
  [
    "a choice that there is not",
    "Account",
    { id: ["a"], owner: ["bob"], stage: ["lost"] },
    "BWK434",
    "`records.csv`, row 7, column `stage`: expected one of `open`, `won`, not `lost`",
  ],
  [
    "a text that is none",
    "Account",
    { id: ["a"], owner: ["bob"], name: [5] },
    "BWK434",
    "`records.csv`, row 7, column `name`: expected text, not `5`",
  ],
])("broken records: %s", (_, entity, columns, code, message, help) => {
  const engine = withDirectory();
  const error = thrown(() => engine.records.load(entity, columns as RecordColumns, file));
  expect(error).toMatchObject({ code, message });
  if (help !== undefined) expect(error.help).toBe(help);
  // Nothing was loaded: the whole table still can be.
  expect(engine.recordIds("Account")).toEqual([]);
  engine.records.load("Account", { id: ["a", "b"], owner: ["bob", "bob"] });
  expect(engine.filter(engine.principal("bob"), engine.privilege("read", "Account")).ids()).toEqual([
    "a",
    "b",
  ]);
});

test("an id that was loaded before", () => {
  const engine = withDirectory();
  engine.records.load("Account", { id: ["a"], owner: ["bob"] });
  expect(
    thrown(() => engine.records.load("Account", { id: ["b", "a"], owner: ["bob", "bob"] })),
  ).toMatchObject({
    code: "BWK432",
    message: "`Account`, row 2, column `id`: record `a` of `Account` occurs twice",
  });
  expect(engine.recordIds("Account")).toEqual(["a"]);
});

test("names of prototypes are ids like any other", () => {
  const engine = withDirectory();
  const id = ["__proto__", "constructor", "toString"];
  engine.records.load("Account", { id, owner: ["bob", "bob", "alice"] });
  expect(engine.filter(engine.principal("bob"), engine.privilege("write", "Account")).ids()).toEqual(
    id.slice(0, 2),
  );
  expect(thrown(() => engine.record("Account", "valueOf")).code).toBe("BWK440");
});

test("owners and units as numbers, columns left undefined", () => {
  const engine = withDirectory();
  const bob = engine.principal("bob");
  const team = engine.teamNames().indexOf("EU") + 2 ** 31;
  const analytics = engine.unitNames().indexOf("Analytics");
  engine.records.load("Account", { id: ["a", "b"], owner: Uint32Array.of(bob, team), name: undefined });
  engine.records.load("Facility", { id: ["f"], business_unit: Uint32Array.of(analytics) });
  expect(engine.rights("bob", "Account", "a")).toEqual(["read", "write", "share"]);
  expect(engine.rights("dora", "Account", "b")).toEqual(["read"]);
  expect(engine.rights("alice", "Facility", "f")).toEqual(["read", "write"]);
});

test("classic: the owner's unit counts; modern: the unit in the table", () => {
  const text = (modern: boolean) => `
    settings { ownershipAcrossBusinessUnits: ${modern}; }
    organization Root { unit A; unit B; }
    entity Account owned by user or team;
    role R { permit read on Account at businessUnit; }
    user a in A { roles: R; } user b in B { roles: R; }`;
  const columns = { id: ["x", "y"], owner: ["a", "a"], business_unit: ["B", ""] };
  const reads = (engine: Engine, user: string) =>
    engine.filter(engine.principal(user), engine.privilege("read", "Account")).ids();
  const classic = engineOf(text(false));
  classic.records.load("Account", columns);
  expect([reads(classic, "a"), reads(classic, "b")]).toEqual([["x", "y"], []]);
  const modern = engineOf(text(true));
  modern.records.load("Account", columns);
  expect([reads(modern, "a"), reads(modern, "b")]).toEqual([["x", "y"], ["x"]]);
});

test("several loads fill the pages of an entity; the order of loading is the order of ids", () => {
  const engine = withDirectory();
  const loads = [1, 4000, 95, 1, 9000, 4096, 7];
  let loaded = 0;
  const owners: string[] = [];
  for (const count of loads) {
    const at = (i: number) => ((loaded + i) % 3 === 0 ? "bob" : "alice");
    const owner = Array.from({ length: count }, (_, i) => at(i));
    owners.push(...owner);
    engine.records.load("Account", { id: owner.map((_, i) => `r${loaded + i}`), owner });
    engine.records.load("Country", { id: [`c${loaded}`] });
    loaded += count;
  }
  const ids = engine.recordIds("Account");
  expect(ids).toEqual(owners.map((_, i) => `r${i}`));
  const bob = engine.principal("bob");
  const write = engine.privilege("write", "Account");
  const expected = ids.filter((_, i) => owners[i] === "bob");
  const set = engine.filter(bob, write);
  expect(set.length).toBe(loaded);
  expect(set.ids()).toEqual(expected);
  expect(set.count).toBe(expected.length);
  const numbers = engine.recordNumbers("Account");
  ids.forEach((id, i) => {
    if (engine.record("Account", id) !== numbers[i]) throw new Error(id);
    if (engine.allows(bob, write, numbers[i]) !== set.get(i)) throw new Error(id);
  });
  expect(engine.recordIds("Country")).toHaveLength(loads.length);
});

test("a parent may be loaded after its children, and must be there before the first question", () => {
  const engine = withDirectory();
  engine.records.load("Note", { id: ["n0"] });
  engine.records.load("Line", { id: ["l1", "l2"], account: ["acc1", "acc2"] }, file);
  engine.records.load("Account", { id: ["acc1"], owner: ["bob"] });
  const ask = () => engine.rights("bob", "Line", "l1");
  for (const _ of [1, 2]) {
    expect(thrown(ask)).toMatchObject({
      code: "BWK436",
      message:
        "`records.csv`, row 9, column `account`: record `acc2` of `Account` is not loaded; did you mean `acc1`?",
    });
  }
  expect(
    thrown(() =>
      engine.checkBatch({
        principals: new Uint32Array(),
        privileges: new Uint32Array(),
        records: new Uint32Array(),
      }),
    ).code,
  ).toBe("BWK436");
  engine.records.load("Account", { id: ["acc2"], owner: ["alice"] });
  expect(ask()).toEqual(["read", "write", "share"]);
  expect(engine.rights("bob", "Line", "l2")).toEqual([]);
  expect(engine.rights("root", "Note", "n0")).toEqual([]);
  engine.records.load("Line", { id: ["l3"], account: ["zzz"] });
  expect(thrown(() => engine.allows(0, 0, 0)).message).toBe(
    "`Line`, row 1, column `account`: record `zzz` of `Account` is not loaded",
  );
});

test("a declared record under a parent that nobody loads", () => {
  const engine = engineOf(`
    organization Root;
    entity Account owned by user or team;
    entity Line owned by parent account { account?: Account }
    role R { permit read on Account at user; }
    user a in Root { roles: R; }
    record x: Account { owner: a; } record l: Line { account: x; } record m: Line { }`);
  expect(engine.rights("a", "Line", "l")).toEqual(["read"]);
  expect(engine.rights("a", "Line", "m")).toEqual([]);
});

test("a lookup that has the name of a built-in column", () => {
  const engine = engineOf("entity Order owned by organization; entity Line owned by parent id { id: Order }");
  expect(thrown(() => engine.records.load("Line", { id: ["x"] }))).toMatchObject({
    code: "BWK430",
    message: "`Line`: the lookup `id` has the name of a built-in column",
  });
});

test("more records of an entity than the engine holds", () => {
  const engine = withDirectory();
  const id = new Uint8Array(2 ** 24) as never;
  expect(thrown(() => engine.records.load("Country", { id }))).toMatchObject({
    code: "BWK426",
    message: "`Country`: the engine holds 16777215 records of an entity",
  });
});

test("a guardrail about one record finds it whenever it is loaded", () => {
  const engine = withDirectory();
  engine.records.load("Account", { id: ["acc1"], owner: ["alice"] });
  engine.records.load("Account", { id: ["acc3", "acc2"], owner: ["alice", "alice"] });
  expect(engine.filter(engine.principal("carol"), engine.privilege("read", "Account")).ids()).toEqual([
    "acc1",
    "acc2",
  ]);
});
