import { Trouble, type TroubleCode } from "../trouble.ts";
import { type Database, duckDbReason, literal } from "./database.ts";
import { readHeader } from "./header.ts";
import { parquetScan } from "./read-parquet.ts";
import type { Storage, Table } from "./table.ts";

/**
 * A CSV file: comma, double quotes, header. Every column is read as text, nothing is guessed from the first rows.
 * The rejects that DuckDB collects become one message about the first bad row.
 */
export async function readCsv(db: Database, path: string, file: string, storage: Storage): Promise<Table> {
  const header = await readHeader(path, file);
  const name = db.newName();
  const stored = literal(db.temporaryPath(`${name}.parquet`));
  const columns = header.map((_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  const reader = `read_csv(${await db.pathLiteral(path)}, columns = {${columns}}, auto_detect = false, header = true,
    delim = ',', quote = '"', escape = '"', store_rejects = true,
    rejects_table = ${literal(`${name}_rejects`)}, rejects_scan = ${literal(`${name}_scans`)})`;
  try {
    // A file that is scanned more than once is stored as Parquet: equal texts are there once, and are looked up once.
    await db.run(
      storage === "file"
        ? `COPY (SELECT * FROM ${reader}) TO ${stored} (FORMAT parquet)`
        : `CREATE TABLE ${name} AS SELECT * FROM ${reader}`,
    );
  } catch (error) {
    if (/state machine reached an invalid state/.test(String(error))) {
      throw new Trouble(
        "BWK475",
        `\`${file}\` is not well-formed CSV: its lines end in different ways, or a quoted cell goes on after its quotes`,
      );
    }
    throw new Trouble("BWK475", `\`${file}\` is not well-formed CSV: ${duckDbReason(error)}`);
  }
  await refuseRejects(db, name, header, file);
  const held = storage === "file" ? parquetScan(stored) : { name, rowNumber: "rowid" };
  const [[rows] = []] = await db.rows(`SELECT count(*)::INTEGER FROM ${held.name}`);
  return {
    file,
    ...held,
    rows: rows as number,
    columns: header.map((column, index) => ({ name: column, text: `c${index}`, value: `c${index}` })),
  };
}

const rejections: Readonly<
  Record<string, (cells: number, found: string) => readonly [TroubleCode, string, string?]>
> = {
  "MISSING COLUMNS": (cells, found) => ["BWK474", ragged(found, cells)],
  "TOO MANY COLUMNS": (cells, found) => [
    "BWK474",
    ragged(found, cells),
    "a comma in a cell needs double quotes around the cell",
  ],
  "UNQUOTED VALUE": () => [
    "BWK475",
    "has a cell whose double quotes are not closed, or that goes on after them",
  ],
  "LINE SIZE OVER MAXIMUM": () => ["BWK475", "is longer than 2 million bytes"],
  "INVALID ENCODING": () => ["BWK462", "is not UTF-8 text", "save the file as UTF-8"],
};

const ragged = (found: string, cells: number): string =>
  `has ${found} ${found === "1" ? "cell" : "cells"} where the header has ${cells}`;

async function refuseRejects(
  db: Database,
  name: string,
  header: readonly string[],
  file: string,
): Promise<void> {
  const [reject] = await db.rows(
    `SELECT line::INTEGER, column_idx::INTEGER, error_type::VARCHAR, error_message FROM ${name}_rejects
     ORDER BY line, column_idx LIMIT 1`,
  );
  if (reject === undefined) return;
  const [line, column, type, words] = reject as [number, number | null, string, string];
  const found = /Found: (\d+)/.exec(words)?.[1] ?? "other";
  const [code, message, help] = rejections[type]?.(header.length, found) ?? [
    "BWK475",
    duckDbReason(new Error(words)),
  ];
  const inCell = type === "UNQUOTED VALUE" || type === "INVALID ENCODING";
  const place = inCell && column !== null ? `, column \`${header[column - 1] ?? column}\`` : "";
  // DuckDB counts the header as line 1.
  throw new Trouble(code, `\`${file}\`, row ${line - 1}${place} ${message}`, help);
}
