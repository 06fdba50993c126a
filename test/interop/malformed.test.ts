// Broken and hostile input: one ImportError each, with a code, the file and what was expected.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, expect, test } from "vitest";
import { ImportError, importFiles, importSolution } from "../../interop/dataverse/index.ts";
import { readZip } from "../../interop/dataverse/read-zip.ts";
import {
  entity,
  manifest,
  permission,
  profile,
  profiles,
  relationship,
  relationships,
  role,
  utf8,
} from "./solution-text.ts";

const scratch = mkdtempSync(join(tmpdir(), "bailiwick-broken-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function failure(run: () => unknown): ImportError {
  try {
    run();
  } catch (cause) {
    expect(cause).toBeInstanceOf(ImportError);
    const error = cause as ImportError;
    expect(error.message).not.toMatch(/[\n\r]| at .*\.ts:/);
    return error;
  }
  throw new Error("it did not fail");
}

const fromText = (path: string, text: string): ImportError =>
  failure(() => importFiles([{ path, bytes: utf8(text) }]));
const fromBytes = (path: string, bytes: Uint8Array): ImportError =>
  failure(() => importFiles([{ path, bytes }]));

const whole = role("R", ["prvReadAccount Basic"]);
const deep = (count: number): string => `<Role name="R">${"<a>".repeat(count)}${"</a>".repeat(count)}</Role>`;
const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><Role name="&c;" />`;

test.each([
  ["an empty file", "", "BWK452", /`Roles\/x.xml` is empty: expected XML/],
  ["white space", " \n\t ", "BWK452", /is empty/],
  ["a byte order mark and nothing else", "\ufeff", "BWK452", /is empty/],
  ["no XML", "name,level\nread,Basic", "BWK452", /malformed XML/],
  ["JSON", '{"Role":1}', "BWK452", /malformed XML/],
  ["a file that was cut off", whole.slice(0, -30), "BWK452", /malformed XML/],
  [
    "an element closed by another",
    whole.replace("</RolePrivileges>", "</Role>"),
    "BWK452",
    /line \d+: malformed XML/,
  ],
  ["an attribute without quotes", whole.replace('name="R"', "name=R"), "BWK452", /malformed XML/],
  ["an attribute twice", whole.replace('name="R"', 'name="R" name="S"'), "BWK452", /malformed XML/],
  ["two roots", `${whole}${whole.replace(/<\?xml.*\?>/, "")}`, "BWK452", /malformed XML/],
  ["text after the root", `${whole}more`, "BWK452", /malformed XML/],
  ["a bare ampersand", whole.replace('name="R"', 'name="R & D"'), "BWK453", /uses `&`/],
  ["an unknown entity", whole.replace('name="R"', 'name="R&nbsp;D"'), "BWK453", /uses `&nbsp;`/],
  [
    "a character that does not exist",
    whole.replace('name="R"', 'name="&#x110000;"'),
    "BWK453",
    /uses `&#x110000;`/,
  ],
  [
    "a document type",
    `<!DOCTYPE Role>${whole.replace(/<\?xml.*\?>/, "")}`,
    "BWK453",
    /declares a document type/,
  ],
  [
    "an external entity",
    `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><Role name="&x;" />`,
    "BWK453",
    /document type/,
  ],
  ["entities that expand to much", bomb, "BWK453", /document type/],
  [
    "a comment before the document type",
    bomb.replace("<!DOCTYPE", "<!-- x --> <!doctype"),
    "BWK453",
    /document type/,
  ],
  ["a million nested elements", deep(150_000), "BWK454", /nests elements deeper than 100/],
  ["nesting that is never closed", `<Role name="R">${"<a>".repeat(200_000)}`, "BWK452", /malformed XML/],
  ["a role without a name", whole.replace('name="R"', ""), "BWK459", /<Role> element has no `name`/],
  [
    "a role with an empty name",
    whole.replace('name="R"', 'name=" "'),
    "BWK459",
    /<Role> element has no `name`/,
  ],
  [
    "a privilege without a name",
    whole.replace('name="prvReadAccount"', ""),
    "BWK459",
    /<RolePrivilege> element has no `name`/,
  ],
  [
    "a table without a name",
    entity("new_X")
      .replace(/<Name[\s\S]*<\/Name>/, "")
      .replace('Name="new_X"', ""),
    "BWK459",
    /<Entity> element has no <Name>/,
  ],
  [
    "a relationship without a lookup",
    relationships(relationship("r", "new_X", "", "new_Y")),
    "BWK459",
    /relationship `r` has no <ReferencingAttributeName>/,
  ],
  [
    "a permission without a column",
    profiles(profile("P", "1", [permission("account", "", 4, 4, 4)])),
    "BWK459",
    /no <AttributeName>/,
  ],
  [
    "another kind of XML",
    "<html><body /></html>",
    "BWK451",
    /nothing of a Dataverse solution.*begins with <html>/,
  ],
  ["a manifest alone", manifest("Contoso"), "BWK451", /solution `Contoso` has no roles/],
  [
    "a customizations.xml without anything of security",
    "<ImportExportXml><Workflows /></ImportExportXml>",
    "BWK451",
    /looked for customizations.xml/,
  ],
])("%s", (_, text, code, message) => {
  const error = fromText("Roles/x.xml", text);
  expect(error.code).toBe(code);
  expect(error.message).toMatch(message);
});

