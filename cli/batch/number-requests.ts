import { BailiwickError, type Engine, noRecord } from "../../runtime-ts/index.ts";
import { type Database, duckDbReason } from "../tables/database.ts";
import type { Cell } from "../tables/read-cells.ts";
import type { Table } from "../tables/table.ts";
import { Trouble } from "../trouble.ts";
import type { NameTables } from "./name-tables.ts";

/** Requests in the engine's numbers. */
export interface NumberedRequests {
  readonly principals: Uint32Array;
  readonly privileges: Uint32Array;
  readonly records: Uint32Array;
}

/** Some requests, one after the other. */
export interface RequestWindow {
  /** The number of requests before these. */
  readonly first: number;
  readonly rows: number;
  readonly requests: NumberedRequests;
  /** The cells of the columns that were asked for beside, column by column. */
  readonly cells: readonly Cell[][];
}

/** SQL of the four columns of a request, each null where its cell is empty. */
export interface RequestColumns {
  readonly principal: string;
  readonly action: string;
  readonly entity: string;
  readonly id: string;
}

/** Requests that are numbered and decided at once. */
const windowRequests = 65_536;
/** -1 of the database, in an unsigned array. */
const missing = 0xffffffff;

/** A window while its rows come. */
class OpenWindow {
  readonly first: number;
  readonly size: number;
  readonly principals: Uint32Array<ArrayBuffer>;
  readonly privileges: Uint32Array<ArrayBuffer>;
  readonly records: Uint32Array<ArrayBuffer>;
  readonly cells: Cell[][];
  filled = 0;

  constructor(first: number, total: number, columns: number) {
    this.first = first;
    this.size = Math.min(windowRequests, total - first);
    this.principals = new Uint32Array(this.size);
    this.privileges = new Uint32Array(this.size);
    this.records = new Uint32Array(this.size);
    this.cells = Array.from({ length: columns }, () => new Array<Cell>(this.size));
  }
}

/**
 * Numbers requests in their order, window by window: the database looks up all names at once, and only numbers come over.
 * A request that it finds no numbers for is looked at by itself, which says what is wrong with it.
 */
export class RequestNumbers {
  readonly #engine: Engine;
  readonly #db: Database;
  readonly #table: Table;
  readonly #columns: RequestColumns;
  readonly #names: NameTables;

  constructor(engine: Engine, db: Database, table: Table, columns: RequestColumns, names: NameTables) {
    this.#engine = engine;
    this.#db = db;
    this.#table = table;
    this.#columns = columns;
    this.#names = names;
  }

