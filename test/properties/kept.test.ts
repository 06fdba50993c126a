// Every difference that was ever found between engine and twin, as the project that showed it. Adding a case adds a file.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { assertSame } from "./assert-same.ts";
import type { Project } from "./project.ts";

interface Kept {
  /** What differed, and which rule decided. */
  readonly why: string;
  readonly project: Project;
}

const folder = new URL("kept/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".json"));

test("there are kept cases", () => {
  expect(files).not.toEqual([]);
});

test.each(files)("%s", (file) => {
  const { why, project } = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Kept;
  expect(why).not.toBe("");
  assertSame(project, "plain");
  assertSame(project, "simd");
});
