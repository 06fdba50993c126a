import { TextTable } from "../text-table.ts";
import { damaged, type SnapshotReader, type SnapshotWriter } from "./format.ts";

/** Copies a table of texts whole. */
export function writeTexts(writer: SnapshotWriter, table: TextTable): void {
  const { count, live, seed, text, starts, lengths, hashes, slots } = table.parts();
  writer.put(Uint32Array.of(count, live, seed, text.BYTES_PER_ELEMENT));
  for (const part of [text, starts, lengths, hashes, slots]) writer.put(part);
}

/** Throws BWK419. */
export function readTexts(reader: SnapshotReader): TextTable {
  const [count = 0, live = 0, seed = 0, width] = reader.words();
  const text = width === 2 ? reader.halves() : reader.take().slice();
  const [starts, lengths, hashes, slots] = [reader.words(), reader.words(), reader.words(), reader.words()];
  const table = TextTable.of({ count, live, seed, text, starts, lengths, hashes, slots });
  if (table === undefined) throw damaged("a table of texts does not fit together");
  return table;
}
