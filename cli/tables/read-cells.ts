import type { Database } from "./database.ts";
import type { Table } from "./table.ts";

/** A cell as text; null is empty. */
export type Cell = string | null;

/** A run of rows: one array of cells for each column asked for. `first` counts from 0. */
export interface Window {
  readonly first: number;
  readonly rows: number;
  readonly cells: readonly (readonly Cell[])[];
}

/** Rows that are in JavaScript at one time. */
export const windowRows = 16_384;

/**
 * The cells of some columns (SQL expressions), window after window in the order of the rows. DuckDB hands a column
 * of a window over as one JSON text: several times quicker than one value after another.
 */
export async function* readCells(
  db: Database,
  table: Table,
  expressions: readonly string[],
  size: number = windowRows,
): AsyncGenerator<Window> {
  const lists = expressions.map((sql) => `to_json(list(${sql} ORDER BY rowid))::VARCHAR`).join(", ");
  for (let first = 0; first < table.rows; first += size) {
    const end = Math.min(first + size, table.rows);
    const [row = []] = await db.rows(
      `SELECT ${lists} FROM ${table.name} WHERE rowid >= ${first} AND rowid < ${end}`,
    );
    yield { first, rows: end - first, cells: row.map((text) => JSON.parse(text as string) as Cell[]) };
  }
}
