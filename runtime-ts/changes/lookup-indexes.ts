import { GHOST_RECORDS, PAGE_RECORDS } from "../../runtime-as/abi.ts";
import type { RecordPages } from "../tables/record-pages.ts";
import type { Journal } from "./journal.ts";
import { ReverseIndex } from "./reverse-index.ts";
import type { RecordValues } from "./values.ts";

/**
 * From a record to the records whose lookup leads to it: an index for each lookup that was ever asked for, made of all
 * records then, and kept up to date. Numbers within it are places in the order of their entity.
 */
export class LookupIndexes {
  readonly #pages: RecordPages;
  readonly #values: RecordValues;
  readonly #journal: Journal;
  readonly #indexes = new Map<string, ReverseIndex>();

  constructor(pages: RecordPages, values: RecordValues, journal: Journal) {
    this.#pages = pages;
    this.#values = values;
    this.#journal = journal;
  }

  /** Records were loaded: indexes are made anew when they are needed. */
  forget(): void {
    this.#indexes.clear();
  }

  /** The children of a record by one lookup of one entity, ascending. */
  of(parent: number, child: number, column: number): number[] {
    return this.#index(child, column)
      .of(this.#pages.ordinalOf(parent))
      .map((place) => this.#pages.numberOf(child, place));
  }

  #index(child: number, column: number): ReverseIndex {
    const key = `${child} ${column}`;
    let index = this.#indexes.get(key);
    if (index === undefined) {
      index = this.#make(child, column);
      this.#indexes.set(key, index);
      // What the update has written before is in it, and would not be taken out again.
      this.#journal.done(() => this.#indexes.delete(key));
    }
    return index;
  }

  #make(child: number, column: number): ReverseIndex {
    const count = this.#pages.countOf(child);
    const index = new ReverseIndex(0, count);
    const values = this.#pages.valuesOf(child);
    this.#pages.pagesOf(child).forEach(({ address, first }, i) => {
      if (values.column(address, column) === 0) return;
      const rows = Math.min(PAGE_RECORDS, count - i * PAGE_RECORDS);
      for (let row = 0; row < rows; row++) {
        const target = this.#values.low(child, first + row, column);
        if (target === undefined || target >= GHOST_RECORDS) continue;
        index.link(this.#pages.ordinalOf(target), i * PAGE_RECORDS + row);
      }
    });
    return index;
  }

  /** A lookup leads to another record than before; undefined or a ghost: to none. */
  move(
    child: number,
    column: number,
    record: number,
    from: number | undefined,
    to: number | undefined,
  ): void {
    const index = this.#indexes.get(`${child} ${column}`);
    if (index === undefined) return;
    const source = this.#pages.ordinalOf(record);
    if (from !== undefined && from < GHOST_RECORDS) {
      const target = this.#pages.ordinalOf(from);
      index.unlink(target, source);
      this.#journal.done(() => index.link(target, source));
    }
    if (to !== undefined && to < GHOST_RECORDS) {
      const target = this.#pages.ordinalOf(to);
      index.link(target, source);
      this.#journal.done(() => index.unlink(target, source));
    }
  }
}
