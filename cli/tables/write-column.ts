import type { Io } from "../io.ts";
import { append } from "./append.ts";
import { type Database, identifier } from "./database.ts";
import { windowRows } from "./read-cells.ts";
import { writeTable } from "./write-table.ts";

/** Writes one column of texts to a table file. */
export async function writeColumn(
  db: Database,
  path: string,
  name: string,
  texts: readonly string[],
  io: Io,
): Promise<void> {
  const table = db.newName();
  await db.run(`CREATE TABLE ${table} (text VARCHAR)`);
  for (let first = 0; first < texts.length; first += windowRows) {
    await append(db, table, "VARCHAR", texts.slice(first, first + windowRows));
  }
  await writeTable(db, path, `SELECT text AS ${identifier(name)} FROM ${table}`, io);
  await db.run(`DROP TABLE ${table}`);
}
