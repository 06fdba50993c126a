import type { Journal } from "../changes/journal.ts";

/** Something in memory that several hold: known by what it is, and gone when nobody holds it any more. */
export interface Pooled {
  key: string;
  address: number;
  holders: number;
}

/** Keeps what is equal once. Undone and dropped with the update that it belongs to. */
export class Pool<T extends Pooled> {
  readonly #journal: Journal;
  readonly #drop: (item: T) => void;
  readonly #items = new Map<string, T>();

  /** `drop` gives back what an item takes, when an update has left nobody who holds it. */
  constructor(journal: Journal, drop: (item: T) => void) {
    this.#journal = journal;
    this.#drop = drop;
  }

  all(): Iterable<T> {
    return this.#items.values();
  }

  /** The item of this key, made if it is new, and held once more. What is made has no key and no holders yet. */
  get(key: string, make: () => T): T {
    let item = this.#items.get(key);
    if (item === undefined) {
      item = make();
      item.key = key;
      this.#items.set(key, item);
      // Nobody may hold it in the end. (Outside of an update that would be now.)
      if (this.#journal.depth > 0) this.#noteNew(item);
    }
    this.hold(item);
    return item;
  }

  #noteNew(item: T): void {
    this.#journal.done(() => this.#items.delete(item.key));
    this.#journal.afterwards(() => this.#sweep(item));
  }

  /** One holder more, or several. */
  hold(item: T, times: number = 1): void {
    item.holders += times;
    if (this.#journal.depth > 0) {
      this.#journal.done(() => {
        item.holders -= times;
      });
    }
  }

  /** One holder less. */
  release(item: T): void {
    item.holders--;
    this.#journal.done(() => item.holders++);
    this.#journal.afterwards(() => this.#sweep(item));
  }

  #sweep(item: T): void {
    if (item.holders > 0 || this.#items.get(item.key) !== item) return;
    this.#items.delete(item.key);
    this.#drop(item);
  }
}
