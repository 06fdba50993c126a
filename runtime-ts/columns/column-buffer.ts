import type { Memory } from "../memory.ts";

const wordsOf = (rows: number): number => (rows + 31) >>> 5;

/** Bytes of a column of so many rows in memory (abi.ts, "A column of n rows"). */
export function columnBytes(rows: number): number {
  return rows * 8 + wordsOf(rows) * 4;
}

/** A column while it is being read: 64 bits a row, and whether there is a value. */
export class ColumnBuffer {
  /** Low and high word of each row, as they lie in memory. */
  readonly words: Uint32Array<ArrayBuffer>;
  readonly #longs: BigInt64Array<ArrayBuffer>;
  readonly #present: Uint32Array<ArrayBuffer>;

  constructor(rows: number) {
    this.words = new Uint32Array(rows * 2);
    this.#longs = new BigInt64Array(this.words.buffer);
    this.#present = new Uint32Array(wordsOf(rows));
  }

  has(row: number): boolean {
    return (((this.#present[row >>> 5] as number) >>> (row & 31)) & 1) !== 0;
  }

  /** Sets the value of a row: an integer that a number holds exactly. */
  set(row: number, value: number): void {
    this.words[row * 2] = value;
    this.words[row * 2 + 1] = Math.floor(value / 2 ** 32);
    this.#mark(row);
  }

  setLong(row: number, value: bigint): void {
    this.#longs[row] = value;
    this.#mark(row);
  }

  #mark(row: number): void {
    this.#present[row >>> 5] = (this.#present[row >>> 5] as number) | (1 << (row & 31));
  }

  /** Copies rows `from` to `to` into the column at `address`, which has room for `rows` rows, from row `place` on. */
  copy(from: number, to: number, memory: Memory, address: number, rows: number, place: number): void {
    const { words } = memory;
    words.set(this.words.subarray(from * 2, to * 2), (address >>> 2) + place * 2);
    const bits = (address >>> 2) + rows * 2;
    for (let row = from, at = place; row < to; row++, at++) {
      if (this.has(row)) words[bits + (at >>> 5)] = (words[bits + (at >>> 5)] as number) | (1 << (at & 31));
    }
  }
}
