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

const pageColumnBytes = columnBytes(PAGE_RECORDS);

/**
 * What stands beside a page of one entity: a column of 1,024 rows for each attribute that conditions read, and the planes
 * of its facts. One block: the addresses of the columns, the columns, the planes.
 */
export class PageValues {
  readonly #memory: Memory;
  readonly #columns: readonly Attribute[];
  readonly #facts: number;
  readonly #lookups: LookupColumns | undefined;

  constructor(
    memory: Memory,
    columns: readonly Attribute[],
    facts: number,
    lookups: LookupColumns | undefined,
  ) {
    this.#memory = memory;
    this.#columns = columns;
    this.#facts = facts;
    this.#lookups = lookups;
  }

  get #tableBytes(): number {
    return (this.#columns.length * 4 + 15) & ~15;
  }

  /** Bytes of the block of one page. */
  get bytes(): number {
    const columns = this.#columns.length * pageColumnBytes;
    return this.#tableBytes + columns + this.#facts * 2 * PAGE_PLANE_BYTES;
  }

  #column(block: number, column: number): number {
    return block + this.#tableBytes + column * pageColumnBytes;
  }

  /** Gives a new page its block, which is zeroed. */
  attach(page: number, block: number): void {
    const { words } = this.#memory;
    this.#columns.forEach(({ type }, column) => {
      const address = this.#column(block, column);
      words[(block >>> 2) + column] = address;
      if (type === TYPE_LOOKUP) this.#lookups?.add(address, PAGE_RECORDS);
    });
    if (this.#columns.length > 0) words[(page + PAGE_VALUES) >>> 2] = block;
    if (this.#facts > 0) words[(page + PAGE_FACTS) >>> 2] = this.#column(block, this.#columns.length);
  }

  /** Copies rows `from` to `to` of the columns that were read into the page, from row `place` on. */
  fill(
    page: number,
    columns: readonly (ColumnBuffer | undefined)[],
    from: number,
    to: number,
    place: number,
  ): void {
    const block = this.#memory.words[(page + PAGE_VALUES) >>> 2] as number;
    columns.forEach((column, i) => {
      column?.copy(from, to, this.#memory, this.#column(block, i), PAGE_RECORDS, place);
    });
  }
}
