// What a run says about each kind of statement: that it holds, or what was expected, what was decided and why.
import { expect, test } from "vitest";
import { type Failure, runTests } from "../../testing/index.ts";

const world = `
organization Root { unit North; unit South; }
entity Case owned by user or team { subject?: String }
entity Note owned by user or team { about?: Case cascade share }
entity "Price List" owned by organization;
privilege Export;
context { mfa: Bool, channel?: String, tries?: Long }
role Reader { permit read on Case, Note at user; }
role "Unit Writer" { permit read, write on Case at businessUnit; }
role Clerk { permit read on "Price List" at organization; permit Export; }
administrator role Admin;
user nils in North { roles: Reader; }
user nora in North { roles: "Unit Writer"; }
user "sara l." in South { roles: Reader; }
user clerk in South { roles: Clerk; }
user admin in Root { roles: Admin; }
team Crew in South { roles: Reader; members: nils; }
record mine: Case { owner: nils; }
record crews: Case { owner: Team::"Crew"; }
record far: Case { owner: "sara l."; }
@id("sealed") forbid (principal, action == write, resource == Case::"far");
@id("north exports") permit (principal in BusinessUnit::"North", action == Export, resource);
`;

/** Runs one test with these statements in the world above. */
function run(...statements: string[]): readonly Failure[] {
  const text = `test "judged" {\n${statements.map((line) => `  ${line}\n`).join("")}}\n`;
  const report = runTests([
    { name: "world.bwk", text: world },
    { name: "judged.test.bwk", text },
  ]);
  expect(report.diagnostics).toEqual([]);
  expect(report.tests).toHaveLength(1);
  const [result] = report.tests;
  expect(report.ok).toBe(result?.status === "passed");
  return result?.failures ?? [];
}

/** The one failure of a statement, without the place of it. */
function failing(...statements: string[]) {
  const failures = run(...statements);
  expect(failures).toHaveLength(1);
  const { expected, decided, missing, unexpected, why } = failures[0] as Failure;
  return { expected, decided, missing, unexpected, why };
}

const decision = (expected: string, decided: string, why: string) => ({
  expected,
  decided,
  missing: [],
  unexpected: [],
  why: [why],
});

test("what holds passes: every kind of expectation, every kind of reason", () => {
  expect(
    run(
      "allow nils read mine;",
      "allow nils read mine because owner;",
      'allow nora read mine because role "Unit Writer";',
      "allow nils read crews because team Crew;",
      "allow admin delete mine because administrator;",
      'allow nils Export because permit "north exports";',
      "allow clerk Export because role Clerk;",
      "share far with nils: read;",
      "allow nils read far because share;",
      'record note: Note { owner: "sara l."; about: far; }',
      "allow nils read note because parent;",
      "deny nils write mine because privilege;",
      "deny nora read crews because access;",
      'deny admin write far because forbid "sealed";',
      "rights nora on mine: read, write;",
      "rights clerk on mine: none;",
      "who can read mine: nils, nora, admin;",
      "list read Case for nils: mine, crews, far;",
      "list read Case for clerk: none;",
      "set user nora disabled;",
      "deny nora read mine because disabled;",
      "who can write mine: admin;",
    ),
  ).toEqual([]);
});

test("an allow that is denied: the failing step, in words", () => {
  expect(failing("allow nils write mine;")).toEqual(
    decision(
      "allow",
      "deny because privilege",
      "privilege: no role of nils or of a team of nils grants write on Case",
    ),
  );
  expect(failing("allow nora read crews because team Crew;")).toEqual(
    decision(
      "allow because team Crew",
      "deny because access",
      "access: nora is granted read on Case, and no level, owner or share reaches this record",
    ),
  );
  expect(failing("set unit South disabled;", 'allow "sara l." read far;')).toEqual(
    decision(
      "allow",
      "deny because disabled",
      'disabled: "sara l.", or a business unit that "sara l." is in, is disabled',
    ),
  );
  expect(failing("allow admin write far;")).toEqual(
    decision("allow", 'deny because forbid "sealed"', 'forbid "sealed"'),
  );
  expect(failing('allow "sara l." Export;')).toEqual(
    decision(
      "allow",
      "deny because privilege",
      'privilege: no role of "sara l." or of a team of "sara l." grants Export',
    ),
  );
});

