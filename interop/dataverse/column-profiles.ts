import { printName } from "../../compiler/index.ts";
import type { Attribute } from "./attributes.ts";
import { groupBy } from "./group-by.ts";
import { idKey } from "./merge-roles.ts";
import { commentText, distinct, textLiteral } from "./names.ts";
import type { Notes } from "./report.ts";
import type { RawPermission, RawProfile } from "./solution.ts";
import type { Table } from "./tables.ts";
import { wrapStatement } from "./wrap.ts";
import { byName } from "./write-role.ts";

type ColumnAction = "create" | "read" | "write" | "readUnmasked";

/** A column profile: the actions allowed by table and column (logical names). */
interface ProfileDraft {
  readonly name: string;
  readonly id: string | undefined;
  readonly files: readonly string[];
  readonly allowed: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<ColumnAction>>>;
}

const home = "column profiles";

/** The columns that profiles cover, by logical name of the table: logical name of the column -> as written. */
export function securedColumns(profiles: readonly RawProfile[]): Map<string, Map<string, string>> {
  const secured = new Map<string, Map<string, string>>();
  for (const { table, column } of profiles.flatMap(({ permissions }) => permissions)) {
    const columns = secured.get(table.toLowerCase()) ?? new Map<string, string>();
    secured.set(table.toLowerCase(), columns);
    if (!columns.has(column.toLowerCase())) columns.set(column.toLowerCase(), column);
  }
  return secured;
}

/** One draft for each profile: the same id may occur several times with different columns, which are united. */
export function mergeProfiles(profiles: readonly RawProfile[], notes: Notes): ProfileDraft[] {
  const taken = new Set<string>();
  const groups = groupBy(profiles, ({ id, name }) => (id === undefined ? `name ${name}` : idKey(id)));
  return [...groups.values()].map((group) => {
    const first = group[0] as RawProfile;
    const name = distinct(first.name, taken);
    const where = `column profile \`${first.name}\` (${group.map(({ file }) => file).join(", ")})`;
    if (group.length > 1)
      notes.add("changed", "several definitions", where, "one id, so their permissions are united", home);
    if (name !== first.name)
      notes.add(
        "changed",
        `the name \`${first.name}\``,
        where,
        `another profile has it; this one is called \`${name}\``,
        home,
      );
    const allowed = new Map<string, Map<string, Set<ColumnAction>>>();
    for (const permission of group.flatMap(({ permissions }) => permissions)) {
      const table = permission.table.toLowerCase();
      const columns = allowed.get(table) ?? new Map<string, Set<ColumnAction>>();
      allowed.set(table, columns);
      const column = permission.column.toLowerCase();
      const actions = columns.get(column) ?? new Set<ColumnAction>();
      columns.set(column, actions);
      for (const action of allowedActions(permission, where, notes)) actions.add(action);
    }
    return { name, id: first.id, files: group.map(({ file }) => file), allowed };
  });
}

/** 4 is "allowed" and 0 "not allowed"; of CanReadUnmasked 3 is "all records" and 1 "one record at a time". */
function allowedActions(permission: RawPermission, where: string, notes: Notes): ColumnAction[] {
  const values: readonly [ColumnAction, string, string | undefined][] = [
    ["read", "CanRead", permission.read],
    ["write", "CanUpdate", permission.update],
    ["create", "CanCreate", permission.create],
    ["readUnmasked", "CanReadUnmasked", permission.unmasked],
  ];
  return values.flatMap(([action, element, value]) => {
    if (value === undefined || value === "0") return [];
    if (value === "4" || (action === "readUnmasked" && value === "3")) return [action];
    const why =
      action === "readUnmasked" && value === "1"
        ? "unmasked reading of one record at a time cannot be said here; it is not granted"
        : "expected 0 (not allowed) or 4 (allowed); it is not granted";
    notes.add(
      "left out",
      `${element} \`${value}\` on \`${permission.table}.${permission.column}\``,
      where,
      why,
      home,
    );
    return [];
  });
}

/**
 * The source text of the column profiles, and how many permissions it holds. Members are never in a solution.
 * `attributesOf` must hold every secured column.
 */
export function writeColumnProfiles(
  drafts: readonly ProfileDraft[],
  tables: ReadonlyMap<string, Table>,
  attributesOf: (table: Table) => readonly Attribute[],
): { text: string; permissions: number } {
  let permissions = 0;
  const blocks = drafts
    .toSorted((a, b) => byName(a.name, b.name))
    .map((draft) => {
      const lines = [`// from ${commentText(draft.files.join(", "))}`];
      if (draft.id !== undefined) lines.push(`@id(${textLiteral(draft.id)})`);
      lines.push(`column profile ${printName(draft.name)} {`);
      const grants: { actions: string; column: string }[] = [];
      for (const [key, columns] of draft.allowed) {
        const table = tables.get(key) as Table;
        for (const [column, actions] of columns) {
          const words = (["create", "read", "write", "readUnmasked"] as const).filter((action) =>
            actions.has(action),
          );
          permissions += words.length;
          if (words.length === 0) continue;
          for (const attribute of attributesOf(table)) {
            if (attribute.column !== column) continue;
            grants.push({
              actions: words.join(", "),
              column: `${printName(table.name)}.${printName(attribute.name)}`,
            });
          }
        }
      }
      for (const [actions, group] of groupBy(grants, (grant) => grant.actions)) {
        const columns = group.map(({ column }) => column).sort(byName);
        lines.push(...wrapStatement(`  permit ${actions} on `, columns, ";"));
      }
      return [...lines, "}"].join("\n");
    });
  return { text: `${blocks.join("\n\n")}\n`, permissions };
}
