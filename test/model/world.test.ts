// What `record`, `share` and `set` do to a world (semantics.md B1 to B8, S4, S5, R1).
import { expect, test } from "vitest";
import { grants, played, shares, state } from "./project.ts";

const base = `
organization Root { unit A { unit A1; } unit B; unit Empty disabled; }
entity Account owned by user or team { name?: String }
entity Contact owned by user or team { account?: Account cascade share reparent }
entity Call owned by user or team { contact?: Contact parental, account?: Account cascade share unshare }
entity Note owned by user or team { account?: Account }
entity Product owned by organization { name?: String }
entity Facility owned by business unit;
entity User { department?: String }
entity Team { region?: String }
privilege ExportToExcel, BulkEdit;
role R { permit read on Account, Contact, Call, Note at user; permit write on Account at businessUnit; permit BulkEdit; }
role Local in A { permit read on Account at businessUnit; }
position Boss;
user ann in A { roles: R; department: "one"; }
user bob in B { roles: R; manager: ann; position: Boss; }
user cy in A1 { roles: R; }
team T in A { roles: R; members: ann; administrator: bob; region: "north"; }
`;
const modern = `${base} settings { ownershipAcrossBusinessUnits: true; }`;

const after = (statements: string, project = base) => state(`${project} test "t" { ${statements} }`);
const refused = (statements: string, project = base) => played(`${project} test "t" { ${statements} }`);
const user = (statements: string, name: string, project = base) =>
  after(statements, project).world.users.find((each) => each.name === name);
const team = (statements: string, name: string, project = base) =>
  after(statements, project).world.teams.find((each) => each.name === name);
const unitOfRecord = (statements: string, id: string, project = base) =>
  after(statements, project).world.records.find((each) => each.id === id)?.unit;

const all = "rwdasp+";

test("a record is in its owner's unit (B7)", () => {
  expect(unitOfRecord("record o: Account { owner: ann; }", "o")).toBe("A");
  expect(unitOfRecord("record o: Account { owner: T; businessUnit: A; }", "o")).toBe("A");
  expect(unitOfRecord('default team of B { roles: R; } record o: Account { owner: Team::"B"; }', "o")).toBe(
    "B",
  );
  expect(unitOfRecord("record o: Product;", "o")).toBeUndefined();
  expect(unitOfRecord("record o: Facility { businessUnit: A1; }", "o")).toBe("A1");
});

test("in the modern mode a record is where it is put (B7)", () => {
  expect(unitOfRecord("record o: Account { owner: ann; businessUnit: B; }", "o", modern)).toBe("B");
  expect(unitOfRecord("record o: Account { owner: ann; }", "o", modern)).toBe("A");
  expect(unitOfRecord("record o: Account { owner: ann; } set record o businessUnit: B;", "o", modern)).toBe(
    "B",
  );
});

test("a record's unit is set only in the modern mode", () => {
  expect(refused("record o: Account { owner: ann; } set record o businessUnit: B;")).toBe(
    "record `o` is always in its owner's business unit",
  );
  expect(unitOfRecord("record f: Facility { businessUnit: A; } set record f businessUnit: B;", "f")).toBe(
    "B",
  );
});

test("a user who moves loses his roles and takes his records along in the classic mode (B8)", () => {
  const move = "record o: Account { owner: ann; } record p: Account { owner: bob; } set user ann in B;";
  expect(user(move, "ann")).toMatchObject({ unit: "B", roles: [] });
  expect(unitOfRecord(move, "o")).toBe("B");
  expect(unitOfRecord(move, "p")).toBe("B");
  expect(user("set user ann in A;", "ann")?.roles).toHaveLength(1);
});

test("in the modern mode the switches say (B8)", () => {
  const move = "record o: Account { owner: ann; } set user ann in B;";
  expect(user(move, "ann", modern)).toMatchObject({ unit: "B", roles: [] });
  expect(unitOfRecord(move, "o", modern)).toBe("B");
  const keeping = `${base} settings { ownershipAcrossBusinessUnits: true; keepRolesOnUnitChange: true; moveRecordsWithOwner: false; }`;
  expect(user(move, "ann", keeping)).toMatchObject({ unit: "B", roles: [{ role: 0, unit: "A" }] });
  expect(unitOfRecord(move, "o", keeping)).toBe("A");
});

test("a team moves as a user does; a default team stays", () => {
  const move = "record o: Account { owner: T; } set team T in B;";
  expect(team(move, "T")).toMatchObject({ unit: "B", roles: [], members: ["ann"] });
  expect(unitOfRecord(move, "o")).toBe("B");
  expect(refused("set team B in A;")).toBe("a default team stays with its business unit");
});

