import { SET_VALUES } from "../../runtime-as/abi.ts";
import type { Memory } from "../memory.ts";
import type { TextTable } from "../text-table.ts";
import { Numbering } from "./numbering.ts";

/** What `undo` goes back to. */
export interface SetMark {
  readonly count: number;
  readonly written: number;
}

function sorted(elements: Iterable<bigint>): bigint[] {
  return [...new Set(elements)].sort((a, b) => (a < b ? -1 : 1));
}

/**
 * Sets of Long or of string numbers, equal sets once (abi.ts, "A set"). A set is known by its number until `commit` gives
 * it an address.
 */
export class SetTable {
  readonly #memory: Memory;
  /** The key of a set is its elements, ascending. */
  readonly #sets = new Numbering("sets in attributes");
  readonly #addresses: number[] = [];

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** The number of the set of these elements. Throws BWK426. */
  number(elements: Iterable<bigint>): number {
    const key = sorted(elements).join();
    return this.#sets.find(key) ?? this.#sets.add(key);
  }

  /** Brings new sets into memory. Throws BWK414; `undo` then takes them back. */
  commit(): void {
    const { count } = this.#sets;
    const first = this.#addresses.length;
    if (count === first) return;
    const sets = Array.from({ length: count - first }, (_, i) => {
      const key = this.#sets.key(first + i);
      return BigInt64Array.from(key === "" ? [] : key.split(","), BigInt);
    });
    const bytes = sets.reduce((sum, { length }) => sum + SET_VALUES + length * 8, 0);
    let at = this.#memory.allocate(bytes);
    const { words } = this.#memory;
    for (const set of sets) {
      words[at >>> 2] = set.length;
      words.set(new Uint32Array(set.buffer), (at + SET_VALUES) >>> 2);
      this.#addresses.push(at);
      at += SET_VALUES + set.length * 8;
    }
  }

  /** Where a committed set lies. */
  address(number: number): number {
    return this.#addresses[number] as number;
  }

  /** The keys of the sets, for a snapshot. */
  get keys(): TextTable {
    return this.#sets.table;
  }

  /** The number of the set at each address. */
  numbers(): Map<number, number> {
    return new Map(this.#addresses.map((address, number) => [address, number]));
  }

  /** Takes over the sets of a snapshot; false where a key is none. Throws BWK414. */
  restore(keys: TextTable): boolean {
    for (const key of keys.keys()) if (!/^(?:-?[0-9]{1,20}(?:,-?[0-9]{1,20})*)?$/.test(key)) return false;
    this.#sets.restore(keys);
    this.commit();
    return true;
  }

  mark(): SetMark {
    return { count: this.#sets.count, written: this.#addresses.length };
  }

  undo({ count, written }: SetMark): void {
    this.#sets.truncate(count);
    this.#addresses.length = written;
  }
}
