import { PAGE_RECORDS } from "../../runtime-as/abi.ts";
import { ColumnBuffer } from "../columns/column-buffer.ts";
import type { ValueEncoder } from "../columns/value-encoder.ts";
import type { Memory } from "../memory.ts";
import type { Attribute } from "../policy.ts";
import { pageColumnBytes } from "../tables/page-values.ts";
import type { RecordPages } from "../tables/record-pages.ts";
import type { Heap } from "./heap.ts";
import type { Journal } from "./journal.ts";

/** Where a value stands in memory: the column of a page, and its row. */
export interface Cell {
  readonly column: number;
  readonly row: number;
}

/** Reads and writes single values in the columns of records. A column comes with the first value. */
export class RecordValues {
  readonly #memory: Memory;
  readonly #pages: RecordPages;
  readonly #encoder: ValueEncoder;
  readonly #journal: Journal;
  readonly #heap: Heap;

  constructor(memory: Memory, pages: RecordPages, encoder: ValueEncoder, journal: Journal, heap: Heap) {
    this.#memory = memory;
    this.#pages = pages;
    this.#encoder = encoder;
    this.#journal = journal;
    this.#heap = heap;
  }

  /** The low word of a value; undefined where there is none. */
  low(entity: number, record: number, column: number): number | undefined {
    const address = this.#pages.valuesOf(entity).column(this.#pages.pageAddress(record), column);
    if (address === 0) return undefined;
    const row = record & (PAGE_RECORDS - 1);
    const { words } = this.#memory;
    const present = words[(address >>> 2) + PAGE_RECORDS * 2 + (row >>> 5)] as number;
    return ((present >>> (row & 31)) & 1) === 0 ? undefined : (words[(address >>> 2) + row * 2] as number);
  }

  clear(entity: number, record: number, column: number): void {
    const address = this.#pages.valuesOf(entity).column(this.#pages.pageAddress(record), column);
    if (address === 0) return;
    const row = record & (PAGE_RECORDS - 1);
    this.#journal.word(address + row * 8, 0);
    this.#journal.word(address + row * 8 + 4, 0);
    this.#journal.bit(address + PAGE_RECORDS * 8, row, false);
  }

  write(entity: number, record: number, column: number, low: number, high: number): void {
    const values = this.#pages.valuesOf(entity);
    const page = this.#pages.pageAddress(record);
    let address = values.column(page, column);
    if (address === 0) {
      address = this.#heap.take(pageColumnBytes);
      values.attachColumn(page, column, address);
      this.#journal.done(() => values.detachColumn(page, column));
    }
    const row = record & (PAGE_RECORDS - 1);
    this.#journal.word(address + row * 8, low);
    this.#journal.word(address + row * 8 + 4, high);
    this.#journal.bit(address + PAGE_RECORDS * 8, row, true);
  }

  /** Writes a cell as a table would hold it, which fits the attribute. Throws BWK414, BWK426. */
  encode(entity: number, record: number, column: number, attribute: Attribute, cell: unknown): void {
    const buffer = new ColumnBuffer(1);
    this.#encoder.writer(attribute)(buffer, 0, cell);
    this.#encoder.commit();
    this.#encoder.place([attribute], [buffer]);
    this.write(entity, record, column, buffer.words[0] as number, buffer.words[1] as number);
  }
}
