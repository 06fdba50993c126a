import { partSlots, sortByPart } from "./slot-parts.ts";
import { noText, TextView, textOf } from "./text-view.ts";

const removedSlot = 0xffffffff;
/** Texts added at once from here on are entered part by part, so that each part of the slots stays in the cache. */
const enteredInParts = 1 << 18;

function grown<T extends Uint8Array | Uint16Array | Uint32Array>(array: T, needed: number): T {
  if (needed <= array.length) return array;
  const Kind = array.constructor as new (length: number) => T;
  const larger = new Kind(Math.max(needed, array.length * 2, 16));
  larger.set(array);
  return larger;
}

/** What a table is made of: few large arrays, which a snapshot copies whole. */
export interface TextTableParts {
  readonly count: number;
  readonly live: number;
  readonly seed: number;
  /** UTF-16 code units, of one byte each where all are below 256. */
  readonly text: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  /** First code unit of each number; 0xffffffff: removed. */
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly lengths: Uint32Array<ArrayBuffer>;
  readonly hashes: Uint32Array<ArrayBuffer>;
  /** Open addressing: number + 1, 0 = free, 0xffffffff = removed. A power of two of them. */
  readonly slots: Uint32Array<ArrayBuffer>;
}

/**
 * Numbers texts, each once, from 0, as a Map would; but in a few typed arrays, so that millions of ids cost little memory
 * and go into a snapshot and back without being looked at one by one. Reads like a Map from texts to numbers.
 */
export class TextTable {
  #count = 0;
  #live = 0;
  /** Makes collisions hard to choose from outside. */
  #seed: number = (Math.random() * 2 ** 32) >>> 0;
  #text: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> = new Uint8Array(16);
  #end = 0;
  /** Code units of the texts that are there. */
  #units = 0;
  #starts = new Uint32Array(4);
  #lengths = new Uint32Array(4);
  #hashes = new Uint32Array(4);
  #slots = new Uint32Array(8);
  /** Slots that are not free, removed ones included. */
  #used = 0;
  /** Somebody may look at the texts as they are. */
  #isViewed = false;
  /** Texts before it may be looked at, removed ones included. */
  #viewedEnd = 0;

  /** How many numbers have been given, removed ones included. */
  get count(): number {
    return this.#count;
  }

  /** As `count`: for those who look at it as a list of names. */
  get length(): number {
    return this.#count;
  }

  /** How many texts there are. */
  get size(): number {
    return this.#live;
  }

