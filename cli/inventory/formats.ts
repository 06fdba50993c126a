// The inventory as text, Markdown, CSV and JSON.
import { levels } from "../../compiler/index.ts";
import type { InventoryRow, ReadersAtLevel } from "./inventory.ts";

export const formats = ["text", "markdown", "csv", "json"] as const;
export type Format = (typeof formats)[number];

const headings = ["entity", "ownership", "owner", "by rule", "privilege set", "who reads"] as const;

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

function levelText({ level, roles, conditional }: ReadersAtLevel): string {
  const parts = [
    ...(roles.length > 0 ? [counted(roles.length, "role")] : []),
    ...(conditional.length > 0 ? [`${counted(conditional.length, "role")} under a condition`] : []),
  ];
  return `${level}: ${parts.join(" and ")}`;
}

function readersText({ parent, readers, administrators, permits }: InventoryRow): string {
  if (parent !== undefined) return `as ${parent}`;
  const parts = [
    ...readers.map(levelText),
    ...(administrators.length > 0 ? [`administrator: ${counted(administrators.length, "role")}`] : []),
    ...(permits.length > 0 ? [counted(permits.length, "guardrail permit")] : []),
  ];
  return parts.length === 0 ? "nobody" : parts.join("; ");
}

function cells(row: InventoryRow): string[] {
  const { entity, ownership, owner, rule, privilegeSet } = row;
  return [entity, ownership, owner, rule ?? "none", privilegeSet ?? "none", readersText(row)];
}

/** Text that stays in its cell: no ends of lines, no bars. */
const markdownCell = (text: string): string =>
  text.replaceAll(/\s+/g, " ").replaceAll("\\", "\\\\").replaceAll("|", "\\|");

function markdown(rows: readonly InventoryRow[]): string {
  const line = (texts: readonly string[]) => `| ${texts.join(" | ")} |`;
  return [
    line(headings),
    line(headings.map(() => "---")),
    ...rows.map((row) =>
      line(
        cells(row).map((cell, column) =>
          // Rules are code.
          column === 3 && row.rule !== undefined ? `\`${markdownCell(cell)}\`` : markdownCell(cell),
        ),
      ),
    ),
  ].join("\n");
}

/** What a terminal shows of a name on one line. */
const plain = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, " ");

function text(rows: readonly InventoryRow[]): string {
  const table = [[...headings], ...rows.map((row) => cells(row).map(plain))];
  const widths = headings.map((_, column) =>
    Math.max(...table.map((row) => [...(row[column] ?? "")].length)),
  );
  const padded = (cell: string, column: number) =>
    cell + " ".repeat((widths[column] as number) - [...cell].length);
  return table.map((row) => row.map(padded).join("  ").trimEnd()).join("\n");
}

const csvCell = (cell: string | number): string => {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Numbers of roles apart, one column a level, so that a sheet can sum and filter them. */
function csv(rows: readonly InventoryRow[]): string {
  const reached = levels.filter((level) => level !== "none").toReversed();
  const columns = ["administrator", ...reached].map((level) => `read_${level}`);
  const heading = ["entity", "ownership", "owner", "rule", "privilege_set", ...columns, "read_permits"];
  const lines = rows.map(({ entity, ownership, owner, rule, privilegeSet, ...row }) => [
    entity,
    ownership,
    owner,
    rule ?? "",
    privilegeSet ?? "",
    row.administrators.length,
    ...reached.map((level) => {
      const readers = row.readers.find((each) => each.level === level);
      return new Set([...(readers?.roles ?? []), ...(readers?.conditional ?? [])]).size;
    }),
    row.permits.length,
  ]);
  return [heading, ...lines].map((line) => line.map(csvCell).join(",")).join("\n");
}

/** The inventory in a format, without an end of line at its end. */
export function inventoryText(rows: readonly InventoryRow[], format: Format): string {
  switch (format) {
    case "markdown":
      return markdown(rows);
    case "csv":
      return csv(rows);
    case "json":
      return JSON.stringify({ entities: rows }, (_, value: unknown) => value ?? null, 2);
    default:
      return text(rows);
  }
}