test("a deny that is allowed: every source", () => {
  expect(failing("share mine with nora: read;", "deny nora read mine;")).toEqual(
    decision("deny", "allow", 'role "Unit Writer", share with user nora'),
  );
  expect(failing("share far with organization: read;", "deny nils read far because access;")).toEqual(
    decision("deny because access", "allow", "share with organization"),
  );
  expect(
    failing(
      'record note: Note { owner: "sara l."; about: far; }',
      "share far with Crew: read;",
      "deny nils read note;",
    ),
  ).toEqual(decision("deny", "allow", "parent inherited by team Crew"));
  expect(failing("deny nils Export;")).toEqual(decision("deny", "allow", 'permit "north exports"'));
});

test("the right decision for another reason fails", () => {
  expect(failing("allow nils read mine because share;")).toEqual(
    decision("allow because share", "allow", "owner"),
  );
  expect(failing("allow nora read mine because role Reader;")).toEqual(
    decision("allow because role Reader", "allow", 'role "Unit Writer"'),
  );
  expect(failing("deny nils write mine because access;")).toEqual(
    decision(
      "deny because access",
      "deny because privilege",
      "privilege: no role of nils or of a team of nils grants write on Case",
    ),
  );
  expect(failing("deny nils write far because privilege;")).toEqual(
    decision("deny because privilege", 'deny because forbid "sealed"', 'forbid "sealed"'),
  );
});

test("any source may be named, not only the first", () => {
  expect(
    run(
      "share mine with nils: read;",
      'set user nils roles: "Unit Writer";',
      'allow nils read mine because role "Unit Writer";',
      "allow nils read mine because owner;",
      "allow nils read mine because share;",
    ),
  ).toEqual([]);
});

test("rights: both sets, their difference, and why for each right in it", () => {
  expect(failing("rights nora on mine: read, delete;")).toEqual({
    expected: "read, delete",
    decided: "read, write",
    missing: ["delete"],
    unexpected: ["write"],
    why: [
      'write: role "Unit Writer"',
      "delete: privilege: no role of nora or of a team of nora grants delete on Case",
    ],
  });
  expect(failing("rights clerk on mine: read;")).toMatchObject({ expected: "read", decided: "none" });
  expect(failing("rights nils on mine: none;")).toMatchObject({ expected: "none", decided: "read" });
});

test("who can: both sets, their difference, and why for each user in it", () => {
  expect(failing('who can read mine: nils, nora, "sara l.";')).toEqual({
    expected: 'nils, nora, "sara l."',
    decided: "nils, nora, admin",
    missing: ['"sara l."'],
    unexpected: ["admin"],
    why: [
      '"sara l.": access: "sara l." is granted read on Case, and no level, owner or share reaches this record',
      "admin: administrator",
    ],
  });
  expect(failing("who can delete mine: none;")).toMatchObject({ expected: "none", unexpected: ["admin"] });
});

test("list: both sets, their difference, and why for each record in it", () => {
  expect(failing("list read Case for nils: mine, far;")).toEqual({
    expected: "mine, far",
    decided: "mine, crews",
    missing: ["far"],
    unexpected: ["crews"],
    why: [
      "far: access: nils is granted read on Case, and no level, owner or share reaches this record",
      "crews: team Crew",
    ],
  });
});

test("a test goes on after a failure, and each failure has its line", () => {
  const failures = run("allow nils write mine;", "deny nora read mine;", "", "  who can read mine: nils;");
  expect(failures.map(({ file, line, column, text, width }) => [file, line, column, text, width])).toEqual([
    ["judged.test.bwk", 2, 3, "  allow nils write mine;", 22],
    ["judged.test.bwk", 3, 3, "  deny nora read mine;", 20],
    ["judged.test.bwk", 5, 5, "    who can read mine: nils;", 24],
  ]);
});