  #query(beside: readonly string[]): string {
    const { users, privileges, records } = this.#names;
    const { principal, action, entity, id } = this.#columns;
    const { name, rowNumber } = this.#table;
    const more = beside.map((sql, i) => `, ${sql} AS b${i}`).join("");
    // A task privilege has no record: a request that names one finds no privilege.
    // What is streamed comes in any order unless one is asked for.
    return `SELECT coalesce(u.number, -1), coalesce(v.number, -1), coalesce(r.place, -1)${beside.map((_, i) => `, b${i}`).join("")}
      FROM (SELECT ${rowNumber}::INTEGER AS row, ${principal} AS principal, ${action} AS action,
          coalesce(${entity}, '') AS entity, ${id} AS id${more} FROM ${name}) q
        LEFT JOIN ${users} u ON u.name = q.principal
        LEFT JOIN ${privileges} v ON v.action = q.action AND v.entity = q.entity AND (q.entity <> '' OR q.id IS NULL)
        LEFT JOIN ${records} r ON r.entity = q.entity AND r.id = q.id
      ORDER BY q.row`;
  }

  /** `beside`: SQL of more cells, as text. Throws for the first request with an unknown or missing name. */
  async *windows(beside: readonly string[]): AsyncGenerator<RequestWindow, void, undefined> {
    const chunks = await this.#readable(this.#db.stream(this.#query(beside)));
    const { rows: total } = this.#table;
    let window = new OpenWindow(0, total, beside.length);
    const next = () => this.#readable(chunks.next());
    for (let chunk = await next(); chunk !== undefined; chunk = await next()) {
      const [principals, privileges, places] = [0, 1, 2].map(
        (column) => (chunk.getColumnVector(column) as unknown as { readonly items: Int32Array }).items,
      ) as [Int32Array, Int32Array, Int32Array];
      const cells = beside.map((_, i) => chunk.getColumnValues(3 + i) as Cell[]);
      for (let i = 0; i < chunk.rowCount; i++) {
        const at = window.filled++;
        window.principals[at] = principals[i] as number;
        window.privileges[at] = privileges[i] as number;
        window.records[at] = places[i] as number;
        for (let column = 0; column < cells.length; column++) {
          (window.cells[column] as Cell[])[at] = cells[column]?.[i] ?? null;
        }
        if (window.filled < window.size) continue;
        yield await this.#finished(window);
        window = new OpenWindow(window.first + window.size, total, beside.length);
      }
    }
    if (window.size > 0) throw new Error(`request ${window.first + window.filled + 1} is missing`);
  }

  /** A file that is damaged inside shows it when it is scanned. */
  async #readable<T>(reading: Promise<T>): Promise<T> {
    try {
      return await reading;
    } catch (error) {
      const reason = duckDbReason(error);
      throw new Trouble("BWK481", `cannot read the table \`${this.#table.file}\`: ${reason}`);
    }
  }

  /** Places of records become their numbers; what was not found is looked at by itself. */
  async #finished(window: OpenWindow): Promise<RequestWindow> {
    const { entities, numbers } = this.#names;
    const { first, size, principals, privileges, records, cells } = window;
    let privilege = -1;
    let ofEntity: Uint32Array | undefined;
    for (let row = 0; row < size; row++) {
      const found = privileges[row] as number;
      if (found !== privilege) {
        privilege = found;
        const entity = entities.get(privilege);
        ofEntity = entity === undefined ? undefined : numbers.get(entity);
      }
      const place = records[row] as number;
      const isTask = place === missing && !entities.has(privilege);
      if (principals[row] === missing || privilege === missing || (place === missing && !isTask)) {
        const one = await this.#one(first + row);
        principals[row] = one.principal;
        privileges[row] = one.privilege;
        records[row] = one.record;
      } else records[row] = isTask ? noRecord : (ofEntity?.[place] as number);
    }
    return { first, rows: size, requests: { principals, privileges, records }, cells };
  }

  /** The numbers of one request, by its names. Throws with the row where one is unknown or missing. */
  async #one(
    row: number,
  ): Promise<{ readonly principal: number; readonly privilege: number; readonly record: number }> {
    const { name, rowNumber, file } = this.#table;
    const cells = Object.values(this.#columns).join(", ");
    const [found = []] = await this.#db.rows(`SELECT ${cells} FROM ${name} WHERE ${rowNumber} = ${row}`);
    const [principal, action, entity, id] = found as Cell[];
    const present = (cell: Cell | undefined, column: string): string => {
      if (cell !== null && cell !== undefined) return cell;
      throw new Trouble("BWK478", `\`${file}\`, row ${row + 1}, column \`${column}\`: the cell is empty`);
    };
    const isTask = (entity ?? id ?? null) === null;
    const [who, what] = [present(principal, "principal"), present(action, "action")];
    try {
      return {
        principal: this.#engine.principal(who),
        privilege: this.#engine.privilege(what, entity ?? undefined),
        record: isTask ? noRecord : this.#engine.record(present(entity, "entity"), present(id, "id")),
      };
    } catch (error) {
      if (!(error instanceof BailiwickError)) throw error;
      throw new BailiwickError(error.code, `\`${file}\`, row ${row + 1}: ${error.message}`, error.help);
    }
  }
}
