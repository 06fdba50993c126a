import type { TextTable } from "./text-table.ts";

/** A table of so many names, or more, is asked each time: a Map of all of them would take more memory than the table. */
const fewNames = 1 << 14;

/**
 * The numbers of names that are asked for again and again, such as users: a Map finds a text by a hash that the text itself
 * keeps. Where there are many names the table is asked.
 */
export class KnownNames {
  readonly #numbers = new Map<string, number>();
  #table: TextTable | undefined;
  #removals = 0;

  /** The number of a name in this table. */
  get(table: TextTable, name: string): number | undefined {
    if (table.count >= fewNames) return table.get(name);
    if (table !== this.#table || table.removals !== this.#removals) {
      this.#numbers.clear();
      this.#table = table;
      this.#removals = table.removals;
    }
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = table.get(name);
    // A copy of the name: the asker's may be a part of a long text, which would stay with it, and copies lie close together.
    if (number !== undefined) this.#numbers.set(table.at(number), number);
    return number;
  }
}
