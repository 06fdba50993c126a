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
const version = 2;
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
const blockBytes = 1 << 18;

/** The checksum of bytes, a multiple of 8 of them: 64 bits, worked out by the core (docs/image-format.md, "A snapshot"). */
export function checksum({ core, memory }: Machine, bytes: Uint8Array): [low: number, high: number] {
  const lanesBytes = noBytes.length * 4;
  return memory.scratch(lanesBytes + blockBytes, (lanes) => {
    memory.words.set(noBytes, lanes >>> 2);
    for (let at = 0; at < bytes.length; at += blockBytes) {
      const block = bytes.subarray(at, at + blockBytes);
      memory.bytes.set(block, lanes + lanesBytes);
      core.takeChecksum(lanes, lanes + lanesBytes, block.length);
    }
    core.endChecksum(lanes);
    return [memory.words[lanes >>> 2] as number, memory.words[(lanes >>> 2) + 1] as number];
  });
}

/** The bytes of a snapshot: a header, then the chunks. */
export function writeBytes(machine: Machine, chunks: ChunkWriter): Uint8Array<ArrayBuffer> {
  const length = headerBytes + chunks.length;
  const bytes = new Uint8Array(length);
  const header = new Uint32Array(bytes.buffer, 0, headerBytes / 4);
  const body = bytes.subarray(headerBytes);
  chunks.writeTo(body);
  header.set([magic, version, length >>> 0, Math.floor(length / 2 ** 32), ...checksum(machine, body)]);
  return bytes;
}

/** The chunks of a snapshot. Throws BWK417 to BWK419 for bytes that are no snapshot, of another version, truncated or damaged. */
export function readBytes(machine: Machine, given: Uint8Array): ChunkReader {
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
  const body = bytes.subarray(headerBytes);
  const [low, high] = checksum(machine, body);
  if (low !== words[4] || high !== words[5]) throw damaged("its checksum does not hold");
  return new ChunkReader(body, false);
}
