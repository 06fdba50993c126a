import type { Engine } from "../../runtime-ts/index.ts";
import type { Io } from "../io.ts";
import { checkColumns, columnOf } from "../tables/check-columns.ts";
import type { Database } from "../tables/database.ts";
import { type Cell, readCells } from "../tables/read-cells.ts";
import { readTable } from "../tables/read-table.ts";

const required = ["entity", "id", "principal", "principal_type", "rights"];
const optional = ["inherited_rights", "column"];

/** Loads a table of shares into the engine. */
export async function loadShares(engine: Engine, db: Database, path: string, io: Io): Promise<void> {
  const table = await readTable(db, path, io);
  checkColumns(table, { kind: "shares", required, optional });
  const names = [...required, ...optional];
  const columns: Record<string, Cell[]> = Object.fromEntries(names.map((name) => [name, []]));
  const expressions = names.map((name) => columnOf(table, name)?.text ?? "NULL");
  for await (const { cells } of readCells(db, table, expressions)) {
    for (const [index, name] of names.entries()) {
      const into = columns[name] as Cell[];
      for (const cell of cells[index] ?? []) into.push(cell);
    }
  }
  engine.shares.load(columns as never, { table: table.file });
  await db.run(`DROP TABLE ${table.name}`);
}
