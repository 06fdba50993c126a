// Secured columns on the engine, rule by rule (semantics.md F1 to F4).
import { expect, test } from "vitest";
import type { Engine } from "../../runtime-ts/index.ts";
import { engineOf } from "./load.ts";
import { thrown } from "./thrown.ts";

const source = `
  organization Root { unit North; unit South; unit Closed disabled; }
  entity Account owned by user or team {
    name?: String,
    phone?: String secured masked "[0-9](?=.*[0-9]{2})",
    revenue?: Decimal secured,
  }
  entity Product owned by organization { price?: Decimal secured }
  entity Line owned by parent account { account: Account, cost?: Decimal secured }
  role Own { permit create, read, write on Account at user; permit read on Product at organization; }
  role Unit { permit read, write on Account at businessUnit; }
  team role Crew { permit read on Account at user; }
  administrator role Admin;
  user ann in North { roles: Own; }
  user bob in North { roles: Unit; }
  user cat in South { roles: Own; }
  user dan in South { roles: Own; }
  user sys in Root { roles: Admin; }
  user off in Root disabled { roles: Admin; }
  user shut in Closed { roles: Own; }
  team T in North { roles: Crew; members: ann; administrator: cat; }
  access team Deal in North { members: bob; }
  column profile Readers { permit read on Account.phone, Product.price, Line.cost; members: ann, North, shut; }
  column profile Writers { permit write on Account.phone; members: ann; }
  column profile Openers { permit readUnmasked on Account.phone; members: ann, Deal; }
  column profile Makers { permit create on Account.revenue, Line.cost; members: ann, T; }
  record a: Account { owner: ann; phone: "555"; }
  record b: Account { owner: bob; phone: "555"; }
  record t: Account { owner: Team::"T"; }
  record p: Product { price: decimal("1.0"); }
  record l: Line { account: a; }
  share b.revenue with bob: read;
  share b.revenue with Deal: write;
  share a.revenue with organization: read;
  @id("sealed") forbid (principal, action == read, resource == Account::"t");
`;

const engine = engineOf(source);

/** `phone: readable writable` … of what is true. */
function shown(principal: string, id: string, entity = "Account", on: Engine = engine): string {
  return on
    .columns(principal, { entity, id })
    .map(({ column, ...access }) =>
      [column, ...Object.entries(access).flatMap(([word, holds]) => (holds ? [word] : []))].join(" "),
    )
    .join(", ");
}

test("F1 a secured column is hidden from everyone but administrators unless a profile says otherwise", () => {
  expect(shown("cat", "a")).toBe("phone, revenue");
  expect(shown("sys", "a")).toBe("phone readable writable creatable, revenue readable writable creatable");
  expect(shown("off", "a")).toBe("phone, revenue");
  expect(
    engine.checkColumn({
      principal: "sys",
      action: "readUnmasked",
      entity: "Account",
      id: "a",
      column: "phone",
    }),
  ).toEqual({ allowed: true, reason: "administrator", sources: [{ kind: "administrator" }] });
});

test("F1 access to the record is checked first and on its own", () => {
  const ask = (principal: string, action: string, id: string, column = "phone") =>
    engine.checkColumn({ principal, action, entity: "Account", id, column }).reason;
  expect(ask("ann", "read", "b")).toBe("access");
  expect(ask("ann", "read", "a")).toBe("owner");
  expect(ask("ann", "read", "a", "revenue")).toBe("owner");
  expect(ask("ann", "write", "a", "revenue")).toBe("column");
  expect(ask("bob", "write", "b")).toBe("column");
  expect(ask("off", "read", "a")).toBe("disabled");
  expect(ask("sys", "read", "t")).toBe('forbid "sealed"');
  expect(ask("ann", "write", "b")).toBe("access");
  // What is not secured is the record's.
  expect(ask("ann", "write", "a", "name")).toBe("owner");
  // A right of the record that is out of reach does not hide the column's others.
  expect(shown("ann", "b")).toBe("phone, revenue creatable");
});

test("F2 profiles of users and of teams add up; those of access teams give nothing", () => {
  expect(shown("ann", "a")).toBe("phone readable writable, revenue readable creatable");
  // bob reads by the default team of North; Deal is an access team.
  expect(shown("bob", "a")).toBe("phone readable masked, revenue readable");
  expect(shown("shut", "a")).toBe("phone, revenue");
});

test("F2 of other ownerships", () => {
  expect(shown("ann", "p", "Product")).toBe("price readable");
  expect(shown("cat", "p", "Product")).toBe("price");
  expect(shown("ann", "l", "Line")).toBe("cost readable creatable");
});

