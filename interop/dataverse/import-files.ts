import { printName } from "../../compiler/index.ts";
import { type Attribute, attributesOf } from "./attributes.ts";
import { mergeProfiles, securedColumns, writeColumnProfiles } from "./column-profiles.ts";
import {
  activitySet,
  grantsActivity,
  grantsOf,
  type ResolvedRole,
  resolveRows,
  rowsByTable,
} from "./grants.ts";
import { mergeRoles } from "./merge-roles.ts";
import { commentText, FileNames } from "./names.ts";
import type { Ownership } from "./ownership.ts";
import { tablesNamedBy } from "./privilege-name.ts";
import { readContents } from "./read-contents.ts";
import type { InputFile } from "./read-zip.ts";
import { type CarriedOver, type ImportNote, type ImportReport, Notes } from "./report.ts";
import type { Contents } from "./solution.ts";
import { stockTables } from "./stock-tables.ts";
import { collectTables, type Table } from "./tables.ts";
import { wrapStatement } from "./wrap.ts";
import { writeRole } from "./write-role.ts";
import { writeSchema } from "./write-schema.ts";

/** What an import makes: policy files (name with forward slashes, text) and what became of everything. */
export interface ImportResult {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly report: ImportReport;
}

/**
 * The policy files for the XML files of one or several solutions: `schema.bwk`, `privileges.bwk`,
 * `column-profiles.bwk` (where there are any) and `roles/<name>.bwk`, not yet formatted.
 * @throws ImportError BWK451 to BWK459 for files that cannot be read as what they should be
 */
export function carryOver(files: readonly InputFile[]): ImportResult {
  const contents = readContents(files);
  const notes = new Notes();
  for (const { file, root } of contents.foreign) {
    notes.add("left out", `<${root}>`, file, "the file is no role, table, relationship or column profile");
  }
  const known = knownTables(contents);
  const drafts = mergeRoles(contents.roles, notes);
  const roles = drafts.map((draft) => resolveRows(draft, (table) => known.has(table), notes));
  const tables = collectTables(contents, rowsByTable(roles), grantsActivity(roles), notes);
  const secured = securedColumns(contents.profiles);
  const attributes = new Map<string, Attribute[]>();
  for (const table of tables.values()) {
    attributes.set(table.key, attributesOf(table, secured.get(table.key) ?? new Map(), tables, notes));
  }
  const attributesFor = (table: Table): Attribute[] => attributes.get(table.key) ?? [];
  noteManyToMany(contents, notes);
  noteOwnerships(tables, notes);

  const written = writeRoles(contents, roles, tables, notes);
  const profiles = mergeProfiles(contents.profiles, notes);
  const columnProfiles = writeColumnProfiles(profiles, tables, attributesFor);
  if (profiles.length > 0) {
    const end = remainder(notes.of("column profiles"));
    written.files.push({ name: "column-profiles.bwk", text: columnProfiles.text + end });
  }
  // Last, because everything that has no file of its own is said at the end of the schema.
  const schema = writeSchema(originOf(contents), tables, attributesFor);
  written.files.push({ name: "schema.bwk", text: schema + remainder(notes.of("schema")) });

  const all = [...attributes.values()].flat();
  const carriedOver: CarriedOver = {
    solutions: contents.solutions.length,
    roles: roles.length,
    grants: written.grants,
    taskGrants: written.taskGrants,
    tables: tables.size,
    activities: [...tables.values()].filter(({ activity }) => activity).length,
    lookups: all.filter(({ lookup }) => lookup).length,
    columns: all.filter(({ lookup }) => !lookup).length,
    columnProfiles: profiles.length,
    columnPermissions: columnProfiles.permissions,
  };
  return {
    files: written.files.sort((a, b) => (a.name < b.name ? -1 : 1)),
    report: { carriedOver, notes: notes.all() },
  };
}

