import { noText, rowLength, rowWords } from "./text-rows.ts";

/** Characters given to one call: more would not fit on the stack. */
const chunk = 4096;

/** The text of so many code units; of all, unless told otherwise. */
export function textOf(
  units: Uint8Array | Uint16Array,
  start: number = 0,
  length: number = units.length,
): string {
  const end = start + length;
  if (length <= chunk) return String.fromCharCode(...units.subarray(start, end));
  let text = "";
  for (let at = start; at < end; at += chunk) {
    text += String.fromCharCode(...units.subarray(at, Math.min(end, at + chunk)));
  }
  return text;
}

/** The texts of a table as they were at one moment, whatever becomes of the table. */
export class TextView {
  readonly length: number;
  readonly #text: Uint8Array | Uint16Array;
  readonly #rows: Uint32Array;

  /** `rows` as in text-rows.ts. */
  constructor(length: number, text: Uint8Array | Uint16Array, rows: Uint32Array) {
    this.length = length;
    this.#text = text;
    this.#rows = rows;
  }

  /** The text with this number; empty where it was removed. */
  at(number: number): string {
    const start = this.#rows[number * rowWords];
    if (number >= this.length || start === undefined || start === noText) return "";
    return textOf(this.#text, start, this.#rows[number * rowWords + rowLength] as number);
  }
}
