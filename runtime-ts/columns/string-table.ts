import { WORLD_STRING_COUNT, WORLD_STRINGS } from "../../runtime-as/abi.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import type { TextTable } from "../text-table.ts";
import { emptyTable, type GrowingTable, grownTable } from "./growing-table.ts";
import { Numbering } from "./numbering.ts";

/** The names of the image and where their bytes lie: address and length of each. */
export interface NameSpans {
  readonly names: readonly string[];
  readonly spans: Uint32Array;
}

/** What `undo` goes back to. */
export interface StringMark {
  readonly count: number;
  readonly written: number;
  readonly table: GrowingTable;
}

const encoder = new TextEncoder();
/** Half a surrogate pair is no character: no policy holds one, and UTF-8 says it as U+FFFD. */
const halfPairs = /\p{Surrogate}/gu;

/**
 * Strings as numbers, equal texts once (abi.ts, WORLD_STRINGS). The names of the image keep their numbers, so that code
 * and columns compare; new ones are numbered when they are first met and enter memory with `commit`.
 */
export class StringTable {
  readonly #memory: Memory;
  readonly #header: number;
  readonly #strings = new Numbering("texts in attributes");
  #written: number;
  #table: GrowingTable = emptyTable;

  constructor(core: Core, memory: Memory, { names, spans }: NameSpans) {
    this.#memory = memory;
    this.#header = core.world();
    for (const name of names) this.#strings.add(name);
    this.#written = names.length;
    this.#table = grownTable(memory, emptyTable, spans.length);
    memory.words.set(spans, this.#table.address >>> 2);
    this.#publish();
  }

  #publish(): void {
    const { words } = this.#memory;
    words[(this.#header + WORLD_STRINGS) >>> 2] = this.#table.address;
    words[(this.#header + WORLD_STRING_COUNT) >>> 2] = this.#written;
  }

  /** The number of a text, undefined where it has none. */
  find(text: string): number | undefined {
    return this.#strings.find(text.replace(halfPairs, "\ufffd"));
  }

  /** The number of a text. Throws BWK426. */
  number(text: string): number {
    const known = this.#strings.find(text);
    if (known !== undefined) return known;
    const clean = text.replace(halfPairs, "\ufffd");
    return clean === text ? this.#strings.add(text) : this.number(clean);
  }

  /** Brings new strings into memory. Throws BWK414; `undo` then takes them back. */
  commit(): void {
    const { count } = this.#strings;
    if (count === this.#written) return;
    const texts = Array.from({ length: count - this.#written }, (_, i) =>
      encoder.encode(this.#strings.key(this.#written + i)),
    );
    const bytes = texts.reduce((sum, text) => sum + text.length, 0);
    const table = grownTable(this.#memory, this.#table, count * 2);
    let at = this.#memory.allocate(bytes);
    const memory = this.#memory.bytes;
    const { words } = this.#memory;
    texts.forEach((text, i) => {
      const row = (table.address >>> 2) + (this.#written + i) * 2;
      words[row] = at;
      words[row + 1] = text.length;
      memory.set(text, at);
      at += text.length;
    });
    this.#table = table;
    this.#written = count;
    this.#publish();
  }

  /** The texts by number, for a snapshot. */
  get texts(): TextTable {
    return this.#strings.table;
  }

  /** Takes over the texts of a snapshot; false where they do not begin with those of the image. Throws BWK414. */
  restore(texts: TextTable): boolean {
    for (let number = 0; number < this.#written; number++) {
      if (texts.at(number) !== this.#strings.key(number)) return false;
    }
    this.#strings.restore(texts);
    this.commit();
    return true;
  }

  mark(): StringMark {
    return { count: this.#strings.count, written: this.#written, table: this.#table };
  }

  undo(mark: StringMark): void {
    this.#strings.truncate(mark.count);
    this.#written = mark.written;
    this.#table = mark.table;
    this.#publish();
  }
}