test("fields of users", () => {
  const changed = user(
    'set user bob roles: R, Local in A; set user bob manager: cy; set user bob department: "two";',
    "bob",
    modern,
  );
  expect(changed).toMatchObject({
    manager: "cy",
    position: "Boss",
    roles: [
      { role: 0, unit: "B" },
      { role: 1, unit: "A" },
    ],
  });
  expect(changed?.attributes.get("department")).toEqual({ kind: "String", value: "two" });
  const cleared = user(
    "set user bob manager: none; set user bob position: none; set user bob roles: none;",
    "bob",
  );
  expect(cleared).toMatchObject({ manager: undefined, position: undefined, roles: [] });
  expect(user("set user ann department: none;", "ann")?.attributes.size).toBe(0);
  expect(user("set user ann disabled;", "ann")?.disabled).toBe(true);
  expect(user("set user ann disabled; set user ann enabled;", "ann")?.disabled).toBe(false);
});

test("fields of teams, default teams too", () => {
  expect(team("set team T members: bob, cy, bob;", "T")?.members).toEqual(["bob", "cy"]);
  expect(team("set team T members: none; set team T administrator: none;", "T")).toMatchObject({
    members: [],
    administrator: undefined,
  });
  expect(team("set team T administrator: cy;", "T")?.administrator).toBe("cy");
  expect(team('set team T region: "south";', "T")?.attributes.get("region")).toEqual({
    kind: "String",
    value: "south",
  });
  expect(team("set team B roles: R;", "B")).toMatchObject({
    kind: "default",
    roles: [{ role: 0, unit: "B" }],
  });
});

test("a role that has no copy there is refused where nothing was certain before", () => {
  expect(
    refused(`set unit A1 under B; set user cy roles: R; set unit A1 under A; set user cy roles: Local;`),
  ).toHaveProperty("world");
});

test("units move with what is below them (B4), and not into themselves", () => {
  expect(after("set unit A under B;").world.units.find(({ name }) => name === "A")?.parent).toBe("B");
  expect(refused("set unit A under A1;")).toBe("`A1` lies in `A`");
  expect(refused("set unit A under A;")).toBe("`A` lies in `A`");
});

test("units are disabled and enabled (B2)", () => {
  const disabled = (statements: string) =>
    after(statements).world.units.find(({ name }) => name === "A")?.disabled;
  expect(disabled("set unit A disabled;")).toBe(true);
  expect(disabled("set unit A disabled; set unit A enabled;")).toBe(false);
});

