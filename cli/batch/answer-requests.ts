import type { Engine } from "../../runtime-ts/index.ts";
import type { Io } from "../io.ts";
import { startProgress } from "../progress.ts";
import { checkColumns, columnOf } from "../tables/check-columns.ts";
import { type Database, identifier } from "../tables/database.ts";
import { readTable } from "../tables/read-table.ts";
import { type Table, tableFormat } from "../tables/table.ts";
import { writeTable } from "../tables/write-table.ts";
import { groupContexts } from "./group-contexts.ts";
import { makeNameTables } from "./name-tables.ts";
import { RequestNumbers } from "./number-requests.ts";
import { Outcomes } from "./outcomes.ts";
import { type Manner, startAnswerer } from "./start-answerer.ts";

const required = ["principal", "action", "entity", "id"];
const contextPrefix = "context.";

export interface BatchResult {
  readonly requests: number;
  readonly allowed: number;
  /** Time in the engine alone. */
  readonly decidingMs: number;
}

/**
 * Answers a table of requests into a table of decisions. The table is scanned twice and never held: once for its numbers, a
 * window of requests at a time, and once to be written out beside the answers, when every request was answered.
 */
export async function answerRequests(
  engine: Engine,
  db: Database,
  paths: { readonly requests: string; readonly output: string },
  how: Manner,
  io: Io,
): Promise<BatchResult> {
  const table = await readTable(db, paths.requests, io, "file");
  checkColumns(table, {
    kind: "requests",
    required,
    optional: ["context.<name>"],
    other: (name) => name.startsWith(contextPrefix),
  });
  const context = table.columns.filter(({ name }) => name.startsWith(contextPrefix));
  const text = (name: string): string => columnOf(table, name)?.text ?? "NULL";
  const columns = {
    principal: text("principal"),
    action: text("action"),
    entity: text("entity"),
    id: text("id"),
  };
  const answers = db.newName();
  await db.run(`CREATE TABLE ${answers} (number INTEGER)`);

  const names = await makeNameTables(engine, db, table, columns.entity);
  const numbers = new RequestNumbers(engine, db, table, columns, names);
  const answerer = await startAnswerer(engine, how, table.rows);
  const outcomes = new Outcomes(engine, answerer, how.withReasons);
  const writer = await db.numberWriter(answers);
  const progress = startProgress(io, "deciding", table.rows);
  let decidingMs = 0;
  try {
    for await (const { first, rows, requests, cells } of numbers.windows(context.map((c) => c.text))) {
      const contexts = new Map(
        context.map(({ name }, index) => [name.slice(contextPrefix.length), cells[index] ?? []]),
      );
      if (contexts.size > 0) {
        engine.context.validate(Object.fromEntries(contexts), {
          table: table.file,
          prefix: contextPrefix,
          rows: Uint32Array.from({ length: rows }, (_, row) => first + row + 1),
        });
      }
      const started = performance.now();
      const groups = contexts.size === 0 ? [] : groupContexts(contexts, rows);
      const decided = await outcomes.decide(requests, groups);
      decidingMs += performance.now() - started;
      writer.append(decided);
      progress.update(first + rows);
    }
  } finally {
    progress.stop();
    writer.close();
    await answerer.close();
  }
  await writeTable(
    db,
    paths.output,
    `SELECT ${requestColumns(table, paths)}, ${outcomes.columns("a.number")} FROM ${table.name} POSITIONAL JOIN ${answers} a`,
    io,
  );
  return { requests: table.rows, allowed: outcomes.allowed, decidingMs };
}

/** The request's own columns: with their types where input and output are of one format, as text otherwise. */
function requestColumns(table: Table, paths: { readonly requests: string; readonly output: string }): string {
  const typed = tableFormat(paths.requests) === tableFormat(paths.output);
  return table.columns
    .map(({ name, value, text }) => `${typed ? value : text} AS ${identifier(name)}`)
    .join(", ");
}
