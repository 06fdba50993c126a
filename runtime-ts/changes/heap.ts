import type { Memory } from "../memory.ts";
import type { Journal } from "./journal.ts";

const rounded = (bytes: number): number => (bytes + 15) & ~15;

/** Memory of a world that changes: blocks that are given back are taken again, by their size. */
export class Heap {
  readonly #memory: Memory;
  readonly #journal: Journal;
  readonly #free = new Map<number, number[]>();

  constructor(memory: Memory, journal: Journal) {
    this.#memory = memory;
    this.#journal = journal;
  }

  /** Zeroed bytes, 16-byte aligned; an update that fails gives them back. Throws BWK414. */
  take(bytes: number): number {
    const size = rounded(Math.max(bytes, 1));
    const again = this.#free.get(size)?.pop();
    if (again === undefined) return this.#memory.allocate(size);
    this.#memory.words.fill(0, again >>> 2, (again + size) >>> 2);
    this.#journal.done(() => this.#put(again, size));
    return again;
  }

  /** Gives a block back once the update has succeeded: until then its content may have to be put back. */
  give(address: number, bytes: number): void {
    if (address !== 0) this.#journal.afterwards(() => this.#put(address, rounded(Math.max(bytes, 1))));
  }

  #put(address: number, size: number): void {
    const list = this.#free.get(size);
    if (list === undefined) this.#free.set(size, [address]);
    else list.push(address);
  }
}
