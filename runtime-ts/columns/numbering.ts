import { BailiwickError } from "../errors.ts";
import { TextTable } from "../text-table.ts";

/** Their numbers stay far below those that mean something else. */
const mostEntries = 2 ** 24 - 1;

/** Numbers things by a text, each once, from 0; the last ones can be taken back. */
export class Numbering {
  readonly #what: string;
  readonly #most: number;
  #table = new TextTable();

  /** `what` is numbered, in the plural, for the message where there are more than `most`. */
  constructor(what: string, most: number = mostEntries) {
    this.#what = what;
    this.#most = most;
  }

  get count(): number {
    return this.#table.count;
  }

  key(number: number): string {
    return this.#table.at(number);
  }

  find(key: string): number | undefined {
    return this.#table.get(key);
  }

  /** Numbers a new key. Throws BWK426. */
  add(key: string): number {
    if (this.#table.count >= this.#most) {
      throw new BailiwickError("BWK426", `the engine holds ${this.#most} different ${this.#what}`);
    }
    return this.#table.add(key);
  }

  /** Forgets what was added after there were `count`. */
  truncate(count: number): void {
    this.#table.truncate(count);
  }

  /** The table behind, for a snapshot. */
  get table(): TextTable {
    return this.#table;
  }

  /** Takes over a table that a snapshot held. */
  restore(table: TextTable): void {
    this.#table = table;
  }
}
