// The real solutions of ../shared/realdata, where they are at hand: every role is imported, compiled, and its grants
// compared with the RolePrivilege rows of its file, which are counted here by a regular expression of their own.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { format, type Model } from "../../compiler/index.ts";
import { type ImportResult, importSolution } from "../../interop/dataverse/index.ts";
import { grantsIn, modelOf } from "./solution-text.ts";

const root = fileURLToPath(new URL("../../../shared/realdata", import.meta.url));
const present = existsSync(root);
if (!present) console.warn(`the real solutions were not tested: there is no ${root}`);

/** Rows as the files write them: `prvReadAccount` and its level, of the one role in a file. */
interface RealRole {
  readonly name: string;
  readonly rows: readonly { readonly privilege: string; readonly level: string }[];
}

function realRoles(folder: string): RealRole[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    /[\\/]Roles[\\/][^\\/]*\.xml$/.test(path),
  );
  return files.sort().map((path) => {
    const text = readFileSync(join(folder, path), "utf8");
    const name = /<Role [^>]*?\bname="([^"]*)"/.exec(text)?.[1] ?? "";
    const rows = [...text.matchAll(/<RolePrivilege name="([^"]*)" level="([^"]*)"/g)].map((match) => ({
      privilege: match[1] ?? "",
      level: match[2] ?? "",
    }));
    expect(rows.length, path).toBe(text.split("<RolePrivilege ").length - 1);
    return { name: name.replaceAll("&amp;", "&"), rows };
  });
}

/** The files of an unpacked solution as one customizations.xml, as an export packs them: no declaration, CRLF. */
function packed(folder: string): string {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const bodies = (pattern: RegExp): string[] =>
    paths
      .filter((path) => pattern.test(path))
      .map((path) => readFileSync(join(folder, path), "utf8").replace(/^\ufeff?<\?xml[^>]*\?>/, ""));
  const inner = (texts: string[], tag: string): string =>
    texts.map((text) => text.replaceAll(new RegExp(`</?${tag}\\b[^>]*>`, "g"), "")).join("");
  return `<ImportExportXml>
    <Entities>${bodies(/[\\/]Entity\.xml$/).join("")}</Entities>
    <Roles>${bodies(/[\\/]Roles[\\/][^\\/]*\.xml$/).join("")}</Roles>
    <EntityRelationships>${inner(bodies(/[\\/]Relationships[\\/].*\.xml$/), "EntityRelationships")}</EntityRelationships>
    <FieldSecurityProfiles>${inner(bodies(/FieldSecurityProfiles\.xml$/), "FieldSecurityProfiles")}</FieldSecurityProfiles>
  </ImportExportXml>`.replaceAll(/\r?\n/g, "\r\n");
}

const numbers: Readonly<Record<string, number>> = { Basic: 1, Local: 2, Deep: 3, Global: 4 };
const special: Readonly<Record<string, string>> = {
  note: "annotation",
  user: "systemuser",
  order: "salesorder",
  article: "kbarticle",
  articletemplate: "kbarticletemplate",
  emailtemplate: "template",
  query: "savedquery",
  savedqueryvisualizations: "savedqueryvisualization",
  userqueryvisualizations: "userqueryvisualization",
  workflowsession: "processsession",
  newsarticle: "businessunitnewsarticle",
};

/** The grant that a row must have become, in lower case; a task privilege has no level to compare. */
function expectedGrant(row: RealRole["rows"][number], tasks: ReadonlySet<string>): string {
  const name = row.privilege.slice(3).toLowerCase();
  if (tasks.has(name)) return `task ${name}`;
  const match = /^(appendto|append|assign|create|delete|read|share|write)(.+)$/.exec(name);
  const table = match?.[2] ?? "";
  return `${match?.[1]} ${special[table] ?? table} ${numbers[row.level]}`;
}

describe.skipIf(!present)("real solutions", () => {
  const folders = present
    ? readdirSync(root, { withFileTypes: true })
        .filter((each) => each.isDirectory())
        .map(({ name }) => name)
    : [];
  const results = new Map<string, { result: ImportResult; model: Model }>();
  const imported = async (folder: string): Promise<{ result: ImportResult; model: Model }> => {
    const before = results.get(folder);
    if (before !== undefined) return before;
    const result = await importSolution(join(root, folder));
    const entry = { result, model: modelOf(result) };
    results.set(folder, entry);
    return entry;
  };

  test("there are 17 roles", () => {
    expect(folders.flatMap((folder) => realRoles(join(root, folder)))).toHaveLength(17);
  });

  test.each(folders)("%s compiles without errors and is formatted", async (folder) => {
    const { result, model } = await imported(folder);
    expect(model.policy.roles).toHaveLength(realRoles(join(root, folder)).length);
    for (const { name, text } of result.files) expect(format({ name, text }).text, name).toBe(text);
  });

  for (const folder of folders) {
    test.each(realRoles(join(root, folder)).map((each) => [each.name, each] as const))(
      `${folder}: every row of %s is one grant at its level`,
      async (name, real) => {
        const { model } = await imported(folder);
        const role = model.policy.roles.find((each) => each.name === name);
        expect((role?.grants.length ?? 0) + (role?.tasks.size ?? 0)).toBe(real.rows.length);
        // Which names are tasks is the importer's to say, but only names without a table verb and these few may be.
        const shaped = ["ReadAuditPartitions", "ReadAuditSummary", "ReadLicense", "ReadRecordAuditHistory"];
        const tasks = new Set([
          ...shaped.map((each) => each.toLowerCase()),
          ...real.rows
            .map(({ privilege }) => privilege.slice(3).toLowerCase())
            .filter((each) => !/^(?:append|assign|create|delete|read|share|write)/.test(each)),
        ]);
        const expected = real.rows.map((row) => expectedGrant(row, tasks)).sort();
        expect(
          grantsIn(model, name)
            .map((grant) => grant.toLowerCase())
            .sort(),
        ).toEqual(expected);
      },
    );
  }

  test("a real solution packed into a zip gives the same grants as unpacked", async () => {
    const folder = "power-cat-copilot-studio-kit";
    const { model } = await imported(folder);
    const zip = join(mkdtempSync(join(tmpdir(), "bailiwick-packed-")), "kit.zip");
    writeFileSync(
      zip,
      zipSync({ "customizations.xml": new TextEncoder().encode(packed(join(root, folder))) }),
    );
    const again = await importSolution(zip);
    rmSync(dirname(zip), { recursive: true });
    const packedModel = modelOf(again);
    expect(packedModel.policy.entities.map(({ name }) => name)).toEqual(
      model.policy.entities.map(({ name }) => name),
    );
    for (const { name } of model.policy.roles)
      expect(grantsIn(packedModel, name)).toEqual(grantsIn(model, name));
    expect(packedModel.policy.roles).toHaveLength(model.policy.roles.length);
    expect(packedModel.policy.columnProfiles).toEqual(model.policy.columnProfiles);
  });

  test("one import of everything at once", async () => {
    const { result, model } = await imported("");
    expect(model.policy.roles).toHaveLength(17);
    const rows = folders
      .flatMap((folder) => realRoles(join(root, folder)))
      .reduce((sum, { rows: each }) => sum + each.length, 0);
    expect(result.report.carriedOver.grants + result.report.carriedOver.taskGrants).toBe(rows);
  });
});
