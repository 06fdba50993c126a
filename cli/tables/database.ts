import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
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

const memoryLimit = "1GB";

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