test("of a statement over several lines the first is shown", () => {
  const failures = run("rights nora", "  on mine: read;");
  expect(failures.map(({ line, text, width }) => [line, text, width])).toEqual([[2, "  rights nora", 11]]);
});

test("each statement finds the world as the ones before have left it", () => {
  expect(
    run(
      "deny nils read far because access;",
      "share far with nils: read;",
      "allow nils read far because share;",
      "set unshare far with nils;",
      "deny nils read far because access;",
      "record late: Case { owner: nils; }",
      "list read Case for nils: mine, crews, late;",
      "set user nils in South;",
      "deny nora read mine because access;",
      "set unit North under South;",
      "set role Reader { permit read on Case at organization; }",
      'allow "sara l." read mine because role Reader;',
    ),
  ).toEqual([]);
});

test("a change that the model refuses fails, and leaves the world as it was", () => {
  expect(failing("set unit North deleted;", "allow nils read mine because owner;")).toEqual({
    expected: "the change takes effect",
    decided: "it is refused",
    missing: [],
    unexpected: [],
    why: ["business unit `North` is not disabled"],
  });
});

test("tests do not see each other's changes", () => {
  const report = runTests([
    { name: "world.bwk", text: world },
    {
      name: "a.test.bwk",
      text: 'test "one" { set user nils disabled; deny nils read mine because disabled; }\ntest "two" { allow nils read mine because owner; }',
    },
  ]);
  expect(report.tests.map(({ title, status }) => [title, status])).toEqual([
    ["one", "passed"],
    ["two", "passed"],
  ]);
});

test("a request context is checked as the engine checks it", () => {
  expect(
    run(
      'allow nils read mine with { mfa: true; channel: "web"; tries: 3 } because owner;',
      "rights nils on mine with { mfa: false }: read;",
      "who can read mine with { mfa: true }: nils, nora, admin;",
      "list read Case for nils with { mfa: true }: mine, crews;",
    ),
  ).toEqual([]);
});

test("an operation that is refused: the check that failed, its rule and its record", () => {
  expect(failing("allow nora assign mine to nils;")).toEqual(
    decision(
      "allow",
      "deny because privilege",
      "privilege: A4: no role of nora or of a team of nora grants assign on Case",
    ),
  );
  expect(failing("allow admin assign mine to clerk;")).toEqual(
    decision("allow", "deny because owner", "owner: A3: clerk may not own a record of Case (mine)"),
  );
  expect(failing("allow admin merge mine into mine;")).toEqual(
    decision("allow", "deny because state", "state: A9: Case (mine) is not in the state for `merge`"),
  );
});

test("an operation that is allowed", () => {
  expect(failing("deny admin assign mine to nora;")).toEqual(decision("deny", "allow", "administrator"));
});

test("do: what is created need not be named", () => {
  const created = "list read Case for nils";
  expect(run("do admin create Case { owner: nils }; do admin create Case { owner: nils };")).toEqual([]);
  expect(
    failing(
      "do admin create Case { owner: nils }; do admin create Case { owner: nils };",
      `${created}: mine, crews;`,
    ),
  ).toMatchObject({ unexpected: ['"new Case (2:3)"', '"new Case (2:41)"'] });
});

test("do: what is refused does not take effect, what is allowed does", () => {
  expect(failing("do nora assign mine to nora;", "allow nils read mine because owner;")).toEqual({
    ...decision(
      "allowed, and it takes effect",
      "deny because privilege",
      "privilege: A4: no role of nora or of a team of nora grants assign on Case",
    ),
  });
  expect(
    run(
      "do admin assign mine to nora;",
      "deny nils read mine because access;",
      "do admin create late: Case { owner: nils };",
      "allow nils read late because owner;",
      "do admin delete late;",
      "deny nils read late because state;",
      "rights admin on late: none;",
      "who can read late: none;",
    ),
  ).toEqual([]);
  expect(failing("do admin delete mine;", "allow nils read mine;")).toEqual(
    decision("allow", "deny because state", "state: there is no record mine (any more)"),
  );
});

