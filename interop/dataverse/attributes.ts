import { groupBy } from "./group-by.ts";
import { lookupsOf } from "./lookups.ts";
import { distinct, textLiteral } from "./names.ts";
import type { Notes } from "./report.ts";
import type { RawColumn } from "./solution.ts";
import { platformLookups, type Table } from "./tables.ts";

/** An attribute of the result. `column` is the logical name of the column it comes from. */
export interface Attribute {
  readonly column: string;
  readonly name: string;
  readonly optional: boolean;
  /** Source text of the type. */
  readonly type: string;
  readonly secured: boolean;
  /** Source text after the type: `parental`, `cascade assign, delete restrict`, or empty. */
  readonly cascade: string;
  readonly lookup: boolean;
}

/** Columns that every table has and the platform fills; and the bookkeeping of rollups, processes and currencies. */
const platformColumns: ReadonlySet<string> = new Set([
  ...platformLookups,
  "createdon",
  "entityimage",
  "entityimageid",
  "exchangerate",
  "importsequencenumber",
  "modifiedon",
  "overriddencreatedon",
  "processid",
  "stageid",
  "timezoneruleversionnumber",
  "traversedpath",
  "utcconversiontimezonecode",
  "versionnumber",
]);

const scalars: Readonly<Record<string, string>> = {
  nvarchar: "String",
  ntext: "String",
  varchar: "String",
  text: "String",
  memo: "String",
  int: "Long",
  bigint: "Long",
  bit: "Bool",
  decimal: "Decimal",
  money: "Decimal",
  float: "Decimal",
  datetime: "Datetime",
};
const choices: ReadonlySet<string> = new Set(["picklist", "state", "status"]);
const lookupTypes: ReadonlySet<string> = new Set(["lookup", "customer", "owner"]);
/** Names that every record has already (language.md section 3). */
const reservedNames: ReadonlySet<string> = new Set(["owner", "businessUnit"]);

/**
 * The attributes of a table: its columns of a type that the language has, and a lookup for each many-to-one
 * relationship. `secured` holds the logical names of columns that a column profile covers; each of them gets an
 * attribute in any case.
 */
export function attributesOf(
  table: Table,
  secured: ReadonlyMap<string, string>,
  tables: ReadonlyMap<string, Table>,
  notes: Notes,
): Attribute[] {
  const where = `table \`${table.name}\``;
  const columns = mergeColumns(table);
  const isSecured = (column: string): boolean => secured.has(column) || columns.get(column)?.secured === true;
  const attributes: Attribute[] = [];
  const taken = new Set(reservedNames);
  const add = (attribute: Attribute): void => {
    const name = distinct(attribute.name, taken, (n) => `_${n}`);
    if (name !== attribute.name) {
      notes.add(
        "changed",
        `column \`${attribute.name}\``,
        where,
        `the name is taken; it is called \`${name}\``,
      );
    }
    attributes.push({ ...attribute, name });
  };
  const byColumn = groupBy(table.lookups, ({ attribute }) => attribute.toLowerCase());
  for (const [key, column] of columns) {
    if (byColumn.has(key)) continue;
    if (!isSecured(key) && (platformColumns.has(key) || isCompanion(key, column, columns))) continue;
    const type = typeOf(column);
    if (type === undefined && !isSecured(key)) {
      noteType(column, where, notes);
      continue;
    }
    if ((column.accuracy ?? 0) > 4) {
      const why = `it has ${column.accuracy} fractional digits, a Decimal has four: values with more cannot be loaded`;
      notes.add("changed", `column \`${column.name}\``, where, why);
    }
    if (type === undefined) {
      notes.add(
        "changed",
        `column \`${column.name}\``,
        where,
        `its type \`${column.type}\` does not exist here; it is declared String because it is secured`,
      );
    }
    // Forms ask for business-required columns, the platform does not: only system-required ones are never empty.
    const optional = !column.systemRequired || column.type === "state" || column.type === "status";
    add({
      column: key,
      name: column.name,
      optional,
      type: type ?? "String",
      secured: isSecured(key),
      cascade: "",
      lookup: false,
    });
  }
  for (const [key, relationships] of [...byColumn].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (platformLookups.has(key)) continue;
    for (const lookup of lookupsOf(relationships, tables, where, notes)) {
      add({ ...lookup, column: key, secured: isSecured(key), optional: true, lookup: true });
    }
  }
  for (const [key, name] of secured) {
    if (attributes.some(({ column }) => column === key)) continue;
    notes.add(
      "assumed",
      `column \`${name}\``,
      where,
      "a column profile covers it, but no file declares it: taken as an optional String",
    );
    add({ column: key, name, optional: true, type: "String", secured: true, cascade: "", lookup: false });
  }
  return attributes;
}

/** One column of each logical name; secured where any solution says so. */
function mergeColumns(table: Table): Map<string, RawColumn> {
  const columns = new Map<string, RawColumn>();
  for (const column of table.declarations.flatMap((each) => each.columns)) {
    const key = column.name.toLowerCase();
    const before = columns.get(key);
    columns.set(
      key,
      before === undefined ? column : { ...before, secured: before.secured || column.secured },
    );
  }
  return columns;
}

/** The platform adds `x_base` to a money column `x`, and `x_date` and `x_state` to a rollup `x`. */
function isCompanion(key: string, { type }: RawColumn, columns: ReadonlyMap<string, RawColumn>): boolean {
  const [, base, suffix] = /^(.+)_(base|date|state)$/.exec(key) ?? [];
  const of = base === undefined ? undefined : columns.get(base);
  if (of === undefined) return false;
  if (suffix === "base") return type === "money" && of.type === "money";
  return of.rollup && type === (suffix === "date" ? "datetime" : "int");
}

function typeOf(column: RawColumn): string | undefined {
  if (Object.hasOwn(scalars, column.type)) return scalars[column.type];
  if (column.type === "multiselectpicklist") return column.options.length > 0 ? "Set<String>" : "Set<Long>";
  if (!choices.has(column.type)) return undefined;
  const { options } = column;
  // A global choice keeps its labels elsewhere; labels that are empty or equal would lose values. Numbers then.
  const usable = options.length > 0 && !options.includes("") && new Set(options).size === options.length;
  return usable ? `Choice(${options.map(textLiteral).join(", ")})` : "Long";
}

function noteType(column: RawColumn, where: string, notes: Notes): void {
  if (["primarykey", "virtual", ""].includes(column.type)) return;
  const why = lookupTypes.has(column.type)
    ? "it is a lookup, but its relationship is not in the files: what it leads to is unknown"
    : `the type \`${column.type}\` does not exist here`;
  notes.add("left out", `column \`${column.name}\``, where, why);
}
