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
  texts: Iterable<string>,
  io: Io,
): Promise<void> {
  const table = db.newName();
  await db.run(`CREATE TABLE ${table} (text VARCHAR)`);
  let part: string[] = [];
  for (const text of texts) {
    if (part.push(text) < windowRows) continue;
    await append(db, table, "VARCHAR", part);
    part = [];
  }
  await append(db, table, "VARCHAR", part);
  await writeTable(db, path, `SELECT text AS ${identifier(name)} FROM ${table}`, io);
  await db.run(`DROP TABLE ${table}`);
}
