import { printName } from "../../compiler/index.ts";
import type { Attribute } from "./attributes.ts";
import { activitySet } from "./grants.ts";
import { commentText } from "./names.ts";
import type { Basis, Ownership } from "./ownership.ts";
import type { Table } from "./tables.ts";
import { wrapStatement } from "./wrap.ts";
import { byName } from "./write-role.ts";

const ownershipWords: Readonly<Record<Ownership, string>> = {
  userOrTeam: "user or team",
  organization: "organization",
  businessUnit: "business unit",
};

/** Why the ownership is what it is, where no solution says it outright. */
const bases: Readonly<Record<Exclude<Basis, "mask">, string>> = {
  columns: "no OwnershipTypeMask in the files; ownership from the owner columns",
  stock: "ownership from the list of stock tables",
  rows: "ownership from the privileges seen in roles",
  "rows against stock": "the list of stock tables says otherwise, but a privilege seen needs an owner",
  unowned: "has no owner and no privileges in Dataverse, so no role reaches its records",
  nothing: "nothing tells the ownership; no role grants anything on it",
};

/** Headings of the tables that no solution declares, in this order; their declarations are lists. */
const headings: readonly [Basis, string][] = [
  ["stock", "Tables that the solutions do not contain; ownership from the list of stock tables"],
  ["columns", "Tables that the solutions do not contain; ownership from their owner columns"],
  [
    "rows",
    "Tables that the solutions do not contain and the list of stock tables does not know; ownership from the privileges seen: assign, share or a level below Global need an owner, all others are the organization's",
  ],
  ["unowned", "Tables without an owner: in Dataverse they have no privileges, so no role reaches them"],
  [
    "nothing",
    "Tables that the solutions do not contain; nothing tells their ownership, and no role grants anything on them",
  ],
];

/** The source text of the tables: those of the solutions one by one, then those that are only named, as lists. */
export function writeSchema(
  origin: string,
  tables: ReadonlyMap<string, Table>,
  attributesOf: (table: Table) => readonly Attribute[],
): string {
  const lines = [
    `// ${commentText(origin)}`,
    "// Columns that the platform fills on every table (creator, dates, owner, currency and process bookkeeping) are left out",
    "",
  ];
  const all = [...tables.values()].sort((a, b) => byName(a.name, b.name));
  const plain: Table[] = [];
  for (const table of all) {
    const attributes = attributesOf(table);
    if (table.declarations.length === 0 && attributes.length === 0 && table.basis !== "rows against stock") {
      plain.push(table);
    } else lines.push(...declaration(table, attributes), "");
  }
  const activities = plain.filter(({ activity }) => activity);
  if (activities.length > 0) {
    lines.push(`// Activity tables that every organization has: they share the privileges of ${activitySet}`);
    lines.push(
      ...wrapStatement(
        "entity ",
        activities.map(({ name }) => printName(name)),
        ` as ${activitySet} owned by user or team;`,
      ),
      "",
    );
  }
  for (const [basis, heading] of headings) {
    const group = plain.filter((table) => table.basis === basis && !table.activity);
    if (group.length === 0) continue;
    lines.push(...commentLines(heading));
    for (const ownership of ["userOrTeam", "organization", "businessUnit"] as const) {
      const names = group.filter((table) => table.ownership === ownership).map(({ name }) => printName(name));
      lines.push(...wrapStatement("entity ", names, ` owned by ${ownershipWords[ownership]};`));
    }
    lines.push("");
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

function declaration(table: Table, attributes: readonly Attribute[]): string[] {
  const lines: string[] = [];
  const remarks: string[] = [];
  if (table.displayName !== undefined && table.displayName !== table.name) remarks.push(table.displayName);
  if (table.declarations.length === 0) remarks.push("not in the solutions");
  if (table.basis !== "mask" && !table.activity) {
    remarks.push(bases[table.basis] + (table.witness === undefined ? "" : ` (${table.witness})`));
  }
  if (remarks.length > 0) lines.push(`// ${commentText(remarks.join("; "))}`);
  const set = table.activity ? ` as ${activitySet}` : "";
  const head = `entity ${printName(table.name)}${set} owned by ${ownershipWords[table.ownership]}`;
  if (attributes.length === 0) return [...lines, `${head};`];
  lines.push(`${head} {`);
  for (const { name, optional, type, secured, cascade } of attributes) {
    const words = [`${printName(name)}${optional ? "?" : ""}: ${type}`, secured ? "secured" : "", cascade];
    lines.push(`  ${words.filter((word) => word !== "").join(" ")},`);
  }
  lines.push("}");
  return lines;
}

function commentLines(text: string): string[] {
  const lines: string[] = [];
  let line = "//";
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > 100) {
      lines.push(line);
      line = "//";
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
