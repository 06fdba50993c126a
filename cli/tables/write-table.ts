import { produceAtomically } from "../files/write-atomically.ts";
import type { Io } from "../io.ts";
import { Trouble } from "../trouble.ts";
import { type Database, duckDbReason, literal } from "./database.ts";
import { tableFormat } from "./table.ts";

const formats = {
  csv: "FORMAT csv, HEADER true",
  ndjson: "FORMAT json, ARRAY false",
  parquet: "FORMAT parquet",
} as const;

/** Writes the rows of a query to a table file of the format that its name tells: the whole of it, or nothing. */
export async function writeTable(db: Database, path: string, query: string, io: Io): Promise<void> {
  const format = formats[tableFormat(path)];
  await produceAtomically(path, io, async (temporary) => {
    try {
      await db.run(`COPY (${query}) TO ${literal(temporary)} (${format})`);
    } catch (error) {
      throw new Trouble(
        "BWK481",
        `cannot write the table \`${path}\`: ${duckDbReason(error).replaceAll(temporary, path)}`,
      );
    }
  });
}
