// Whatever a text holds, parsing it ends, throws nothing, and points into the text.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Report } from "../../compiler/diagnostics/report.ts";
import { format, walk } from "../../compiler/syntax/index.ts";
import { lex } from "../../compiler/syntax/lex.ts";
import { keywordByText } from "../../compiler/syntax/tokens.ts";
import { parsed } from "./harness.ts";

const symbols = [
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  ";",
  ",",
  ":",
  "::",
  ".",
  "?",
  "@",
  "==",
  "=",
  "&&",
  "-",
  "*",
  "<",
  "!",
];
const words = [
  ...keywordByText.keys(),
  "a",
  '"x y"',
  '"open',
  "1",
  "1.5",
  "3a",
  "é",
  "// c\n",
  "/* c */",
  "/*",
  "#",
  "$",
  "\n",
  "\\",
];
const soup = fc.array(fc.oneof(fc.constantFrom(...symbols), fc.constantFrom(...words)), { maxLength: 40 });

function sensible(text: string): number {
  const { tree, diagnostics } = parsed(text);
  for (const { span, message } of diagnostics) {
    expect(span.start, message).toBeGreaterThanOrEqual(0);
    expect(span.end, message).toBeGreaterThanOrEqual(span.start);
    expect(span.end, message).toBeLessThanOrEqual(text.length);
    expect(message).not.toMatch(/undefined|-->|\n/);
  }
  walk(tree, ({ span }) => expect(span.end).toBeGreaterThanOrEqual(span.start));
  expect(format({ name: "a.bwk", text }).text === undefined).toBe(diagnostics.length > 0);
  return diagnostics.length;
}

test("any row of tokens", () => {
  fc.assert(
    fc.property(soup, (pieces) => {
      sensible(pieces.join(" "));
      sensible(pieces.join(""));
    }),
    { numRuns: 3000 },
  );
});

test("any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => void sensible(text)),
    { numRuns: 2000 },
  );
});

const kitchenSink = readFileSync(new URL("kitchen-sink.bwk", import.meta.url), "utf8");
const file = { name: "kitchen-sink.bwk", text: kitchenSink };

test("every token of the kitchen sink left out, or written twice, costs few diagnostics", () => {
  let most = 0;
  let total = 0;
  let broken = 0;
  const { tokens } = lex(file, new Report());
  for (const [i, { startOffset, image }] of tokens.entries()) {
    const before = kitchenSink.slice(0, startOffset);
    const after = kitchenSink.slice(startOffset + image.length);
    const { diagnostics } = parsed(i % 2 === 0 ? before + after : `${before}${image} ${image}${after}`);
    most = Math.max(most, diagnostics.length);
    total += diagnostics.length;
    if (diagnostics.length > 0) broken++;
  }
  // One mistake is one diagnostic; now and then a misplaced brace looks like two or three.
  expect(broken).toBeGreaterThan(1000);
  expect(total / broken).toBeLessThan(1.02);
  expect(most).toBeLessThanOrEqual(4);
});
