const noText = 0xffffffff;
const removedSlot = 0xffffffff;
/** Characters given to one call: more would not fit on the stack. */
const chunk = 4096;

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

  /** How many numbers have been given, removed ones included. */
  get count(): number {
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

  has(text: string): boolean {
    return this.get(text) !== undefined;
  }

  /** The text with this number; empty where it was removed or never given. */
  text(number: number): string {
    const start = this.#starts[number];
    if (number >= this.#count || start === undefined || start === noText) return "";
    const end = start + (this.#lengths[number] as number);
    if (end - start <= chunk) return String.fromCharCode(...this.#text.subarray(start, end));
    let text = "";
    for (let at = start; at < end; at += chunk) {
      text += String.fromCharCode(...this.#text.subarray(at, Math.min(end, at + chunk)));
    }
    return text;
  }

  *keys(): Generator<string, void, undefined> {
    for (let number = 0; number < this.#count; number++) {
      if (this.#starts[number] !== noText) yield this.text(number);
    }
  }

  /** Every text by its number, empty where it was removed. */
  texts(): string[] {
    return Array.from({ length: this.#count }, (_, number) => this.text(number));
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

  /** Keeps a third of the slots free. */
  #makeRoom(): void {
    if ((this.#used + 1) * 3 <= this.#slots.length * 2) return;
    let length = 8;
    while (length < (this.#live + 1) * 2) length *= 2;
    this.#slots = new Uint32Array(length);
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
    this.put(number, text);
    return number;
  }

  /** Gives a text the number of one that was removed. It must not be there yet. */
  put(number: number, text: string): void {
    this.#makeRoom();
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
  }

  /** Forgets a text; its number may be given again by `put`. */
  remove(number: number): void {
    if (number >= this.#count || this.#starts[number] === noText) return;
    const slot = this.#slotOf(this.text(number), this.#hashes[number] as number);
    this.#slots[slot] = removedSlot;
    const start = this.#starts[number] as number;
    const length = this.#lengths[number] as number;
    if (start + length === this.#end) this.#end = start;
    this.#starts[number] = noText;
    this.#live--;
    this.#units -= length;
  }

  /** Forgets what was added after there were `count`. */
  truncate(count: number): void {
    while (this.#count > count) {
      this.remove(this.#count - 1);
      this.#count--;
    }
  }

  /** The numbers that were removed. */
  removed(): number[] {
    const removed: number[] = [];
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
    let used = 0;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] as number;
      if (slot === 0) continue;
      if (slot !== removedSlot && slot > count) return undefined;
      used++;
    }
    let found = 0;
    let units = 0;
    for (let number = 0; number < count; number++) {
      if (starts[number] === noText) continue;
      const length = lengths[number] as number;
      if ((starts[number] as number) + length > text.length) return undefined;
      units += length;
      found++;
    }
    if (found !== live || used < live || used * 3 > slots.length * 2 + 3) return undefined;
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
    table.#units = units;
    return table;
  }
}
