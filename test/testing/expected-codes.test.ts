// Files whose lines say `// expect BWKnnn`.
import { expect, test } from "vitest";
import { expectedCodes } from "../../testing/expected-codes.ts";
import { runTests, type TestResult } from "../../testing/index.ts";

const schema = `organization Root { unit North; }
entity Tariff owned by organization { name: String }
entity Case owned by user or team { subject: String }
role Reader { permit read on Case at user; }
user nils in North { roles: Reader; }
`;

function judge(text: string, beside = schema): TestResult {
  const report = runTests([
    { name: "schema.bwk", text: beside },
    { name: "judged.bwk", text },
  ]);
  const result = report.tests.find(({ file }) => file === "judged.bwk");
  if (result === undefined) expect.fail(JSON.stringify(report.diagnostics.map(({ message }) => message)));
  return result;
}

const said = ({ failures }: TestResult) =>
  failures.map(({ file, line, expected, decided }) => `${file}:${line} ${expected} / ${decided}`);

test("codes are read line by line, several with commas or blanks, at the end of the line", () => {
  const text = [
    "\uFEFFrole A; // expect BWK301",
    "role B; //expect BWK302, BWK303",
    "role C; //  expect BWK304 BWK305  ",
    "// expect nothing of this, nor of // expect BWK306 here",
    '@note("// expect BWK307")',
    'role "open // expect BWK102',
  ].join("\r\n");
  expect(expectedCodes({ name: "a.bwk", text })).toEqual([
    { line: 1, code: "BWK301" },
    { line: 2, code: "BWK302" },
    { line: 2, code: "BWK303" },
    { line: 3, code: "BWK304" },
    { line: 3, code: "BWK305" },
    { line: 6, code: "BWK102" },
  ]);
});

test("exactly the expected errors on exactly the expected lines pass", () => {
  const result = judge(
    "role A { permit read on Tariff at user; } // expect BWK301\nrole B { permit assign on Tariff at organization; } // expect BWK302\n",
  );
  expect(result).toMatchObject({
    status: "passed",
    title: "reports exactly the expected errors: BWK301, BWK302",
    line: 1,
  });
});

test("an error that is not reported fails", () => {
  const result = judge("  role A { permit read on Case at user; } // expect BWK301\n");
  expect(result.status).toBe("failed");
  expect(result.failures).toEqual([
    {
      file: "judged.bwk",
      line: 1,
      column: 3,
      text: "  role A { permit read on Case at user; } // expect BWK301",
      width: 39,
      expected: "BWK301",
      decided: "nothing reported",
      missing: [],
      unexpected: [],
      why: [],
    },
  ]);
});

test("another error on the line fails twice: one is missing, one is too many", () => {
  const result = judge("role A { permit read on Tariff at user; } // expect BWK302\n");
  expect(said(result)).toEqual(["judged.bwk:1 BWK302 / BWK301", "judged.bwk:1 nothing reported / BWK301"]);
  expect(result.failures[1]?.why).toEqual([
    "BWK301: access level `user` does not exist for `Tariff`, which is owned by the organization",
  ]);
});

test("the right code on another line fails", () => {
  const result = judge("role A { // expect BWK301\n  permit read on Tariff at user;\n}\n");
  expect(said(result)).toEqual([
    "judged.bwk:1 BWK301 / nothing reported",
    "judged.bwk:2 nothing reported / BWK301",
  ]);
});

test("one code twice on a line is one expectation", () => {
  const result = judge(
    "role A { permit read, write on Tariff at user; permit delete on Tariff at user; } // expect BWK301\n",
  );
  expect(said(result)).toEqual([]);
});

test("a file that cannot be parsed may expect that, even where the comment is part of the open text", () => {
  expect(judge('role "open { } // expect BWK102\n').status).toBe("passed");
  expect(judge("role Odd permit read on Case at user; } // expect BWK113\n").status).toBe("passed");
});

test("a refused file sees the project, and the project does not see it", () => {
  const report = runTests([
    { name: "schema.bwk", text: schema },
    {
      name: "refused.bwk",
      text: "role Odd { permit read on Case at user; permit read on Tariff at user; } // expect BWK301",
    },
    { name: "a.test.bwk", text: 'test "one" { set user nils roles: Odd; } // expect BWK201' },
    {
      name: "b.test.bwk",
      text: 'test "two" { record o: Case { subject: "x"; owner: nils; } allow nils read o; }',
    },
  ]);
  expect(report.tests.map(({ file, status }) => [file, status])).toEqual([
    ["refused.bwk", "passed"],
    ["a.test.bwk", "passed"],
    ["b.test.bwk", "passed"],
  ]);
  expect(report.ok).toBe(true);
});

test("two refused files may declare the same", () => {
  const text = "role Odd { permit read on Tariff at user; } // expect BWK301";
  const report = runTests([
    { name: "schema.bwk", text: schema },
    { name: "a.bwk", text },
    { name: "b.bwk", text },
  ]);
  expect(report).toMatchObject({ ok: true, passed: 2 });
});

test("an error that a refused file brings into another file fails it", () => {
  const result = judge(
    "team nils in North { roles: Reader; }\nrole A { permit read on Tariff at user; } // expect BWK301\n",
    `${schema}record o: Case { subject: "x"; owner: nils; }\n`,
  );
  expect(said(result)).toEqual(["schema.bwk:6 nothing reported / BWK204"]);
});

test("a file that expects warnings alone stays in the project", () => {
  const report = runTests([
    { name: "schema.bwk", text: schema },
    { name: "people.bwk", text: "user guest in North; // expect BWK901" },
    {
      name: "a.test.bwk",
      text: 'test "one" { record o: Case { subject: "x"; owner: nils; } deny guest read o because privilege; }',
    },
  ]);
  expect(report).toMatchObject({ ok: true, passed: 2, diagnostics: [] });
  expect(report.tests[0]?.title).toBe("reports exactly the expected warnings: BWK901");
});

test("an expected warning that does not come fails; one that no line expects is only handed on", () => {
  const report = runTests([
    { name: "schema.bwk", text: schema },
    {
      name: "people.bwk",
      text: "user guest in North { roles: Reader; } // expect BWK901\nuser other in North;",
    },
  ]);
  expect(report).toMatchObject({ ok: false, failed: 1 });
  expect(report.tests.flatMap(said)).toEqual(["people.bwk:1 BWK901 / nothing reported"]);
  expect(report.diagnostics.map(({ code }) => code)).toEqual(["BWK901"]);
});

test("in a refused file too warnings count only where a line expects them", () => {
  const result = judge(
    "user guest in North;\nuser other in North; // expect BWK901\nrole A { permit read on Tariff at user; } // expect BWK301\n",
  );
  expect(said(result)).toEqual([]);
});
