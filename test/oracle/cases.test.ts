// The policy tests that people wrote, answered by the twin: the stories of `policies/`, the cases of `test/cases`, and the
// shared cases where they lie beside the repository. The compiler is the product's; every answer and every change is the twin's.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  type Action,
  analyze,
  lineText,
  positionOf,
  type ResolvedTest,
  type Step,
} from "../../compiler/index.ts";
import { actionNames, hasRight } from "./rights.ts";
import { wordsOf } from "./sources.ts";
import { Story } from "./story.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const sharedCases = join(root, "..", "shared", "cases");

/** Projects: each folder of policies, each file of cases. */
function projects(): { name: string; paths: string[] }[] {
  const stories = readdirSync(join(root, "policies"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const folder = join(root, "policies", name);
      const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
      return { name, paths: files.filter((file) => file.endsWith(".bwk")).map((file) => join(folder, file)) };
    });
  const cases = [join(root, "test", "cases"), sharedCases].filter(existsSync).flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith(".test.bwk"))
      .map((name) => ({ name, paths: [join(folder, name)] })),
  );
  return [...stories, ...cases];
}

/** What a statement expects and what the twin says, in the same words; a statement that changes the world happens. */
function answer(story: Story, step: Step): { expected: string; got: string } | undefined {
  const { policy } = story.world;
  const entityName = (entity: number): string => policy.entities[entity]?.name ?? "";
  const named = (record: { entity: number; id: string }) => ({
    entity: entityName(record.entity),
    id: record.id,
  });
  const sorted = (names: readonly string[]): string => [...names].sort().join(", ");
  switch (step.kind) {
    case "expect": {
      const { effect, user, operation, context, reason } = step;
      const verdict = story.can(user, operation, context);
      const because = reason === undefined ? "" : ` because ${reason.text}`;
      const reasons = verdict.allowed ? verdict.sources.map(wordsOf) : [verdict.reason];
      const holds = reason === undefined || reasons.includes(reason.text);
      return {
        expected: `${effect}${because}`,
        got: `${verdict.allowed ? "allow" : "deny"}${holds ? because : ` because ${reasons.join(" or ")}`}`,
      };
    }
    case "rights": {
      const expected = actionNames.filter((action) => hasRight(step.rights, action));
      const there = story.world.record(step.record) !== undefined;
      const got = there ? story.oracle.rights(step.user, named(step.record), step.context) : [];
      return { expected: sorted(expected), got: sorted(got) };
    }
    case "who": {
      const there = story.world.record(step.record) !== undefined;
      const action = actionNames[step.action] as Action;
      const got = there ? story.oracle.whoCan(action, named(step.record), step.context) : [];
      return { expected: sorted(step.users), got: sorted(got) };
    }
    case "list": {
      const action = actionNames[step.action] as Action;
      const got = story.oracle.filter(step.user, action, entityName(step.entity), step.context);
      return { expected: sorted(step.records.map((record) => record.id)), got: sorted(got) };
    }
    case "do": {
      const { allowed, reason } = story.do(step.user, step.operation, step.context);
      return { expected: "done", got: allowed ? "done" : `refused because ${reason}` };
    }
    case "refuse":
      return { expected: "refused", got: story.set(step.change) === undefined ? "done" : "refused" };
    case "set":
      return { expected: "done", got: story.set(step.change) ?? "done" };
    case "record":
      return { expected: "done", got: story.set({ kind: "create record", record: step.record }) ?? "done" };
    case "share":
      story.declareShare(step);
      return undefined;
    case "share column":
      story.declareColumnShare(step);
      return undefined;
  }
}

function play({ policy, world, steps }: ResolvedTest): void {
  const story = new Story(policy, world);
  for (const step of steps) {
    const { file, start } = step.span;
    const { line } = positionOf(file, start);
    const said = answer(story, step);
    if (said !== undefined)
      expect(said.got, `${file.name}:${line}: ${lineText(file, line).trim()}`).toBe(said.expected);
  }
}

describe.each(projects())("$name", ({ paths }) => {
  // A file that is expected not to compile asks nothing.
  const files = paths
    .map((name) => ({ name, text: readFileSync(name, "utf8") }))
    .filter(({ text }) => !/\/\/ expect BWK[1-4]/.test(text));
  const { tests, diagnostics } = analyze(files, { world: "closed" });

  test("compiles, or waits for what is not built yet", () => {
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect(errors.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  });

  for (const resolved of tests)
    test(resolved.title, () => {
      play(resolved);
    });
});

if (!existsSync(sharedCases)) test.skip("the shared cases, which do not lie beside the repository");
