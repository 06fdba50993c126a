// Every kind of source in full (semantics.md section 10): holder, level, context unit, line, and from where it comes.
import { expect, test } from "vitest";
import { compile } from "../../../compiler/index.ts";
import { Engine } from "../../../runtime-ts/index.ts";
import { thrown } from "../thrown.ts";

const schema = `
entity Account owned by user or team { name?: String, open?: Bool }
entity Note owned by user or team { account?: Account cascade share reparent, other?: Note cascade share reparent }
entity Country owned by organization;
entity Line owned by parent account { account: Account }
entity Part owned by parent line { line: Line }
context { mfa?: Bool }
privilege Export, Print;
`;
const roles = `role Seller {
  permit read, write on Account at businessUnit;
  permit read on Account at organization when { resource has open && resource.open };
  permit read on Note at user;
  permit Export;
  permit Print when { context has mfa && context.mfa };
}
team role Helper {
  permit read on Account,
    Note at user;
}
role Reader { permit read on Account, Country at organization; }
administrator role Admin;
`;
const guards = `
@id("near") permit (principal, action == read, resource is Note) at businessUnit;
permit (principal in Role::"Seller", action == delete, resource is Account) at parentChild;
@id("partners") permit (principal in Team::"Partners", action == append, resource is Account) at user;
`;
const people = `
organization Root { unit EU { unit France; } unit US; }
settings { ownershipAcrossBusinessUnits: true; hierarchy: manager depth 2; }
user alice in EU { roles: Seller, Seller in France; }
user bob in France { roles: Reader; }
user carol in US;
user boss in EU { roles: Helper; }
user below in EU { roles: Reader; manager: boss; }
user root in Root { roles: Admin; }
team Partners in France { roles: Helper, Seller; members: alice, carol; }
group team Chiefs in US { roles: Admin; members: carol; }
access team Deal in Root { members: bob; }
record acc: Account { owner: bob; }
record open: Account { owner: root; open: true; }
record teams: Account { owner: Team::"Partners"; }
record of: Account { owner: below; }
record line: Line { account: acc; }
record part: Part { line: line; }
record n1: Note { owner: root; account: of; }
record n2: Note { owner: root; other: n1; }
share of with boss: read;
share acc with Team::"Deal": write;
share n1 with organization: read;
record fr: Country;
`;

const engine = Engine.load(
  compile([
    { name: "schema.bwk", text: schema },
    { name: "roles.bwk", text: roles },
    { name: "guards.bwk", text: guards },
    { name: "people.bwk", text: people },
  ]).image as Uint8Array,
);

const on = (principal: string, action: string, entity: string, id: string) =>
  engine.explain({ principal, action, resource: { entity, id } }).sources;

const seller = (user: string, businessUnit: string, level: string, line: string) => ({
  kind: "role",
  name: "Seller",
  holder: { user },
  businessUnit,
  level,
  line,
});

test("a role: each holder, context unit and level that reaches, with the line that grants it", () => {
  expect(on("alice", "read", "Account", "acc")).toEqual([
    seller("alice", "France", "businessUnit", "roles.bwk:2"),
    { ...seller("", "France", "businessUnit", "roles.bwk:2"), holder: { team: "Partners" } },
  ]);
  expect(on("alice", "read", "Account", "open")).toEqual([
    seller("alice", "EU", "organization", "roles.bwk:3"),
    seller("alice", "France", "organization", "roles.bwk:3"),
    { ...seller("", "France", "organization", "roles.bwk:3"), holder: { team: "Partners" } },
  ]);
  // The line of a grant is where it begins.
  expect(on("bob", "read", "Country", "fr")).toEqual([
    {
      kind: "role",
      name: "Reader",
      holder: { user: "bob" },
      businessUnit: "France",
      level: "organization",
      line: "roles.bwk:12",
    },
  ]);
});

test("task privileges: without a condition, and where it holds", () => {
  const ask = (action: string, context = {}) =>
    engine.explain({ principal: "carol", action, context }).sources;
  const held = {
    kind: "role",
    name: "Seller",
    holder: { team: "Partners" },
    businessUnit: "France",
    level: "organization",
  };
  const admin = { kind: "administrator", role: "Admin", holder: { team: "Chiefs" }, businessUnit: "US" };
  expect(ask("Export")).toEqual([admin, { ...held, line: "roles.bwk:5" }]);
  expect(ask("Print")).toEqual([admin]);
  expect(ask("Print", { mfa: true })).toEqual([admin, { ...held, line: "roles.bwk:6" }]);
});

