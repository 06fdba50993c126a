import { mkdtemp, rm, symlink } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import type { DuckDBConnection, DuckDBDataChunk, DuckDBIntegerVector } from "@duckdb/node-api";
import { forget, keepTrack } from "../files/temporary.ts";
import { oneLine } from "../one-line.ts";
import { Trouble } from "../trouble.ts";

/**
 * A private DuckDB for the tables of one command. What does not fit into `memoryLimit` goes to a temporary folder, so
 * that memory does not grow with the number of rows.
 */
export class Database {
  readonly #connection: DuckDBConnection;
  /** A second one, so that the next rows are fetched while the last ones are worked on and their answers stored. */
  readonly #reader: DuckDBConnection;
  readonly #folder: string;
  #close: () => void;
  #names = 0;

  private constructor(
    connection: DuckDBConnection,
    reader: DuckDBConnection,
    folder: string,
    close: () => void,
  ) {
    this.#connection = connection;
    this.#reader = reader;
    this.#folder = folder;
    this.#close = close;
  }

  /** Throws BWK480 when the optional package is not installed. */
  static async open(): Promise<Database> {
    const { DuckDBInstance } = await loadDuckDb();
    const folder = await mkdtemp(join(tmpdir(), "bailiwick-"));
    keepTrack(folder);
    const instance = await DuckDBInstance.create(":memory:", {
      memory_limit: memoryLimit,
      temp_directory: join(folder, "spill"),
      threads: String(Math.min(availableParallelism(), mostThreads)),
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    const connection = await instance.connect();
    const reader = await instance.connect();
    return new Database(connection, reader, folder, () => {
      connection.closeSync();
      reader.closeSync();
      instance.closeSync();
    });
  }

  async close(): Promise<void> {
    this.#close();
    this.#close = () => undefined;
    await rm(this.#folder, { recursive: true, force: true });
    forget(this.#folder);
  }

  /** A table name that is still free. */
  newName(): string {
    return `table_${++this.#names}`;
  }

  /** The connection, for what `run` and `rows` do not offer. */
  get connection(): DuckDBConnection {
    return this.#connection;
  }

  async run(sql: string): Promise<void> {
    await this.#connection.run(sql);
  }

  /** All rows of a small result. */
  async rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    return (await this.#connection.runAndReadAll(sql)).getRowsJS();
  }

  /** As `rows`, beside whatever else is going on. */
  async fetch(sql: string): Promise<readonly (readonly unknown[])[]> {
    return (await this.#reader.runAndReadAll(sql)).getRowsJS();
  }

  /** The rows of a query as they come: in any order, unless it asks for one. */
  async stream(sql: string): Promise<Chunks> {
    const result = await this.#reader.stream(sql);
    return {
      async next() {
        const chunk = await result.fetchChunk();
        return chunk === null || chunk.rowCount === 0 ? undefined : chunk;
      },
    };
  }

  /** Appends numbers to a table whose one column is an INTEGER. */
  async numberWriter(table: string): Promise<NumberWriter> {
    const { DuckDBDataChunk, INTEGER } = await loadDuckDb();
    const appender = await this.#connection.createAppender(table);
    return {
      append(numbers) {
        for (let from = 0; from < numbers.length; from += chunkRows) {
          const rows = Math.min(chunkRows, numbers.length - from);
          const chunk = DuckDBDataChunk.create([INTEGER], rows);
          const vector = chunk.getColumnVector(0) as DuckDBIntegerVector;
          for (let row = 0; row < rows; row++) vector.setItem(row, numbers[from + row] as number);
          vector.flush();
          appender.appendDataChunk(chunk);
        }
      },
      close: () => appender.closeSync(),
    };
  }

  /** The path of a file as an SQL literal; a name with wildcards gets a link without them, or DuckDB would expand it. */
  async pathLiteral(path: string): Promise<string> {
    if (!/[*?[\]{}\\]/.test(path)) return literal(path);
    const link = join(this.#folder, `${this.newName()}${extname(path)}`);
    await symlink(resolve(path), link);
    return literal(link);
  }

  /** A path in the temporary folder. */
  temporaryPath(name: string): string {
    return join(this.#folder, name);
  }
}

/** With what is in JavaScript and in the core, less than 1 GB. */
const memoryLimit = "500MB";
/** Rows of a chunk, as the database has them. */
const chunkRows = 2_048;
/** Each has buffers of its own. */
const mostThreads = 4;

/** A result, part by part. */
export interface Chunks {
  next(): Promise<DuckDBDataChunk | undefined>;
}

/** Takes the numbers of one column, in their order. */
export interface NumberWriter {
  append(numbers: ArrayLike<number>): void;
  close(): void;
}

async function loadDuckDb(): Promise<typeof import("@duckdb/node-api")> {
  try {
    return await import("@duckdb/node-api");
  } catch {
    throw new Trouble(
      "BWK480",
      "tables are read and written with the optional package `@duckdb/node-api`, which is not installed here",
      "npm install @duckdb/node-api",
    );
  }
}

/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** DuckDB's words for a failure, as one plain line without its echo of the statement. */
export function duckDbReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const first = text.split(/\n\s*\n|\nLINE /)[0] ?? text;
  return oneLine(first.replace(/^[A-Z][A-Za-z ]*Error: /, ""));
}
