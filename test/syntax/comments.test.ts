// Comments between any two tokens: the formatter keeps them all, in order, and comes to rest.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Report } from "../../compiler/diagnostics/report.ts";
import { format, parse } from "../../compiler/syntax/index.ts";
import { lex } from "../../compiler/syntax/lex.ts";
import { sameTree } from "../../compiler/syntax/same-tree.ts";

const text = readFileSync(new URL("kitchen-sink.bwk", import.meta.url), "utf8");
const file = { name: "kitchen-sink.bwk", text };
const tokens = lex(file, new Report()).tokens;
const declarations = parse(file, new Report()).declarations;

const remark = fc.constantFrom(
  " // line\n",
  "\n// own line\n",
  " /* block */ ",
  "\n\n/* apart */\n\n",
  "/* two\n lines */",
  "\n",
  " ",
);

test("comments anywhere survive", () => {
  // One declaration at a time keeps a counterexample small.
  const place = fc.record({
    declaration: fc.nat(declarations.length - 1),
    remarks: fc.array(fc.tuple(fc.nat(400), remark), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(place, ({ declaration, remarks }) => {
      const { start, end } = (declarations[declaration] as (typeof declarations)[number]).span;
      const inside = tokens.filter(({ startOffset }) => startOffset >= start && startOffset <= end);
      const gaps = remarks.map(
        ([at, remark]) => [inside[at % inside.length]?.startOffset ?? start, remark] as const,
      );
      let mixed = text.slice(start, end);
      for (const [offset, remark] of gaps.toSorted((a, b) => b[0] - a[0])) {
        mixed = mixed.slice(0, offset - start) + remark + mixed.slice(offset - start);
      }
      check(mixed);
    }),
    { numRuns: 3000 },
  );
});

function check(source: string): void {
  const before = { name: "a.bwk", text: source };
  const report = new Report();
  const tree = parse(before, report);
  expect(report.sorted([before])).toEqual([]);
  const { text: formatted, diagnostics } = format(before);
  expect(
    diagnostics.map(({ code, message }) => `${code} ${message}`),
    source,
  ).toEqual([]);
  const after = { name: "a.bwk", text: formatted as string };
  const again = parse(after, report);
  expect(sameTree(tree, again)).toBe(true);
  expect(again.comments.map(({ text }) => text)).toEqual(tree.comments.map(({ text }) => text));
  expect(format(after).text, source).toBe(formatted);
}
