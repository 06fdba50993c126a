// A text that is looked up: while it is hashed its code units are packed, four to a word, as they stand in a table of bytes. So it
// is read once, which costs more than all else, and compared a word at a time. There is one such text at a time.
import { mixed, type Units } from "./text-rows.ts";

/** Code units of the longest text that is packed; longer ones are rare, and read again. */
const mostPacked = 256;
/** The text that was hashed last: its whole words. */
const packed = new Int32Array(mostPacked / 4);
/** The code units in these words, ORed: beyond 255 they are no bytes. */
let anyUnit = 0;

/**
 * The hash of a text, which `isAt` may be asked about until the next one is hashed. Four code units at a time, so that they wait
 * for one product and not for four. The seed makes collisions hard to choose from outside.
 */
export function hashOf(seed: number, text: string): number {
  const { length } = text;
  let hash = seed ^ length;
  // Not all of a longer one is packed.
  let any = length > mostPacked ? 0xffff : 0;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    const a = text.charCodeAt(i);
    const b = text.charCodeAt(i + 1);
    const c = text.charCodeAt(i + 2);
    const d = text.charCodeAt(i + 3);
    const word = a ^ (b << 8) ^ (c << 16) ^ (d << 24);
    any |= a | b | c | d;
    // Behind its end an array takes nothing.
    packed[i >>> 2] = word;
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 13;
  }
  for (; i < length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  anyUnit = any;
  return mixed(hash);
}

/**
 * Whether the text that was hashed last, which is given once more, stands in the texts from `start` on; `bytes` are the same where
 * a code unit takes one byte.
 */
export function isAt(texts: Units, bytes: DataView | undefined, start: number, text: string): boolean {
  const { length } = text;
  let i = 0;
  if (bytes !== undefined && anyUnit < 256) {
    for (; i + 4 <= length; i += 4) if (bytes.getInt32(start + i, true) !== packed[i >>> 2]) return false;
    for (; i < length; i++) if (bytes.getUint8(start + i) !== text.charCodeAt(i)) return false;
    return true;
  }
  for (; i < length; i++) if (texts[start + i] !== text.charCodeAt(i)) return false;
  return true;
}