test("F3 a share of a column adds read or write on one record", () => {
  expect(shown("bob", "b")).toBe("phone readable masked, revenue readable writable");
  expect(shown("sys", "b")).toContain("revenue readable");
  // Of a record that is out of reach it opens nothing.
  expect(shown("cat", "a")).toBe("phone, revenue");
});

test("F4 whoever reads but not unmasked gets the masked value", () => {
  const access = engine
    .columns("bob", { entity: "Account", id: "b" })
    .find(({ column }) => column === "phone");
  expect(access).toMatchObject({ readable: true, masked: true });
  expect(engine.mask("Account", "phone", "555 01 23")).toBe("*** ** 23");
  expect(engine.mask("Account", "revenue", "12.5")).toBe("12.5");
  expect(engine.mask("Account", "name", "n")).toBe("n");
  const ask = (principal: string, id: string, column = "phone") =>
    engine.checkColumn({ principal, action: "readUnmasked", entity: "Account", id, column }).reason;
  expect(ask("ann", "a")).toBe("owner");
  expect(ask("bob", "b")).toBe("column");
  // Without a mask there is nothing to see through.
  expect(ask("bob", "b", "revenue")).toBe("role Unit");
});

test("T8 the administrator of a team counts as a member on the records that the team owns", () => {
  const open = engineOf(
    source.replace(/@id\("sealed"\).*/, "").replace("members: ann, North, shut", "members: T"),
  );
  expect(shown("cat", "t", "Account", open)).toBe("phone readable masked, revenue");
  const own = engineOf(`${source.replace(/@id\("sealed"\).*/, "")} record c: Account { owner: cat; }`);
  expect(shown("cat", "c", "Account", own)).toBe("phone, revenue");
});

test("create is asked of an entity, before there is a record", () => {
  const ask = (principal: string, column: string) => {
    const { allowed, reason } = engine.checkColumn({
      principal,
      action: "create",
      entity: "Account",
      column,
    });
    return `${allowed ? "allow" : "deny"} ${reason}`;
  };
  expect(ask("ann", "revenue")).toBe("allow column");
  expect(ask("ann", "phone")).toBe("deny column");
  expect(ask("ann", "name")).toBe("allow column");
  expect(ask("sys", "phone")).toBe("allow administrator");
  expect(ask("off", "phone")).toBe("deny disabled");
  expect(engine.columns("ann", { entity: "Account" })).toEqual([
    { column: "phone", readable: false, masked: false, writable: false, creatable: false },
    { column: "revenue", readable: false, masked: false, writable: false, creatable: true },
  ]);
});

test("of a record that is only described", () => {
  expect(engine.columns("ann", { entity: "Account", owner: { user: "ann" } })).toEqual([
    { column: "phone", readable: true, masked: false, writable: true, creatable: false },
    { column: "revenue", readable: false, masked: false, writable: false, creatable: true },
  ]);
  expect(engine.columns("ann", { entity: "Account", owner: { user: "cat" } })[0]).toMatchObject({
    readable: false,
    writable: false,
  });
  expect(engine.columns("ann", { entity: "Product" })).toEqual([
    { column: "price", readable: true, masked: false, writable: false, creatable: false },
  ]);
});

test("by numbers, and of many records at once", () => {
  const records = engine.recordNumbers("Account");
  for (const principal of engine.userNames()) {
    const user = engine.principal(principal);
    const table = engine.columns(user, records);
    expect(table.columns).toEqual(["phone", "revenue"]);
    expect(table.length).toBe(3);
    engine.recordIds("Account").forEach((id, row) => {
      const byName = engine.columns(principal, { entity: "Account", id });
      expect(engine.columns(user, records[row] as number)).toEqual(byName);
      expect(table.at(row)).toEqual(byName);
    });
    expect(table.at(3)).toEqual([]);
  }
});

test("numbers that stand for nothing have no columns", () => {
  const record = engine.record("Account", "a");
  const hidden = { readable: false, masked: false, writable: false, creatable: false };
  expect(engine.columns(99, record)).toEqual([
    { column: "phone", ...hidden },
    { column: "revenue", ...hidden },
  ]);
  expect(engine.columns(engine.principal("sys"), 123_456)).toEqual([]);
  expect(engine.columns(engine.principal("sys"), Uint32Array.of(123_456, record)).at(0)).toEqual([
    { column: "phone", ...hidden },
    { column: "revenue", ...hidden },
  ]);
  expect(engine.columns(engine.principal("sys"), new Uint32Array(0)).length).toBe(0);
});

