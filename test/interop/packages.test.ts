// The shapes a solution comes in: unpacked folders, several at once, packed customizations.xml, zips, encodings.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, expect, test } from "vitest";
import { importFiles, importSolution } from "../../interop/dataverse/index.ts";
import {
  entity,
  grantsIn,
  importTexts,
  manifest,
  modelOf,
  permission,
  profile,
  relationship,
  role,
  textOf,
  utf8,
} from "./solution-text.ts";

const scratch = mkdtempSync(join(tmpdir(), "bailiwick-import-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Writes files below a new folder and returns its path. */
function folder(name: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = join(scratch, name);
  mkdirSync(root, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

const bare = (text: string): string => text.replace(/<\?xml[^>]*\?>\s*/, "");

const packed = `<ImportExportXml version="9.2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <Entities>
    ${entity("new_X", { mask: "UserOwned" }).replace("</Entity>", '<FormXml><forms type="main"><systemform><form><DisplayConditions><Role Id="{1}" name="Form role" /></DisplayConditions></form></systemform></forms></FormXml></Entity>')}
  </Entities>
  <Roles>
    ${bare(role("Packed", ["prvReadnew_X Basic", "prvAppendToAccount Local"]))}
    ${bare(role("Second", ["prvReadnew_X Global"]))}
  </Roles>
  <Workflows />
  <FieldSecurityProfiles>${profile("P", "1", [permission("new_x", "new_phone", 4, 0, 0)])}</FieldSecurityProfiles>
  <EntityRelationships>${relationship("r", "new_X", "new_AccountId", "Account", { Assign: "Cascade" })}</EntityRelationships>
  <AppModules><AppModule><Roles><Role id="{2}" name="App role" /></Roles></AppModule></AppModules>
  <SomethingElse><Roles><Role id="{3}" name="Elsewhere" /></Roles><Role id="{4}" name="Elsewhere 2" /></SomethingElse>
</ImportExportXml>`.replaceAll("\n", "\r\n");

const expectPacked = (result: ReturnType<typeof importTexts>): void => {
  const model = modelOf(result);
  expect(model.policy.roles.map(({ name }) => name)).toEqual(["Packed", "Second"]);
  expect(grantsIn(model, "Packed")).toEqual(["appendTo Account 2", "read new_X 1"]);
  expect(model.policy.columnProfiles).toHaveLength(1);
  expect(textOf(result, "schema.bwk")).toContain("new_AccountId?: Account cascade assign,");
};

test("a packed customizations.xml: only /ImportExportXml/Roles/Role are roles; no declaration, CRLF", () => {
  expect(packed.startsWith("<ImportExportXml")).toBe(true);
  expectPacked(importTexts({ "customizations.xml": packed }));
});

test("a solution zip, as Dataverse exports it", async () => {
  const zip = zipSync({
    "solution.xml": utf8(manifest("Contoso")),
    "customizations.xml": utf8(packed),
    "[Content_Types].xml": utf8('<?xml version="1.0"?><Types><Default Extension="xml" /></Types>'),
    "WebResources/logo.png": new Uint8Array([1, 2, 3]),
  });
  const path = join(folder("zip", { "Contoso_1_2_3_4.zip": zip }), "Contoso_1_2_3_4.zip");
  const result = await importSolution(path);
  expectPacked(result);
  expect(textOf(result, "roles/Packed.bwk")).toContain("Contoso 1.2.3.4");
  expect(result.report.carriedOver.solutions).toBe(1);
});

test("a zip with stored entries, with backslashes, and one without the extension .zip", async () => {
  const zip = zipSync({ "Roles\\r.xml": [utf8(role("R", ["prvReadAccount Basic"])), { level: 0 }] });
  const path = join(folder("stored", { "solution.bin": zip }), "solution.bin");
  expect(grantsIn(modelOf(await importSolution(path)), "R")).toEqual(["read Account 1"]);
});

test("an unpacked folder, and a folder that holds several solutions", async () => {
  const one = {
    "Other/Solution.xml": manifest("One"),
    "Roles/One role.xml": role("One role", ["prvReadnew_X Basic"]),
    "Entities/new_X/Entity.xml": entity("new_X", { mask: "UserOwned" }),
    "Entities/new_X/FormXml/main/{1}.xml": '<forms><systemform><Role name="no role" /></systemform></forms>',
    "WebResources/broken.xml": "<not closed",
    "readme.txt": "not XML",
  };
  const result = await importSolution(folder("one", one));
  expect(modelOf(result).policy.roles.map(({ name }) => name)).toEqual(["One role"]);
  const two = {
    "Other/Solution.xml": manifest("Two"),
    "Roles/Two role.xml": role("Two role", ["prvReadnew_X Global"]),
  };
  const both = await importSolution(
    folder(
      "both",
      Object.fromEntries([
        ...Object.entries(one).map(([path, text]) => [`a/${path}`, text]),
        ...Object.entries(two).map(([path, text]) => [`b/c/${path}`, text]),
      ]),
    ),
  );
  expect(modelOf(both).policy.roles.map(({ name }) => name)).toEqual(["One role", "Two role"]);
  expect(both.report.carriedOver.solutions).toBe(2);
  expect(textOf(both, "roles/Two role.bwk")).toContain("// from b/c/Roles/Two role.xml (Two 1.2.3.4)");
});

test("a folder with solution zips in it", async () => {
  const zip = (name: string): Uint8Array =>
    zipSync({
      "solution.xml": utf8(manifest(name)),
      "customizations.xml": utf8(
        `<ImportExportXml><Roles>${bare(role(name, ["prvReadAccount Basic"]))}</Roles></ImportExportXml>`,
      ),
    });
  const result = await importSolution(folder("zips", { "a.zip": zip("A"), "b.zip": zip("B") }));
  expect(modelOf(result).policy.roles.map(({ name }) => name)).toEqual(["A", "B"]);
});

test("a single role file, wherever it lies", async () => {
  const path = join(folder("single", { "x.xml": role("R", ["prvReadAccount Basic"]) }), "x.xml");
  expect(grantsIn(modelOf(await importSolution(path)), "R")).toEqual(["read Account 1"]);
});

test.each([
  ["UTF-8 with a byte order mark", (text: string) => utf8(`\ufeff${text}`)],
  ["UTF-16 little endian", (text: string) => wide(`\ufeff${text}`, true)],
  ["UTF-16 big endian", (text: string) => wide(`\ufeff${text}`, false)],
  ["UTF-16 without a mark", (text: string) => wide(text, true)],
  ["UTF-8 that says utf-16", (text: string) => utf8(text.replace("utf-8", "utf-16"))],
  ["no declaration", (text: string) => utf8(bare(text))],
  ["CRLF", (text: string) => utf8(text.replaceAll("\n", "\r\n"))],
  [
    "Latin-1",
    (text: string) => Uint8Array.from(text.replace("utf-8", "iso-8859-1"), (letter) => letter.charCodeAt(0)),
  ],
])("encoding: %s", (_, encode) => {
  const bytes = encode(role("Ärzte", ["prvReadAccount Basic"]));
  const result = importFiles([{ path: "Roles/r.xml", bytes }]);
  expect(grantsIn(modelOf(result), "Ärzte")).toEqual(["read Account 1"]);
});

function wide(text: string, little: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), little);
  return bytes;
}

test("comments, CDATA and instructions are no trouble", () => {
  const text = role("R", ["prvReadAccount Basic"]).replace(
    "<IsCustomizable>",
    "<!-- <Role> --><?pi <Role> ?><X><![CDATA[<Role name='no'/>&foo;]]></X><IsCustomizable>",
  );
  expect(grantsIn(modelOf(importTexts({ "Roles/r.xml": text })), "R")).toEqual(["read Account 1"]);
});

test("the result does not depend on the order in which files are given", () => {
  const files = {
    "Roles/a.xml": role("A", ["prvReadzz_x Basic"]),
    "Roles/b.xml": role("B", ["prvReadzz_X Global"]),
    "Entities/y/Entity.xml": entity("new_Y", { mask: "OrgOwned" }),
  };
  const forwards = importTexts(files);
  const backwards = importTexts(Object.fromEntries(Object.entries(files).reverse()));
  expect(backwards).toEqual(forwards);
});
