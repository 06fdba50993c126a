import { expect, test } from "vitest";
import { diagnosticsToJson, render, renderJson } from "../../compiler/diagnostics/render.ts";
import { Report } from "../../compiler/diagnostics/report.ts";
import { parse } from "../../compiler/syntax/index.ts";

function diagnosticsOf(text: string) {
  const file = { name: "sales.bwk", text };
  const report = new Report();
  parse(file, report);
  return report.sorted([file]);
}

test("for people: code, message, place, line, caret, help", () => {
  expect(
    render(diagnosticsOf("role A {\n  permitt read on B;\n}")),
  ).toBe(`error[BWK110]: expected a grant (\`permit …\`), found \`permitt\`
  --> sales.bwk:2:3
   |
 2 |   permitt read on B;
   |   ^^^^^^^
   = help: did you mean \`permit\`?
`);
});

test("related places follow, and the gutter fits the longest line number", () => {
  const text = `role A {\n${"\n".repeat(98)}  permit read on B;\n`;
  expect(render(diagnosticsOf(text))).toBe(`error[BWK112]: expected \`}\`: a block is never closed
    --> sales.bwk:100:20
     |
 100 |   permit read on B;
     |                    ^
     |
     | the block is opened here
    --> sales.bwk:1:8
     |
   1 | role A {
     |        ^
     = help: close the block with \`}\`
`);
});

test("long lines are cut around the caret, tabs and control characters take one column", () => {
  const text = `role A { ${"permit read on B; ".repeat(20)}permitt read; ${"permit read on B; ".repeat(20)}}`;
  const [, , , line, caret] = render(diagnosticsOf(text)).split("\n") as [
    string,
    string,
    string,
    string,
    string,
  ];
  expect(line.length).toBeLessThan(140);
  expect(line).toMatch(/^ 1 \| ….*…$/);
  expect(line.slice(caret.indexOf("^"), caret.lastIndexOf("^") + 1)).toBe("permitt");
  const tabbed = render(diagnosticsOf("role A {\n\t\tpermitt read; // \u001b[31m\n}")).split("\n");
  expect(tabbed[3]).toBe(" 2 |   permitt read; // \ufffd[31m");
  expect(tabbed[4]).toBe("   |   ^^^^^^^");
});

test("colour marks the severity, the caret and the help", () => {
  const coloured = render(diagnosticsOf("role A { permitt x; }"), { color: true });
  expect(coloured).toContain("\u001b[1;31merror[BWK110]\u001b[0m");
  expect(coloured).toContain("\u001b[1;31m^^^^^^^\u001b[0m");
  const file = { name: "a", text: "x" };
  const report = new Report();
  report.add("BWK902", { file, start: 0, end: 1 }, { name: "T" });
  expect(render(report.sorted([file]), { color: true })).toContain("\u001b[1;33mwarning[BWK902]");
  expect(render([])).toBe("");
});

test("as JSON: places from 1, the end behind the last character", () => {
  const diagnostics = diagnosticsOf("role A {\n  permit read on B;\n");
  expect(diagnosticsToJson(diagnostics)).toEqual([
    {
      code: "BWK112",
      severity: "error",
      message: "expected `}`: a block is never closed",
      help: "close the block with `}`",
      file: "sales.bwk",
      line: 2,
      column: 20,
      endLine: 2,
      endColumn: 20,
      related: [
        {
          message: "the block is opened here",
          file: "sales.bwk",
          line: 1,
          column: 8,
          endLine: 1,
          endColumn: 9,
        },
      ],
    },
  ]);
  expect(JSON.parse(renderJson(diagnostics))).toEqual(diagnosticsToJson(diagnostics));
  expect(diagnosticsToJson(diagnosticsOf("role <|;".replace("<|", "")))[0]).not.toHaveProperty("help");
});
