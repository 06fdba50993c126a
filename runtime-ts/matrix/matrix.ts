import { Bitset } from "../bitset.ts";

/** Who may do what: a row for each principal that was asked about, a bit for each of the questions. */
export class Matrix {
  /** How many rows, and bits of each. */
  readonly rows: number;
  readonly columns: number;
  /** How many rows were worked out; the others are equal to one of these. */
  readonly distinctRows: number;
  readonly #words: Uint32Array;
  /** Which of the distinct rows each principal has. */
  readonly #rowOf: Uint32Array;

  /** @internal */
  constructor(words: Uint32Array, rowOf: Uint32Array, columns: number, distinctRows: number) {
    this.#words = words;
    this.#rowOf = rowOf;
    this.rows = rowOf.length;
    this.columns = columns;
    this.distinctRows = distinctRows;
  }

  /** The number of the distinct row of a principal: principals with the same number may do the same. */
  kindOf(row: number): number {
    return this.#rowOf[row] as number;
  }

  /** The answers of one principal; none is allowed where there is no such row. */
  row(row: number): Bitset {
    const stride = (this.columns + 31) >>> 5;
    const kind = this.#rowOf[row];
    if (kind === undefined) return new Bitset(new Uint32Array(stride), this.columns);
    return new Bitset(this.#words.subarray(kind * stride, (kind + 1) * stride), this.columns);
  }

  /** One answer; false outside. */
  get(row: number, column: number): boolean {
    return this.row(row).get(column);
  }
}