test("refuse: a change that would take effect fails, and has not taken effect", () => {
  expect(failing("refuse set user nils disabled;", "allow nils read mine because owner;")).toEqual(
    decision(
      "the change is refused",
      "it would take effect",
      "no rule of the model forbids it; the world is as it was before",
    ),
  );
  expect(run("refuse set unit North deleted;", "refuse assign mine to nora by nora;")).toEqual([]);
  expect(failing("refuse assign mine to nora by admin;")).toEqual(decision("deny", "allow", "administrator"));
});

test("a role is edited with its conditions, as often as it is said", () => {
  expect(
    run(
      'set role Reader { permit read on Case at organization when { resource has subject && resource.subject == "open" }; }',
      "deny nils read far because privilege;",
      'set record far { subject: "open" };',
      "allow nils read far because role Reader;",
      "refuse set unit Root deleted;",
      "set role Reader { permit read on Case at none; }",
      "deny nils read far because privilege;",
      "set role Reader { permit read, delete on Case at organization; permit Export; }",
      "allow nils delete far because role Reader;",
      "allow nils Export because role Reader;",
    ),
  ).toEqual([]);
});

test("a project with errors does not run: the diagnostics say why", () => {
  const report = runTests([
    { name: "world.bwk", text: world },
    { name: "a.test.bwk", text: 'test "one" { allow nobody read mine; }' },
    { name: "b.test.bwk", text: "role X { permit fly on Case at user; } // expect BWK119" },
  ]);
  expect(report).toMatchObject({ ok: false, passed: 0, failed: 0, tests: [] });
  expect(report.diagnostics.map(({ code, span }) => [code, span.file.name])).toEqual([
    ["BWK201", "a.test.bwk"],
  ]);
});

test("a name that only a directory could declare is an error: a test stands alone", () => {
  const report = runTests([
    {
      name: "a.bwk",
      text: 'entity Case owned by user or team;\nforbid (principal in Team::"Elsewhere", action, resource);',
    },
  ]);
  expect(report.ok).toBe(false);
  expect(report.diagnostics.map(({ code }) => code)).toContain("BWK201");
});

test("warnings are handed on and fail nothing", () => {
  const report = runTests([
    { name: "world.bwk", text: world },
    {
      name: "a.test.bwk",
      text: 'user guest in North;\ntest "one" { deny guest read mine because privilege; }',
    },
  ]);
  expect(report).toMatchObject({ ok: true, passed: 1 });
  expect(report.diagnostics.map(({ code }) => code)).toEqual(["BWK901"]);
});

test("files that declare the same things are told so", () => {
  const report = runTests([
    { name: "a.bwk", text: world },
    { name: "b.bwk", text: "role Reader { permit read on Note at user; }" },
  ]);
  expect(report.ok).toBe(false);
  expect(report.diagnostics.map(({ code, message, span }) => [code, message, span.file.name])).toEqual([
    ["BWK202", "role `Reader` is declared twice", "b.bwk"],
  ]);
});

test("results come in the order of the files given and of the places in them", () => {
  const report = runTests([
    { name: "z.test.bwk", text: 'test "first" { }\ntest "second" { }' },
    { name: "world.bwk", text: world },
    { name: "refused.bwk", text: "role Reader { permit read on Case at user; } // expect BWK202" },
    { name: "a.test.bwk", text: 'test "last" { }' },
  ]);
  expect(report.tests.map(({ title }) => title)).toEqual([
    "first",
    "second",
    "reports exactly the expected errors: BWK202",
    "last",
  ]);
});

test("no files are no tests", () => {
  expect(runTests([])).toEqual({ ok: true, passed: 0, failed: 0, tests: [], diagnostics: [] });
});
