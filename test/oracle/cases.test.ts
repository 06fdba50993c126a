// The policy tests that people wrote, answered by the twin: the stories of `policies/`, the cases of `test/cases`, and the
// shared cases where they lie beside the repository. Compiler and changes are the product's; every answer is the twin's.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  type Action,
  analyze,
  applyStep,
  lineText,
  positionOf,
  type ResolvedTest,
  type State,
  type Step,
} from "../../compiler/index.ts";
import { type Decision, Oracle } from "./evaluate.ts";
import { actionNames, hasRight } from "./rights.ts";
import { wordsOf } from "./sources.ts";

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

/** What a statement expects and what the twin says, in the same words; undefined for a statement that changes the world. */
function answer({ policy, world }: State, step: Step): { expected: string; got: string } | undefined {
  const oracle = new Oracle(policy, world);
  const entityName = (entity: number): string => policy.entities[entity]?.name ?? "";
  const named = (record: { entity: number; id: string }) => ({
    entity: entityName(record.entity),
    id: record.id,
  });
  const sorted = (names: readonly string[]): string => [...names].sort().join(", ");
  switch (step.kind) {
    case "expect": {
      const { effect, user, operation, reason } = step;
      if (operation.kind !== "right" && operation.kind !== "delete" && operation.kind !== "task")
        throw new Error(`not a single right: ${operation.kind}`);
      const decision =
        operation.kind === "task"
          ? oracle.check({ principal: user, action: policy.tasks[operation.task]?.name ?? "" })
          : oracle.check({
              principal: user,
              action: operation.kind === "delete" ? "delete" : (actionNames[operation.action] ?? ""),
              record: named(operation.record),
            });
      const because = reason === undefined ? "" : ` because ${reason.text}`;
      const holds = reason === undefined || reasonsOf(decision).includes(reason.text);
      return {
        expected: `${effect}${because}`,
        got: `${decision.allowed ? "allow" : "deny"}${holds ? because : ` because ${reasonsOf(decision).join(" or ")}`}`,
      };
    }
    case "rights": {
      const expected = actionNames.filter((action) => hasRight(step.rights, action));
      return { expected: sorted(expected), got: sorted(oracle.rights(step.user, named(step.record))) };
    }
    case "who": {
      const got = oracle.whoCan(actionNames[step.action] as Action, named(step.record));
      return { expected: sorted(step.users), got: sorted(got) };
    }
    case "list": {
      const got = oracle.filter(step.user, actionNames[step.action] as Action, entityName(step.entity));
      return { expected: sorted(step.records.map((record) => record.id)), got: sorted(got) };
    }
    default:
      return undefined;
  }
}

function reasonsOf({ allowed, reason, sources }: Decision): string[] {
  return allowed ? sources.map(wordsOf) : [reason];
}

function play(resolved: ResolvedTest): void {
  let state: State = { policy: resolved.policy, world: resolved.world };
  for (const step of resolved.steps) {
    const { file, start } = step.span;
    const { line } = positionOf(file, start);
    const place = `${file.name}:${line}: ${lineText(file, line).trim()}`;
    const said = answer(state, step);
    if (said !== undefined) expect(said.got, place).toBe(said.expected);
    else {
      const next = applyStep(state, step);
      if ("refused" in next) expect.fail(`${place}: ${next.refused}`);
      state = next;
    }
  }
}

describe.each(projects())("$name", ({ paths }) => {
  // A file that is expected not to compile asks nothing.
  const files = paths
    .map((name) => ({ name, text: readFileSync(name, "utf8") }))
    .filter(({ text }) => !/\/\/ expect BWK[1-4]/.test(text));
  const { tests, diagnostics } = analyze(files, { world: "closed" });

  test("compiles, or waits for what is not built yet", () => {
    const errors = diagnostics.filter(({ severity, code }) => severity === "error" && code !== "BWK198");
    expect(errors.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  });

  for (const resolved of tests.filter(({ waitsFor }) => waitsFor.length === 0))
    test(resolved.title, () => {
      play(resolved);
    });
});

if (!existsSync(sharedCases)) test.skip("the shared cases, which do not lie beside the repository");
