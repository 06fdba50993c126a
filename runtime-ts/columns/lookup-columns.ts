import { GHOST_RECORDS } from "../../runtime-as/abi.ts";
import type { Memory } from "../memory.ts";

/** Where in memory lookups stand: columns whose ghosts become record numbers when their records are loaded. */
export class LookupColumns {
  readonly #columns: { readonly address: number; readonly rows: number }[] = [];

  add(address: number, rows: number): void {
    this.#columns.push({ address, rows });
  }

  /** Forgets the column at an address. */
  remove(address: number): void {
    const last = this.#columns.findLastIndex((column) => column.address === address);
    if (last >= 0) this.#columns.splice(last, 1);
  }

  /** A column has moved, and has so many rows now. */
  move(from: number, to: number, rows: number): void {
    this.remove(from);
    this.add(to, rows);
  }

  /** Puts record numbers in place of ghosts. */
  replace(memory: Memory, resolved: ReadonlyMap<number, number>): void {
    if (resolved.size === 0) return;
    const { words } = memory;
    for (const { address, rows } of this.#columns) {
      const end = (address >>> 2) + rows * 2;
      for (let at = address >>> 2; at < end; at += 2) {
        const value = words[at] as number;
        if (value >= GHOST_RECORDS) words[at] = resolved.get(value) ?? value;
      }
    }
  }
}
