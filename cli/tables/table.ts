import { extname } from "node:path";
import { Trouble } from "../trouble.ts";

/**
 * Where the rows of a table are while it is read: in the database, from where windows of them are taken in any order; or in a
 * file that is scanned from its begin to its end, however large it is.
 */
export type Storage = "database" | "file";

/** A table held by the database: its rows keep their order, row 1 is the first after the header. */
export interface Table {
  /** The file, as typed; for messages. */
  readonly file: string;
  /** SQL: what stands behind FROM, a table of the database or a file that it reads. */
  readonly name: string;
  /** SQL: the number of a row, from 0. */
  readonly rowNumber: string;
  readonly columns: readonly Column[];
  readonly rows: number;
}

export interface Column {
  /** As the file calls it. */
  readonly name: string;
  /** SQL: the cell as text, null where it is empty. Numbers and ids are never reinterpreted: `007` stays `007`. */
  readonly text: string;
  /** SQL: the cell as the file has it, for writing it out again. */
  readonly value: string;
}

export type TableFormat = "csv" | "ndjson" | "parquet";

const formats: Readonly<Record<string, TableFormat>> = {
  ".csv": "csv",
  ".ndjson": "ndjson",
  ".jsonl": "ndjson",
  ".parquet": "parquet",
};

/** The format of a table file, told by its extension; standard input is CSV. */
export function tableFormat(path: string): TableFormat {
  if (path === "-") return "csv";
  const format = formats[extname(path).toLowerCase()];
  if (format !== undefined) return format;
  throw new Trouble(
    "BWK470",
    `\`${path}\` does not tell the format of its table`,
    "name it *.csv, *.ndjson, *.jsonl or *.parquet",
  );
}
