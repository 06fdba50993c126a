import type { Database } from "./database.ts";
import type { Table } from "./table.ts";

/** A cell as text; null is empty. */
export type Cell = string | null;

/** A run of rows: one array of cells for each column asked for. `first` counts from 0. */
export interface Window {
  readonly first: number;
  readonly rows: number;
  readonly cells: readonly Cell[][];
}

/** Rows that are in JavaScript at one time. */
export const windowRows = 16_384;

/**
 * The cells of some columns (SQL expressions), window after window in the order of the rows. The next window is fetched
 * while the caller works on this one.
 */
export async function* readCells(
  db: Database,
  table: Table,
  expressions: readonly string[],
  size: number = windowRows,
): AsyncGenerator<Window> {
  const fetch = (first: number): Promise<Window> | undefined =>
    first < table.rows
      ? fetchWindow(db, table, expressions, first, Math.min(size, table.rows - first))
      : undefined;
  let next = fetch(0);
  try {
    while (next !== undefined) {
      const window = await next;
      next = fetch(window.first + window.rows);
      // A failure waits until it is asked for.
      next?.catch(() => undefined);
      yield window;
    }
  } finally {
    // A caller that stops early closes the database: not under a query.
    await next?.catch(() => undefined);
  }
}

/** DuckDB hands a window over as one text that is split here: several times quicker than one value after another. */
async function fetchWindow(
  db: Database,
  table: Table,
  expressions: readonly string[],
  first: number,
  rows: number,
): Promise<Window> {
  const joined = expressions.map((sql) => `coalesce(${sql}, '')`).join(", ");
  const window = `FROM ${table.name} WHERE rowid >= ${first} AND rowid < ${first + rows}`;
  const [[text] = []] = await db.fetch(
    `SELECT string_agg(concat_ws(chr(0), ${joined}), chr(0) ORDER BY rowid) ${window}`,
  );
  const parts = (text as string).split("\0");
  // A cell that holds the separator itself makes more parts than there are cells.
  const cells =
    parts.length === rows * expressions.length
      ? columnsOf(parts, expressions.length, rows)
      : await escapedCells(db, expressions, window);
  return { first, rows, cells };
}

function columnsOf(parts: readonly string[], columns: number, rows: number): Cell[][] {
  return Array.from({ length: columns }, (_, column) => {
    const cells = new Array<Cell>(rows);
    for (let row = 0, part = column; row < rows; row++, part += columns) cells[row] = parts[part] || null;
    return cells;
  });
}

/** The slower way, in which any character may stand in a cell. */
async function escapedCells(db: Database, expressions: readonly string[], window: string): Promise<Cell[][]> {
  const lists = expressions.map((sql) => `to_json(list(${sql} ORDER BY rowid))::VARCHAR`).join(", ");
  const [row = []] = await db.fetch(`SELECT ${lists} ${window}`);
  return row.map((text) => JSON.parse(text as string) as Cell[]);
}
