// The hash table of a table of texts: open addressing. A slot holds number + 1, in as many low bits as places take, and the
// upper bits of the text's hash: most slots of other texts are passed by without a look at their rows.
import { sortByPart } from "./slot-parts.ts";
import { isSame, noText, rowHash, rowWords, type Units } from "./text-rows.ts";

export const freeSlot = 0;
export const removedSlot = 0xffffffff;
/** Texts entered at once from here on go in part by part, so that each part of the slots stays in the cache. */
const enteredInParts = 1 << 18;

type Slots = Uint32Array<ArrayBuffer>;

/** How many slots a table with so many numbers gets: a third of them, at least, stays free. A power of two. */
export function slotsFor(numbers: number, more: number): number {
  let length = 8;
  while (length * 2 < (numbers + more) * 3 || length < (numbers + 1) * 2) length *= 2;
  return length;
}

const entryOf = (number: number, hash: number, mask: number): number => ((hash & ~mask) | (number + 1)) >>> 0;

/** Whether a slot may be of a text with this hash. A removed one leads beyond all numbers. */
export const mayBe = (slot: number, hash: number, mask: number): boolean => ((slot ^ hash) & ~mask) === 0;

/** Whose slot it is. */
export const numberIn = (slot: number, mask: number): number => (slot & mask) - 1;

/** Gives a number, whose text has no slot yet, the next slot that nobody uses; true where it was never used. */
export function enter(slots: Slots, number: number, hash: number): boolean {
  const mask = slots.length - 1;
  let at = hash & mask;
  for (let slot = slots[at]; slot !== freeSlot && slot !== removedSlot; slot = slots[at])
    at = (at + 1) & mask;
  const isFree = slots[at] === freeSlot;
  slots[at] = entryOf(number, hash, mask);
  return isFree;
}

/**
 * Takes a text out of its slot, which becomes free where no text behind it was put there because this one stood in its way: true
 * then. So what comes and goes again leaves nothing behind.
 */
export function leave(slots: Slots, rows: Uint32Array, at: number): boolean {
  const mask = slots.length - 1;
  slots[at] = removedSlot;
  for (let steps = 1; steps <= mask; steps++) {
    const place = (at + steps) & mask;
    const slot = slots[place] as number;
    if (slot === freeSlot) break;
    if (slot === removedSlot) continue;
    const home = (rows[numberIn(slot, mask) * rowWords + rowHash] as number) & mask;
    if (((place - home) & mask) >= steps) return false;
  }
  slots[at] = freeSlot;
  return true;
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

/** Gives a number, whose hash is known, a slot; false where its text has one. */
function enterNew(slots: Slots, rows: Uint32Array, text: Units, number: number, hash: number): boolean {
  const mask = slots.length - 1;
  let at = hash & mask;
  for (let slot = slots[at] as number; slot !== freeSlot; slot = slots[at] as number) {
    if (mayBe(slot, hash, mask) && slot !== removedSlot) {
      const other = numberIn(slot, mask);
      if (rows[other * rowWords + rowHash] === hash && isSame(rows, text, other, number)) return false;
    }
    at = (at + 1) & mask;
  }
  slots[at] = entryOf(number, hash, mask);
  return true;
}

/** Enters numbers whose rows are there; returns the lowest whose text is there already, or -1. */
export function enterAll(slots: Slots, rows: Uint32Array, text: Units, first: number, end: number): number {
  if (end - first >= enteredInParts) return enterByPart(slots, rows, text, first, end);
  for (let number = first; number < end; number++) {
    if (!enterNew(slots, rows, text, number, rows[number * rowWords + rowHash] as number)) return number;
  }
  return -1;
}

function enterByPart(slots: Slots, rows: Uint32Array, text: Units, first: number, end: number): number {
  const { numbers, keys } = sortByPart(rows.subarray(first * rowWords, end * rowWords), slots.length - 1);
  let lowest = -1;
  for (let i = 0; i < numbers.length; i++) {
    const number = first + (numbers[i] as number);
    const isNew = enterNew(slots, rows, text, number, keys[i] as number);
    if (!isNew && (lowest < 0 || number < lowest)) lowest = number;
  }
  return lowest;
}
