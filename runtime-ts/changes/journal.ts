import type { Memory } from "../memory.ts";

/** Stands in the list of addresses where a function undoes something. */
const byFunction = -1;

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
  readonly #places: number[] = [];
  readonly #before: number[] = [];
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

  word(address: number, value: number): void {
    const { words } = this.#memory;
    const at = address >>> 2;
    const before = words[at] as number;
    if (before === value) return;
    if (this.#depth > 0) {
      this.#places.push(at);
      this.#before.push(before);
    }
    words[at] = value;
  }

  /** Notes a word that somebody else is about to write. */
  note(address: number): void {
    if (this.#depth === 0) return;
    this.#places.push(address >>> 2);
    this.#before.push(this.#memory.words[address >>> 2] as number);
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
    this.#places.push(byFunction);
    this.#before.push(this.#functions.push(undo) - 1);
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
      places: this.#places.length,
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
    for (let i = this.#places.length - 1; i >= mark.places; i--) {
      const at = this.#places[i] as number;
      const before = this.#before[i] as number;
      if (at === byFunction) this.#functions[before]?.();
      else this.#memory.words[at] = before;
    }
    this.#cut(mark);
  }

  #cut({ places, functions, afterwards }: JournalMark): void {
    this.#places.length = places;
    this.#before.length = places;
    this.#functions.length = functions;
    this.#afterwards.length = afterwards;
  }
}
