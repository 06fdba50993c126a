// What is known of each text of a table: three words, side by side, so that looking one up reads one place and not three.

/** Words of a row. */
export const rowWords = 3;
/** First code unit of the text. */
export const rowStart = 0;
/** How many code units. */
export const rowLength = 1;
export const rowHash = 2;
/** Stands for the place of a text that was removed. */
export const noText = 0xffffffff;

/** UTF-16 code units, of one byte each where all are below 256. */
export type Units = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/** The last step of a text's hash. */
export function mixed(hash: number): number {
  const half = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (half ^ (half >>> 13)) >>> 0;
}

/** The hash of a text of ASCII bytes: as `hashOf` (looked-text.ts) has it of the same text. */
export function hashOfBytes(seed: number, bytes: Uint8Array, from: number, to: number): number {
  let hash = seed ^ (to - from);
  let i = from;
  for (; i + 4 <= to; i += 4) {
    const a = bytes[i] as number;
    const b = bytes[i + 1] as number;
    const c = bytes[i + 2] as number;
    const d = bytes[i + 3] as number;
    hash = Math.imul(hash ^ a ^ (b << 8) ^ (c << 16) ^ (d << 24), 0x9e3779b1);
    hash ^= hash >>> 13;
  }
  for (; i < to; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return mixed(hash);
}

/** Whether two rows, neither of them removed, have the same text. */
export function isSame(rows: Uint32Array, text: Units, a: number, b: number): boolean {
  const length = rows[a * rowWords + rowLength] as number;
  if (length !== rows[b * rowWords + rowLength]) return false;
  const [from, to] = [rows[a * rowWords] as number, rows[b * rowWords] as number];
  for (let i = 0; i < length; i++) if (text[from + i] !== text[to + i]) return false;
  return true;
}

/** The array, or a larger one with its items: at least twice as large, so that growing costs little an item. */
export function grown<T extends Uint8Array | Uint16Array | Uint32Array>(array: T, needed: number): T {
  if (needed <= array.length) return array;
  const Kind = array.constructor as new (length: number) => T;
  const larger = new Kind(Math.max(needed, array.length * 2, 16));
  larger.set(array);
  return larger;
}
