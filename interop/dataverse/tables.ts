import { groupBy } from "./group-by.ts";
import { entityName } from "./names.ts";
import { findOwnership, type OwnershipFinding, ownershipOfMask, type TableRow } from "./ownership.ts";
import type { Notes } from "./report.ts";
import type { Contents, RawRelationship, RawTable } from "./solution.ts";
import { basicActivities, stockTables } from "./stock-tables.ts";

/** A table of the result. */
export interface Table extends OwnershipFinding {
  /** The logical name: the schema name in lower case. */
  readonly key: string;
  /** The entity's name in the language. */
  readonly name: string;
  readonly displayName: string | undefined;
  /** Its privileges are those of `Activity`. */
  readonly activity: boolean;
  /** The Entity.xml files or packed entities that declare it; empty for a table that is only named. */
  readonly declarations: readonly RawTable[];
  /** Many-to-one relationships whose lookup is on this table. */
  readonly lookups: readonly RawRelationship[];
}

/** Tables that stand for built-in types of the language; relationships to them make attributes of those types. */
export const builtInTypes: ReadonlyMap<string, string> = new Map([
  ["systemuser", "User"],
  ["team", "Team"],
  ["businessunit", "BusinessUnit"],
  ["owner", "Principal"],
]);

/** Columns that the platform fills on every table; they carry no policy and would drown the others. */
export const platformLookups: ReadonlySet<string> = new Set([
  "createdby",
  "createdonbehalfby",
  "modifiedby",
  "modifiedonbehalfby",
  "organizationid",
  "ownerid",
  "owningbusinessunit",
  "owningteam",
  "owninguser",
]);

export interface NamedRows {
  /** How the rows spell the table, most frequent first. */
  readonly spelled: string;
  readonly rows: readonly TableRow[];
}

/**
 * Every table that a solution declares, a relationship joins, a role grants or a column profile covers, with its
 * ownership. `rows` are the privileges by logical name; `activityGranted` says whether some role grants on `Activity`.
 */
export function collectTables(
  contents: Contents,
  rows: ReadonlyMap<string, NamedRows>,
  activityGranted: boolean,
  notes: Notes,
): ReadonlyMap<string, Table> {
  const declarations = groupBy(contents.tables, ({ schemaName }) => schemaName.toLowerCase());
  const manyToOne = contents.relationships.filter(({ kind }) => kind === "many-to-one");
  const lookups = groupBy(manyToOne, ({ from }) => from.toLowerCase());
  const spellings = new Map<string, string>();
  const named = (spelled: string): void => {
    const key = spelled.toLowerCase();
    if (!spellings.has(key)) spellings.set(key, spelled);
  };
  for (const table of contents.tables) named(table.schemaName);
  for (const { from, to, attribute } of manyToOne) {
    named(from);
    if (!builtInTypes.has(to.toLowerCase()) && !platformLookups.has(attribute.toLowerCase())) named(to);
  }
  for (const [key, { spelled }] of rows) named(key === spelled.toLowerCase() ? spelled : key);
  for (const { permissions } of contents.profiles) for (const { table } of permissions) named(table);
  if (activityGranted || [...spellings.keys()].some((key) => stockTables.get(key)?.activity === true)) {
    for (const name of basicActivities) named(name);
  }

  const tables = new Map<string, Table>();
  for (const key of [...spellings.keys()].sort()) {
    const declared = declarations.get(key) ?? [];
    const stock = stockTables.get(key);
    const activity = stock?.activity === true || declared.some((each) => each.activity);
    const schemaName = declared[0]?.schemaName ?? stock?.schemaName ?? (spellings.get(key) as string);
    checkMasks(schemaName, declared, notes);
    const ownRows = rows.get(key)?.rows ?? [];
    tables.set(key, {
      key,
      name: entityName(schemaName),
      displayName: declared.find(({ displayName }) => displayName !== undefined)?.displayName,
      activity,
      declarations: declared,
      lookups: lookups.get(key) ?? [],
      // All activity tables share one privilege set, and a set has one ownership.
      ...(activity
        ? { ownership: "userOrTeam", basis: "stock", witness: undefined }
        : findOwnership(key, declared, lookups.get(key) ?? [], ownRows)),
    });
  }
  return tables;
}

/** Solutions that contradict each other, or a mask that is no known word. */
function checkMasks(schemaName: string, declared: readonly RawTable[], notes: Notes): void {
  let first: RawTable | undefined;
  for (const table of declared) {
    if (table.mask === undefined) continue;
    const where = `table \`${schemaName}\` (${table.file})`;
    if (ownershipOfMask(table.mask) === undefined) {
      notes.add(
        "left out",
        `OwnershipTypeMask \`${table.mask}\``,
        where,
        "expected UserOwned, OrgOwned, BusinessOwned or UnOwned; the ownership is found another way",
      );
    } else if (first === undefined) first = table;
    else if (first.mask?.toLowerCase() !== table.mask.toLowerCase()) {
      notes.add(
        "changed",
        `OwnershipTypeMask \`${table.mask}\``,
        where,
        `${first.file} says \`${first.mask}\`, which is kept`,
      );
    }
  }
}
