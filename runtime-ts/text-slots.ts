// The hash table of a table of texts: open addressing; a slot holds number + 1.
import { partSlots, sortByPart } from "./slot-parts.ts";
import { isSame, noText, rowHash, rowWords, type Units } from "./text-rows.ts";

export const freeSlot = 0;
export const removedSlot = 0xffffffff;
/** Texts entered at once from here on go in part by part, so that each part of the slots stays in the cache. */
const enteredInParts = 1 << 18;

type Slots = Uint32Array<ArrayBuffer>;

/** How many slots a table of so many texts gets: a third of them, at least, stays free. A power of two. */
export function slotsFor(texts: number, more: number): number {
  let length = 8;
  while (length * 2 < (texts + more) * 3 || length < (texts + 1) * 2) length *= 2;
  return length;
}

/** Gives a number, whose text has no slot yet, the next slot that nobody uses; true where it was never used. */
export function enter(slots: Slots, number: number, hash: number): boolean {
  const mask = slots.length - 1;
  let at = hash & mask;
  for (let slot = slots[at]; slot !== freeSlot && slot !== removedSlot; slot = slots[at])
    at = (at + 1) & mask;
  const isFree = slots[at] === freeSlot;
  slots[at] = number + 1;
  return isFree;
}

/** Enters all texts anew; returns how many there are. */
export function enterAgain(slots: Slots, rows: Uint32Array, count: number): number {
  slots.fill(freeSlot);
  let used = 0;
  for (let number = 0; number < count; number++) {
    const row = number * rowWords;
    if (rows[row] !== noText && enter(slots, number, rows[row + rowHash] as number)) used++;
  }
  return used;
}

/** Gives a number a slot; false where its text has one. */
function enterNew(slots: Slots, rows: Uint32Array, text: Units, number: number): boolean {
  const mask = slots.length - 1;
  const hash = rows[number * rowWords + rowHash] as number;
  let at = hash & mask;
  for (let slot = slots[at] as number; slot !== freeSlot; slot = slots[at] as number) {
    const isAlike = slot !== removedSlot && rows[(slot - 1) * rowWords + rowHash] === hash;
    if (isAlike && isSame(rows, text, slot - 1, number)) return false;
    at = (at + 1) & mask;
  }
  slots[at] = number + 1;
  return true;
}

/** Enters numbers whose rows are there; returns the lowest whose text is there already, or -1. */
export function enterAll(slots: Slots, rows: Uint32Array, text: Units, first: number, end: number): number {
  if (end - first >= enteredInParts) return enterByPart(slots, rows, text, first, end);
  for (let number = first; number < end; number++) {
    if (!enterNew(slots, rows, text, number)) return number;
  }
  return -1;
}

function enterByPart(slots: Slots, rows: Uint32Array, text: Units, first: number, end: number): number {
  const mask = slots.length - 1;
  const { numbers, keys, ends } = sortByPart(rows.subarray(first * rowWords, end * rowWords), mask);
  // The hashes of what a part's slots hold, as far as they were filled here: 0 is unknown.
  const near = new Uint32Array(partSlots);
  let lowest = -1;
  for (let part = 0, i = 0; part < ends.length; part++) {
    const base = part * partSlots;
    near.fill(0);
    for (const to = ends[part] as number; i < to; i++) {
      const hash = keys[i] as number;
      const number = first + (numbers[i] as number);
      let at = hash & mask;
      let slot = slots[at] as number;
      while (slot !== freeSlot) {
        const known = at >= base && at - base < partSlots ? (near[at - base] as number) : 0;
        if ((known === 0 || known === hash) && slot !== removedSlot) {
          const isAlike = rows[(slot - 1) * rowWords + rowHash] === hash;
          if (isAlike && isSame(rows, text, slot - 1, number)) break;
        }
        at = (at + 1) & mask;
        slot = slots[at] as number;
      }
      if (slot !== freeSlot) {
        if (lowest < 0 || number < lowest) lowest = number;
        continue;
      }
      slots[at] = number + 1;
      if (at >= base && at - base < partSlots) near[at - base] = hash;
    }
  }
  return lowest;
}
