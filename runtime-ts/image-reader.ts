import { HEADER_SIZE, NONE, SECTION_ENTRY_BYTES, SECTION_STRINGS, SECTION_TEXT } from "../runtime-as/abi.ts";
import { BailiwickError } from "./errors.ts";
import type { Memory } from "./memory.ts";

/** Reads rows and names of an image that the core has validated, where it lies in memory. */
export class ImageReader {
  readonly #words: Uint32Array;
  readonly #base: number;
  readonly #names: string[];

  constructor(memory: Memory, base: number) {
    this.#words = memory.words;
    this.#base = base;
    this.#names = this.#decodeNames(memory.bytes);
  }

  #entry(section: number, word: number): number {
    return this.#words[(this.#base + HEADER_SIZE + section * SECTION_ENTRY_BYTES) / 4 + word] as number;
  }

  /** UTF-8 is the one thing that the core leaves to the host. */
  #decodeNames(bytes: Uint8Array): string[] {
    const from = this.#base + this.#entry(SECTION_TEXT, 0);
    // A copy: decoders do not read memory that threads share.
    const text = bytes.slice(from, from + this.#entry(SECTION_TEXT, 2));
    const starts = (this.#base + this.#entry(SECTION_STRINGS, 0)) / 4;
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const names: string[] = [];
    try {
      for (let i = 0; i + 1 < this.#entry(SECTION_STRINGS, 2); i++) {
        const start = this.#words[starts + i] as number;
        const end = this.#words[starts + i + 1] as number;
        names.push(decoder.decode(text.subarray(start, end)));
      }
    } catch {
      throw damaged("a name is not UTF-8");
    }
    return names;
  }

  /** All names, in the order of their numbers. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** Where the UTF-8 bytes of each name lie in memory: address and length. */
  nameSpans(): Uint32Array<ArrayBuffer> {
    const text = this.#base + this.#entry(SECTION_TEXT, 0);
    const spans = new Uint32Array(this.#names.length * 2);
    for (let i = 0; i < this.#names.length; i++) {
      const start = this.word(SECTION_STRINGS, 1, i, 0);
      spans[i * 2] = text + start;
      spans[i * 2 + 1] = this.word(SECTION_STRINGS, 1, i + 1, 0) - start;
    }
    return spans;
  }

  /** How many rows the section has. */
  rows(section: number): number {
    return this.#entry(section, 2);
  }

  /** One word of a row of `words` words. */
  word(section: number, words: number, row: number, word: number): number {
    return this.#words[(this.#base + this.#entry(section, 0)) / 4 + row * words + word] as number;
  }

  /** The name with this number. */
  name(number: number): string {
    return this.#names[number] as string;
  }

  /** The name with this number, undefined for NONE. */
  optionalName(number: number): string | undefined {
    return number === NONE ? undefined : this.name(number);
  }
}

/** An image whose content contradicts itself although its checksum holds: nothing that the compiler writes. */
export function damaged(what: string): BailiwickError {
  return new BailiwickError("BWK413", `the image is damaged: ${what}`, "compile the policy again");
}
