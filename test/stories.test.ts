// Every folder of policies/ is a story: a project with a README, tests that pass, and nothing that the compiler has to say
// but what a line expects. A new story is a new folder, and no code here.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { format, type SourceFile } from "../compiler/index.ts";
import { formatPretty, runTests } from "../testing/index.ts";

const root = join(import.meta.dirname, "../policies");

function filesOf(story: string): readonly SourceFile[] {
  return readdirSync(join(root, story))
    .filter((name) => name.endsWith(".bwk"))
    .map((name) => ({
      name: `policies/${story}/${name}`,
      text: readFileSync(join(root, story, name), "utf8"),
    }));
}

/** The demonstration's organization is no story: it is generated, and `npm start` shows it. */
const stories = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "demo-organization")
  .map(({ name }) => name);

test("there are stories", () => {
  expect(stories.length).toBeGreaterThanOrEqual(7);
});

test("the index names every story", () => {
  const index = readFileSync(join(root, "README.md"), "utf8");
  expect(stories.filter((story) => !index.includes(`](${story}/README.md)`))).toEqual([]);
});

describe.each(stories)("%s", (story) => {
  test("every test runs and passes, and nothing else is reported than what a line expects", () => {
    const report = runTests(filesOf(story));
    if (!report.ok || report.diagnostics.length > 0) expect.fail(formatPretty(report, { color: false }));
    expect(report.passed).toBeGreaterThan(0);
  });

  test("is formatted", () => {
    for (const file of filesOf(story)) expect(format(file).text, file.name).toBe(file.text);
  });

  test("has a README that says how to run it", () => {
    const readme = join(root, story, "README.md");
    expect(existsSync(readme)).toBe(true);
    expect(readFileSync(readme, "utf8")).toContain(`npx bailiwick test policies/${story}`);
  });
});
