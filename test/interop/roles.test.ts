// Roles: every row becomes one grant, and what a file does not say is said in the result.
import { expect, test } from "vitest";
import { grantsIn, idOf, importRole, importTexts, modelOf, notesOf, role, textOf } from "./solution-text.ts";

test("a role becomes a file of its own, with its id, grouped by level and actions", () => {
  const result = importRole(
    role("Sales", [
      "prvReadAccount Global",
      "prvReadContact Global",
      "prvWriteAccount Basic",
      "prvExportToExcel Global",
    ]),
  );
  const text = textOf(result, "roles/Sales.bwk");
  expect(text).toContain(`@id("{${idOf("Sales")}}")`);
  expect(text).toContain("role Sales {");
  expect(text).toContain("permit read on Account, Contact at organization;");
  expect(text).toContain("permit write on Account at user;");
  expect(text).toContain("permit ExportToExcel;");
  expect(text).toContain("// from Roles/r.xml");
  expect(textOf(result, "privileges.bwk")).toContain("privilege ExportToExcel;");
  expect(grantsIn(modelOf(result), "Sales")).toEqual([
    "read Account 4",
    "read Contact 4",
    "task ExportToExcel",
    "write Account 1",
  ]);
  expect(result.report.carriedOver).toMatchObject({ roles: 1, grants: 3, taskGrants: 1 });
  expect(result.report.notes).toEqual([]);
});

test("the four levels, in any case", () => {
  const result = importRole(
    role("L", [
      "prvReadAccount Basic",
      "prvReadContact Local",
      "prvReadLead Deep",
      "prvReadOpportunity Global",
      "prvWriteLead gLOBAL",
    ]),
  );
  expect(grantsIn(modelOf(result), "L")).toEqual([
    "read Account 1",
    "read Contact 2",
    "read Lead 3",
    "read Opportunity 4",
    "write Lead 4",
  ]);
});

test("all eight privileges at one level are `all`", () => {
  const verbs = ["Create", "Read", "Write", "Delete", "Assign", "Share", "Append", "AppendTo"];
  const result = importRole(
    role(
      "A",
      verbs.map((verb) => `prv${verb}Account Deep`),
    ),
  );
  expect(textOf(result, "roles/A.bwk")).toContain("permit all on Account at parentChild;");
  expect(grantsIn(modelOf(result), "A")).toHaveLength(8);
});

test("isinherited 1 is a role, 0 a team role", () => {
  expect(textOf(importRole(role("R", [], 'isinherited="1"')), "roles/R.bwk")).toMatch(/^role R/m);
  expect(textOf(importRole(role("R", [], 'isinherited="0"')), "roles/R.bwk")).toMatch(/^team role R/m);
});

test("isinherited missing is a role, and both the file and the report say so", () => {
  const result = importRole(role("Old", ["prvReadAccount Basic"], ""));
  expect(textOf(result, "roles/Old.bwk")).toMatch(/^role Old/m);
  expect(textOf(result, "roles/Old.bwk")).toMatch(/\/\/.*isinherited is missing/);
  expect(notesOf(result)).toEqual([expect.stringMatching(/^assumed: isinherited: .*missing/)]);
});

test("an unknown isinherited is the form that grants less, and is reported", () => {
  const result = importRole(role("Odd", ["prvReadAccount Basic"], 'isinherited="maybe"'));
  expect(textOf(result, "roles/Odd.bwk")).toMatch(/^team role Odd/m);
  expect(notesOf(result)).toEqual([expect.stringMatching(/^changed: isinherited: .*"maybe"/)]);
});

test('unmodified="1" without privileges is a reference, not an empty role', () => {
  const result = importTexts({
    "Roles/a.xml": role("System Customizer", [], 'unmodified="1"'),
    "Roles/b.xml": role("Real", ["prvReadAccount Basic"]),
  });
  expect(result.files.map(({ name }) => name)).toEqual(["roles/Real.bwk", "schema.bwk"]);
  expect(notesOf(result)).toEqual([
    expect.stringMatching(/^left out: role `System Customizer`: .*reference/),
  ]);
  expect(textOf(result, "schema.bwk")).toContain("System Customizer");
  expect(result.report.carriedOver.roles).toBe(1);
});

test('unmodified="1" with privileges is a role, and a role without privileges is written empty', () => {
  const result = importTexts({
    "Roles/a.xml": role("Whole", ["prvReadAccount Basic"], 'isinherited="1" unmodified="1"'),
    "Roles/b.xml": role("Empty", []),
  });
  const model = modelOf(result);
  expect(grantsIn(model, "Whole")).toEqual(["read Account 1"]);
  expect(grantsIn(model, "Empty")).toEqual([]);
  expect(notesOf(result)).toEqual([expect.stringMatching(/^assumed: no privileges/)]);
});

test("a reference and the definition of the same role are one role", () => {
  const result = importTexts({
    "a/Roles/r.xml": role("R", [], 'unmodified="1"'),
    "b/Roles/r.xml": role("R", ["prvReadAccount Basic"]),
  });
  expect(grantsIn(modelOf(result), "R")).toEqual(["read Account 1"]);
  expect(result.report.notes).toEqual([]);
});

test("one role in two solutions is united, the higher level wins", () => {
  const result = importTexts({
    "a/Roles/r.xml": role("R", ["prvReadAccount Basic", "prvWriteAccount Basic"]),
    "b/Roles/r.xml": role("R", ["prvReadAccount Global"]),
  });
  expect(grantsIn(modelOf(result), "R")).toEqual(["read Account 4", "write Account 1"]);
  expect(notesOf(result).some((note) => note.startsWith("changed: several definitions"))).toBe(true);
});