test("mistakes are errors, never a denial", () => {
  const ask = (more: object) =>
    thrown(() =>
      engine.checkColumn({
        principal: "ann",
        action: "read",
        entity: "Account",
        id: "a",
        column: "phone",
        ...more,
      }),
    );
  expect(ask({ principal: "an" })).toMatchObject({ code: "BWK440", message: "unknown user `an`" });
  expect(ask({ action: "readunmasked" })).toMatchObject({
    code: "BWK440",
    message: "unknown action on a column `readunmasked`",
    help: "did you mean `readUnmasked`?",
  });
  expect(ask({ column: "fone" })).toMatchObject({
    code: "BWK440",
    message: "`Account` has no attribute `fone`",
  });
  expect(ask({ id: undefined })).toMatchObject({ code: "BWK441", message: "`read` is asked of a record" });
  expect(ask({ action: "create" })).toMatchObject({ code: "BWK441", help: "leave the id out" });
  expect(ask({ id: "zz" })).toMatchObject({ code: "BWK440" });
  expect(ask({ entity: "Acount" })).toMatchObject({ code: "BWK440" });
  expect(thrown(() => engine.mask("Account", "phone", 5 as never))).toMatchObject({ code: "BWK441" });
  expect(thrown(() => engine.columns("ann", null as never))).toMatchObject({ code: "BWK441" });
  const mixed = Uint32Array.of(engine.record("Account", "a"), engine.record("Product", "p"));
  expect(thrown(() => engine.columns(0, mixed))).toMatchObject({ code: "BWK441" });
});

test("the directory brings members of profiles", () => {
  const open = engineOf(`
    entity Account owned by user or team { phone?: String secured }
    role Own { permit read on Account at user; }
    column profile Readers { permit read on Account.phone; }
  `);
  const directory = {
    businessUnits: [{ id: "Root" }],
    users: ["ann", "bob", "cat"].map((id) => ({ id, businessUnit: "Root", roles: ["Own"] })),
    teams: [{ id: "T", businessUnit: "Root", members: ["bob"] }],
  };
  open.directory.load({
    ...directory,
    columnProfiles: [{ profile: "Readers", users: ["ann"], teams: ["T"] }],
  });
  open.records.load("Account", { id: ["1", "2", "3"], owner: ["ann", "bob", "cat"] });
  expect(shown("ann", "1", "Account", open)).toBe("phone readable");
  expect(shown("bob", "2", "Account", open)).toBe("phone readable");
  expect(shown("cat", "3", "Account", open)).toBe("phone");
  expect(
    thrown(() =>
      engineOf("entity A owned by user or team;").directory.load({
        ...directory,
        users: [],
        teams: [],
        columnProfiles: [{ profile: "Reader", users: [], teams: ["Root"] }],
      }),
    ),
  ).toMatchObject({ code: "BWK421", message: "columnProfiles[0].profile: unknown column profile `Reader`" });
});

const shareRows = (
  rows: readonly (readonly [id: string, principal: string, rights: string, column: string])[],
) => ({
  entity: rows.map(() => "Account"),
  id: rows.map(([id]) => id),
  principal: rows.map(([, principal]) => principal),
  principal_type: rows.map(([, principal]) =>
    principal === "" ? "organization" : principal === "T" ? "team" : "user",
  ),
  rights: rows.map(([, , rights]) => rights),
  column: rows.map(([, , , column]) => column),
});

test("a table of shares may share columns too", () => {
  const on = engineOf(source);
  on.shares.load(
    shareRows([
      ["a", "cat", "read|write", ""],
      ["a", "cat", "read", "phone"],
      ["a", "cat", "write", "phone"],
      ["t", "T", "write", "revenue"],
      ["a", "", "2", "phone"],
    ]),
  );
  expect(shown("cat", "a", "Account", on)).toBe("phone readable masked writable, revenue readable");
  // The organization's share of the column is no share of the record.
  expect(shown("dan", "a", "Account", on)).toBe("phone, revenue");
  expect(on.rights("dan", "Account", "a")).toEqual([]);
});

test.each([
  [["a", "cat", "read", "fone"], "BWK431", "column `column`: `Account` has no attribute `fone`"],
  [["a", "cat", "read", "name"], "BWK435", "column `column`: `name` of `Account` is not secured"],
  [
    ["a", "cat", "delete", "phone"],
    "BWK434",
    "column `rights`: a column is shared to `read`, `write` or `read|write`",
  ],
  [["a", "cat", "", "phone"], "BWK433", "column `rights`: the cell is empty"],
] as const)("a wrong share of a column loads nothing: %j", (row, code, words) => {
  const on = engineOf(source);
  const error = thrown(() =>
    on.shares.load(shareRows([["a", "cat", "read", "phone"], ["a", "cat", "read", ""], row])),
  );
  expect(error).toMatchObject({ code, message: `\`shares\`, row 3, ${words}` });
  expect(shown("cat", "a", "Account", on)).toBe("phone, revenue");
  const inherited = { ...shareRows([["a", "cat", "read", "phone"]]), inherited_rights: ["read"] };
  expect(thrown(() => on.shares.load(inherited))).toMatchObject({ code: "BWK434" });
});
