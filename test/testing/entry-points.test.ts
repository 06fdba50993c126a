// The runner asks `check`. Here every world that a kept case or a story comes through is asked in every other way, and the
// slow twin with it: one answer to one question, always.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { actions, analyze, type SourceFile } from "../../compiler/index.ts";
import type { Engine } from "../../runtime-ts/index.ts";
import { expectedCodes, isWarning } from "../../testing/expected-codes.ts";
import type { Story } from "../oracle/story.ts";
import { plainSources } from "../plain-sources.ts";
import { playTogether } from "./play-together.ts";

const root = join(import.meta.dirname, "../..");

/** The files of a folder that are meant to compile. */
function filesIn(folder: string): readonly SourceFile[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".bwk"))
    .map((name) => ({ name, text: readFileSync(join(root, folder, name), "utf8") }))
    .filter((file) => expectedCodes(file).every(({ code }) => isWarning(code)));
}

const projects: readonly (readonly [name: string, files: readonly SourceFile[]])[] = [
  ...filesIn("test/cases").map((file) => [file.name, [file]] as const),
  ...readdirSync(join(root, "policies"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "demo-organization")
    .map(({ name }) => [name, filesIn(`policies/${name}`)] as const),
];

interface Comparison {
  readonly asked: number;
  /** What was answered in two ways. */
  readonly differences: readonly string[];
}

function compare(engine: Engine, story: Story): Comparison {
  const { policy } = story.world;
  const world = story.world.world();
  const twin = story.oracle;
  const questions: { principal: number; privilege: number; record: number; allowed: boolean }[] = [];
  const differences: string[] = [];
  const same = (what: string, one: unknown, other: unknown) => {
    if (one !== other && !isDeepStrictEqual(one, other))
      differences.push(`${what}: ${JSON.stringify(one)} and ${JSON.stringify(other)}`);
  };

  /** Records by user, action and entity: one filter serves all its records. */
  const filtered = new Map<string, ReadonlySet<string>>();
  const filter = (user: number, privilege: number): ReadonlySet<string> => {
    const key = `${user} ${privilege}`;
    const ids = filtered.get(key) ?? new Set(engine.filter(user, privilege).ids());
    filtered.set(key, ids);
    return ids;
  };

  for (const { entity: number, id } of world.records) {
    const entity = policy.entities[number]?.name as string;
    const record = engine.record(entity, id);
    for (const action of actions) {
      const privilege = engine.privilege(action, entity);
      const who = new Set(engine.whoCan(privilege, record).names());
      for (const { name: user } of world.users) {
        const what = `${user} ${action} ${id}`;
        const principal = engine.principal(user);
        const asked = { principal: user, action, resource: { entity, id } };
        const { sources, allowed, reason } = twin.check({ principal: user, action, record: { entity, id } });
        same(`check ${what}`, engine.check(asked), { allowed, reason });
        same(`explain ${what}`, plainSources(engine.explain(asked, { misses: 0 }).sources), sources);
        same(`allows ${what}`, engine.allows(principal, privilege, record), allowed);
        same(`filter ${what}`, filter(principal, privilege).has(id), allowed);
        same(`whoCan ${what}`, who.has(user), allowed);
        questions.push({ principal, privilege, record, allowed });
      }
    }
  }
  const column = (key: "principal" | "privilege" | "record") =>
    Uint32Array.from(questions, (question) => question[key]);
  const batch = engine.checkBatch({
    principals: column("principal"),
    privileges: column("privilege"),
    records: column("record"),
  });
  questions.forEach(({ allowed }, index) => {
    same(`checkBatch ${index}`, batch.get(index), allowed);
  });
  return { asked: questions.length, differences };
}

/** Everything that the tests of a project come through. */
function compareAll(files: readonly SourceFile[]): readonly Comparison[] {
  const comparisons: Comparison[] = [];
  for (const test of analyze(files, { world: "closed" }).tests)
    playTogether(test, (engine, story) => comparisons.push(compare(engine, story)));
  return comparisons;
}

/** The cases beside the repository, where they are. */
const reference = filesIn("../shared/cases");

test.skipIf(reference.length === 0)("every entry point and the twin agree on the reference cases", () => {
  const comparisons = reference.flatMap((file) => compareAll([file]));
  expect(comparisons.flatMap(({ differences }) => differences)).toEqual([]);
  expect(comparisons.length).toBeGreaterThanOrEqual(75);
});

describe.each(projects)("%s", (_, files) => {
  test("every entry point and the twin agree", () => {
    const comparisons = compareAll(files);
    expect(comparisons.flatMap(({ differences }) => differences)).toEqual([]);
    const asked = comparisons.reduce((sum, comparison) => sum + comparison.asked, 0);
    expect(asked).toBeGreaterThan(15);
  });
});
