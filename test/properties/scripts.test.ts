// Stories of thirty changes in random worlds, told to engine and twin: what becomes of each change and why, and what both
// answer after it.
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Script, scripts } from "./script-sketch.ts";
import { disagreementOf, smallest } from "./script-story.ts";
import { patient, seed, storiesOfARun } from "./settings.ts";
import { toSource } from "./to-source.ts";

function shown({ project, steps }: Script): string {
  const lines = steps.map((step) => JSON.stringify(step)).join("\n");
  return `--- everything as source (${project.placement})\n${toSource(project)}--- steps\n${lines}\n--- to keep\n${JSON.stringify({ project, steps })}`;
}

function assertSame(script: Script): void {
  if (disagreementOf(script) === undefined) return;
  const small = smallest(script);
  const { asked, expected, got } = disagreementOf(small) ?? { asked: "", expected: "", got: "" };
  throw new Error(
    `engine and twin tell a story differently\n${asked}\ntwin:   ${expected}\nengine: ${got}\n${shown(small)}`,
  );
}

test.each(["source", "loaded"] as const)("engine and twin tell the same stories: %s", patient, (where) => {
  fc.assert(fc.property(scripts(where, 30), assertSame), {
    numRuns: Math.ceil(storiesOfARun / 2),
    seed,
    // The story itself is made small in its own way.
    endOnFailure: true,
  });
});

const folder = new URL("kept/stories/", import.meta.url);
const kept = readdirSync(folder).filter((file) => file.endsWith(".json"));

test.each(kept)("kept: %s", (file) => {
  const { why, ...script } = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Script & {
    why: string;
  };
  expect(why).not.toBe("");
  assertSame(script);
});
