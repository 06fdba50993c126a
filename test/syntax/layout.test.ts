import { expect, test } from "vitest";
import {
  fill,
  group,
  hardLine,
  ifBroken,
  indent,
  join,
  layout,
  line,
  remark,
  softLine,
} from "../../compiler/syntax/print/doc.ts";

const long = (n: number) => "x".repeat(n);

test("a group is flat where it fits the line, else broken at all its lines", () => {
  const list = (n: number) =>
    group(["(", indent([softLine, join([long(n), long(n)], [",", line]), ifBroken(",", "")]), softLine, ")"]);
  expect(layout(list(3))).toBe("(xxx, xxx)");
  expect(layout(list(60))).toBe(`(\n  ${long(60)},\n  ${long(60)},\n)`);
  expect(layout(group(["a", hardLine, "b", line, "c"]))).toBe("a\nb\nc");
});

test("a fill breaks only where the next part does not fit", () => {
  const word = long(40);
  const part = group([word, ifBroken("!", "")]);
  expect(layout(indent(fill([part, line, part, line, part])))).toBe(`${word} ${word}\n  ${word}`);
});

test("what follows a list counts for its last element", () => {
  const parts = fill([long(50), line, long(50)]);
  expect(layout([indent(parts), long(10)])).toBe(`${long(50)}\n  ${long(50)}${long(10)}`);
  expect(layout([indent(parts), long(9)])).toBe(`${long(50)} ${long(50)}${long(9)}`);
});

test("comments wait for the end of the line, and later ones queue behind them", () => {
  const doc = ["a ", remark("// one", "waits"), "b", remark("/* two */", "leads"), ";", hardLine, "c"];
  expect(layout(doc)).toBe("a b; // one\n/* two */\nc");
  expect(layout(["a ", remark("/* one */", "leads"), "b", remark("/* two\n */", "follows"), ";"])).toBe(
    "a /* one */ b /* two\n */;",
  );
});
