import { hashOf, isAt } from "./looked-text.ts";
import {
  grown,
  hashOfBytes,
  noText,
  rowHash,
  rowLength,
  rowStart,
  rowWords,
  type Units,
} from "./text-rows.ts";
import { enter, enterAgain, enterAll, freeSlot, leave, mayBe, numberIn, slotsFor } from "./text-slots.ts";
import { TextView, textOf } from "./text-view.ts";

/** What a table is made of: few large arrays, which a snapshot copies whole. */
export interface TextTableParts {
  readonly count: number;
  readonly live: number;
  readonly seed: number;
  readonly text: Units;
  /** Of each number start, length and hash (text-rows.ts). */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** Open addressing (text-slots.ts): 0 = free, 0xffffffff = removed. A power of two of them. */
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
  #text: Units = new Uint8Array(16);
  /** The same, for reading four code units at once; only where they are bytes. */
  #bytes: DataView | undefined = new DataView(this.#text.buffer);
  #end = 0;
  /** Where number 0 would begin if all texts were as long as the one found last, and had come in order. */
  #before = 0;
  /** Code units of the texts that are there. */
  #units = 0;
  #rows = new Uint32Array(4 * rowWords);
  #slots = new Uint32Array(8);
  /** Slots that are not free, removed ones included. */
  #used = 0;
  /** Somebody may look at the texts as they are. */
  #isViewed = false;
  /** Texts before it may be looked at, removed ones included. */
  #viewedEnd = 0;
  #removals = 0;

  /** How many numbers have been given, removed ones included. */
  get count(): number {
    return this.#count;
  }

  /** As `count`: for those who look at it as a list of names. */
  get length(): number {
    return this.#count;
  }

  /** Goes up whenever a text may have lost its number: until then, who knows a number need not look it up again. */
  get removals(): number {
    return this.#removals;
  }

  /** How many texts there are. */
  get size(): number {
    return this.#live;
  }

