import { stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { readBytes, shownName } from "../files/read-file.ts";
import { systemReason } from "../files/system-error.ts";
import type { Io } from "../io.ts";
import { Trouble } from "../trouble.ts";
import { type Database, duckDbReason } from "./database.ts";
import { readCsv } from "./read-csv.ts";
import { readNdjson } from "./read-ndjson.ts";
import { readParquet } from "./read-parquet.ts";
import { type Storage, type Table, type TableFormat, tableFormat } from "./table.ts";

const readers: Readonly<
  Record<TableFormat, (db: Database, path: string, file: string, storage: Storage) => Promise<Table>>
> = {
  csv: readCsv,
  ndjson: readNdjson,
  parquet: readParquet,
};

/** Brings a CSV, NDJSON or Parquet file into the database; `-` is CSV on standard input. */
export async function readTable(
  db: Database,
  path: string,
  io: Io,
  storage: Storage = "database",
): Promise<Table> {
  const reader = readers[tableFormat(path)];
  const file = shownName(path);
  let place = resolve(io.cwd, path);
  if (path === "-") {
    place = db.temporaryPath("standard-input.csv");
    await writeFile(place, await readBytes("-", io));
  } else {
    await mustBeReadable(place, path);
  }
  try {
    return await reader(db, place, file, storage);
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble("BWK481", `cannot read the table \`${file}\`: ${duckDbReason(error)}`);
  }
}

async function mustBeReadable(place: string, path: string): Promise<void> {
  try {
    if ((await stat(place)).isDirectory()) {
      throw new Trouble("BWK460", `cannot read \`${path}\`: it is a folder`);
    }
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble("BWK460", `cannot read \`${path}\`: ${systemReason(error)}`);
  }
}
