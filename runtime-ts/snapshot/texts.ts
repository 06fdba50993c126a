import { TextTable } from "../text-table.ts";
import { type ChunkReader, type ChunkWriter, damaged } from "./chunks.ts";

/** What a text is written in: UTF-16 code units where UTF-8 could not give it back (half a surrogate pair). */
const asUtf8 = 1;
const asUnits = 2;

/** Copies a table of texts whole. */
export function writeTexts(writer: ChunkWriter, table: TextTable): void {
  const { count, live, seed, text, starts, lengths, hashes, slots } = table.parts();
  writer.put(Uint32Array.of(count, live, seed, text.BYTES_PER_ELEMENT));
  for (const part of [text, starts, lengths, hashes, slots]) writer.put(part);
}

/** Throws BWK419. */
export function readTexts(reader: ChunkReader): TextTable {
  const [count = 0, live = 0, seed = 0, width] = reader.words();
  const text = width === 2 ? reader.halves() : reader.bytes();
  const [starts, lengths, hashes, slots] = [reader.words(), reader.words(), reader.words(), reader.words()];
  const table = TextTable.of({ count, live, seed, text, starts, lengths, hashes, slots });
  if (table === undefined) throw damaged("a table of texts does not fit together");
  return table;
}

/** Characters given to one call: more would not fit on the stack. */
const chunk = 4096;

function unitsOf(text: string): Uint16Array<ArrayBuffer> {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  return units;
}

function textOf(units: Uint16Array): string {
  let text = "";
  for (let at = 0; at < units.length; at += chunk) {
    text += String.fromCharCode(...units.subarray(at, at + chunk));
  }
  return text;
}

/** Names by number: how long each is, then all of them together. */
export function writeNames(writer: ChunkWriter, names: readonly string[]): void {
  const text = names.join("");
  const bytes = new TextEncoder().encode(text);
  const holds = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) === text;
  const head = new Uint32Array(names.length + 1);
  head[0] = holds ? asUtf8 : asUnits;
  for (let i = 0; i < names.length; i++) head[i + 1] = (names[i] as string).length;
  writer.put(head);
  writer.put(holds ? bytes : unitsOf(text));
}

/** Throws BWK419. */
export function readNames(reader: ChunkReader): string[] {
  const head = reader.words();
  const text = head[0] === asUnits ? textOf(reader.halves()) : reader.text();
  const names = new Array<string>(Math.max(0, head.length - 1));
  let at = 0;
  for (let i = 0; i < names.length; i++) {
    const end = at + (head[i + 1] as number);
    names[i] = text.slice(at, end);
    at = end;
  }
  if (at !== text.length) throw damaged("names that do not fit");
  return names;
}