test("a role file cut off at any place, or with any character replaced, is an error or a role, never something else", () => {
  for (let at = 0; at < whole.length; at++) {
    expect(fromText("Roles/x.xml", whole.slice(0, at)).code).toMatch(/^BWK45[12]$/);
    for (const letter of ["<", "&", '"', "\u0000"]) {
      const text = whole.slice(0, at) + letter + whole.slice(at + 1);
      try {
        importFiles([{ path: "Roles/x.xml", bytes: utf8(text) }]);
      } catch (cause) {
        expect(cause, text).toBeInstanceOf(ImportError);
      }
    }
  }
});

test("a broken file among good ones is an error that names it", () => {
  const files = [
    { path: "a/Roles/good.xml", bytes: utf8(whole) },
    { path: "a/Roles/bad.xml", bytes: utf8(whole.slice(0, 100)) },
  ];
  expect(failure(() => importFiles(files)).message).toContain("`a/Roles/bad.xml`");
});

test("no files at all", () => {
  expect(failure(() => importFiles([])).code).toBe("BWK451");
});

test("bytes that are not of their encoding", () => {
  expect(fromBytes("Roles/x.xml", Uint8Array.of(0x3c, 0x52, 0xff, 0xfe, 0x3e)).code).toBe("BWK458");
  expect(fromBytes("Roles/x.xml", Uint8Array.of(0xff, 0xfe, 0x3c)).code).toBe("BWK458");
  expect(fromText("Roles/x.xml", whole.replace("utf-8", "klingon")).message).toMatch(
    /encoding `klingon`, which is not known/,
  );
  expect(fromBytes("Roles/x.xml", new Uint8Array(64)).code).toBe("BWK452");
});

test("names from Object.prototype are names like any other", () => {
  const text = whole
    .replaceAll("prvReadAccount", "prvReadconstructor")
    .replace("</Role>", "<hasOwnProperty>x</hasOwnProperty></Role>");
  expect(importFiles([{ path: "Roles/x.xml", bytes: utf8(text) }]).report.carriedOver.grants).toBe(1);
  expect(
    importFiles([{ path: "Roles/x.xml", bytes: utf8(whole.replace('name="R"', 'name="__proto__"')) }]).report
      .carriedOver.roles,
  ).toBe(1);
});

const pathError = async (path: string): Promise<ImportError> => {
  const cause = await importSolution(path).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(cause).toBeInstanceOf(ImportError);
  return cause as ImportError;
};

function file(name: string, bytes: Uint8Array): string {
  const path = join(scratch, name);
  writeFileSync(path, bytes);
  return path;
}

