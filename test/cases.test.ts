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

/** Whatever does not wait passes; what is reported about the project is expected by a line. */
function expectPassed(report: TestReport): void {
  if (!report.ok || report.diagnostics.length > 0) expect.fail(formatPretty(report, { color: false }));
}

/** Every file is a project of its own. */
const kept = filesIn(join(import.meta.dirname, "cases"));

test.each(kept)("kept case $name", (file) => {
  const report = runTests([file]);
  expectPassed(report);
  expect(report.passed).toBeGreaterThan(0);
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

/** How many tests the authorization scenarios beside the repository have; each folder is a project. */
const scenarios = [
  ["todo", 43],
  ["gateway", 25],
  ["search", 204],
  ["certification", 20],
] as const;
const scenarioFolder = join(import.meta.dirname, "../../shared/authzen");

test.skipIf(!existsSync(scenarioFolder)).each(scenarios)("reference scenario %s: %d tests", (name, count) => {
  const report = runTests(filesIn(join(scenarioFolder, name)));
  if (!report.ok) expect.fail(formatPretty(report, { color: false }));
  expect(report.passed).toBe(count);
});

const reference = filesIn(join(import.meta.dirname, "../../shared/cases"));

test.skipIf(reference.length > 0)("the reference cases are not beside the repository: skipped", () => {});

test.each(reference)("reference case $name", (file) => {
  const report = runTests([file]);
  if (!report.ok) expect.fail(formatPretty(report, { color: false }));
  expect(report.passed).toBeGreaterThan(0);
});
