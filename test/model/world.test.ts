// The declared world: units of records (semantics.md B7), shares with their cascades (S4, S5, R1). And what the changes of a
// test leave of people, places and roles, as far as the rules look at it (B1, B4 to B6, B8).
import { expect, test } from "vitest";
import { grants, modelOf, shares, state } from "./project.ts";

const base = `
organization Root { unit A { unit A1; } unit B; }
entity Account owned by user or team { name?: String }
entity Contact owned by user or team { account?: Account cascade share reparent }
entity Call owned by user or team { contact?: Contact parental, account?: Account cascade share unshare }
entity Note owned by user or team { account?: Account }
entity Product owned by organization { name?: String }
entity Facility owned by business unit;
privilege ExportToExcel, BulkEdit;
role R { permit read on Account, Contact, Call, Note at user; permit write on Account at businessUnit; permit BulkEdit; }
role Local in A { permit read on Account at businessUnit; }
user ann in A { roles: R; }
user bob in B { roles: R; }
user cy in A1 { roles: R; }
team T in A { roles: R; members: ann; administrator: bob; }
`;
const modern = `${base} settings { ownershipAcrossBusinessUnits: true; }`;

const declared = (statements: string, project = base) => modelOf(`${project} ${statements}`).world;
const unitOfRecord = (statements: string, project = base) => declared(statements, project).records[0]?.unit;
const rows = (statements: string, project = base) => shares(declared(statements, project)).toSorted();

const all = "rwdasp+";

test("a record is in its owner's unit (B7)", () => {
  expect(unitOfRecord("record o: Account { owner: ann; }")).toBe("A");
  expect(unitOfRecord("record o: Account { owner: T; businessUnit: A; }")).toBe("A");
  expect(unitOfRecord('default team of B { roles: R; } record o: Account { owner: Team::"B"; }')).toBe("B");
  expect(unitOfRecord("record o: Product;")).toBeUndefined();
  expect(unitOfRecord("record o: Facility { businessUnit: A1; }")).toBe("A1");
});

test("in the modern mode a record is where it is put (B7)", () => {
  expect(unitOfRecord("record o: Account { owner: ann; businessUnit: B; }", modern)).toBe("B");
  expect(unitOfRecord("record o: Account { owner: ann; }", modern)).toBe("A");
});

test("shares add up, and create is none (S4, S8)", () => {
  const o = "record o: Account { owner: ann; }";
  expect(rows(`${o} share o with bob: read; share o with bob: write;`)).toEqual(["o bob rw|"]);
  expect(rows(`${o} share o with organization: all;`)).toEqual([`o * ${all}|`]);
  expect(rows(`${o} share o with T: create, read;`)).toEqual(["o T r|"]);
});

const parent = "record p: Account { owner: ann; }";
const child = "record q: Contact { owner: cy; account: p; }";
const call = "record c: Call { owner: cy; contact: q; }";

test("with the switch off a share replaces the one before, below too (S4 X13)", () => {
  const replacing = `${base} settings { grantAddsToShare: false; }`;
  expect(rows(`${parent} ${child} share p with bob: read; share p with bob: write;`, replacing)).toEqual([
    "p bob w|",
    `q ann |${all}`,
    "q bob |w",
  ]);
});

test("a share follows the `share` cascade, wherever record and share stand (S5)", () => {
  const expected = ["p bob r|", `q ann |${all}`, "q bob |r"];
  expect(rows(`${parent} ${child} share p with bob: read;`)).toEqual(expected);
  expect(rows(`share p with bob: read; ${child} ${parent}`)).toEqual(expected);
  const note = "record n: Note { owner: cy; account: p; }";
  expect(rows(`${parent} ${note} share p with bob: read;`)).toEqual(["p bob r|"]);
});

test("it goes on below, beside what is direct (S4, S5)", () => {
  const world = `${parent} ${child} ${call} share p with bob: read; share q with bob: write;`;
  expect(rows(world)).toEqual([`c ann |${all}`, "c bob |rw", "p bob r|", `q ann |${all}`, "q bob w|r"]);
});

test("the parent's owner inherits every right but create on what others create under it (R1)", () => {
  expect(rows(`${parent} ${child}`)).toEqual([`q ann |${all}`]);
  expect(rows(`${parent} record q: Contact { owner: ann; account: p; }`)).toEqual([]);
  expect(rows(`record p: Account { owner: T; } ${child}`)).toEqual([`q T |${all}`]);
});

