// The three reports of one run, in full.
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import { formatJson, formatJunit, formatPretty, runTests } from "../../testing/index.ts";

const world = `organization Root { unit North; }
entity Case owned by user or team;
role Reader { permit read on Case at user; }
user nils in North { roles: Reader; }
user nora in North { roles: Reader; }
record mine: Case { owner: nils; }
`;
const tests = `test "passes" {
  allow nils read mine because owner;
}
test "fails & <twice>" {
	deny nils read mine because access;
  who can read mine: nora;
}
test "refused" {
  do nils assign mine to nora;
}
`;
const refused = "role Odd { permit read on Case at organization; } // expect BWK301\n";

const mixed = runTests([
  { name: "world.bwk", text: world },
  { name: "a.test.bwk", text: tests },
  { name: "refused.bwk", text: refused },
]);
const broken = runTests([{ name: 'odd "name".bwk', text: 'test "one" { allow nobody read nothing; }' }]);
const clean = runTests([
  { name: "world.bwk", text: world },
  { name: "a.test.bwk", text: 'test "one" { allow nils read mine; }' },
]);

const withoutColor = (text: string) =>
  text.replace(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g"), "");

test("pretty: files, tests, each failure with its line, expected, decided and why, and the sums", () => {
  expect(formatPretty(mixed, { color: false })).toBe(`a.test.bwk
  ✓ passes
  ✗ fails & <twice>

      a.test.bwk:5:2
      5 |  deny nils read mine because access;
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      expected   deny because access
      decided    allow
      why        owner

      a.test.bwk:6:3
      6 |   who can read mine: nora;
            ^^^^^^^^^^^^^^^^^^^^^^^^
      expected   nora
      decided    nils
      missing    nora
      unexpected nils
      why        nora: access: nora is granted read on Case, and no level, owner or share reaches this record
                 nils: owner

  ✗ refused

      a.test.bwk:9:3
      9 |   do nils assign mine to nora;
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      expected   allowed, and it takes effect
      decided    deny because privilege
      why        privilege: A4: no role of nils or of a team of nils grants assign on Case

refused.bwk
  ✗ reports exactly the expected errors: BWK301

      refused.bwk:1:1
      1 | role Odd { permit read on Case at organization; } // expect BWK301
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      expected   BWK301
      decided    nothing reported

1 passed, 3 failed
`);
});

test("pretty: colors mark and add nothing", () => {
  const colored = formatPretty(mixed, { color: true });
  expect(colored).toContain("\u001b[31m✗\u001b[0m");
  expect(colored).toContain("\u001b[32m✓\u001b[0m");
  expect(withoutColor(colored)).toBe(formatPretty(mixed, { color: false }));
  expect(formatPretty(clean, { color: true })).toContain("\u001b[32m1 passed, 0 failed\u001b[0m");
});

test("pretty: what a title or a line holds cannot steer the terminal", () => {
  const report = runTests([
    { name: "world.bwk", text: world },
    {
      name: "a\u001b[2J.test.bwk",
      text: 'test "red \\x1b[31m\\n  ✓ passes" { /* \u001b[2J */ deny nils read mine; }',
    },
  ]);
  expect(report.failed).toBe(1);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what must not be there
  expect(formatPretty(report, { color: false })).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
});

test("pretty: errors of the project come as the compiler prints them, and say that nothing ran", () => {
  const text = formatPretty(broken, { color: false });
  expect(text).toContain("BWK201");
  expect(text).toContain('odd "name".bwk:1:');
  expect(text.trimEnd().split("\n").at(-1)).toBe(
    "0 passed, 0 failed; the project has 2 errors, so its tests did not run",
  );
});

test("json: the fields of the report, places instead of spans", () => {
  const read = JSON.parse(formatJson(mixed)) as { tests: unknown };
  expect(read).toMatchObject({ ok: false, passed: 1, failed: 3, diagnostics: [] });
  expect(read.tests).toEqual(mixed.tests);
  const errors = (JSON.parse(formatJson(broken)) as { diagnostics: unknown[] }).diagnostics;
  expect(errors[0]).toMatchObject({
    code: "BWK201",
    severity: "error",
    file: 'odd "name".bwk',
    line: 1,
    column: 20,
  });
  expect(formatJson(mixed).endsWith("}\n")).toBe(true);
});

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  isArray: (name) => ["testsuite", "testcase", "failure"].includes(name),
  processEntities: true,
});

test("junit: a suite a file, a case a test, failures with all that is known", () => {
  const xml = formatJunit(mixed);
  expect(XMLValidator.validate(xml)).toBe(true);
  const { testsuites } = parser.parse(xml);
  expect(testsuites).toMatchObject({ tests: "4", failures: "3", errors: "0", skipped: "0" });
  expect(testsuites.testsuite).toMatchObject([
    {
      name: "a.test.bwk",
      tests: "3",
      failures: "2",
      skipped: "0",
      testcase: [
        { name: "passes", classname: "a.test.bwk", file: "a.test.bwk", line: "1" },
        {
          name: "fails & <twice>",
          failure: [
            { message: "a.test.bwk:5:2: expected deny because access, decided allow" },
            { message: "a.test.bwk:6:3: expected nora, decided nils" },
          ],
        },
        {
          name: "refused",
          failure: [
            {
              message:
                "a.test.bwk:9:3: expected allowed, and it takes effect, decided deny because privilege",
            },
          ],
        },
      ],
    },
    { name: "refused.bwk", tests: "1", failures: "1", skipped: "0" },
  ]);
  expect(xml).toContain("who can read mine: nora;&#10;missing: nora&#10;unexpected: nils&#10;nora: access:");
});

test("junit: errors of the project are errors, so that a run without tests does not look like one that passes", () => {
  const xml = formatJunit(broken);
  expect(XMLValidator.validate(xml)).toBe(true);
  const { testsuites } = parser.parse(xml);
  expect(testsuites).toMatchObject({ tests: "2", failures: "0", errors: "2" });
  expect(testsuites.testsuite[0]).toMatchObject({ name: "compilation", errors: "2" });
  expect(testsuites.testsuite[0].testcase[0]).toMatchObject({
    name: 'odd "name".bwk:1:20',
    error: { type: "BWK201" },
  });
});

test("junit: what XML cannot hold is replaced", () => {
  const xml = formatJunit(
    runTests([{ name: "half \ud83d.bwk", text: 'test "bell \\x07, whole \u{1F600}" { }' }]),
  );
  expect(XMLValidator.validate(xml)).toBe(true);
  expect(xml).toContain('classname="half \uFFFD.bwk"');
  expect(xml).toContain('name="bell \uFFFD, whole \u{1F600}"');
});
