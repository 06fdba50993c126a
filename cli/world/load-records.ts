import { suggest } from "../../compiler/index.ts";
import { BailiwickError, type Engine, type RecordColumns } from "../../runtime-ts/index.ts";
import type { Io } from "../io.ts";
import { startProgress } from "../progress.ts";
import { checkColumns } from "../tables/check-columns.ts";
import type { Database } from "../tables/database.ts";
import { type Cell, readCells } from "../tables/read-cells.ts";
import { readTable } from "../tables/read-table.ts";
import type { Table } from "../tables/table.ts";
import { Trouble } from "../trouble.ts";

const required = ["entity", "id"];
const optional = ["owner", "owner_type", "business_unit"];

/** The rows of one entity in a table: where they stand, and their cells, column by column. */
interface Group {
  readonly rows: number[];
  readonly cells: Cell[][];
}

/** Loads a table of records, of one entity or of several, into the engine. */
export async function loadRecords(engine: Engine, db: Database, path: string, io: Io): Promise<void> {
  const table = await readTable(db, path, io);
  const entities = engine.entities();
  const attributes = new Map(entities.map((entity) => [entity.name, new Set(entity.attributes)]));
  const anywhere = new Set(entities.flatMap((entity) => entity.attributes));
  checkColumns(table, {
    kind: "records",
    required,
    optional: [...optional, "<attribute>"],
    other: (name) => anywhere.has(name),
  });
  for (const [entity, group] of await groupByEntity(db, table, io)) {
    const declared = attributes.get(entity);
    if (declared === undefined) throw unknownEntity(table, entity, group, [...attributes.keys()]);
    const columns = columnsOf(table, entity, group, declared);
    engine.records.load(entity, columns, { table: table.file, rows: group.rows });
  }
  await db.run(`DROP TABLE ${table.name}`);
}

/** The columns of one entity. In a table of several, a row leaves the attributes of the others empty. */
function columnsOf(table: Table, entity: string, group: Group, declared: ReadonlySet<string>): RecordColumns {
  const columns: Record<string, Cell[]> = {};
  for (const [index, { name }] of table.columns.entries()) {
    const cells = group.cells[index] ?? [];
    if (name === "entity") continue;
    if (name === "id" || optional.includes(name) || declared.has(name)) {
      columns[name] = cells;
      continue;
    }
    const filled = cells.findIndex((cell) => cell !== null);
    if (filled === -1) continue;
    throw new Trouble(
      "BWK473",
      `\`${table.file}\`, row ${group.rows[filled]}, column \`${name}\`: \`${entity}\` has no attribute \`${name}\``,
    );
  }
  return columns as unknown as RecordColumns;
}

async function groupByEntity(db: Database, table: Table, io: Io): Promise<Map<string, Group>> {
  const groups = new Map<string, Group>();
  const entityColumn = table.columns.findIndex(({ name }) => name === "entity");
  const idColumn = table.columns.findIndex(({ name }) => name === "id");
  const progress = startProgress(io, `reading ${table.file}`, table.rows);
  try {
    const expressions = table.columns.map(({ text }) => text);
    for await (const { first, rows, cells } of readCells(db, table, expressions)) {
      const entities = cells[entityColumn] ?? [];
      const ids = cells[idColumn] ?? [];
      // Rows of one entity mostly stand together: they move as a run.
      for (let start = 0, end = 0; start < rows; start = end) {
        const entity = entities[start] ?? null;
        if (entity === null) throw emptyCell(table, first + start, "entity");
        while (end < rows && entities[end] === entity) {
          if (ids[end] === null) throw emptyCell(table, first + end, "id");
          end++;
        }
        let group = groups.get(entity);
        if (group === undefined) {
          group = { rows: [], cells: table.columns.map(() => []) };
          groups.set(entity, group);
        }
        for (let row = start; row < end; row++) group.rows.push(first + row + 1);
        for (const [column, into] of group.cells.entries()) {
          if (column === entityColumn) continue;
          const from = cells[column] ?? [];
          for (let row = start; row < end; row++) into.push(from[row] ?? null);
        }
      }
      progress.update(first + rows);
    }
  } finally {
    progress.stop();
  }
  return groups;
}

function unknownEntity({ file }: Table, entity: string, { rows }: Group, known: readonly string[]): Error {
  const suggestion = suggest(entity, known);
  return new BailiwickError(
    "BWK431",
    `\`${file}\`, row ${rows[0]}, column \`entity\`: unknown entity \`${entity}\``,
    suggestion === undefined ? undefined : `did you mean \`${suggestion}\`?`,
  );
}

function emptyCell(table: Table, row: number, column: string): Trouble {
  return new Trouble("BWK478", `\`${table.file}\`, row ${row + 1}, column \`${column}\`: the cell is empty`);
}
