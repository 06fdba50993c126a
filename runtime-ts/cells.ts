import { describeValue } from "./quote.ts";

/**
 * Texts of many rows in two arrays, as Apache Arrow's `Utf8` has them: row i is the UTF-8 text of the bytes from `offsets[i]` to
 * `offsets[i + 1]`, so there is one offset more than rows. An empty text is an empty cell.
 */
export interface PackedTexts {
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array | Int32Array;
}

/**
 * Cells that repeat, as Apache Arrow's `Dictionary` has them: row i is `values[indices[i]]`. The index -1 (in an Int32Array)
 * is an empty cell.
 */
export interface DictionaryColumn<T = unknown> {
  readonly values: ArrayLike<T>;
  readonly indices: Uint8Array | Uint16Array | Uint32Array | Int32Array;
}

/** One column of a table: an array or typed array with one cell a row, packed texts, or a dictionary. */
export type TableColumn<T = unknown> = ArrayLike<T> | PackedTexts | DictionaryColumn<T>;

/** A column as the readers of tables see it; arrays and typed arrays are such. */
export interface Cells {
  readonly length: number;
  at(row: number): unknown;
}

/** Bytes that are no text stay bytes: what reads the cell says that it expected text. */
function decoded(bytes: Uint8Array): string | Uint8Array {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes;
  }
}

/** Four at a time, as they are many. */
function areAscii(bytes: Uint8Array): boolean {
  const head = Math.min(bytes.length, -bytes.byteOffset & 3);
  const count = (bytes.length - head) >>> 2;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + head, count);
  let bits = 0;
  for (let i = 0; i < count; i++) bits |= words[i] as number;
  for (let i = 0; i < head; i++) bits |= bytes[i] as number;
  for (let i = head + count * 4; i < bytes.length; i++) bits |= bytes[i] as number;
  return (bits & 0x80808080) === 0;
}

/** Packed texts, one cell a row. */
export class PackedCells implements Cells {
  readonly length: number;
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array | Int32Array;
  #isAscii: boolean | undefined;

  constructor({ bytes, offsets }: PackedTexts) {
    this.bytes = bytes;
    this.offsets = offsets;
    this.length = offsets.length - 1;
  }

  /** Whether every text is of ASCII alone: then its bytes are its characters. */
  get isAscii(): boolean {
    if (this.#isAscii === undefined) {
      const { bytes, offsets, length } = this;
      this.#isAscii = areAscii(bytes.subarray(offsets[0], offsets[length]));
    }
    return this.#isAscii;
  }

  at(row: number): string | Uint8Array | undefined {
    const { bytes, offsets } = this;
    if (row < 0 || row >= this.length) return undefined;
    const [from, to] = [offsets[row] as number, offsets[row + 1] as number];
    // Short texts of ASCII, as nearly all are, need no decoder.
    let text = "";
    if (to - from <= 64) {
      for (let i = from; i < to; i++) {
        const byte = bytes[i] as number;
        if (byte > 127) return decoded(bytes.subarray(from, to));
        text += String.fromCharCode(byte);
      }
      return text;
    }
    return decoded(bytes.subarray(from, to));
  }
}

/** A dictionary, one cell a row. */
export class DictionaryCells implements Cells {
  readonly length: number;
  readonly values: ArrayLike<unknown>;
  readonly indices: DictionaryColumn["indices"];

  constructor({ values, indices }: DictionaryColumn) {
    this.values = values;
    this.indices = indices;
    this.length = indices.length;
  }

  at(row: number): unknown {
    return this.values[this.indices[row] as number];
  }
}

function isArray(value: unknown): value is Cells & ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

function packed(bytes: unknown, offsets: unknown): PackedCells | string {
  if (!(bytes instanceof Uint8Array)) return "the bytes of packed texts are a Uint8Array";
  if (!(offsets instanceof Uint32Array || offsets instanceof Int32Array) || offsets.length === 0) {
    return "the offsets of packed texts are a Uint32Array or Int32Array with one offset more than rows";
  }
  let before = 0;
  for (let i = 0; i < offsets.length; i++) {
    const offset = offsets[i] as number;
    if (offset < before || offset > bytes.length) return `offset ${i} of the packed texts is ${offset}`;
    before = offset;
  }
  return new PackedCells({ bytes, offsets });
}

function dictionary(values: unknown, indices: unknown): DictionaryCells | string {
  if (!isArray(values)) return "the values of a dictionary are an array";
  const { length } = values;
  if (
    !(
      indices instanceof Int32Array ||
      indices instanceof Uint32Array ||
      indices instanceof Uint16Array ||
      indices instanceof Uint8Array
    )
  ) {
    return "the indices of a dictionary are an Int32Array, Uint32Array, Uint16Array or Uint8Array";
  }
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    if (index < -1 || index >= length)
      return `index ${i} of the dictionary is ${index}, it has ${length} ${length === 1 ? "value" : "values"}`;
  }
  return new DictionaryCells({ values, indices });
}

/** A column as cells, or what is wrong with it in words. */
export function cellsOf(column: unknown): Cells | string {
  if (isArray(column)) return column;
  if (typeof column !== "object" || column === null)
    return `an array, packed texts or a dictionary is expected, not ${describeValue(column)}`;
  const { bytes, offsets, values, indices } = column as Record<string, unknown>;
  const cells =
    bytes !== undefined || offsets !== undefined
      ? packed(bytes, offsets)
      : values !== undefined || indices !== undefined
        ? dictionary(values, indices)
        : undefined;
  return cells ?? `an array, packed texts or a dictionary is expected, not ${describeValue(column)}`;
}
