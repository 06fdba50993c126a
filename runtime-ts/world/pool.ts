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
  #items = new Map<string, T>();

  /** `drop` gives back what an item takes, when an update has left nobody who holds it. */
  constructor(journal: Journal, drop: (item: T) => void) {
    this.#journal = journal;
    this.#drop = drop;
  }

  get size(): number {
    return this.#items.size;
  }

  all(): Iterable<T> {
    return this.#items.values();
  }

  /** The item of this key, made if it is new, and held once more. */
  get(key: string, make: () => Omit<T, keyof Pooled> & { readonly address?: number }): T {
    let item = this.#items.get(key);
    if (item === undefined) {
      item = { address: 0, ...make(), key, holders: 0 } as unknown as T;
      const added = item;
      this.#items.set(key, added);
      this.#journal.done(() => this.#items.delete(added.key));
      // Nobody may hold it in the end. (Outside of an update that would be now.)
      if (this.#journal.depth > 0) this.#journal.afterwards(() => this.#sweep(added));
    }
    const held = item;
    held.holders++;
    this.#journal.done(() => held.holders--);
    return held;
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

  /** What the items are has changed without making two of them equal: their keys follow. */
  rename(keyOf: (item: T) => string): void {
    const renamed = new Map<string, T>();
    for (const item of this.#items.values()) {
      item.key = keyOf(item);
      renamed.set(item.key, item);
    }
    this.#items = renamed;
  }
}
