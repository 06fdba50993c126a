import { Trouble } from "../trouble.ts";
import type { Column, Table } from "./table.ts";

/** Which columns a table of some kind has. */
export interface Expected {
  /** What the table is called: `requests`. */
  readonly kind: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Whether any other column is welcome. */
  readonly other?: (name: string) => boolean;
}

/** Throws for a column that is missing, or that the table cannot have. */
export function checkColumns(table: Table, expected: Expected): void {
  const names = table.columns.map(({ name }) => name);
  const known = [...expected.required, ...expected.optional];
  const help = `a table of ${expected.kind} has the columns ${known.join(", ")}`;
  const missing = expected.required.find((name) => !names.includes(name));
  if (missing !== undefined) {
    throw new Trouble("BWK472", `\`${table.file}\` has no column \`${missing}\``, help);
  }
  const unknown = names.find((name) => !known.includes(name) && expected.other?.(name) !== true);
  if (unknown !== undefined) {
    throw new Trouble("BWK473", `\`${table.file}\` has an unknown column \`${unknown}\``, help);
  }
}

/** The column of this name, if the table has one. */
export function columnOf(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}
