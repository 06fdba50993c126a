// Policy tests of the rules: the kept cases in test/cases, and the reference cases beside the repository where they are.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { SourceFile } from "../compiler/index.ts";
import { formatPretty, runTests, type TestReport } from "../testing/index.ts";

/** The policy files of a folder; none where the folder is not there. */
function filesIn(folder: string): readonly SourceFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".bwk"))
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

/** What the tests of a file wait for: the first word of the title (its rule or number) and the reasons, without places. */
function waitingIn({ tests }: TestReport): readonly string[] {
  return tests
    .filter(({ status }) => status === "waiting")
    .map(({ file, title, waitsFor }) => {
      const what = new Set(waitsFor.map((each) => each.replace(/ \(.*\)$/, "")));
      return `${file.replace(/(\.test)?\.bwk$/, "")} ${title.split(" ")[0]}: ${[...what].join(", ")}`;
    });
}

/** Whatever does not wait passes; what is reported about the project is expected by a line. */
function expectPassed(report: TestReport): void {
  if (!report.ok || report.diagnostics.length > 0) expect.fail(formatPretty(report, { color: false }));
}

/** Every file is a project of its own. */
const kept = filesIn(join(import.meta.dirname, "cases"));

test.each(kept)("kept case $name", (file) => {
  const report = runTests([file]);
  expectPassed(report);
  expect(report.passed + report.waiting).toBeGreaterThan(0);
});

test("every rule of semantics.md sections 1 to 4 that a check can show has a kept case", () => {
  const titles = kept.flatMap((file) => runTests([file]).tests.map(({ title }) => title));
  const named = new Set(titles.map((title) => title.split(" ")[0]));
  const rules = [
    ...["0", "1", "2", "3", "4", "5a", "5b", "5c", "5"],
    ...["E1", "E2", "E3", "E4", "E5", "E6"],
    ...["B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9", "B10"],
    ...["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10"],
    ...["S1", "S2", "S3", "S4", "S5"],
  ];
  expect(rules.filter((rule) => !named.has(rule))).toEqual([]);
  expect(titles.length).toBeGreaterThan(100);
});

test("the kept cases that wait are these", () => {
  expect(kept.flatMap((file) => waitingIn(runTests([file])))).toEqual([
    "units-classic B3: `refuse`",
    "units-modern B10: composite operation `create`",
  ]);
});

/** How many tests of the authorization scenarios beside the repository pass and wait; each folder is a project. */
const scenarios = [
  ["todo", 38, 5],
  ["gateway", 25, 0],
  ["search", 204, 0],
  ["certification", 20, 0],
] as const;
const scenarioFolder = join(import.meta.dirname, "../../shared/authzen");

test.skipIf(!existsSync(scenarioFolder)).each(scenarios)(
  "reference scenario %s: %d pass, %d wait",
  (name, passed, waits) => {
    const report = runTests(filesIn(join(scenarioFolder, name)));
    if (!report.ok) expect.fail(formatPretty(report, { color: false }));
    expect(report).toMatchObject({ passed, waiting: waits });
  },
);

const reference = filesIn(join(import.meta.dirname, "../../shared/cases"));

test.skipIf(reference.length > 0)("the reference cases are not beside the repository: skipped", () => {});

test.each(reference)("reference case $name", (file) => {
  const report = runTests([file]);
  if (!report.ok) expect.fail(formatPretty(report, { color: false }));
  expect(report.passed + report.waiting).toBeGreaterThan(0);
});

/** File and number of each reference case that needs what this version does not run. The list may only get shorter. */
const waiting = [
  "columns 134: column security",
  "columns 137: column security",
  "columns 141: column security",
  ...["105", "106", "109", "110", "111", "113", "115"].map(
    (number) => `hierarchy-manager ${number}: hierarchy security`,
  ),
  "operations-append 099: composite operation `append`",
  "operations-append 100: composite operation `append`",
  "operations-append 101: composite operation `associate`",
  ...["083", "085", "086", "087", "089", "X10"].map(
    (number) => `operations-assign ${number}: composite operation \`assign\``,
  ),
  ...["078", "079", "081", "082"].map(
    (number) => `operations-create ${number}: composite operation \`create\``,
  ),
  "operations-delete 094: `do`",
  "operations-delete 095: composite operations, `do`",
  "parental 066: `do`",
  "parental 068: `do`",
  "sharing 052: composite operation `share`",
  "sharing 053: composite operation `share`",
  ...["058", "060", "061", "X13"].map((number) => `sharing ${number}: \`do\``),
  "switch-associateNeedsAppendTo 101: composite operation `associate`",
  "switch-disabledMayOwn X10: composite operation `assign`, `do`",
  "switch-grantAddsToShare X13: `do`",
  "switch-hierarchyAnyUnit 113: hierarchy security",
  "switch-hierarchyExcludes 117: hierarchy security",
  "teams 037: composite operation `assign`",
  "units-modern 123: composite operation `create`",
];

test.skipIf(reference.length === 0)("the reference cases that wait are these, and the others run", () => {
  const reports = reference.map((file) => runTests([file]));
  expect(reports.flatMap(waitingIn).toSorted()).toEqual(waiting.toSorted());
  // 34 policy tests, and the 2 files that must not compile.
  expect(reports.reduce((sum, { passed }) => sum + passed, 0)).toBe(36);
});
