import { rowWords } from "../text-rows.ts";
import { TextTable, type TextTableParts } from "../text-table.ts";
import { textOf } from "../text-view.ts";
import { type ChunkReader, type ChunkWriter, damaged } from "./chunks.ts";
import type { Machine } from "./format.ts";
import { throughScratch } from "./scratch.ts";

/** What a text is written in: UTF-16 code units where UTF-8 could not give it back (half a surrogate pair). */
const asUtf8 = 1;
const asUnits = 2;

/** Copies a table of texts whole. */
export function writeTexts(writer: ChunkWriter, table: TextTable): void {
  const { count, live, seed, text, rows, slots } = table.parts();
  writer.put(Uint32Array.of(count, live, seed, text.BYTES_PER_ELEMENT));
  for (const part of [text, rows, slots]) writer.put(part);
}

const sumsBytes = 32;

/** How many slots are not free, and code units of all texts, counted by the core; undefined where something does not fit. */
function countTexts(
  { core, memory }: Machine,
  { count, live, text, rows, slots }: TextTableParts,
): { readonly used: number; readonly units: number } | undefined {
  if (rows.length !== count * rowWords || text.length >= 2 ** 32) return undefined;
  if (slots.length < 8 || (slots.length & (slots.length - 1)) !== 0) return undefined;
  if (count >= slots.length - 1) return undefined;
  return memory.scratch(sumsBytes, (sums) => {
    const rowsFit = throughScratch(memory, rows, rowWords, (address, words) =>
      core.takeTextRows(sums, address, words / rowWords, text.length),
    );
    const slotsFit = throughScratch(memory, slots, 1, (address, words) =>
      core.takeTextSlots(sums, address, words, count, slots.length - 1),
    );
    const counted = memory.words.subarray(sums >>> 2, (sums + sumsBytes) >>> 2);
    const [there, , used, , low, high] = counted as unknown as number[];
    const units = (low as number) + (high as number) * 2 ** 32;
    if (!rowsFit || !slotsFit || there !== live || units > text.length) return undefined;
    if ((used as number) < live || (used as number) * 3 > slots.length * 2 + 3) return undefined;
    return { used: used as number, units };
  });
}

/** Throws BWK419. */
export function readTexts(reader: ChunkReader, machine: Machine): TextTable {
  const [count = 0, live = 0, seed = 0, width] = reader.words();
  const text = width === 2 ? reader.halves() : reader.bytes();
  const [rows, slots] = [reader.words(), reader.words()];
  const parts = { count, live, seed, text, rows, slots };
  const counted = countTexts(machine, parts);
  if (counted === undefined) throw damaged("a table of texts does not fit together");
  return TextTable.of(parts, counted.used, counted.units);
}

function unitsOf(text: string): Uint16Array<ArrayBuffer> {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  return units;
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
