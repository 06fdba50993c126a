import type { Memory } from "../memory.ts";

/** A table of words in memory that moves to twice the room when it is full. */
export interface GrowingTable {
  readonly address: number;
  /** In words. */
  readonly capacity: number;
}

export const emptyTable: GrowingTable = { address: 0, capacity: 0 };

/** The same table, or one with room for `needed` words and the old content. Throws BWK414. */
export function grownTable(memory: Memory, table: GrowingTable, needed: number): GrowingTable {
  if (needed <= table.capacity) return table;
  const capacity = Math.max(needed, table.capacity * 2, 4);
  const address = memory.allocate(capacity * 4);
  const from = table.address >>> 2;
  if (table.capacity > 0) memory.words.copyWithin(address >>> 2, from, from + table.capacity);
  return { address, capacity };
}
