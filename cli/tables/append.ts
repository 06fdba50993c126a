import type { Database } from "./database.ts";

/** Appends one column of values to a table with one column; they travel as one JSON text, as `readCells` reads them. */
export async function append(
  db: Database,
  table: string,
  type: "VARCHAR" | "INTEGER",
  values: readonly string[] | Int32Array,
): Promise<void> {
  const json = values instanceof Int32Array ? `[${values.join(",")}]` : JSON.stringify(values);
  await db.connection.run(`INSERT INTO ${table} SELECT unnest(from_json($1, '["${type}"]'))`, [json]);
}
