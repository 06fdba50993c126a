import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Io } from "../io.ts";
import { Trouble } from "../trouble.ts";
import { systemReason } from "./system-error.ts";

/** How standard input is called in messages. */
export const stdinName = "standard input";

/** The name of a path in messages: as typed. */
export function shownName(path: string): string {
  return path === "-" ? stdinName : path;
}

/** The bytes of a file, or of standard input for `-`. */
export async function readBytes(path: string, io: Io): Promise<Uint8Array<ArrayBuffer>> {
  if (path === "-") return readStdin(io);
  try {
    return new Uint8Array(await readFile(resolve(io.cwd, path)));
  } catch (error) {
    throw new Trouble("BWK460", `cannot read \`${path}\`: ${systemReason(error)}`);
  }
}

async function readStdin(io: Io): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of io.stdin) {
    chunks.push(chunk);
    bytes += chunk.length;
  }
  const all = new Uint8Array(bytes);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}

/** The text of a file, or of standard input for `-`; a BOM stays. Refuses what is not UTF-8. */
export async function readText(path: string, io: Io): Promise<string> {
  return decodeText(await readBytes(path, io), shownName(path));
}

/** Bytes as UTF-8 text; `name` is for the message. A BOM stays. */
export function decodeText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Trouble(
      "BWK462",
      `\`${name}\` is not UTF-8 text: line ${firstBadLine(bytes)} holds other bytes`,
      "save the file as UTF-8",
    );
  }
}

/** The line (from 1) of the first byte that is not UTF-8. */
function firstBadLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  let start = 0;
  while (start < bytes.length) {
    const feed = bytes.indexOf(10, start);
    const end = feed === -1 ? bytes.length : feed + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
    line++;
  }
  return line;
}
