// The data security inventory: every form of ownership and rule, every format, and the story that prints it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../../cli/run.ts";
import { bailiwick, Folder } from "./fixture.ts";
import { memoryIo } from "./memory-io.ts";

const policy = `
entity Country owned by organization { chief?: User, team?: Team, keeper?: Principal }
entity Account owned by user or team { country?: Country, size?: Long }
entity Contact owned by user or team { account?: Account }
entity Case owned by user or team { country?: Country }
entity Email, Letter as Activity owned by user or team { subject?: String }
entity Hall owned by business unit;
entity Order owned by user or team { account?: Account }
entity "Line | one" owned by parent "the order" { "the order": Order }
entity Lead owned by user or team;
owner of Account is resource.country.team;
owner of Contact is resource.account.owner;
owner of Case is resource.country.chief;
owner of Order is Team::"Deal \\"desk\\"";
owner of Email is creator;
owner of Letter is alice;
role A { permit read on Account, Activity at organization; permit read on Hall at parentChild; }
role B { permit read on Account, Activity at organization; permit read on Account at user when { resource has size }; }
team role C { permit read on Account at user; permit write on Lead at user; }
role D { permit read on Case at user when { resource has country }; }
administrator role Root;
@id("open") permit (principal, action == read, resource is Case) at organization;
@id("shut") forbid (principal, action == read, resource is Lead);
`;

const inventory = async (...argv: string[]) => {
  using folder = new Folder({ "p.bwk": policy });
  return await bailiwick(folder, ["inventory", "p.bwk", ...argv]);
};

const rows = [
  ["Country", "organization", "organization", "none", "Country", "administrator: 1 role"],
  [
    "Account",
    "user or team",
    "team",
    "resource.country.team",
    "Account",
    "organization: 2 roles; user: 1 role and 1 role under a condition; administrator: 1 role",
  ],
  ["Contact", "user or team", "user or team", "resource.account.owner", "Contact", "administrator: 1 role"],
  [
    "Case",
    "user or team",
    "user",
    "resource.country.chief",
    "Case",
    "user: 1 role under a condition; administrator: 1 role; 1 guardrail permit",
  ],
  ["Email", "user or team", "user", "creator", "Activity", "organization: 2 roles; administrator: 1 role"],
  [
    "Letter",
    "user or team",
    "user",
    'User::"alice"',
    "Activity",
    "organization: 2 roles; administrator: 1 role",
  ],
  ["Hall", "business unit", "business unit", "none", "Hall", "parentChild: 1 role; administrator: 1 role"],
  ["Order", "user or team", "team", 'Team::"Deal \\"desk\\""', "Order", "administrator: 1 role"],
  ["Line | one", 'parent "the order"', "as Order", "none", "none", "as Order"],
  ["Lead", "user or team", "user or team", "none", "Lead", "administrator: 1 role"],
];

test("text: one line an entity, columns below one another", async () => {
  const { code, out, err } = await inventory();
  expect([code, err]).toEqual([0, ""]);
  const [heading, ...lines] = out.trimEnd().split("\n");
  expect(heading?.split(/ {2,}/)).toEqual([
    "entity",
    "ownership",
    "owner",
    "by rule",
    "privilege set",
    "who reads",
  ]);
  expect(lines.map((line) => line.split(/ {2,}/))).toEqual(rows);
  expect(new Set(lines.map((line, i) => line.lastIndexOf(rows[i]?.[5] as string))).size).toBe(1);
});

test("markdown: rules are code, and nothing breaks a cell", async () => {
  const { out } = await inventory("--format", "markdown");
  const lines = out.trimEnd().split("\n");
  expect(lines[1]).toBe("| --- | --- | --- | --- | --- | --- |");
  expect(lines).toContain(
    "| Account | user or team | team | `resource.country.team` | Account | organization: 2 roles; user: 1 role and 1 role under a condition; administrator: 1 role |",
  );
  expect(lines).toContain('| Line \\| one | parent "the order" | as Order | none | none | as Order |');
});