test("it chains, by owners alone (R1)", () => {
  expect(rows(`${parent} ${child} record c: Call { owner: bob; contact: q; }`)).toEqual([
    `c ann |${all}`,
    `c cy |${all}`,
    `q ann |${all}`,
  ]);
});

test("a parent-owned record has its parent, and inherits nothing", () => {
  const schema = `${base}
    entity Order owned by user or team { name?: String }
    entity Line owned by parent order { order?: Order parental }
    role Orders { permit read on Order at user; } user dan in A { roles: Orders; }`;
  const lines = "record o: Order { owner: dan; } record l: Line { order: o; } share o with bob: read;";
  expect(declared(lines, schema).records[1]).toMatchObject({
    parent: "o",
    owner: undefined,
    unit: undefined,
  });
  expect(rows(lines, schema)).toEqual(["o bob r|"]);
});

test("records that are each other's parents end", () => {
  const schema = `${base} entity Loop owned by user or team { next?: Loop parental }
    role Loops { permit read on Loop at user; } user dan in A { roles: Loops; } user eve in A { roles: Loops; }`;
  const loop = "record x: Loop { owner: dan; next: y; } record y: Loop { owner: eve; next: x; }";
  expect(rows(`${loop} share x with bob: read;`, schema)).toEqual([
    "x bob r|r",
    `x dan |${all}`,
    `x eve |${all}`,
    "y bob |r",
    `y dan |${all}`,
    `y eve |${all}`,
  ]);
});

const after = (statements: string, project = base) => state(`${project} test "t" { ${statements} }`);
const user = (statements: string, name: string, project = base) =>
  after(statements, project).world.users.find((each) => each.name === name);
const team = (statements: string, name: string, project = base) =>
  after(statements, project).world.teams.find((each) => each.name === name);

test("who moves loses his roles in the classic mode, in the modern one the switch says (B8)", () => {
  expect(user("set user ann in B;", "ann")).toMatchObject({ unit: "B", roles: [] });
  expect(user("set user ann in A;", "ann")?.roles).toHaveLength(1);
  expect(team("set team T in B;", "T")).toMatchObject({ unit: "B", roles: [], members: ["ann"] });
  expect(user("set user ann in B;", "ann", modern)).toMatchObject({ unit: "B", roles: [] });
  const keeping = `${base} settings { ownershipAcrossBusinessUnits: true; keepRolesOnUnitChange: true; }`;
  expect(user("set user ann in B;", "ann", keeping)).toMatchObject({ roles: [{ role: 0, unit: "A" }] });
  expect(team("set team B in A;", "B")).toMatchObject({ unit: "B" });
});

test("roles and members that are set", () => {
  expect(user("set user bob roles: R, Local in A;", "bob", modern)?.roles).toEqual([
    { role: 0, unit: "B" },
    { role: 1, unit: "A" },
  ]);
  expect(user("set user bob roles: none; set user bob disabled;", "bob")?.roles).toEqual([]);
  expect(team("set team T members: bob, cy, bob;", "T")).toMatchObject({ members: ["bob", "cy"] });
  expect(team("set team B roles: R;", "B")).toMatchObject({ roles: [{ role: 0, unit: "B" }] });
});

test("units move with what is below them (B4), the root and what lies above stay (B1)", () => {
  const parentOf = (statements: string, name: string) =>
    after(statements).world.units.find((unit) => unit.name === name)?.parent;
  expect(parentOf("set unit A under B;", "A")).toBe("B");
  expect(parentOf("set unit A under A1;", "A")).toBe("Root");
  expect(parentOf("set unit A under A;", "A")).toBe("Root");
});

test("a role's privileges are replaced, its others stay (B5)", () => {
  const { policy } = after(
    "set role R { permit read on Account at parentChild; permit write on Account at none; permit ExportToExcel; permit BulkEdit at none; }",
  );
  expect(grants(policy, "R")).toEqual([
    "read Account parentChild",
    "read Call user",
    "read Contact user",
    "read Note user",
  ]);
  const tasks = policy.roles[0]?.tasks ?? new Set();
  expect([...tasks].map((task) => policy.tasks[task]?.name)).toEqual(["ExportToExcel"]);
});

test("`all` and `*` replace what exists", () => {
  const { policy } = after("set role R { permit all on Account at user; permit read on * at organization; }");
  expect(grants(policy, "R").filter((grant) => grant.includes("Account"))).toEqual([
    "append Account user",
    "appendTo Account user",
    "assign Account user",
    "create Account user",
    "delete Account user",
    "read Account organization",
    "share Account user",
    "write Account user",
  ]);
  expect(grants(policy, "R")).toContain("read Product organization");
});