test("a path that does not exist", async () => {
  const error = await pathError(join(scratch, "nowhere"));
  expect(error.code).toBe("BWK450");
  expect(error.message).toMatch(/nowhere` does not exist$/);
});

test("an empty folder, and a file that is no XML", async () => {
  expect((await pathError(scratch)).code).toBe("BWK451");
  expect((await pathError(file("picture.png", Uint8Array.of(0x89, 0x50, 0x4e, 0x47)))).code).toMatch(
    /^BWK451$/,
  );
  rmSync(join(scratch, "picture.png"));
});

test("a file that is something else says what was looked for", async () => {
  const error = await pathError(file("README.md", utf8("# Nothing")));
  expect(error.code).toBe("BWK451");
  expect(error.message).toMatch(/`README.md` is neither a zip nor XML.*looked for customizations.xml/);
});

test("a zip that is none", async () => {
  expect((await pathError(file("empty.zip", new Uint8Array(0)))).message).toMatch(
    /is not a zip.*it is empty/,
  );
  expect((await pathError(file("text.zip", utf8("hello")))).code).toBe("BWK455");
});

const good = zipSync({
  "customizations.xml": utf8(
    `<ImportExportXml><Roles>${whole.replace(/<\?xml.*\?>/, "")}</Roles></ImportExportXml>`,
  ),
});
const zipError = (bytes: Uint8Array): ImportError => failure(() => readZip("s.zip", bytes));

/** Changes bytes of the first entry of the table of contents. */
function patched(change: (view: DataView, entry: number) => void, bytes = good): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  let entry = copy.length - 22;
  while (view.getUint32(entry, true) !== 0x02014b50) entry--;
  change(view, entry);
  return copy;
}

test("a zip cut off anywhere is damaged, never half read", () => {
  for (let length = 4; length < good.length; length += 7)
    expect(zipError(good.slice(0, length)).code).toBe("BWK455");
});

test("a zip with any single byte changed is read as it was or refused", () => {
  const expected = new TextDecoder().decode(readZip("s.zip", good)[0]?.bytes);
  for (let at = 0; at < good.length; at++) {
    const copy = good.slice();
    copy[at] = (copy[at] as number) ^ 0x41;
    let files: ReturnType<typeof readZip>;
    try {
      files = readZip("s.zip", copy);
    } catch (cause) {
      expect(cause).toBeInstanceOf(ImportError);
      continue;
    }
    for (const { bytes } of files) expect(new TextDecoder().decode(bytes)).toBe(expected);
  }
});

test("an encrypted zip", () => {
  const error = zipError(patched((view, entry) => view.setUint16(entry + 8, 1, true)));
  expect(error.code).toBe("BWK456");
  expect(error.message).toMatch(/encrypted/);
});

test("an unknown compression", () => {
  expect(zipError(patched((view, entry) => view.setUint16(entry + 10, 14, true))).message).toMatch(
    /method 14/,
  );
});

test("a zip that claims to unpack to gigabytes is refused before anything is unpacked", () => {
  const before = process.memoryUsage().rss;
  expect(zipError(patched((view, entry) => view.setUint32(entry + 24, 0xf0000000, true))).code).toBe(
    "BWK454",
  );
  expect(zipError(patched((view, entry) => view.setUint32(entry + 24, 150_000_000, true))).code).toBe(
    "BWK455",
  );
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
});

test("a zip whose contents do not match their checksum", () => {
  expect(zipError(patched((view, entry) => view.setUint32(entry + 16, 1, true))).message).toMatch(/checksum/);
});

test.each(["../customizations.xml", "a/../../x.xml", "/etc/x.xml", "C:/x.xml", "..\\x.xml"])(
  "the name %s in a zip",
  (name) => {
    const error = zipError(zipSync({ [name]: utf8(whole) }));
    expect(error.code).toBe("BWK457");
    expect(error.message).toMatch(/leads out of the zip/);
  },
);

test("a name twice in a zip", () => {
  const two = zipSync({ "Roles/a.xml": utf8(whole), "Roles/b.xml": utf8(whole) });
  const text = new TextDecoder("latin1").decode(two).replaceAll("Roles/b.xml", "Roles/a.xml");
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  expect(zipError(bytes).message).toMatch(/holds `Roles\/a.xml` twice/);
});
