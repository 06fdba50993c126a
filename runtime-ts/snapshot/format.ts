// The bytes of a snapshot: header, then chunks one after the other, each its length and its bytes, 8-byte aligned.
import { BailiwickError } from "../errors.ts";

const magic = 0x534b5742; // "BWKS"
/** Goes up with every change of what stands in a snapshot. */
const version = 1;
const headerWords = 8;
const chunkBytes = 8;

const aligned = (bytes: number): number => (bytes + 7) & ~7;

/** An array whose bytes a snapshot holds. */
export type Chunk =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>;

/** Four sums over the words, each mixed by multiplication: fast, and no damage goes unnoticed by accident. */
export function checksum(words: Uint32Array): [number, number] {
  let a = 0x9e3779b1;
  let b = 0x85ebca77;
  let c = 0xc2b2ae3d;
  let d = 0x27d4eb2f;
  const end = words.length & ~3;
  for (let i = 0; i < end; i += 4) {
    a = Math.imul(a ^ (words[i] as number), 0x01000193);
    b = Math.imul(b ^ (words[i + 1] as number), 0x85ebca6b);
    c = Math.imul(c ^ (words[i + 2] as number), 0xc2b2ae35);
    d = Math.imul(d ^ (words[i + 3] as number), 0x27d4eb2d);
    // What a multiplication pushes out at the top comes in at the bottom.
    a ^= d >>> 15;
    c ^= b >>> 13;
  }
  for (let i = end; i < words.length; i++) a = Math.imul(a ^ (words[i] as number), 0x01000193) ^ (a >>> 17);
  return [(a ^ Math.imul(c, 31)) >>> 0, (b ^ Math.imul(d, 31)) >>> 0];
}

const bytesOf = (chunk: Chunk): Uint8Array<ArrayBuffer> =>
  new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);

/** Collects chunks and writes them at once: until then what they are views of must stay as it is. */
export class SnapshotWriter {
  readonly #chunks: (readonly Uint8Array<ArrayBuffer>[])[] = [];

  put(chunk: Chunk): void {
    this.#chunks.push([bytesOf(chunk)]);
  }

  /** Several arrays as one chunk, one after the other. */
  putParts(parts: readonly Chunk[]): void {
    this.#chunks.push(parts.map(bytesOf));
  }

  /** Small things, as JSON. */
  putJson(value: unknown): void {
    this.put(new TextEncoder().encode(JSON.stringify(value)));
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const lengths = this.#chunks.map((parts) => parts.reduce((sum, { length }) => sum + length, 0));
    let length = headerWords * 4;
    for (const chunk of lengths) length += chunkBytes + aligned(chunk);
    const bytes = new Uint8Array(length);
    const words = new Uint32Array(bytes.buffer);
    let at = headerWords * 4;
    this.#chunks.forEach((parts, i) => {
      const chunk = lengths[i] as number;
      words[at >>> 2] = chunk;
      words[(at >>> 2) + 1] = Math.floor(chunk / 2 ** 32);
      let to = at + chunkBytes;
      for (const part of parts) {
        bytes.set(part, to);
        to += part.length;
      }
      at += chunkBytes + aligned(chunk);
    });
    words.set([magic, version, length >>> 0, Math.floor(length / 2 ** 32), this.#chunks.length]);
    words.set(checksum(words.subarray(headerWords)), 5);
    return bytes;
  }
}

const again = "take a new snapshot";

/** What is wrong in a snapshot whose checksum holds: nothing that an engine writes. */
export function damaged(what: string): BailiwickError {
  return new BailiwickError("BWK419", `the snapshot is damaged: ${what}`, again);
}

/** Gives the chunks of a snapshot back, in order; each is a copy. */
export class SnapshotReader {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  #at: number = headerWords * 4;

  /** Throws BWK417 to BWK419 for bytes that are no snapshot, of another version, truncated or damaged. */
  constructor(given: Uint8Array) {
    if (!(given instanceof Uint8Array)) throw new BailiwickError("BWK417", "a snapshot is a Uint8Array");
    const isWhole = given.byteOffset % 4 === 0 && given.buffer instanceof ArrayBuffer;
    const bytes = (isWhole ? given : given.slice()) as Uint8Array<ArrayBuffer>;
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
    if (words.length < 1 || words[0] !== magic) {
      throw new BailiwickError("BWK417", "this is not a snapshot", "take one with `engine.snapshot()`");
    }
    if (words.length >= 2 && words[1] !== version) {
      const words = `the snapshot has another version than ${version}, which this engine reads`;
      throw new BailiwickError("BWK418", words, "take it with the same release of Bailiwick");
    }
    const length = (words[2] ?? 0) + (words[3] ?? 0) * 2 ** 32;
    if (words.length < headerWords || length !== bytes.length || length % 8 !== 0) {
      throw new BailiwickError("BWK419", "the snapshot is truncated, or something follows it", again);
    }
    const [low, high] = checksum(words.subarray(headerWords));
    if (low !== words[5] || high !== words[6]) throw damaged("its checksum does not hold");
    this.#bytes = bytes;
  }

  /** A view of the next chunk. */
  take(): Uint8Array<ArrayBuffer> {
    const head = new Uint32Array(2);
    if (this.#at + chunkBytes > this.#bytes.length) throw damaged("something is missing");
    new Uint8Array(head.buffer).set(this.#bytes.subarray(this.#at, this.#at + chunkBytes));
    const length = (head[0] as number) + (head[1] as number) * 2 ** 32;
    const from = this.#at + chunkBytes;
    if (length > this.#bytes.length - from) throw damaged("something is missing");
    this.#at = from + aligned(length);
    return this.#bytes.subarray(from, from + length);
  }

  #copy(unit: number): ArrayBuffer {
    const bytes = this.take();
    if (bytes.length % unit !== 0) throw damaged("an array that is cut");
    return bytes.slice().buffer;
  }

  words(): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.#copy(4));
  }

  halves(): Uint16Array<ArrayBuffer> {
    return new Uint16Array(this.#copy(2));
  }

  json(): unknown {
    try {
      return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(this.take()));
    } catch {
      throw damaged("a text that cannot be read");
    }
  }
}