/** One file for each role, and the declaration of the task privileges that they grant. */
function writeRoles(
  contents: Contents,
  roles: readonly ResolvedRole[],
  tables: ReadonlyMap<string, Table>,
  notes: Notes,
): { files: { name: string; text: string }[]; grants: number; taskGrants: number } {
  const ownerships = new Map([...tables.values()].map(({ name, ownership }) => [name, ownership]));
  ownerships.set(activitySet, "userOrTeam");
  const ownershipOf = (target: string): Ownership => ownerships.get(target) ?? "userOrTeam";
  const written = { files: [] as { name: string; text: string }[], grants: 0, taskGrants: 0 };
  const names = new FileNames();
  const taskNames = new Map<string, string>();
  for (const role of roles) {
    const grants = grantsOf(role, tables, taskNames, notes);
    written.taskGrants += grants.tasks.size;
    for (const actions of grants.targets.values()) written.grants += actions.size;
    const text = writeRole(role, grants, `from ${roleOrigin(contents, role.draft.files)}`, ownershipOf);
    const end = remainder(notes.of({ role: role.draft.name }));
    written.files.push({ name: `roles/${names.next(role.draft.name)}.bwk`, text: text + end });
  }
  // Every project has the task privilege Merge (language.md section 3): declaring it again would be an error.
  const declared = [...taskNames.values()].filter((task) => task !== "Merge").sort();
  if (declared.length > 0) {
    const lines = wrapStatement("privilege ", declared.map(printName), ";");
    const text = `// Task privileges granted by the roles\n${lines.join("\n")}\n`;
    written.files.push({ name: "privileges.bwk", text });
  }
  return written;
}

/** Tables that are known for certain; they decide between Append and AppendTo. */
function knownTables({ tables, relationships, profiles, roles }: Contents): Set<string> {
  return new Set([
    ...stockTables.keys(),
    ...tables.map(({ schemaName }) => schemaName.toLowerCase()),
    ...relationships.flatMap(({ from, to }) => [from.toLowerCase(), to.toLowerCase()]),
    ...profiles.flatMap(({ permissions }) => permissions.map(({ table }) => table.toLowerCase())),
    ...tablesNamedBy(roles.flatMap(({ rows }) => rows.map(({ privilege }) => privilege))),
    "activity",
  ]);
}

function noteManyToMany({ relationships }: Contents, notes: Notes): void {
  for (const { kind, name, file, from, to } of relationships) {
    if (kind !== "many-to-many") continue;
    const why = `it joins \`${from}\` and \`${to}\` many to many: it has no cascades, and associating needs no declaration`;
    notes.add("left out", `relationship \`${name}\``, file, why);
  }
}

/** The schema says it table by table; the report sums it up. */
function noteOwnerships(tables: ReadonlyMap<string, Table>, notes: Notes): void {
  const reasons = [
    [
      "rows",
      "neither the solutions nor the list of stock tables know them; it is taken from the privileges seen in roles",
    ],
    ["rows against stock", "the list of stock tables says otherwise, but a privilege seen needs an owner"],
    ["nothing", "nothing tells it, and no role grants anything on them; taken as user or team"],
  ] as const;
  for (const [basis, why] of reasons) {
    const names = [...tables.values()].filter((table) => table.basis === basis).map(({ name }) => name);
    if (names.length > 0)
      notes.add("assumed", `the ownership of ${names.join(", ")}`, "schema.bwk", why, "report");
  }
}

function solutionName({ uniqueName, version }: Contents["solutions"][number]): string {
  return version === undefined ? uniqueName : `${uniqueName} ${version}`;
}

function originOf({ solutions }: Contents): string {
  if (solutions.length === 0) return "Imported from Dataverse";
  return `Imported from the Dataverse solution${solutions.length > 1 ? "s" : ""} ${solutions.map(solutionName).join(", ")}`;
}

/** The files of a role, each with the solution whose folder holds it. */
function roleOrigin({ solutions }: Contents, files: readonly string[]): string {
  return files
    .map((file) => {
      const holder = solutions
        .filter(({ root }) => file.startsWith(root))
        .sort((a, b) => b.root.length - a.root.length)[0];
      return holder === undefined ? file : `${file} (${solutionName(holder)})`;
    })
    .join(" and ");
}

/** The comment at the end of a file: what of its origin is not in it as it stood. */
function remainder(list: readonly ImportNote[]): string {
  if (list.length === 0) return "";
  const lines = list.map(
    ({ kind, what, where, why }) => `// - ${commentText(`${kind}: ${what}, ${where}: ${why}`)}\n`,
  );
  return `\n// What is not here as it stood:\n${lines.join("")}`;
}