test("permits: of everybody, of the holders of a role, of a team", () => {
  expect(on("alice", "delete", "Account", "acc")).toEqual(
    [{ user: "alice" }, { user: "alice" }, { team: "Partners" }].map((holder, i) => ({
      kind: "permit",
      name: "guards.bwk:3",
      holder,
      businessUnit: ["EU", "France", "France"][i],
      level: "parentChild",
      line: "guards.bwk:3",
    })),
  );
  expect(on("root", "read", "Note", "n1")[1]).toEqual({
    kind: "permit",
    name: "near",
    holder: { user: "root" },
    businessUnit: "Root",
    level: "businessUnit",
    line: "guards.bwk:2",
  });
});

test("owner, owning team, shares, reports", () => {
  expect(on("bob", "read", "Account", "acc").slice(1)).toEqual([{ kind: "owner" }]);
  expect(on("carol", "append", "Account", "teams").at(-1)).toEqual({ kind: "team", name: "Partners" });
  expect(on("boss", "read", "Account", "of")).toEqual([
    { kind: "share", to: "user", name: "boss" },
    { kind: "hierarchy", name: "below" },
  ]);
});

test("an inherited share: the parents that are shared, and the records above that the principal owns", () => {
  expect(on("boss", "read", "Note", "n2")).toEqual([
    { kind: "parent", to: "user", name: "boss", from: [{ entity: "Note", id: "n1" }] },
    { kind: "parent", to: "organization", from: [{ entity: "Note", id: "n1" }] },
    // The report inherits it too, and what is shared with him the manager reads.
    { kind: "hierarchy", name: "below" },
  ]);
  expect(on("boss", "read", "Note", "n1")).toEqual([
    { kind: "share", to: "organization" },
    { kind: "parent", to: "user", name: "boss", from: [{ entity: "Account", id: "of" }] },
    { kind: "hierarchy", name: "below" },
  ]);
  expect(on("below", "read", "Note", "n1")).toEqual([
    { kind: "share", to: "organization" },
    { kind: "parent", to: "user", name: "below", from: [{ entity: "Account", id: "of" }] },
  ]);
});

test("a record that its parent decides about: the sources are those of the record above", () => {
  const { sources, decidedBy } = engine.explain({
    principal: "bob",
    action: "read",
    resource: { entity: "Part", id: "part" },
  });
  expect(decidedBy).toEqual({ entity: "Account", id: "acc" });
  expect(sources.map(({ kind }) => kind)).toEqual(["role", "owner"]);
  expect(
    engine.explain({ principal: "bob", action: "read", resource: { entity: "Account", id: "acc" } })
      .decidedBy,
  ).toBe(undefined);
  const described = { entity: "Part", line: "line" };
  expect(engine.explain({ principal: "bob", action: "read", resource: described }).decidedBy).toEqual({
    entity: "Account",
    id: "acc",
  });
});

test("a grant that an edit has changed has no line; one like another's has none either", () => {
  const again = Engine.restore(engine.snapshot());
  const lines = () =>
    again
      .explain({ principal: "bob", action: "read", resource: { entity: "Country", id: "fr" } })
      .sources.map((source) => ("line" in source ? source.line : undefined));
  expect(lines()).toEqual(["roles.bwk:12"]);
  again.update((world) => {
    const grants = [{ actions: ["write"], entities: ["Country"], level: "organization" }];
    world.editRole("Reader", { grants });
  });
  expect(lines()).toEqual(["roles.bwk:12"]);
  const write = { principal: "bob", action: "write", resource: { entity: "Country", id: "fr" } };
  expect("line" in (again.explain(write).sources[0] as object)).toBe(false);
  // Conditions keep their lines in a snapshot.
  const resource = { entity: "Account", id: "open" };
  const [source] = again.explain({ principal: "alice", action: "read", resource }).sources;
  expect(source).toMatchObject({ line: "roles.bwk:3" });
});

test("unknown names are errors", () => {
  expect(thrown(() => on("nobody", "read", "Account", "acc")).code).toBe("BWK440");
});
