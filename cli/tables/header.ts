import { open } from "node:fs/promises";
import { decodeText } from "../files/read-file.ts";
import { Trouble } from "../trouble.ts";

/** A header longer than this is none. */
const longestHeader = 1 << 20;

/** The column names in the first line of a CSV file. Throws when there is none, or a name is missing or repeated. */
export async function readHeader(path: string, file: string): Promise<string[]> {
  const text = await firstBytes(path, file);
  const names = splitHeader(text, file);
  checkNames(names, file);
  return names;
}

/** Throws when a column has no name, or two have the same. */
export function checkNames(names: readonly string[], file: string): void {
  const seen = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const column = index + 1;
    if (name === "") throw new Trouble("BWK471", `\`${file}\`: column ${column} of the header has no name`);
    const before = seen.get(name);
    if (before !== undefined) {
      throw new Trouble(
        "BWK471",
        `\`${file}\`: the columns ${before} and ${column} are both called \`${name}\``,
      );
    }
    seen.set(name, column);
  }
}

async function firstBytes(path: string, file: string): Promise<string> {
  const handle = await open(path);
  try {
    const buffer = new Uint8Array(longestHeader);
    const { bytesRead } = await handle.read(buffer, 0, longestHeader, 0);
    const bytes = buffer.subarray(0, bytesRead);
    if (bytesRead === longestHeader) {
      // Not to cut a character in two: up to the last line break, or nothing.
      return decodeText(bytes.subarray(0, Math.max(0, bytes.lastIndexOf(10))), file);
    }
    const end = headerBytes(bytes);
    return decodeText(bytes.subarray(0, end), file);
  } finally {
    await handle.close();
  }
}

/** Where the first line ends, quotes considered: a bad byte in a later line is that line's matter. */
function headerBytes(bytes: Uint8Array): number {
  let quoted = false;
  for (const [index, byte] of bytes.entries()) {
    if (byte === 0x22) quoted = !quoted;
    else if (!quoted && (byte === 10 || byte === 13)) return index;
  }
  return bytes.length;
}

function splitHeader(text: string, file: string): string[] {
  const names: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r|\n|$)/y;
  cell.lastIndex = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (text.slice(cell.lastIndex).trim() === "") {
    throw new Trouble("BWK471", `\`${file}\` is empty: a header with the names of the columns is expected`);
  }
  for (;;) {
    const match = cell.exec(text);
    if (match === null) {
      throw new Trouble("BWK471", `\`${file}\`: the quotes in the header are not closed`);
    }
    names.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] !== ",") return names;
  }
}
