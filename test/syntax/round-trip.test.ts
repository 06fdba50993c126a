// Text and tree are two forms of one thing: parse(print(tree)) = tree, and printing what was printed changes nothing.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { format } from "../../compiler/syntax/index.ts";
import { printFile } from "../../compiler/syntax/print/index.ts";
import { sameTree } from "../../compiler/syntax/same-tree.ts";
import { fileTree } from "./arbitrary-tree.ts";
import { parsed } from "./harness.ts";

test("a printed tree is parsed as that tree", () => {
  fc.assert(
    fc.property(fileTree, (tree) => {
      const text = printFile(tree);
      const again = parsed(text);
      expect(
        again.diagnostics.map(({ code, message, span }) => `${code} ${message} at ${span.start}`),
        text,
      ).toEqual([]);
      expect(sameTree(again.tree, tree), text).toBe(true);
      const formatted = format({ name: "a.bwk", text }).text;
      expect(format({ name: "a.bwk", text: formatted as string }).text).toBe(formatted);
    }),
    { numRuns: 3000 },
  );
});

test("the right to create a column is told from creating, however its record is written", () => {
  const text = `test "t" {\n  allow a create acc1.phone;\n  deny a create Account::"acc1".phone;\n  refuse create Account::"acc1".phone by a;\n}\n`;
  expect(parsed(text).diagnostics).toEqual([]);
  expect(format({ name: "a.bwk", text }).text).toBe(text);
});

/** The formatted text, after checking what holds for every file. */
function checked(name: string, text: string): string {
  const before = parsed(text);
  expect(before.diagnostics).toEqual([]);
  const { text: formatted, diagnostics } = format({ name, text });
  expect(diagnostics).toEqual([]);
  const after = parsed(formatted as string);
  expect(sameTree(before.tree, after.tree)).toBe(true);
  expect(after.tree.comments.map((comment) => comment.text)).toEqual(
    before.tree.comments.map((comment) => comment.text),
  );
  expect(format({ name, text: formatted as string }).text).toBe(formatted);
  return formatted as string;
}

test("the kitchen sink", async () => {
  const text = readFileSync(new URL("kitchen-sink.bwk", import.meta.url), "utf8");
  const formatted = checked("kitchen-sink.bwk", text);
  await expect(formatted).toMatchFileSnapshot("kitchen-sink.formatted.bwk");
  // Line breaks of another kind and a byte order mark make no difference.
  expect(format({ name: "a.bwk", text: `\uFEFF${text.replaceAll("\n", "\r\n")}` }).text).toBe(formatted);
});

const shared = fileURLToPath(new URL("../../../shared/", import.meta.url));
const folders = ["cases", "authzen/gateway", "authzen/certification"].filter((folder) =>
  existsSync(shared + folder),
);

test.skipIf(folders.length === 0)(
  "the shared cases (skipped where they do not lie beside the repository)",
  () => {
    for (const folder of folders) {
      for (const name of readdirSync(shared + folder).filter((file) => file.endsWith(".bwk"))) {
        checked(name, readFileSync(`${shared}${folder}/${name}`, "utf8"));
      }
    }
  },
);

test("policies of this repository", () => {
  const root = fileURLToPath(new URL("../../policies/", import.meta.url));
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".bwk"),
  );
  for (const name of files) checked(name, readFileSync(root + name, "utf8"));
});

test("an entity whose name is `with` stays one", () => {
  const text = 'test "t" {\n  refuse create "with" { a: 1; } by ann;\n}\n';
  const { tree, diagnostics } = parsed(text);
  expect(diagnostics).toEqual([]);
  expect(printFile(tree)).toContain('create "with" {');
});
