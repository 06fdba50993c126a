// The bytes of a snapshot: header, then chunks one after the other, each its length and its bytes, 8-byte aligned.
import { BailiwickError } from "../errors.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import { ChunkReader, type ChunkWriter, damaged } from "./chunks.ts";

/** The core, and its memory. */
export interface Machine {
  readonly core: Core;
  readonly memory: Memory;
}

const magic = 0x534b5742; // "BWKS"
/** Goes up with every change of what stands in a snapshot. */
const version = 5;
const headerBytes = 24;

/** What the checksum begins with, before any byte. */
const noBytes = Uint32Array.of(
  0x9e3779b1,
  0x85ebca77,
  0xc2b2ae3d,
  0x27d4eb2f,
  0x165667b1,
  0x2545f491,
  0x94d049bb,
  0xbf58476d,
);
/** So much is taken into the checksum at once: it stays in the cache between copying and reading. */
const blockBytes = 1 << 16;
const lanesBytes = noBytes.length * 4;

/** A checksum that is being worked out: 64 bits, by the core (docs/image-format.md, "A snapshot"). */
export class Checksum {
  readonly #machine: Machine;
  readonly #lanes: number;

  /** `lanes`: room for the lanes and a block in the core's memory, which nobody else uses meanwhile. */
  private constructor(machine: Machine, lanes: number) {
    this.#machine = machine;
    this.#lanes = lanes;
    machine.memory.words.set(noBytes, lanes >>> 2);
  }

  /** Lends one to `use`. */
  static during<T>(machine: Machine, use: (checksum: Checksum) => T): T {
    return machine.memory.scratch(lanesBytes + blockBytes, (lanes) => use(new Checksum(machine, lanes)));
  }

  /** Takes the next bytes: a multiple of 32 of them, the last ones a multiple of 8. */
  take(bytes: Uint8Array): void {
    const { core, memory } = this.#machine;
    for (let at = 0; at < bytes.length; at += blockBytes) {
      const block = bytes.subarray(at, at + blockBytes);
      memory.bytes.set(block, this.#lanes + lanesBytes);
      core.takeChecksum(this.#lanes, this.#lanes + lanesBytes, block.length);
    }
  }

  /** Of all that was taken. */
  end(): [low: number, high: number] {
    const { core, memory } = this.#machine;
    core.endChecksum(this.#lanes);
    const at = this.#lanes >>> 2;
    return [memory.words[at] as number, memory.words[at + 1] as number];
  }
}

/** The checksum of bytes, a multiple of 8 of them. */
export function checksum(machine: Machine, bytes: Uint8Array): [low: number, high: number] {
  return Checksum.during(machine, (sum) => {
    sum.take(bytes);
    return sum.end();
  });
}

/** The bytes of a snapshot: a header, then the chunks, which go into `sum` while they are still in the cache. */
export function writeBytes(chunks: ChunkWriter, sum: Checksum): Uint8Array<ArrayBuffer> {
  const length = headerBytes + chunks.length;
  const bytes = new Uint8Array(length);
  const header = new Uint32Array(bytes.buffer, 0, headerBytes / 4);
  chunks.writeTo(bytes.subarray(headerBytes), blockBytes, (block) => sum.take(block));
  header.set([magic, version, length >>> 0, Math.floor(length / 2 ** 32), ...sum.end()]);
  return bytes;
}

/**
 * The chunks of a snapshot; `takesOver`: the bytes become the engine's own where they have a buffer to themselves.
 * Throws BWK417 to BWK419 for bytes that are no snapshot, of another version, truncated or damaged.
 */
export function readBytes(machine: Machine, given: Uint8Array, takesOver: boolean): ChunkReader {
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
  if (bytes.length < headerBytes || length !== bytes.length || length % 8 !== 0) {
    const words = "the snapshot is truncated, or something follows it";
    throw new BailiwickError("BWK419", words, "take a new snapshot");
  }
  const [low, high] = checksum(machine, bytes.subarray(headerBytes));
  if (low !== words[4] || high !== words[5]) throw damaged("its checksum does not hold");
  const taken = takesOver ? takenOver(bytes) : undefined;
  return new ChunkReader((taken ?? bytes).subarray(headerBytes), taken !== undefined || bytes !== given);
}

/** The bytes as an array of our own, whose giver keeps an empty one; undefined where they are part of something larger. */
function takenOver({ buffer, length }: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  if (buffer.byteLength !== length) return undefined;
  try {
    return new Uint8Array(structuredClone(buffer, { transfer: [buffer] }));
  } catch {
    // Memory of a WebAssembly instance, for example, stays where it is.
    return undefined;
  }
}
