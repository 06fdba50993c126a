// Chunks one after the other, each its length (64 bits) and its bytes, 8-byte aligned.
import { BailiwickError } from "../errors.ts";

const headBytes = 8;

/** One for all: it takes longer to make than to use. A mark at the beginning is a character like others. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const aligned = (bytes: number): number => (bytes + 7) & ~7;

/** An array whose bytes a snapshot holds. */
export type Chunk =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>;

/** What is wrong in a snapshot whose checksum holds: nothing that an engine writes. */
export function damaged(what: string): BailiwickError {
  return new BailiwickError("BWK419", `the snapshot is damaged: ${what}`, "take a new snapshot");
}

const bytesOf = (chunk: Chunk): Uint8Array<ArrayBuffer> =>
  new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);

/** Collects chunks: until they are written what they are views of must stay as it is. */
export class ChunkWriter {
  readonly #parts: Uint8Array<ArrayBuffer>[] = [];
  #bytes = 0;

  /** Bytes of all chunks. */
  get length(): number {
    return this.#bytes;
  }

  put(chunk: Chunk): void {
    this.putParts([chunk]);
  }

  /** Several arrays as one chunk, one after the other. */
  putParts(chunks: readonly Chunk[]): void {
    const parts = chunks.map(bytesOf);
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const head = Uint32Array.of(length >>> 0, Math.floor(length / 2 ** 32));
    const rest = new Uint8Array(aligned(length) - length);
    this.#parts.push(bytesOf(head), ...parts, rest);
    this.#bytes += headBytes + aligned(length);
  }

  /** Small things, as JSON. */
  putJson(value: unknown): void {
    this.put(new TextEncoder().encode(JSON.stringify(value)));
  }

  /** The chunks of another writer, as one chunk. */
  nest(writer: ChunkWriter): void {
    this.putParts(writer.#parts);
  }

  /** Copies all chunks; every `blockBytes` that have been copied are handed to `look`, and what is left at the end. */
  writeTo(
    bytes: Uint8Array<ArrayBuffer>,
    blockBytes: number,
    look: (block: Uint8Array<ArrayBuffer>) => void,
  ): void {
    let at = 0;
    let seen = 0;
    for (const part of this.#parts) {
      for (let from = 0; from < part.length; ) {
        const to = Math.min(part.length, from + seen + blockBytes - at);
        bytes.set(part.subarray(from, to), at);
        at += to - from;
        from = to;
        if (at - seen < blockBytes) continue;
        look(bytes.subarray(seen, at));
        seen = at;
      }
    }
    look(bytes.subarray(seen, at));
  }
}

/** Gives chunks back, in order. */
export class ChunkReader {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #isOwn: boolean;
  #at = 0;

  /** `isOwn`: nobody else has these bytes, so that arrays may be views of them; they begin at a multiple of 8. */
  constructor(bytes: Uint8Array<ArrayBuffer>, isOwn: boolean) {
    this.#bytes = bytes;
    this.#isOwn = isOwn;
  }

  /** Bytes of all chunks. */
  get length(): number {
    return this.#bytes.length;
  }

  /** A view of the next chunk. Throws BWK419. */
  take(): Uint8Array<ArrayBuffer> {
    const head = new Uint32Array(2);
    if (this.#at + headBytes > this.#bytes.length) throw damaged("something is missing");
    bytesOf(head).set(this.#bytes.subarray(this.#at, this.#at + headBytes));
    const length = (head[0] as number) + (head[1] as number) * 2 ** 32;
    const from = this.#at + headBytes;
    if (length > this.#bytes.length - from) throw damaged("something is missing");
    this.#at = from + aligned(length);
    return this.#bytes.subarray(from, from + length);
  }

  /** The next chunk, as the reader's own. */
  bytes(): Uint8Array<ArrayBuffer> {
    const bytes = this.take();
    return this.#isOwn ? bytes : bytes.slice();
  }

  #array(unit: number): [buffer: ArrayBuffer, offset: number, length: number] {
    const bytes = this.bytes();
    if (bytes.length % unit !== 0) throw damaged("an array that is cut");
    return [bytes.buffer, bytes.byteOffset, bytes.length / unit];
  }

  words(): Uint32Array<ArrayBuffer> {
    return new Uint32Array(...this.#array(4));
  }

  halves(): Uint16Array<ArrayBuffer> {
    return new Uint16Array(...this.#array(2));
  }

  /** Signed words. */
  numbers(): Int32Array<ArrayBuffer> {
    return new Int32Array(...this.#array(4));
  }

  /** Chunks that were put as one: copied at once, all arrays in it are views of the copy. */
  nested(): ChunkReader {
    return new ChunkReader(this.bytes(), true);
  }

  /** UTF-8. */
  text(): string {
    try {
      return utf8.decode(this.take());
    } catch {
      throw damaged("a text that cannot be read");
    }
  }

  json(): unknown {
    try {
      return JSON.parse(this.text());
    } catch {
      throw damaged("a text that cannot be read");
    }
  }
}
