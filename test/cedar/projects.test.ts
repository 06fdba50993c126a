// The stories of policies/ and the kept cases in Cedar: every world that one of their tests comes to.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { actions, analyze, type Model, type SourceFile } from "../../compiler/index.ts";
import { exportCedar } from "../../interop/cedar/index.ts";
import { expectedCodes, isWarning } from "../../testing/expected-codes.ts";
import type { Question } from "../oracle/evaluate.ts";
import { endOf } from "../testing/play-together.ts";
import { compare } from "./compare.ts";

const root = join(import.meta.dirname, "../..");

/** The files of a folder that are meant to compile. */
function filesIn(folder: string): readonly SourceFile[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".bwk"))
    .map((name) => ({ name, text: readFileSync(join(root, folder, name), "utf8") }))
    .filter((file) => expectedCodes(file).every(({ code }) => isWarning(code)));
}

/** Hierarchy security has no counterpart in Cedar. */
const hasCounterpart = (files: readonly SourceFile[]): boolean =>
  analyze(files, { world: "closed" }).model?.policy.settings.hierarchy === "off";

const projects = [
  ...filesIn("test/cases").map((file) => [file.name, [file]] as const),
  ...readdirSync(join(root, "policies"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "demo-organization")
    .map(({ name }) => [name, filesIn(`policies/${name}`)] as const),
].filter(([, files]) => files.length > 0 && hasCounterpart(files));

/** The world in which each test of the project ends. */
function modelsOf(files: readonly SourceFile[]): readonly Model[] {
  return analyze(files, { world: "closed" }).tests.map((each) => {
    const { world } = endOf(each);
    return { policy: world.policy, world: world.world(), openNames: [] };
  });
}

function questionsOf({ policy, world }: Model): readonly Question[] {
  return world.users.flatMap(({ name: principal }) => [
    ...world.records.flatMap(({ entity, id }) =>
      actions.map((action) => ({
        principal,
        action,
        record: { entity: policy.entities[entity]?.name ?? "", id },
      })),
    ),
    ...policy.tasks.map(({ name: action }) => ({ principal, action })),
  ]);
}

test.each(projects)("%s decides the same in Cedar", (_, files) => {
  let asked = 0;
  for (const model of modelsOf(files)) {
    if (model.policy.settings.hierarchy !== "off") {
      expect(() => exportCedar(model)).toThrow("hierarchy security has no counterpart in Cedar");
      continue;
    }
    const compared = compare(model, questionsOf(model), 16);
    expect(compared.differences).toEqual([]);
    asked += compared.asked;
  }
  const isSwitched = files.some(({ text }) => /hierarchy: (manager|position)/.test(text));
  if (!isSwitched) expect(asked).toBeGreaterThan(files.length);
});
