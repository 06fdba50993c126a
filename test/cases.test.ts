// Policy tests of the rules: the kept cases in test/cases, and the reference cases beside the repository where they are.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { analyze, type Settings, type SourceFile } from "../compiler/index.ts";
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

/** The kept cases that compile, with their settings and the rules that their titles begin with. */
const projects = kept.flatMap((file) => {
  const { model, tests } = analyze([file], { world: "closed" });
  if (model === undefined) return [];
  const titles = tests.map(({ title }) => title);
  return { settings: model.policy.settings, titles, rules: titles.flatMap(rulesIn) };
});

/** `A3 with T4 off …`, `S4 and S5: …` */
function rulesIn(title: string): readonly string[] {
  return title.match(/\b(?:\d[a-d]?|[A-Z]\d+)\b/g) ?? [];
}

test("every rule of semantics.md that a policy test can show has a kept case", () => {
  const named = new Set(projects.flatMap(({ rules }) => rules));
  const numbered = (letter: string, last: number): readonly string[] =>
    Array.from({ length: last }, (_, index) => `${letter}${index + 1}`);
  const rules = [
    ...["0", "1", "2", "3", "4", "5a", "5b", "5c", "5"],
    ...numbered("E", 6),
    ...numbered("B", 10),
    ...numbered("T", 10),
    // S8 is how tables write rights; R2 speaks of cascades that are switched at run time.
    ...numbered("S", 7),
    "R1",
    ...numbered("A", 11),
    ...numbered("H", 7),
    ...numbered("F", 4),
  ];
  expect(rules.filter((rule) => !named.has(rule))).toEqual([]);
  expect(projects.flatMap(({ titles }) => titles).length).toBeGreaterThan(250);
});

/** semantics.md section 11: the rules that each key decides about. */
const switches: Readonly<Record<keyof Settings, readonly string[]>> = {
  ownershipAcrossBusinessUnits: ["B6", "B7"],
  keepRolesOnUnitChange: ["B8"],
  moveRecordsWithOwner: ["B8"],
  recomputeOwnership: ["B9"],
  inheritAboveUser: ["T4"],
  teamGrantServesDirectShare: ["S1"],
  grantAddsToShare: ["S4"],
  sharerNeedsGrantedRights: ["S6"],
  shareToPreviousOwner: ["S7"],
  disabledMayOwn: ["A3"],
  appendToNeedsWrite: ["A7"],
  associateNeedsAppendTo: ["A8"],
  hierarchy: ["H1"],
  hierarchyDepth: ["H7"],
  hierarchyLevel: ["H3"],
  hierarchyAncestorUnits: ["H4"],
  hierarchyAnyUnit: ["H4"],
  hierarchyExcludes: ["H6"],
  hierarchyDisabledReports: ["H6"],
};

test.each(Object.entries(switches))("both values of %s have a kept case", (key, rules) => {
  const values = projects
    .filter((project) => rules.some((rule) => project.rules.includes(rule)))
    .map(({ settings }) => JSON.stringify(settings[key as keyof Settings]));
  expect(new Set(values).size).toBeGreaterThan(1);
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
