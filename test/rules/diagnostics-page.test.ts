// docs/diagnostics.md is what the catalog and the examples say today.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as compiler from "../../compiler/index.ts";

const root = join(import.meta.dirname, "../..");
const examples = join(root, "docs/diagnostics");

// The script is plain JavaScript, so that it runs without a build of its own.
const { diagnosticsPage } = (await import(join(root, "scripts/diagnostics-page.mjs"))) as {
  diagnosticsPage: (
    compiler: Record<string, unknown>,
    exampleOf: (code: string) => string | undefined,
  ) => string;
};

const exampleOf = (code: string): string | undefined => {
  const path = join(examples, `${code}.bwk`);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
};

test("the page is up to date; if not: npm run build && node scripts/generate-diagnostics.mjs", () => {
  const page = diagnosticsPage(compiler, exampleOf);
  expect(readFileSync(join(root, "docs/diagnostics.md"), "utf8")).toBe(page);
});

test("every example is of a code that exists", () => {
  const codes = readdirSync(examples).map((name) => name.replace(/\.bwk$/, ""));
  expect(codes.filter((code) => !Object.hasOwn(compiler.catalog, code))).toEqual([]);
});

test("every code of names, meaning and warnings has an example", () => {
  const without = Object.keys(compiler.catalog).filter(
    (code) => /^BWK[239]/.test(code) && exampleOf(code) === undefined,
  );
  expect(without).toEqual([]);
});
