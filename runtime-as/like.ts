// `like`: literal pieces in order, anything between them. Works on UTF-8 bytes, which keep the order of pieces apart.
import { WORLD_STRING_COUNT, WORLD_STRINGS } from "./constants";
import { patternCount, patternPiece } from "./image";
import { worldWord } from "./memory";

function textOf(string: u32): usize {
  return load<u32>(<usize>worldWord(WORLD_STRINGS) + string * 8);
}

function lengthOf(string: u32): u32 {
  return load<u32>(<usize>worldWord(WORLD_STRINGS) + string * 8, 4);
}

function standsAt(text: usize, piece: u32): bool {
  return memory.compare(text, textOf(piece), lengthOf(piece)) === 0;
}

/** Whether the string matches the pattern; the pieces between the first and the last are taken where they first occur. */
export function matches(string: u32, pattern: u32): bool {
  if (string >= worldWord(WORLD_STRING_COUNT)) return false;
  const text = textOf(string);
  const length = lengthOf(string);
  const pieces = patternCount(pattern);
  const first = patternPiece(pattern, 0);
  if (pieces === 1) return length === lengthOf(first) && standsAt(text, first);
  const last = patternPiece(pattern, pieces - 1);
  let from = lengthOf(first);
  if (from + lengthOf(last) > length || !standsAt(text, first)) return false;
  const end = length - lengthOf(last);
  if (!standsAt(text + end, last)) return false;
  for (let i: u32 = 1; i + 1 < pieces; i++) {
    const piece = patternPiece(pattern, i);
    const size = lengthOf(piece);
    while (from + size <= end && !standsAt(text + from, piece)) from++;
    if (from + size > end) return false;
    from += size;
  }
  return true;
}
