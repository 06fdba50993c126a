import type { Memory } from "../memory.ts";

/** Stands in the list of addresses where a function undoes something. */
const byFunction = -1;

const keptRoom = 65_536;

/** Where an update began: everything after it is its own. */
export interface JournalMark {
  readonly places: number;
  readonly functions: number;
  readonly afterwards: number;
}

/**
 * What an update has written: the old word of every address, and functions for what is not in memory. `undo` takes all of
 * it back in reverse; when the outermost update ends, and only then, what it no longer needs is given away.
 */
export class Journal {
  readonly #memory: Memory;
  /** Word indices, and what stood there; kept from update to update. */
  #places = new Int32Array(256);
  #before = new Uint32Array(256);
  #count = 0;
  readonly #functions: (() => void)[] = [];
  readonly #afterwards: (() => void)[] = [];
  #depth = 0;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** How many updates run, one within the other. */
  get depth(): number {
    return this.#depth;
  }

  #push(place: number, before: number): void {
    if (this.#count === this.#places.length) {
      const [places, befores] = [this.#places, this.#before];
      this.#places = new Int32Array(this.#count * 2);
      this.#before = new Uint32Array(this.#count * 2);
      this.#places.set(places);
      this.#before.set(befores);
    }
    this.#places[this.#count] = place;
    this.#before[this.#count++] = before;
  }

  word(address: number, value: number): void {
    const { words } = this.#memory;
    const at = address >>> 2;
    const before = words[at] as number;
    if (before === value) return;
    if (this.#depth > 0) this.#push(at, before);
    words[at] = value;
  }

  /** Several words, one after the other. */
  words(address: number, values: Uint32Array): void {
    const { words } = this.#memory;
    const isNoted = this.#depth > 0;
    for (let at = address >>> 2, i = 0; i < values.length; at++, i++) {
      const before = words[at] as number;
      const value = values[i] as number;
      if (before === value) continue;
      if (isNoted) this.#push(at, before);
      words[at] = value;
    }
  }

  /** Notes a word that somebody else is about to write. */
  note(address: number): void {
    if (this.#depth === 0) return;
    this.#push(address >>> 2, this.#memory.words[address >>> 2] as number);
  }

  half(address: number, value: number): void {
    const { halves } = this.#memory;
    if (halves[address >>> 1] === value) return;
    this.note(address);
    halves[address >>> 1] = value;
  }

  /** Sets or clears one bit of a plane. */
  bit(plane: number, index: number, on: boolean): void {
    const address = plane + (index >>> 5) * 4;
    const word = this.#memory.words[address >>> 2] as number;
    const bit = 1 << (index & 31);
    this.word(address, (on ? word | bit : word & ~bit) >>> 0);
  }

  /** Something has been done that `undo` takes back. Outside of an update nothing is taken back. */
  done(undo: () => void): void {
    if (this.#depth === 0) return;
    this.#push(byFunction, this.#functions.push(undo) - 1);
  }

  /** To be done when the update has succeeded. */
  afterwards(work: () => void): void {
    if (this.#depth === 0) work();
    else this.#afterwards.push(work);
  }

  /** An update begins, perhaps within another. */
  begin(): JournalMark {
    this.#depth++;
    return {
      places: this.#count,
      functions: this.#functions.length,
      afterwards: this.#afterwards.length,
    };
  }

  /** It has succeeded. */
  end(): void {
    this.#depth--;
    if (this.#depth > 0) return;
    for (const work of this.#afterwards) work();
    this.#cut({ places: 0, functions: 0, afterwards: 0 });
  }

  /** It has failed: puts everything back as it was when it began. */
  undo(mark: JournalMark): void {
    this.#depth--;
    for (let i = this.#count - 1; i >= mark.places; i--) {
      const at = this.#places[i] as number;
      const before = this.#before[i] as number;
      if (at === byFunction) this.#functions[before]?.();
      else this.#memory.words[at] = before;
    }
    this.#cut(mark);
  }

  #cut({ places, functions, afterwards }: JournalMark): void {
    this.#count = places;
    // A large update does not keep its room.
    if (places === 0 && this.#places.length > keptRoom) {
      this.#places = new Int32Array(keptRoom);
      this.#before = new Uint32Array(keptRoom);
    }
    if (this.#functions.length > functions) this.#functions.length = functions;
    if (this.#afterwards.length > afterwards) this.#afterwards.length = afterwards;
  }
}
