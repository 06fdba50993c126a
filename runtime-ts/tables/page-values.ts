import {
  PAGE_FACTS,
  PAGE_PLANE_BYTES,
  PAGE_RECORDS,
  PAGE_VALUES,
  TYPE_LOOKUP,
} from "../../runtime-as/abi.ts";
import { type ColumnBuffer, columnBytes } from "../columns/column-buffer.ts";
import type { LookupColumns } from "../columns/lookup-columns.ts";
import type { Memory } from "../memory.ts";
import type { Attribute } from "../policy.ts";

/** Bytes of one column of a page. */
export const pageColumnBytes: number = columnBytes(PAGE_RECORDS);

/**
 * What stands beside a page of one entity: the planes of its facts, and a column of 4,096 rows for each attribute that is
 * kept, once some record of the page has a value. The address of a column that nobody has loaded is 0.
 */
export class PageValues {
  readonly attributes: readonly Attribute[];
  readonly #memory: Memory;
  readonly #facts: number;
  readonly #lookups: LookupColumns;

  constructor(memory: Memory, attributes: readonly Attribute[], facts: number, lookups: LookupColumns) {
    this.attributes = attributes;
    this.#memory = memory;
    this.#facts = facts;
    this.#lookups = lookups;
  }

  get #tableBytes(): number {
    return (this.attributes.length * 4 + 15) & ~15;
  }

  /** Bytes of the block of one page: the addresses of its columns, then its planes. */
  get blockBytes(): number {
    return this.#tableBytes + this.#facts * 2 * PAGE_PLANE_BYTES;
  }

  /** Gives a new page its block, which is zeroed. */
  attach(page: number, block: number): void {
    const { words } = this.#memory;
    if (this.attributes.length > 0) words[(page + PAGE_VALUES) >>> 2] = block;
    if (this.#facts > 0) words[(page + PAGE_FACTS) >>> 2] = block + this.#tableBytes;
  }

  /** Where a page says where this column is; the address is 0 while there is none. */
  entry(page: number, column: number): number {
    return (this.#memory.words[(page + PAGE_VALUES) >>> 2] as number) + column * 4;
  }

  /** Address of a column, 0 where there is none. */
  column(page: number, column: number): number {
    return this.#memory.words[this.entry(page, column) >>> 2] as number;
  }

  /** Gives a page one column, zeroed. */
  attachColumn(page: number, column: number, address: number): void {
    this.#memory.words[this.entry(page, column) >>> 2] = address;
    if (this.attributes[column]?.type === TYPE_LOOKUP) this.#lookups.add(address, PAGE_RECORDS);
  }

  /** Takes the last column that was attached away again. */
  detachColumn(page: number, column: number): void {
    const at = this.entry(page, column) >>> 2;
    this.#lookups.remove(this.#memory.words[at] as number);
    this.#memory.words[at] = 0;
  }

  /** Copies rows `from` to `to` of the columns that were read into the page, from row `place` on. */
  fill(
    page: number,
    columns: readonly (ColumnBuffer | undefined)[],
    from: number,
    to: number,
    place: number,
  ): void {
    columns.forEach((buffer, i) => {
      buffer?.copy(from, to, this.#memory, this.column(page, i), PAGE_RECORDS, place);
    });
  }
}
