import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { bailiwick, Folder } from "./fixture.ts";

const solution = `<ImportExportXml>
  <Roles>
    <Role id="{1}" name="Sales / EU" isinherited="1">
      <RolePrivileges>
        <RolePrivilege name="prvReadAccount" level="Deep" />
        <RolePrivilege name="prvExportToExcel" level="Global" />
      </RolePrivileges>
    </Role>
  </Roles>
</ImportExportXml>`;

const importTo = (folder: Folder, path: string, ...more: string[]) =>
  bailiwick(folder, ["import", "dataverse", path, "-o", "out", ...more]);

test("a solution becomes formatted files that compile, and a report", async () => {
  using folder = new Folder({ "customizations.xml": solution });
  const ran = await importTo(folder, "customizations.xml");
  expect(ran).toMatchObject({ code: 0, err: "" });
  expect(ran.out).toMatch(/^\d files written to out\ncarried over: .*1 role, 1 grant, 1 task grant/);
  expect(folder.names()).toEqual(["customizations.xml", "out"]);
  expect(await bailiwick(folder, ["compile", "out", "-o", "out.bwi"])).toMatchObject({ code: 0 });
  expect(await bailiwick(folder, ["fmt", "--check", "out"])).toEqual({ code: 0, out: "", err: "" });
});

test("the report as JSON", async () => {
  using folder = new Folder({ "customizations.xml": solution });
  const report = JSON.parse((await importTo(folder, "customizations.xml", "--json")).out) as {
    files: string[];
  };
  expect(report).toMatchObject({
    carriedOver: { roles: 1, grants: 1, taskGrants: 1 },
    notes: expect.any(Array),
  });
  for (const name of report.files) expect(existsSync(join(folder.path, "out", name))).toBe(true);
});

test("a folder with files is left alone, unless --force says otherwise", async () => {
  using folder = new Folder({ "customizations.xml": solution });
  mkdirSync(join(folder.path, "out"));
  folder.write("out/mine.txt", "mine");
  expect(await importTo(folder, "customizations.xml")).toMatchObject({
    code: 2,
    out: "",
    err: expect.stringMatching(/^error\[BWK461\]: the folder `out` is not empty\n {2}help: .*--force/),
  });
  expect(readdirSync(join(folder.path, "out"))).toEqual(["mine.txt"]);
  expect(await importTo(folder, "customizations.xml", "--force")).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder.path, "out/mine.txt"), "utf8")).toBe("mine");
});

test.each([
  ["no solution", "<Something/>", "BWK451"],
  ["no XML", "hello", "BWK45[0-9]"],
  ["XML that is cut off", solution.slice(0, 200), "BWK452"],
  ["an external entity", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${solution}`, "BWK453"],
])("%s is one message, and nothing is written", async (_, text, code) => {
  using folder = new Folder({ "customizations.xml": text });
  const ran = await importTo(folder, "customizations.xml");
  expect(ran).toMatchObject({ code: 2, out: "" });
  expect(ran.err).toMatch(new RegExp(`^error\\[${code}\\]: [^\\n]+\\n( {2}help: [^\\n]+\\n)?$`));
  expect(folder.names()).toEqual(["customizations.xml"]);
});

test("a path that is not there", async () => {
  using folder = new Folder();
  expect(await importTo(folder, "nowhere")).toMatchObject({
    code: 2,
    out: "",
    err: expect.stringMatching(/^error\[BWK450\]: /),
  });
  expect(folder.names()).toEqual([]);
});

const realData = fileURLToPath(new URL("../../../shared/realdata", import.meta.url));
if (!existsSync(realData)) console.warn("skipped: no real solutions in ../shared/realdata");

test.skipIf(!existsSync(realData))("published solutions are imported and compile", async () => {
  for (const name of readdirSync(realData, { withFileTypes: true })) {
    if (!name.isDirectory()) continue;
    using folder = new Folder();
    const ran = await importTo(folder, join(realData, name.name));
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(ran.out).not.toContain("…");
    expect((await bailiwick(folder, ["compile", "out", "-o", "out.bwi"])).code).toBe(0);
  }
});
