import { Trouble } from "../trouble.ts";
import { type Database, duckDbReason, identifier } from "./database.ts";
import type { Column, Storage, Table } from "./table.ts";

/** A Parquet file, with its types: ids may be numbers, sets may be lists, times may be timestamps. */
export async function readParquet(
  db: Database,
  path: string,
  file: string,
  storage: Storage,
): Promise<Table> {
  const place = await db.pathLiteral(path);
  const scanned = parquetScan(place);
  const name = storage === "file" ? scanned.name : db.newName();
  let described: readonly (readonly unknown[])[];
  try {
    described = await db.rows(
      `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet(${place}))`,
    );
    if (storage === "database") await db.run(`CREATE TABLE ${name} AS SELECT * FROM read_parquet(${place})`);
  } catch (error) {
    throw new Trouble("BWK476", `\`${file}\` is not a whole Parquet file: ${reason(error, path)}`);
  }
  const columns = (described as [string, string][]).map(([column, type]): Column => {
    const value = identifier(column);
    const text = asText(value, type);
    if (text !== undefined) return { name: column, value, text };
    throw new Trouble(
      "BWK477",
      `\`${file}\`, column \`${column}\`: a column of type ${type} cannot be read`,
      "use texts, whole numbers, decimals, booleans, timestamps, or lists of texts or whole numbers",
    );
  });
  const [[rows] = []] = await db.rows(`SELECT count(*)::INTEGER FROM ${name}`);
  const rowNumber = storage === "file" ? scanned.rowNumber : "rowid";
  return { file, name, rowNumber, rows: rows as number, columns };
}

/** SQL that scans a Parquet file, and numbers its rows. */
export function parquetScan(place: string): { readonly name: string; readonly rowNumber: string } {
  return { name: `read_parquet(${place}, file_row_number = true)`, rowNumber: "file_row_number" };
}

function reason(error: unknown, path: string): string {
  // The database says `… of file '/…'` as well as `'/…'`.
  return duckDbReason(error).replaceAll(`file '${path}'`, "the file").replaceAll(`'${path}'`, "the file");
}

const integers = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/;

/** SQL that makes the text of a cell of this type, or undefined for a type that no column can have. */
function asText(value: string, type: string): string | undefined {
  if (type === "VARCHAR") return `nullif(${value}, '')`;
  if (integers.test(type) || /^(BOOLEAN|UUID|DATE|FLOAT|DOUBLE|DECIMAL\(.*\)|ENUM\(.*\))$/.test(type)) {
    return `${value}::VARCHAR`;
  }
  if (/^TIMESTAMP(_S|_MS|_NS)?$/.test(type)) return `strftime(${value}::TIMESTAMP, '%Y-%m-%dT%H:%M:%S.%gZ')`;
  if (type === "TIMESTAMP WITH TIME ZONE") {
    return `strftime(timezone('UTC', ${value}), '%Y-%m-%dT%H:%M:%S.%gZ')`;
  }
  const element = /^(.*)\[\]$/.exec(type)?.[1];
  if (element === "VARCHAR" || (element !== undefined && integers.test(element)))
    return `to_json(${value})::VARCHAR`;
  return undefined;
}