  /** The slot of the text, or -1. Ends also on a damaged table: no slot is looked at twice. */
  #slotOf(text: string): number {
    const hash = hashOf(this.#seed, text);
    const slots = this.#slots;
    const rows = this.#rows;
    const mask = slots.length - 1;
    for (let at = hash & mask, left = mask; left >= 0; at = (at + 1) & mask, left--) {
      const slot = slots[at] as number;
      if (slot === freeSlot) return -1;
      if (!mayBe(slot, hash, mask)) continue;
      const number = numberIn(slot, mask);
      const row = number * rowWords;
      if (rows[row + rowHash] !== hash || rows[row + rowLength] !== text.length) continue;
      const start = rows[row] as number;
      // Of texts as long as each other the place is known before the row has been read: so the text is under way, too.
      const place = number * text.length + this.#before;
      if (start === place) {
        if (isAt(this.#text, this.#bytes, place, text)) return at;
      } else if (start !== noText && isAt(this.#text, this.#bytes, start, text)) {
        this.#before += start - place;
        return at;
      }
    }
    return -1;
  }

  get(text: string): number | undefined {
    const slot = this.#slotOf(text);
    return slot < 0 ? undefined : numberIn(this.#slots[slot] as number, this.#slots.length - 1);
  }

  /** Whether there is a text with this number. */
  isThere(number: number): boolean {
    return number < this.#count && this.#rows[number * rowWords] !== noText;
  }

  has(text: string): boolean {
    return this.get(text) !== undefined;
  }

  /** The number of the text of these bytes, which are ASCII. */
  find(bytes: Uint8Array, from: number, to: number): number | undefined {
    const hash = hashOfBytes(this.#seed, bytes, from, to);
    const [slots, rows, units] = [this.#slots, this.#rows, this.#text];
    const mask = slots.length - 1;
    for (let at = hash & mask, left = mask; left >= 0; at = (at + 1) & mask, left--) {
      const slot = slots[at] as number;
      if (slot === freeSlot) return undefined;
      if (!mayBe(slot, hash, mask)) continue;
      const row = numberIn(slot, mask) * rowWords;
      if (rows[row + rowHash] !== hash || rows[row + rowLength] !== to - from) continue;
      const start = rows[row] as number;
      if (start === noText) continue;
      let i = from;
      while (i < to && units[start + i - from] === bytes[i]) i++;
      if (i === to) return numberIn(slot, mask);
    }
    return undefined;
  }

  /** The texts as they are now, at no cost until one of them is removed. */
  view(): TextView {
    this.#isViewed = true;
    return new TextView(this.#count, this.#text, this.#rows);
  }

  /** Before what a view shows is changed, the view gets it for itself. */
  #leaveViews(): void {
    if (!this.#isViewed) return;
    this.#isViewed = false;
    this.#rows = this.#rows.slice();
    // Its texts are never written over: new ones go behind them.
    this.#viewedEnd = this.#end;
  }

  /** The text with this number; empty where it was removed or never given. */
  at(number: number): string {
    const start = this.#rows[number * rowWords];
    if (number >= this.#count || start === undefined || start === noText) return "";
    return textOf(this.#text, start, this.#rows[number * rowWords + rowLength] as number);
  }

  *keys(): Generator<string, void, undefined> {
    for (let number = 0; number < this.#count; number++) {
      if (this.isThere(number)) yield this.at(number);
    }
  }

  /** Every text by its number, empty where it was removed. */
  texts(): string[] {
    return Array.from({ length: this.#count }, (_, number) => this.at(number));
  }

  #keepTexts(texts: Units): void {
    if (texts === this.#text) return;
    this.#text = texts;
    this.#bytes =
      texts.BYTES_PER_ELEMENT === 1
        ? new DataView(texts.buffer, texts.byteOffset, texts.byteLength)
        : undefined;
  }

  #store(text: string): number {
    const start = this.#end;
    this.#keepTexts(grown(this.#text, start + text.length));
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 255 && this.#text instanceof Uint8Array) this.#keepTexts(Uint16Array.from(this.#text));
      this.#text[start + i] = unit;
    }
    this.#end = start + text.length;
    return start;
  }

  /** Keeps a third of the slots free when `more` texts come, and room in each for their numbers. */
  #makeRoom(more: number): void {
    if ((Math.max(this.#used, this.#count) + more) * 3 <= this.#slots.length * 2) return;
    this.#slots = new Uint32Array(slotsFor(this.#count, more));
    this.#rebuild();
  }

  /** Enters all texts anew. */
  #rebuild(): void {
    this.#used = enterAgain(this.#slots, this.#rows, this.#count);
  }

  /** Gives a text the next number. It must not be there yet. */
  add(text: string): number {
    const number = this.#count;
    this.#rows = grown(this.#rows, (number + 1) * rowWords);
    this.#rows[number * rowWords] = noText;
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
    this.#rows = grown(this.#rows, (first + rows) * rowWords);
    const [from, to] = [offsets[0] as number, offsets[rows] as number];
    this.#keepTexts(grown(this.#text, this.#end + to - from));
    this.#text.set(bytes.subarray(from, to), this.#end);
    const entries = this.#rows;
    const moved = this.#end - from;
    for (let i = 0, at = first * rowWords; i < rows; i++, at += rowWords) {
      const [start, end] = [offsets[i] as number, offsets[i + 1] as number];
      entries[at + rowStart] = start + moved;
      entries[at + rowLength] = end - start;
      entries[at + rowHash] = hashOfBytes(this.#seed, bytes, start, end);
    }
    const duplicate = enterAll(this.#slots, entries, this.#text, first, first + rows);
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

  /** Gives a text the number of one that was removed. It must not be there yet. */
  put(number: number, text: string): void {
    this.#leaveViews();
    this.#put(number, text);
  }

  #put(number: number, text: string): void {
    this.#makeRoom(1);
    if (this.#end > 65_536 && this.#end > this.#units * 2) this.#compact();
    const hash = hashOf(this.#seed, text);
    const row = number * rowWords;
    this.#rows[row + rowStart] = this.#store(text);
    this.#rows[row + rowLength] = text.length;
    this.#rows[row + rowHash] = hash;
    if (enter(this.#slots, number, hash)) this.#used++;
    this.#live++;
    this.#units += text.length;
  }

  /** Moves the texts together that are left. */
  #compact(): void {
    const Kind = this.#text.constructor as new (length: number) => Uint16Array<ArrayBuffer>;
    const text = new Kind(Math.max(16, this.#units * 2));
    let end = 0;
    for (let row = 0; row < this.#count * rowWords; row += rowWords) {
      const start = this.#rows[row] as number;
      if (start === noText) continue;
      const length = this.#rows[row + rowLength] as number;
      text.set(this.#text.subarray(start, start + length), end);
      this.#rows[row] = end;
      end += length;
    }
    this.#keepTexts(text);
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
    if (!this.isThere(number)) return;
    this.#removals++;
    this.#leaveViews();
    const row = number * rowWords;
    const slot = this.#slotOf(this.at(number));
    if (leave(this.#slots, this.#rows, slot)) this.#used--;
    const start = this.#rows[row] as number;
    const length = this.#rows[row + rowLength] as number;
    if (start + length === this.#end && start >= this.#viewedEnd) this.#end = start;
    this.#rows[row] = noText;
    this.#live--;
    this.#units -= length;
  }

  /** Forgets what was added after there were `count`. */
  truncate(count: number): void {
    if (this.#count - count > 1_024) {
      this.#removals++;
      this.#leaveViews();
      for (let number = count; number < this.#count; number++) {
        if (!this.isThere(number)) continue;
        this.#live--;
        this.#units -= this.#rows[number * rowWords + rowLength] as number;
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
    for (let number = 0; number < this.#count; number++) if (!this.isThere(number)) removed.push(number);
    return removed;
  }

  /** For a snapshot: views, to be copied at once. */
  parts(): TextTableParts {
    return {
      count: this.#count,
      live: this.#live,
      seed: this.#seed,
      text: this.#text.subarray(0, this.#end) as Units,
      rows: this.#rows.subarray(0, this.#count * rowWords),
      slots: this.#slots,
    };
  }

  /** The table of these parts, which become its own: they fit together, `used` slots are not free, the texts have `units`. */
  static of(
    { count, live, seed, text, rows, slots }: TextTableParts,
    used: number,
    units: number,
  ): TextTable {
    const table = new TextTable();
    table.#count = count;
    table.#live = live;
    table.#seed = seed;
    table.#keepTexts(text);
    table.#end = text.length;
    table.#rows = rows;
    table.#slots = slots;
    table.#used = used;
    table.#units = units;
    return table;
  }
}
