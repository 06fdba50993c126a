import { isExactNumber } from "../json/exact-number.ts";
import { Trouble } from "../trouble.ts";
import { type Database, literal } from "./database.ts";
import { checkNames } from "./header.ts";
import type { Table } from "./table.ts";

/** A file with one JSON object a line. A key that a row lacks is an empty cell; columns stand in the order of their first row. */
export async function readNdjson(db: Database, path: string, file: string): Promise<Table> {
  const name = db.newName();
  // With ignore_errors a malformed line becomes NULL instead of an error that counts lines in its own way.
  await db.run(
    `CREATE TABLE ${name} AS SELECT json AS j FROM read_ndjson_objects(${await db.pathLiteral(path)}, ignore_errors = true)`,
  );
  await refuseMalformed(db, name, file);
  await refuseInexact(db, name, file);
  const keys = await db.rows(
    `SELECT key FROM (SELECT unnest(json_keys(j)) AS key, generate_subscripts(json_keys(j), 1) AS place, rowid AS row FROM ${name})
     GROUP BY key ORDER BY min((row, place))`,
  );
  const header = keys.map(([key]) => key as string);
  if (header.length === 0)
    throw new Trouble("BWK471", `\`${file}\` is empty: a JSON object a line is expected`);
  checkNames(header, file);
  await refuseNested(db, name, file, header);
  const [[rows] = []] = await db.rows(`SELECT count(*)::INTEGER FROM ${name}`);
  return {
    file,
    name,
    rowNumber: "rowid",
    rows: rows as number,
    columns: header.map((column) => {
      const key = jsonPath(column);
      return { name: column, text: `nullif(j ->> ${key}, '')`, value: `(j -> ${key})` };
    }),
  };
}

async function refuseMalformed(db: Database, name: string, file: string): Promise<void> {
  const [bad] = await db.rows(
    `SELECT rowid::INTEGER, json_type(j), len(json_keys(j)) <> len(list_distinct(json_keys(j))) FROM ${name}
     WHERE j IS NULL OR json_type(j) <> 'OBJECT' OR len(json_keys(j)) <> len(list_distinct(json_keys(j)))
     ORDER BY rowid LIMIT 1`,
  );
  if (bad === undefined) return;
  const [row, , doubled] = bad as [number, string | null, boolean | null];
  const place = `\`${file}\`, row ${row + 1}`;
  if (doubled === true) throw new Trouble("BWK466", `${place} names a column twice`);
  throw new Trouble("BWK475", `${place} is not a JSON object on one line, in UTF-8`);
}

/** A cell is a value or a list of values: anything deeper has no text that an attribute could be. */
async function refuseNested(
  db: Database,
  name: string,
  file: string,
  header: readonly string[],
): Promise<void> {
  const nested =
    "list_has_any(list_transform(json_extract(cell, '$[*]'), x -> json_type(x)), ['ARRAY', 'OBJECT'])";
  for (const column of header) {
    const [bad] = await db.rows(
      `SELECT row FROM (SELECT rowid::INTEGER AS row, j -> ${jsonPath(column)} AS cell FROM ${name})
       WHERE json_type(cell) = 'OBJECT' OR (json_type(cell) = 'ARRAY' AND ${nested}) ORDER BY row LIMIT 1`,
    );
    if (bad === undefined) continue;
    throw new Trouble(
      "BWK477",
      `\`${file}\`, row ${(bad[0] as number) + 1}, column \`${column}\`: expected a value or a list of values, found nested JSON`,
    );
  }
}

/** The JSON pointer to a key, as an SQL literal: the one kind of path in which no character has a meaning of its own. */
function jsonPath(key: string): string {
  return literal(`/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
}

/** DuckDB reads fractions as doubles: a number that a double cannot hold is refused before it is rounded in silence. */
async function refuseInexact(db: Database, name: string, file: string): Promise<void> {
  const suspects = await db.rows(
    `SELECT rowid::INTEGER, j::VARCHAR FROM ${name} WHERE regexp_matches(j::VARCHAR, '[0-9.eE+-]{16,}') ORDER BY rowid`,
  );
  for (const [row, text] of suspects as [number, string][]) {
    for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*/g)) {
      // Whole numbers keep all their digits.
      if (token.startsWith('"') || /^-?\d+$/.test(token) || isExactNumber(token)) continue;
      throw new Trouble(
        "BWK467",
        `\`${file}\`, row ${row + 1}: the number ${token} is not exact`,
        "write it as a string, in double quotes",
      );
    }
  }
}