test("two roles of one name and two ids are told apart", () => {
  const other = role("R", ["prvReadContact Basic"]).replace(idOf("R"), idOf("other"));
  const result = importTexts({
    "a/Roles/r.xml": role("R", ["prvReadAccount Basic"]),
    "b/Roles/r.xml": other,
  });
  const model = modelOf(result);
  expect(grantsIn(model, "R")).toEqual(["read Account 1"]);
  expect(grantsIn(model, "R (2)")).toEqual(["read Contact 1"]);
  expect(notesOf(result)).toEqual([expect.stringContaining("another role has it")]);
});

test("a privilege twice in one role counts once, at the higher level, and is noted", () => {
  const result = importRole(
    role("D", [
      "prvReadAccount Global",
      "prvReadAccount Basic",
      "prvreadACCOUNT Local",
      "prvMerge Global",
      "prvMerge Global",
    ]),
  );
  expect(grantsIn(modelOf(result), "D")).toEqual(["read Account 4", "task Merge"]);
  expect(result.report.notes.map(({ what }) => what)).toEqual([
    "`prvReadAccount` at Basic",
    "`prvreadACCOUNT` at Local",
    "`prvMerge` at Global",
  ]);
});

test("an unknown or missing level grants nothing and is listed in the report and in the file", () => {
  const result = importRole(role("U", ["prvReadAccount Everything", "prvReadContact", "prvReadLead Basic"]));
  expect(grantsIn(modelOf(result), "U")).toEqual(["read Lead 1"]);
  expect(notesOf(result)).toEqual([
    "left out: `prvReadAccount` with the level `Everything`: expected Basic, Local, Deep or Global",
    "left out: `prvReadContact` with no level: expected Basic, Local, Deep or Global",
  ]);
  expect(textOf(result, "roles/U.bwk")).toMatch(/\/\/.*`prvReadAccount` with the level `Everything`/);
});

test("what is no privilege name is left out and listed", () => {
  const result = importRole(role("U", ["ReadAccount Global", "prvReadLead Basic"]));
  expect(grantsIn(modelOf(result), "U")).toEqual(["read Lead 1"]);
  expect(notesOf(result)).toEqual([expect.stringMatching(/^left out: `ReadAccount`/)]);
});

test("a task privilege below Global is granted, and the lost level is noted", () => {
  const result = importRole(role("T", ["prvActivateSynchronousWorkflow Basic", "prvMerge Global"]));
  expect(grantsIn(modelOf(result), "T")).toEqual(["task ActivateSynchronousWorkflow", "task Merge"]);
  expect(notesOf(result)).toEqual([
    expect.stringMatching(/^changed: `prvActivateSynchronousWorkflow` at Basic/),
  ]);
});

test("Merge exists in every project and is not declared again", () => {
  const result = importRole(role("M", ["prvMerge Global"]));
  expect(result.files.map(({ name }) => name)).toEqual(["roles/M.bwk", "schema.bwk"]);
  expect(grantsIn(modelOf(result), "M")).toEqual(["task Merge"]);
});

test("names that need quoting, and entities in attribute values", () => {
  const result = importRole(role("R&amp;D &quot;Lead&quot; &#x2013; &lt;1&gt;", ["prvReadAccount Basic"]));
  const model = modelOf(result);
  expect(model.policy.roles[0]?.name).toBe('R&D "Lead" – <1>');
});

test("file names are safe and distinct", () => {
  const names = ["A/B", "A:B", "a:b", "CON", "..", "  x. ", `${"long ".repeat(40)}`, "Büro – 東京"];
  const result = importTexts(
    Object.fromEntries(
      names.map((name, index) => [`Roles/${index}.xml`, role(name, ["prvReadAccount Basic"])]),
    ),
  );
  const files = result.files.map(({ name }) => name).filter((name) => name.startsWith("roles/"));
  expect(files).toHaveLength(names.length);
  expect(new Set(files.map((name) => name.toLowerCase())).size).toBe(names.length);
  for (const file of files) {
    expect(file).toMatch(/^roles\/[^<>:"/\\|?*]{1,80}\.bwk$/);
    expect(file).not.toMatch(/^roles\/(?:con|\.|\s)/i);
  }
  expect(modelOf(result).policy.roles).toHaveLength(names.length);
});

test("a description becomes an annotation", () => {
  const text = role("R", ["prvReadAccount Basic"]).replace(
    "<IsCustomizable>",
    '<Descriptions><Description description="Sells &amp; more" languagecode="1033" /></Descriptions><IsCustomizable>',
  );
  const result = importRole(text);
  expect(textOf(result, "roles/R.bwk")).toContain('@description("Sells & more")');
  expect(modelOf(result).policy.roles[0]?.description).toBe("Sells & more");
});

test("line breaks, tabs, quotes and backslashes in names and descriptions", () => {
  const text = role("A&#9;B\\C", ["prvReadAccount Basic"]).replace(
    "<IsCustomizable>",
    '<Description>one&#10;"two" \\ three &#127;</Description><IsCustomizable>',
  );
  const [found] = modelOf(importRole(text)).policy.roles;
  expect(found?.name).toBe("A\tB\\C");
  expect(found?.description).toBe('one\n"two" \\ three \u007f');
});

test("words of the language are legal names of roles, tables and task privileges", () => {
  const result = importRole(
    role("permit", ["prvReadentity Basic", "prvReadAttribute Global", "prvcontext Global", "prvRead Global"]),
  );
  expect(grantsIn(modelOf(result), "permit")).toHaveLength(4);
});