test("CSV: numbers of roles in columns of their own", async () => {
  const { out } = await inventory("--format", "csv");
  const lines = out.trimEnd().split("\n");
  expect(lines[0]).toBe(
    "entity,ownership,owner,rule,privilege_set,read_administrator,read_organization,read_parentChild,read_businessUnit,read_user,read_permits",
  );
  expect(lines).toContain("Account,user or team,team,resource.country.team,Account,1,2,0,0,2,0");
  expect(lines).toContain("Case,user or team,user,resource.country.chief,Case,1,0,0,0,1,1");
  expect(lines).toContain('Order,user or team,team,"Team::""Deal \\""desk\\""""",Order,1,0,0,0,0,0');
  expect(lines).toContain('Line | one,"parent ""the order""",as Order,,,0,0,0,0,0,0');
});

test("JSON: the roles by name", async () => {
  const { out } = await inventory("--format", "json");
  const { entities } = JSON.parse(out) as { entities: { entity: string }[] };
  expect(entities.map(({ entity }) => entity)).toEqual(rows.map(([entity]) => entity));
  expect(entities.find(({ entity }) => entity === "Account")).toEqual({
    entity: "Account",
    ownership: "user or team",
    owner: "team",
    rule: "resource.country.team",
    privilegeSet: "Account",
    parent: null,
    readers: [
      { level: "organization", roles: ["A", "B"], conditional: [] },
      { level: "user", roles: ["C"], conditional: ["B"] },
    ],
    administrators: ["Root"],
    permits: [],
  });
  expect(entities.find(({ entity }) => entity === "Line | one")).toMatchObject({
    parent: "Order",
    readers: [],
  });
});

test.each([
  ["i.md", "| entity |"],
  ["i.csv", "entity,ownership,"],
  ["i.JSON", '{\n  "entities": ['],
  ["i.txt", "entity "],
])("into %s: its name tells the format", async (name, beginning) => {
  using folder = new Folder({ "p.bwk": policy });
  expect(await bailiwick(folder, ["inventory", "p.bwk", "-o", name])).toEqual({ code: 0, out: "", err: "" });
  const written = readFileSync(join(folder.path, name), "utf8");
  expect(written.slice(0, beginning.length)).toBe(beginning);
  expect(written.endsWith("\n")).toBe(true);
});

test("a format that is asked for goes before the name", async () => {
  using folder = new Folder({ "p.bwk": policy });
  await bailiwick(folder, ["inventory", "p.bwk", "-o", "i.md", "--format", "csv"]);
  expect(readFileSync(join(folder.path, "i.md"), "utf8")).toMatch(/^entity,ownership,/);
});

test("an empty project has an empty inventory; one that does not compile has none", async () => {
  using folder = new Folder({
    "empty.bwk": "",
    "wrong.bwk": "entity A owned by user or team { x: Nothing }",
  });
  expect(await bailiwick(folder, ["inventory", "empty.bwk", "--format", "csv"])).toMatchObject({ code: 0 });
  const { code, out, err } = await bailiwick(folder, ["inventory", "wrong.bwk"]);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toMatch(/^error\[BWK201\]: unknown type `Nothing`/);
  expect(await bailiwick(folder, ["inventory", "empty.bwk", "--format", "xml"])).toMatchObject({
    code: 2,
    out: "",
  });
});

test("the story's README is what the command prints", async () => {
  const root = join(import.meta.dirname, "../..");
  const io = memoryIo({ cwd: root });
  const story = "policies/data-security-inventory";
  await run(["inventory", story, "--format", "markdown"], io);
  const table = io.written.out.trimEnd();
  const readme = readFileSync(join(root, story, "README.md"), "utf8");
  expect(readme).toContain(`\n\n${table}\n\n`);
  for (const entity of ["Contact", "Lead", "Account", "Opportunity", "Note", "Product", "Price List"]) {
    expect(table).toContain(`\n| ${entity} |`);
  }
});
