// docs/language.md and the comments of the grammar hold the same productions under the same numbers.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Grammar } from "../../compiler/syntax/grammar/index.ts";

const folder = new URL("../../compiler/syntax/grammar/", import.meta.url);
const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
const page = readFileSync(new URL("../../docs/language.md", import.meta.url), "utf8");

const inSources = sources.flatMap((text) =>
  [...text.matchAll(/\/\*\* (\[\d+\.\d+\] .*?) \*\//g)].map((match) => match[1]),
);
const inPage = [...page.matchAll(/^\[\d+\.\d+\] .*$/gm)].map((match) => match[0]);

test("every production of the grammar is in the document, and no other", () => {
  expect(inPage.toSorted()).toEqual(inSources.toSorted());
  expect(new Set(inPage.map((line) => line.split(" ")[0])).size).toBe(inPage.length);
});

test("every rule of the parser has its production", () => {
  const named = inPage.map((line) => line.split(" ")[1]);
  expect(named.toSorted()).toEqual(Object.keys(new Grammar().getGAstProductions()).toSorted());
});
