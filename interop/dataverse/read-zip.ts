// A solution zip, entry by entry. fflate inflates; the table of contents is read here, because what has to be checked
// before anything is unpacked (encryption, true names, sizes, checksums) is not shown by fflate. Nothing is written.
import { crc32 } from "node:zlib";
import { inflateSync } from "fflate";
import { ImportError } from "./errors.ts";
import { inMebibytes, limits } from "./limits.ts";

/** A file of the import: its path with forward slashes, and its bytes. */
export interface InputFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

interface Entry {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
/** Deflate cannot do better than this: a larger claim is a lie made to exhaust the memory. */
const bestRatio = 1032;

/** Whether the bytes begin as a zip does (an empty zip begins with its end record). */
export function isZip(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5) && bytes[3] === bytes[2] + 1
  );
}

/**
 * The XML files of a zip; other entries are not unpacked. Paths are `zip path/entry name`.
 * @throws ImportError BWK454 (too large), BWK455 (damaged), BWK456 (encrypted, unknown method), BWK457 (bad names)
 */
export function readZip(path: string, bytes: Uint8Array): InputFile[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = contentsOf(path, view, bytes);
  const seen = new Set<string>();
  const files: InputFile[] = [];
  let total = 0;
  for (const entry of entries) {
    const name = safeName(path, entry.name);
    if (seen.has(name))
      throw new ImportError("BWK457", `\`${path}\` holds \`${name}\` twice: which one counts is unknown`);
    seen.add(name);
    if (!/\.xml$/i.test(name)) continue;
    total += entry.size;
    if (entry.size > limits.fileBytes || total > limits.totalBytes) {
      throw new ImportError(
        "BWK454",
        `\`${name}\` in \`${path}\` unpacks to ${inMebibytes(entry.size)}: no solution needs so much (limits: ${inMebibytes(limits.fileBytes)} a file, ${inMebibytes(limits.totalBytes)} together)`,
      );
    }
    files.push({ path: `${path}/${name}`, bytes: unpack(path, name, entry, view, bytes) });
  }
  return files;
}

function damaged(path: string, what: string): ImportError {
  return new ImportError(
    "BWK455",
    `\`${path}\` is a damaged zip: ${what}`,
    "export the solution again; the file may have been cut off",
  );
}

/** The central directory (APPNOTE 4.3.12), found from the end record (4.3.16). */
function contentsOf(path: string, view: DataView, bytes: Uint8Array): Entry[] {
  let end = bytes.length - 22;
  const lowest = Math.max(0, bytes.length - 22 - 0xffff);
  while (end >= lowest && view.getUint32(end, true) !== endSignature) end--;
  if (end < lowest || end < 0) throw damaged(path, "its table of contents is missing");
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff) {
    throw new ImportError("BWK456", `\`${path}\` is a zip of the 64-bit format, which solutions are not`);
  }
  if (view.getUint16(end + 4, true) !== 0) throw damaged(path, "it is one part of several");
  if (count > limits.files)
    throw new ImportError("BWK454", `\`${path}\` holds ${count} files, the limit is ${limits.files}`);
  const entries: Entry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== entrySignature) {
      throw damaged(path, `entry ${i + 1} of ${count} in its table of contents is not readable`);
    }
    const nameLength = view.getUint16(at + 28, true);
    const flags = view.getUint16(at + 8, true);
    if (at + 46 + nameLength > end) throw damaged(path, `the name of entry ${i + 1} is cut off`);
    entries.push({
      name: decodeName(bytes.subarray(at + 46, at + 46 + nameLength)),
      encrypted: (flags & 1) !== 0,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}

/** Windows tools write backslashes. A name that is absolute or leads upwards is refused, although nothing is written. */
function safeName(path: string, raw: string): string {
  const name = raw.replaceAll("\\", "/");
  const bad =
    name.startsWith("/") || /^[A-Za-z]:/.test(name) || name.includes("\0") || name.split("/").includes("..");
  if (!bad) return name;
  throw new ImportError(
    "BWK457",
    `\`${path}\` holds the name \`${name.replaceAll("\0", "?")}\`, which leads out of the zip: it is not read`,
    "a solution zip has no such name; do not trust the file",
  );
}

function unpack(path: string, name: string, entry: Entry, view: DataView, bytes: Uint8Array): Uint8Array {
  if (entry.encrypted) {
    throw new ImportError(
      "BWK456",
      `\`${name}\` in \`${path}\` is encrypted: expected a solution zip without a password`,
    );
  }
  if (entry.method !== 0 && entry.method !== 8) {
    throw new ImportError(
      "BWK456",
      `\`${name}\` in \`${path}\` is compressed by method ${entry.method}: expected stored or deflated`,
      "pack the solution again with an ordinary zip tool",
    );
  }
  const { offset } = entry;
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== localSignature) {
    throw damaged(path, `\`${name}\` is not where the table of contents says`);
  }
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + entry.packed > bytes.length) throw damaged(path, `\`${name}\` is cut off`);
  if (entry.size > entry.packed * bestRatio + 64 || (entry.method === 0 && entry.size !== entry.packed)) {
    throw damaged(
      path,
      `\`${name}\` claims ${inMebibytes(entry.size)} where ${inMebibytes(entry.packed)} are packed`,
    );
  }
  const packed = bytes.subarray(start, start + entry.packed);
  let unpacked: Uint8Array;
  try {
    unpacked = entry.method === 0 ? packed : inflateSync(packed, { out: new Uint8Array(entry.size) });
  } catch {
    throw damaged(path, `\`${name}\` cannot be unpacked`);
  }
  if (unpacked.length !== entry.size || crc32(unpacked) !== entry.crc) {
    throw damaged(path, `\`${name}\` does not match its checksum`);
  }
  return unpacked;
}
