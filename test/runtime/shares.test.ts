// Shares tables: what loads, and the one message for what does not.
import { expect, test } from "vitest";
import { Engine, type ShareColumns } from "../../runtime-ts/index.ts";
import * as contoso from "./contoso.ts";
import { engineOf, imageOf } from "./load.ts";
import { thrown } from "./thrown.ts";

const image = imageOf(contoso.policy);

function withDirectory(): Engine {
  const engine = Engine.load(image);
  engine.directory.load(contoso.directory);
  return engine;
}

const someShares = {
  entity: ["Account", "Account"],
  id: ["acc1", "acc2"],
  principal: ["bob", "bob"],
  principal_type: ["user", "user"],
  rights: ["read", "read"],
};

test.each<[string, object, code: string, message: string, help?: string]>([
  ["no entity column", { entity: undefined }, "BWK430", "`shares`: column `entity` is missing"],
  ["no rights column", { rights: undefined }, "BWK430", "`shares`: column `rights` is missing"],
  [
    "an unknown column",
    { right: ["read", "read"] },
    "BWK430",
    "`shares`: unknown column `right`",
    "did you mean `rights`?",
  ],
  [
    "an empty entity",
    { entity: ["Account", ""] },
    "BWK433",
    "`shares`, row 2, column `entity`: the cell is empty",
  ],
  [
    "an unknown entity",
    { entity: ["Account", "Acount"] },
    "BWK431",
    "`shares`, row 2, column `entity`: unknown entity `Acount`",
    "did you mean `Account`?",
  ],
  [
    "a record that cannot be shared",
    { entity: ["Account", "Country"], id: ["acc1", "FR"] },
    "BWK435",
    "`shares`, row 2, column `entity`: records of `Country` cannot be shared",
  ],
  [
    "a record that is not loaded",
    { id: ["acc1", "acc99"] },
    "BWK431",
    "`shares`, row 2, column `id`: record `acc99` of `Account` is not loaded",
    "did you mean `acc1`?",
  ],
  [
    "an unknown user",
    { principal: ["bob", "bib"] },
    "BWK431",
    "`shares`, row 2, column `principal`: unknown user `bib`",
    "did you mean `bob`?",
  ],
  [
    "an unknown team",
    { principal_type: ["user", "team"] },
    "BWK431",
    "`shares`, row 2, column `principal`: unknown team `bob`",
  ],
  [
    "an unknown kind of principal",
    { principal_type: ["user", "group"] },
    "BWK434",
    "`shares`, row 2, column `principal_type`: expected `user`, `team` or `organization`, not `group`",
  ],
  [
    "no kind of principal",
    { principal_type: ["user", null] },
    "BWK433",
    "`shares`, row 2, column `principal_type`: the cell is empty",
  ],
  [
    "the organization by name",
    { principal_type: ["user", "organization"] },
    "BWK434",
    "`shares`, row 2, column `principal`: the organization has no name: leave the cell empty",
  ],
  [
    "no principal",
    { principal: ["bob", ""] },
    "BWK433",
    "`shares`, row 2, column `principal`: the cell is empty",
  ],
  ["no principals", { principal: undefined }, "BWK430", "`shares`: column `principal` is missing"],
  [
    "an unknown right",
    { rights: ["read", "reed"] },
    "BWK434",
    "`shares`, row 2, column `rights`: expected rights such as `read|write` or their number, not `reed`",
  ],
  [
    "a bad number",
    { inherited_rights: [1, -1] },
    "BWK434",
    "`shares`, row 2, column `inherited_rights`: expected rights such as `read|write` or their number, not `-1`",
  ],
  ["no rights", { rights: ["read", ""] }, "BWK433", "`shares`, row 2, column `rights`: the cell is empty"],
])("broken shares: %s", (_, change, code, message, help) => {
  const engine = withDirectory();
  engine.records.load("Account", { id: ["acc1", "acc2"], owner: ["alice", "alice"] });
  engine.records.load("Country", { id: ["FR"] });
  const error = thrown(() => engine.shares.load({ ...someShares, ...change } as ShareColumns));
  expect(error).toMatchObject({ code, message });
  if (help !== undefined) expect(error.help).toBe(help);
  expect(engine.rights("bob", "Account", "acc1")).toEqual([]);
  engine.shares.load(someShares);
  expect(engine.rights("bob", "Account", "acc1")).toEqual(["read"]);
});

test("rows of one record and principal add up, within a table and over several", () => {
  const engine = withDirectory();
  engine.records.load("Account", { id: ["acc1", "acc2"], owner: ["alice", "alice"] });
  const share = (rights: unknown[], inherited: unknown[]) =>
    engine.shares.load({
      entity: rights.map(() => "Account"),
      id: rights.map(() => "acc1"),
      principal: rights.map(() => "bob"),
      principal_type: rights.map(() => "user"),
      rights,
      inherited_rights: inherited,
    });
  share(["read", 262_144], ["", ""]);
  expect(engine.rights("bob", "Account", "acc1")).toEqual(["read", "share"]);
  share([null], [2]);
  expect(engine.rights("bob", "Account", "acc1")).toEqual(["read", "write", "share"]);
  const explained = engine.explain({
    principal: "bob",
    action: "write",
    resource: { entity: "Account", id: "acc1" },
  });
  expect(explained.sources).toEqual([{ kind: "parent", to: "user", name: "bob", from: [] }]);
  share([0], [0]);
  expect(engine.rights("bob", "Account", "acc1")).toEqual(["read", "write", "share"]);
  expect(engine.rights("bob", "Account", "acc2")).toEqual([]);
});

test("one record shared with many, over and over", () => {
  const people = Array.from({ length: 300 }, (_, i) => `u${i}`);
  const engine = engineOf(`
    entity Account owned by user or team;
    role R { permit read, write on Account at user; }`);
  engine.directory.load({
    businessUnits: [{ id: "Root" }],
    users: ["owner", ...people].map((id) => ({ id, businessUnit: "Root", roles: ["R"] })),
  });
  engine.records.load("Account", { id: ["x"], owner: ["owner"] });
  for (const rights of ["read", "write", "read"]) {
    const column = (cell: string) => people.map(() => cell);
    engine.shares.load({
      entity: column("Account"),
      id: column("x"),
      principal: people,
      principal_type: column("user"),
      rights: column(rights),
    });
  }
  expect(engine.whoCan(engine.privilege("write", "Account"), engine.record("Account", "x")).names()).toEqual([
    "owner",
    ...people,
  ]);
  const explained = engine.explain({
    principal: "u7",
    action: "read",
    resource: { entity: "Account", id: "x" },
  });
  expect(explained.sources).toEqual([{ kind: "share", to: "user", name: "u7" }]);
});
