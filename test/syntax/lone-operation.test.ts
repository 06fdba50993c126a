// One operation by itself: what `bailiwick check --operation` takes.
import { expect, test } from "vitest";
import { Report } from "../../compiler/diagnostics/report.ts";
import { textLimit } from "../../compiler/syntax/limits.ts";
import { parseOperation } from "../../compiler/syntax/parse.ts";

function parsed(text: string) {
  const file = { name: "--operation", text };
  const report = new Report();
  const operation = parseOperation(file, report);
  const diagnostics = report.sorted([file]).map(({ code, message, span }) => {
    return [code, message, span.start, span.end];
  });
  return { operation, diagnostics };
}

test.each([
  ["read acc1", "RightOperation"],
  ["ExportToExcel", "TaskOperation"],
  ['"Bulk edit"', "TaskOperation"],
  ["create Contact { owner: dora; }", "CreateOperation"],
  ["create Contact", "CreateOperation"],
  ["create Account.revenue", "RightOperation"],
  ["assign acc1 to dora", "AssignOperation"],
  ['share acc1 with Team::"EU": read, write', "ShareOperation"],
  ["unshare acc1.phone with organization", "UnshareOperation"],
  ["append note1.about to acc1", "AppendOperation"],
  ["associate acc1 with list1", "AssociateOperation"],
  ["disassociate acc1 with list1", "AssociateOperation"],
  ["merge dup into acc1", "MergeOperation"],
  ["  /* why */ delete acc1 // now", "RightOperation"],
])("%s", (text, kind) => {
  const { operation, diagnostics } = parsed(text);
  expect(diagnostics).toEqual([]);
  expect(operation?.kind).toBe(kind);
});

test.each([
  ["assign acc1 to", ["BWK110", "expected a name, found the end of the operation", 14, 14]],
  ["assign acc1 of dora", ["BWK110", "expected `to`, found `of`", 12, 14]],
  ["read acc1 and more", ["BWK110", "expected the end of the operation, found `and`", 10, 13]],
  ["read acc1; delete acc1", ["BWK110", "expected the end of the operation, found `;`", 9, 10]],
  ["", ["BWK110", "expected an operation, found the end of the operation", 0, 0]],
  ['read "acc1', ["BWK102", "this text has no closing quote", 5, 10]],
])("not an operation: %s", (text, diagnostic) => {
  expect(parsed(text)).toEqual({ operation: undefined, diagnostics: [diagnostic] });
});

test("what is nested too deeply is said so", () => {
  const { operation, diagnostics } = parsed(`create A { a: ${"[".repeat(200)}${"]".repeat(200)} }`);
  expect(operation).toBeUndefined();
  expect(diagnostics.map(([code]) => code)).toEqual(["BWK401"]);
});

test("what is too long is not read", () => {
  const { operation, diagnostics } = parsed(`read acc1${" ".repeat(textLimit)}`);
  expect(operation).toBeUndefined();
  expect(diagnostics.map(([code]) => code)).toEqual(["BWK402"]);
});