  #hash(text: string): number {
    let hash = this.#seed;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    return (hash ^ (hash >>> 13)) >>> 0;
  }

  /** The same of ASCII bytes. */
  #hashBytes(bytes: Uint8Array, from: number, to: number): number {
    let hash = this.#seed;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    return (hash ^ (hash >>> 13)) >>> 0;
  }

  #isBytes(number: number, hash: number, bytes: Uint8Array, from: number, to: number): boolean {
    if (this.#hashes[number] !== hash || this.#lengths[number] !== to - from) return false;
    const start = this.#starts[number] as number;
    if (start === noText) return false;
    for (let i = from, at = start; i < to; i++, at++) if (this.#text[at] !== bytes[i]) return false;
    return true;
  }

  #is(number: number, hash: number, text: string): boolean {
    if (this.#hashes[number] !== hash || this.#lengths[number] !== text.length) return false;
    const start = this.#starts[number] as number;
    if (start === noText) return false;
    for (let i = 0; i < text.length; i++) if (this.#text[start + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  /** The slot that holds the text, or -1. Ends also on a damaged table: no slot is looked at twice. */
  #slotOf(text: string, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let at = hash & mask, left = mask; left >= 0; at = (at + 1) & mask, left--) {
      const slot = this.#slots[at] as number;
      if (slot === 0) return -1;
      if (slot !== removedSlot && this.#is(slot - 1, hash, text)) return at;
    }
    return -1;
  }

  get(text: string): number | undefined {
    const slot = this.#slotOf(text, this.#hash(text));
    return slot < 0 ? undefined : (this.#slots[slot] as number) - 1;
  }

  /** Whether there is a text with this number. */
  isThere(number: number): boolean {
    return number < this.#count && this.#starts[number] !== noText;
  }

  has(text: string): boolean {
    return this.get(text) !== undefined;
  }

  /** The number of the text of these bytes, which are ASCII. */
  find(bytes: Uint8Array, from: number, to: number): number | undefined {
    const hash = this.#hashBytes(bytes, from, to);
    const mask = this.#slots.length - 1;
    for (let at = hash & mask, left = mask; left >= 0; at = (at + 1) & mask, left--) {
      const slot = this.#slots[at] as number;
      if (slot === 0) return undefined;
      if (slot !== removedSlot && this.#isBytes(slot - 1, hash, bytes, from, to)) return slot - 1;
    }
    return undefined;
  }

  /** The texts as they are now, at no cost until one of them is removed. */
  view(): TextView {
    this.#isViewed = true;
    return new TextView(this.#count, this.#text, this.#starts, this.#lengths);
  }

  /** Before what a view shows is changed, the view gets it for itself. */
  #leaveViews(): void {
    if (!this.#isViewed) return;
    this.#isViewed = false;
    this.#starts = this.#starts.slice();
    this.#lengths = this.#lengths.slice();
    // Its texts are never written over: new ones go behind them.
    this.#viewedEnd = this.#end;
  }

  /** The text with this number; empty where it was removed or never given. */
  at(number: number): string {
    const start = this.#starts[number];
    if (number >= this.#count || start === undefined || start === noText) return "";
    return textOf(this.#text, start, this.#lengths[number] as number);
  }

  *keys(): Generator<string, void, undefined> {
    for (let number = 0; number < this.#count; number++) {
      if (this.#starts[number] !== noText) yield this.at(number);
    }
  }

  /** Every text by its number, empty where it was removed. */
  texts(): string[] {
    return Array.from({ length: this.#count }, (_, number) => this.at(number));
  }

  #store(text: string): number {
    const start = this.#end;
    this.#text = grown(this.#text, start + text.length);
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 255 && this.#text instanceof Uint8Array) this.#text = Uint16Array.from(this.#text);
      this.#text[start + i] = unit;
    }
    this.#end = start + text.length;
    return start;
  }

  #enter(number: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let at = hash & mask;
    for (let slot = this.#slots[at]; slot !== 0 && slot !== removedSlot; slot = this.#slots[at]) {
      at = (at + 1) & mask;
    }
    if (this.#slots[at] === 0) this.#used++;
    this.#slots[at] = number + 1;
  }

  /** Keeps a third of the slots free when `more` texts come. */
  #makeRoom(more: number): void {
    if ((this.#used + more) * 3 <= this.#slots.length * 2) return;
    let length = 8;
    while (length * 2 < (this.#live + more) * 3 || length < (this.#live + 1) * 2) length *= 2;
    this.#slots = new Uint32Array(length);
    this.#rebuild();
  }

  /** Enters all texts anew. */
  #rebuild(): void {
    this.#slots.fill(0);
    this.#used = 0;
    for (let number = 0; number < this.#count; number++) {
      if (this.#starts[number] !== noText) this.#enter(number, this.#hashes[number] as number);
    }
  }

  /** Gives a text the next number. It must not be there yet. */
  add(text: string): number {
    const number = this.#count;
    this.#starts = grown(this.#starts, number + 1);
    this.#lengths = grown(this.#lengths, number + 1);
    this.#hashes = grown(this.#hashes, number + 1);
    this.#starts[number] = noText;
    this.#count++;
    this.#put(number, text);
    return number;
  }

  /**
   * Gives texts the next numbers, which are ASCII: row i is the bytes from `offsets[i]` to `offsets[i + 1]`. Returns the first
   * row whose text is there already or twice, and adds none; -1 where all is well.
   */
  addPacked(bytes: Uint8Array, offsets: Uint32Array | Int32Array): number {
    const rows = offsets.length - 1;
    const first = this.#count;
    this.#makeRoom(rows);
    this.#starts = grown(this.#starts, first + rows);
    this.#lengths = grown(this.#lengths, first + rows);
    this.#hashes = grown(this.#hashes, first + rows);
    const [from, to] = [offsets[0] as number, offsets[rows] as number];
    this.#text = grown(this.#text, this.#end + to - from);
    this.#text.set(bytes.subarray(from, to), this.#end);
    const [starts, lengths, hashes] = [this.#starts, this.#lengths, this.#hashes];
    const moved = this.#end - from;
    for (let row = 0; row < rows; row++) {
      const [start, end] = [offsets[row] as number, offsets[row + 1] as number];
      starts[first + row] = start + moved;
      lengths[first + row] = end - start;
      hashes[first + row] = this.#hashBytes(bytes, start, end);
    }
    const duplicate = this.#enterAll(first, first + rows);
    if (duplicate >= 0) {
      this.#rebuild();
      return duplicate - first;
    }
    this.#end += to - from;
    this.#count += rows;
    this.#live += rows;
    this.#used += rows;
    this.#units += to - from;
    return -1;
  }

  /** Enters numbers whose texts are there; returns the lowest whose text is there already, or -1. */
  #enterAll(first: number, end: number): number {
    const hashes = this.#hashes;
    const mask = this.#slots.length - 1;
    if (end - first < enteredInParts) {
      for (let number = first; number < end; number++) if (!this.#enterNew(number)) return number;
      return -1;
    }
    const { numbers, keys, ends } = sortByPart(hashes.subarray(first, end), mask);
    const slots = this.#slots;
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
        while (slot !== 0) {
          const known = at >= base && at - base < partSlots ? (near[at - base] as number) : 0;
          if (known === 0 || known === hash) {
            if (slot !== removedSlot && hashes[slot - 1] === hash && this.#isSame(slot - 1, number)) break;
          }
          at = (at + 1) & mask;
          slot = slots[at] as number;
        }
        if (slot !== 0) {
          if (lowest < 0 || number < lowest) lowest = number;
          continue;
        }
        slots[at] = number + 1;
        if (at >= base && at - base < partSlots) near[at - base] = hash;
      }
    }
    return lowest;
  }

  /** Gives a number a slot; false where its text has one. */
  #enterNew(number: number): boolean {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const hash = this.#hashes[number] as number;
    let at = hash & mask;
    for (let slot = slots[at] as number; slot !== 0; slot = slots[at] as number) {
      if (slot !== removedSlot && this.#hashes[slot - 1] === hash && this.#isSame(slot - 1, number))
        return false;
      at = (at + 1) & mask;
    }
    slots[at] = number + 1;
    return true;
  }

  #isSame(a: number, b: number): boolean {
    const length = this.#lengths[a] as number;
    if (length !== this.#lengths[b]) return false;
    const [from, to] = [this.#starts[a] as number, this.#starts[b] as number];
    for (let i = 0; i < length; i++) if (this.#text[from + i] !== this.#text[to + i]) return false;
    return true;
  }

  /** Gives a text the number of one that was removed. It must not be there yet. */
  put(number: number, text: string): void {
    this.#leaveViews();
    this.#put(number, text);
  }

  #put(number: number, text: string): void {
    this.#makeRoom(1);
    if (this.#end > 65_536 && this.#end > this.#units * 2) this.#compact();
    const hash = this.#hash(text);
    this.#starts[number] = this.#store(text);
    this.#lengths[number] = text.length;
    this.#hashes[number] = hash;
    this.#enter(number, hash);
    this.#live++;
    this.#units += text.length;
  }

  /** Moves the texts together that are left. */
  #compact(): void {
    const Kind = this.#text.constructor as new (length: number) => Uint16Array<ArrayBuffer>;
    const text = new Kind(Math.max(16, this.#units * 2));
    let end = 0;
    for (let number = 0; number < this.#count; number++) {
      const start = this.#starts[number] as number;
      if (start === noText) continue;
      const length = this.#lengths[number] as number;
      text.set(this.#text.subarray(start, start + length), end);
      this.#starts[number] = end;
      end += length;
    }
    this.#text = text;
    this.#end = end;
    this.#viewedEnd = 0;
  }

  /** The table of these names, which are numbered in their order; an empty one has been removed. */
  static ofNames(names: readonly string[]): TextTable {
    const table = new TextTable();
    for (const name of names) {
      table.add(name);
      if (name === "") table.remove(table.#count - 1);
    }
    return table;
  }

  /** Forgets a text; its number may be given again by `put`. */
  remove(number: number): void {
    if (number >= this.#count || this.#starts[number] === noText) return;
    this.#leaveViews();
    const slot = this.#slotOf(this.at(number), this.#hashes[number] as number);
    this.#slots[slot] = removedSlot;
    const start = this.#starts[number] as number;
    const length = this.#lengths[number] as number;
    if (start + length === this.#end && start >= this.#viewedEnd) this.#end = start;
    this.#starts[number] = noText;
    this.#live--;
    this.#units -= length;
  }

  /** Forgets what was added after there were `count`. */
  truncate(count: number): void {
    if (this.#count - count > 1_024) {
      this.#leaveViews();
      for (let number = count; number < this.#count; number++) {
        if (this.#starts[number] === noText) continue;
        this.#live--;
        this.#units -= this.#lengths[number] as number;
      }
      this.#count = count;
      this.#rebuild();
    }
    while (this.#count > count) {
      this.remove(this.#count - 1);
      this.#count--;
    }
  }

  /** The numbers that were removed. */
  removed(): number[] {
    const removed: number[] = [];
    if (this.#live === this.#count) return removed;
    for (let number = 0; number < this.#count; number++)
      if (this.#starts[number] === noText) removed.push(number);
    return removed;
  }

  /** For a snapshot: views, to be copied at once. */
  parts(): TextTableParts {
    const count = this.#count;
    return {
      count,
      live: this.#live,
      seed: this.#seed,
      text: this.#text.subarray(0, this.#end) as Uint8Array<ArrayBuffer>,
      starts: this.#starts.subarray(0, count),
      lengths: this.#lengths.subarray(0, count),
      hashes: this.#hashes.subarray(0, count),
      slots: this.#slots,
    };
  }

  /** The table of these parts, which become its own; undefined where they do not fit together. */
  static of(parts: TextTableParts): TextTable | undefined {
    const { count, live, seed, text, starts, lengths, hashes, slots } = parts;
    const fits = starts.length === count && lengths.length === count && hashes.length === count;
    if (!fits || slots.length < 8 || (slots.length & (slots.length - 1)) !== 0) return undefined;
    const used = usedSlots(slots, count);
    const there = textsThere(starts, lengths, text.length);
    if (used === undefined || there === undefined || there.count !== live) return undefined;
    if (used < live || used * 3 > slots.length * 2 + 3) return undefined;
    const table = new TextTable();
    table.#count = count;
    table.#live = live;
    table.#seed = seed;
    table.#text = text;
    table.#end = text.length;
    table.#starts = starts;
    table.#lengths = lengths;
    table.#hashes = hashes;
    table.#slots = slots;
    table.#used = used;
    table.#units = there.units;
    return table;
  }
}

const signed = (words: Uint32Array<ArrayBuffer>) =>
  new Int32Array(words.buffer, words.byteOffset, words.length);

/** How many slots are not free; undefined where one leads beyond the rows. */
function usedSlots(slots: Uint32Array<ArrayBuffer>, rows: number): number | undefined {
  // As signed numbers a removed one is -1, and the sign says whether one is too low or too high: without a branch, which
  // could not be foreseen.
  const all = signed(slots);
  let used = 0;
  let signs = 0;
  for (let i = 0; i < all.length; i++) {
    const slot = all[i] as number;
    signs |= (rows - slot) | (slot + 1);
    used += (slot | (0 - slot)) >>> 31;
  }
  return signs < 0 ? undefined : used;
}

/** How many texts are there, and their code units together; undefined where one goes beyond `length`. */
function textsThere(
  starts: Uint32Array<ArrayBuffer>,
  lengths: Uint32Array<ArrayBuffer>,
  length: number,
): { readonly count: number; readonly units: number } | undefined {
  const [from, long] = [signed(starts), signed(lengths)];
  let count = 0;
  let units = 0;
  for (let number = 0; number < from.length; number++) {
    const start = from[number] as number;
    if (start === -1) continue;
    const own = long[number] as number;
    if (start < 0 || own < 0 || start + own > length) return undefined;
    units += own;
    count++;
  }
  return { count, units };
}
