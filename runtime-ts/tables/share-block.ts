// The shares of one page in memory (abi.ts, SHARES_*): a block of bytes with the addresses of its groups, and the rows.
import {
  NO_PLACE,
  PAGE_RECORDS,
  PAGE_SHIFT,
  SHARE_BYTES,
  SHARE_DIRECT,
  SHARES_SHIFT_BITS,
} from "../../runtime-as/abi.ts";
import type { Memory } from "../memory.ts";

/** Where all groups have as many rows, each has so many, up to twice as many. A group costs 4 bytes. */
const rowsOfGroup = 4;

/** The address of a block, with the shift in its low bits, as PAGE_SHARES has it; 0 = none. */
export type Block = number;

/** Bytes, a multiple of 16, in which so many rows find room, and the shift of their places. */
export interface BlockSize {
  readonly bytes: number;
  readonly shift: number;
}

const groupsOf = (shift: number): number => PAGE_RECORDS >>> shift;
/** Behind the groups stand two words: where rows end, and where their room does. */
const bytesBeforeRows = (shift: number): number => ((groupsOf(shift) + 2) * 4 + 7) & ~7;
const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16;

export function blockSize(rows: number): BlockSize {
  const bits = Math.min(31 - Math.clz32(Math.max(rows / rowsOfGroup, 1)), PAGE_SHIFT);
  const shift = PAGE_SHIFT - bits;
  return { bytes: aligned(bytesBeforeRows(shift) + (rows + 1) * SHARE_BYTES), shift };
}

export const shiftOf = (block: Block): number => block & SHARES_SHIFT_BITS;

export const addressOf = (block: Block): number => (block & ~SHARES_SHIFT_BITS) >>> 0;

export const firstRow = (block: Block): number => addressOf(block) + bytesBeforeRows(shiftOf(block));

/** Index of the word that says where rows end. */
const endIndex = (block: Block): number => (addressOf(block) >>> 2) + groupsOf(shiftOf(block));

export const endOfRows = ({ words }: Memory, block: Block): number => words[endIndex(block)] as number;

export function countRows(memory: Memory, block: Block): number {
  return (endOfRows(memory, block) - firstRow(block)) / SHARE_BYTES;
}

/** How many rows find room. */
export function roomOf({ words }: Memory, block: Block): number {
  return ((words[endIndex(block) + 1] as number) - firstRow(block)) / SHARE_BYTES;
}

/** The bytes of a block with such room: a row that is none stands behind the last one. */
export function bytesOfRoom(block: Block, room: number): number {
  return aligned(firstRow(block) + (room + 1) * SHARE_BYTES - addressOf(block));
}

export function setRoom({ words }: Memory, block: Block, room: number): void {
  words[endIndex(block) + 1] = firstRow(block) + room * SHARE_BYTES;
}

/** A block at an address for `count` rows, which are still to be written, and then to be grouped. */
export function openBlock(
  memory: Memory,
  address: number,
  { bytes, shift }: BlockSize,
  count: number,
): Block {
  const block = address + shift;
  setRoom(memory, block, (bytes - bytesBeforeRows(shift)) / SHARE_BYTES - 1);
  setCount(memory, block, count);
  return block;
}

/** There are so many rows now. */
export function setCount({ words }: Memory, block: Block, count: number): void {
  const end = firstRow(block) + count * SHARE_BYTES;
  words[endIndex(block)] = end;
  words[(end + SHARE_DIRECT) >>> 2] = NO_PLACE << 16;
}

/** Writes of each group where its rows begin. */
export function groupRows({ words }: Memory, block: Block): void {
  const groups = addressOf(block) >>> 2;
  const shift = 16 + shiftOf(block);
  const count = groupsOf(shiftOf(block));
  let row = firstRow(block);
  for (let group = 0; group < count; group++) {
    words[groups + group] = row;
    while ((words[(row + SHARE_DIRECT) >>> 2] as number) >>> shift === group) row += SHARE_BYTES;
  }
}

/** The row of this place and principal, or the one before which it belongs. */
export function seekRow({ words }: Memory, block: Block, place: number, principal: number): number {
  const group = (addressOf(block) >>> 2) + (place >>> shiftOf(block));
  let low = words[group] as number;
  let high = words[group + 1] as number;
  while (low < high) {
    const middle = low + (((high - low) >>> 4) << 3);
    const there = (words[(middle + SHARE_DIRECT) >>> 2] as number) >>> 16;
    if (there < place || (there === place && (words[middle >>> 2] as number) < principal)) {
      low = middle + SHARE_BYTES;
    } else high = middle;
  }
  return low;
}
