import { type Cells, cellsOf } from "../cells.ts";
import { BailiwickError, type RuntimeCode } from "../errors.ts";
import { describeValue, quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";

/** One column, one cell a row. */
export type Column = Cells;

/** Where rows come from, for messages. */
export interface TablePlace {
  /** What to call the table, such as a file's name. Default: the entity's name, or `shares`. */
  readonly table?: string;
  /** The row number to print for each item of the columns. Default: 1, 2, … */
  readonly rows?: ArrayLike<number>;
  /** What stands before the names of the columns where they come from: `context.`. Default: nothing. */
  readonly prefix?: string;
}

/** An empty cell: null, undefined and the empty text are the same. */
export function isEmpty(cell: unknown): cell is null | undefined | "" {
  return cell === undefined || cell === null || cell === "";
}

/** The columns of a table, of one length, and the words for what is wrong in them. */
export class Columns {
  readonly length: number;
  readonly #columns = new Map<string, Column>();
  readonly #table: string;
  readonly #rows: ArrayLike<number> | undefined;
  readonly #prefix: string;

  /** Throws BWK430 for unknown columns, columns that are no arrays, and columns of different lengths. */
  constructor(columns: object, known: readonly string[], table: string, place: TablePlace | undefined) {
    this.#table = quote(place?.table ?? table);
    this.#rows = place?.rows;
    this.#prefix = place?.prefix ?? "";
    if (typeof columns !== "object" || columns === null) {
      throw this.#error(`columns are an object of arrays, not ${describeValue(columns)}`);
    }
    let length: number | undefined;
    for (const [name, column] of Object.entries(columns)) {
      if (column === undefined) continue;
      if (!known.includes(name)) {
        const there = known.map((each) => this.#prefix + each);
        const help = didYouMean(this.#prefix + name, there) ?? `expected ${there.map(quote).join(", ")}`;
        throw this.#error(`unknown ${this.#column(name)}`, there.length === 0 ? undefined : help);
      }
      const cells = cellsOf(column);
      if (typeof cells === "string") throw this.#error(`${this.#column(name)}: ${cells}`);
      if (length !== undefined && cells.length !== length) {
        throw this.#error(`${this.#column(name)} has ${cells.length} rows, the others have ${length}`);
      }
      length = cells.length;
      this.#columns.set(name, cells);
    }
    this.length = length ?? 0;
  }

  #column(name: string): string {
    return `column ${quote(this.#prefix + name)}`;
  }

  #error(words: string, help?: string): BailiwickError {
    return new BailiwickError("BWK430", `${this.#table}: ${words}`, help);
  }

  get(name: string): Column | undefined {
    return this.#columns.get(name);
  }

  /** Throws BWK430 where the column is missing. */
  required(name: string): Column {
    const column = this.#columns.get(name);
    if (column === undefined) throw this.#error(`${this.#column(name)} is missing`);
    return column;
  }

  /** An error in one cell. */
  error(code: RuntimeCode, row: number, column: string, words: string, help?: string): BailiwickError {
    const number = this.#rows?.[row] ?? row + 1;
    return new BailiwickError(code, `${this.#table}, row ${number}, ${this.#column(column)}: ${words}`, help);
  }

  /** Text of a cell that is not empty. Throws BWK433, BWK434. */
  text(column: Column, name: string, row: number): string {
    const cell = column.at(row);
    if (typeof cell === "string" && cell !== "") return cell;
    if (isEmpty(cell)) throw this.error("BWK433", row, name, "the cell is empty");
    throw this.error("BWK434", row, name, `expected text, not ${describeValue(cell)}`);
  }
}
