// A formatter that lost something would be found out before its text is handed out.
import { expect, test, vi } from "vitest";
import { format } from "../../compiler/syntax/index.ts";

const printed = vi.hoisted(() => ({ texts: [] as string[] }));
vi.mock("../../compiler/syntax/print/index.ts", () => ({ printFile: () => printed.texts.shift() ?? "" }));

test.each([
  ["another tree", ["role B;\n"]],
  ["a lost comment", ["role A;\n"]],
  ["a syntax error", ["// c\nrole A\n"]],
  ["never coming to rest", Array.from({ length: 20 }, (_, i) => `// c\n${"\n".repeat(i)}role A;\n`)],
])("%s", (_, texts) => {
  printed.texts = texts;
  const { text, diagnostics } = format({ name: "a.bwk", text: "// c\nrole A;" });
  expect(text).toBeUndefined();
  expect(diagnostics.map(({ code }) => code)).toContain("BWK121");
});