test("only a disabled and empty unit is deleted, with its default team (B3)", () => {
  expect(refused("set unit A deleted;")).toBe("`A` is not disabled");
  expect(refused("set unit A disabled; set unit A deleted;")).toBe("`A` is not empty: `A1` is in it");
  expect(refused("set unit B disabled; set unit B deleted;")).toBe("`B` is not empty: `bob` is in it");
  expect(refused("team X in Empty; set unit Empty deleted;")).toBe("`Empty` is not empty: `X` is in it");
  expect(refused("record f: Facility { businessUnit: Empty; } set unit Empty deleted;")).toBe(
    "`Empty` is not empty: `f` is in it",
  );
  expect(
    refused(
      "default team of Empty { roles: R; } record o: Account { owner: Empty; businessUnit: A; } set unit Empty deleted;",
      modern,
    ),
  ).toBe("`Empty` is not empty: `o` is in it");
  const { world } = after(
    "record o: Account { owner: ann; } share o with Empty: read; share o with bob: read; set unit Empty deleted;",
  );
  expect(world.units.some(({ name }) => name === "Empty")).toBe(false);
  expect(world.teams.some(({ name }) => name === "Empty")).toBe(false);
  expect(shares(world)).toEqual(["o bob r|"]);
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

test("shares add up, and create is none (S4, S8)", () => {
  const o = "record o: Account { owner: ann; }";
  expect(shares(after(`${o} share o with bob: read; share o with bob: write;`).world)).toEqual(["o bob rw|"]);
  expect(shares(after(`${o} share o with organization: all;`).world)).toEqual([`o * ${all}|`]);
  expect(shares(after(`${o} share o with T: create, read;`).world)).toEqual(["o T r|"]);
  const replacing = `${base} settings { grantAddsToShare: false; }`;
  expect(shares(after(`${o} share o with bob: read; share o with bob: write;`, replacing).world)).toEqual([
    "o bob w|",
  ]);
});

test("`set share` replaces, `set unshare` removes the direct mask (S4)", () => {
  const o = "record o: Account { owner: ann; } share o with bob: read, write;";
  expect(shares(after(`${o} set share o with bob: append;`).world)).toEqual(["o bob p|"]);
  expect(shares(after(`${o} set unshare o with bob;`).world)).toEqual([]);
  expect(shares(after(`${o} set unshare o with organization;`).world)).toEqual(["o bob rw|"]);
});

const parent = "record p: Account { owner: ann; }";
const child = "record q: Contact { owner: cy; account: p; }";

test("a share follows the `share` cascade to what is there and to what comes (S5)", () => {
  const rows = ["p bob r|", `q ann |${all}`, "q bob |r"];
  expect(shares(after(`${parent} ${child} share p with bob: read;`).world).toSorted()).toEqual(rows);
  expect(shares(after(`${parent} share p with bob: read; ${child}`).world).toSorted()).toEqual(rows);
  const note = "record n: Note { owner: cy; account: p; }";
  expect(shares(after(`${parent} ${note} share p with bob: read;`).world)).toEqual(["p bob r|"]);
});

test("it goes on below", () => {
  const call = "record c: Call { owner: cy; contact: q; }";
  expect(shares(after(`${parent} ${child} ${call} share p with bob: read;`).world)).toContain("c bob |r");
});

test("unsharing the parent removes the inherited part, below too (S5)", () => {
  const call = "record c: Call { owner: cy; contact: q; }";
  expect(
    shares(
      after(`${parent} ${child} ${call} share p with bob: read, write; set unshare p with bob;`).world,
    ).toSorted(),
  ).toEqual([`c ann |${all}`, `q ann |${all}`]);
  expect(
    shares(after(`${parent} ${child} share p with bob: read, write; set share p with bob: write;`).world),
  ).toContain("q bob |w");
});

test("what another parent still gives stays", () => {
  const both = `${parent} ${child} record c: Call { owner: cy; contact: q; account: p2; } share p with bob: read; share p2 with bob: read;`;
  const { world } = after(`record p2: Account { owner: cy; } ${both} set unshare p with bob;`);
  expect(shares(world)).toContain("c bob |r");
  expect(shares(world)).not.toContain("q bob |r");
});

test("what the record inherits itself still goes down", () => {
  const call = "record c: Call { owner: cy; contact: q; }";
  const { world } = after(
    `${parent} ${child} ${call} share p with bob: read; share q with bob: read, write; set unshare q with bob;`,
  );
  expect(shares(world)).toContain("q bob |r");
  expect(shares(world)).toContain("c bob |r");
});

test("a direct share of the child is its own (S4)", () => {
  const { world } = after(
    `${parent} ${child} share p with bob: read; share q with bob: read; set unshare p with bob;`,
  );
  expect(shares(world)).toContain("q bob r|");
});

test("the parent's owner inherits every right but create on what others create under it (R1)", () => {
  expect(shares(after(`${parent} ${child}`).world)).toEqual([`q ann |${all}`]);
  expect(shares(after(`${parent} record q: Contact { owner: ann; account: p; }`).world)).toEqual([]);
  expect(shares(after(`record p: Account { owner: T; } ${child}`).world)).toEqual([`q T |${all}`]);
});

test("it chains, by owners alone (R1)", () => {
  const call = "record c: Call { owner: bob; contact: q; }";
  expect(shares(after(`${parent} ${child} ${call}`).world).toSorted()).toEqual([
    `c ann |${all}`,
    `c cy |${all}`,
    `q ann |${all}`,
  ]);
});

test("a lookup that is set moves the record under another parent", () => {
  const moved = `${parent} ${child} record p2: Account { owner: bob; } share p with T: read; set record q { account: p2; };`;
  expect(shares(after(moved).world).toSorted()).toEqual(["p T r|", `q bob |${all}`]);
  const away = `${parent} ${child} record c: Call { owner: cy; contact: q; } set record q { account: none; };`;
  expect(shares(after(away).world)).toEqual([]);
  const same = `${parent} ${child} set record q { account: p; };`;
  expect(shares(after(same).world)).toEqual([`q ann |${all}`]);
});

test("values of a record are set and cleared", () => {
  const { world } = after('record o: Account { owner: ann; name: "x"; } set record o { name: "y"; };');
  expect(world.records[0]?.attributes.get("name")).toEqual({ kind: "String", value: "y" });
  expect(
    after('record o: Account { owner: ann; name: "x"; } set record o { name: none; };').world.records[0]
      ?.attributes.size,
  ).toBe(0);
});

test("a parent-owned record follows its lookup, and cannot inherit", () => {
  const schema = `${base}
    entity Order owned by user or team { name?: String }
    entity Line owned by parent order { order?: Order parental }
    role Orders { permit read on Order at user; } user dan in A { roles: Orders; }`;
  const lines = "record o: Order { owner: dan; } record l: Line { order: o; } share o with bob: read;";
  expect(after(lines, schema).world.records[1]).toMatchObject({
    parent: "o",
    owner: undefined,
    unit: undefined,
  });
  expect(shares(after(lines, schema).world)).toEqual(["o bob r|"]);
  expect(after(`${lines} set record l { order: none; };`, schema).world.records[1]?.parent).toBeUndefined();
});

test("records that are each other's parents end", () => {
  const schema = `${base} entity Loop owned by user or team { next?: Loop parental }
    role Loops { permit read on Loop at user; } user dan in A { roles: Loops; } user eve in A { roles: Loops; }`;
  const loop = `record x: Loop { owner: dan; } record y: Loop { owner: eve; next: x; } set record x { next: y; };`;
  const { world } = after(`${loop} share x with bob: read; set unshare x with bob;`, schema);
  expect(shares(world).filter((row) => row.includes("bob"))).toEqual([]);
});
