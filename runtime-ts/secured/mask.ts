import {
  INSTRUCTION_A,
  INSTRUCTION_B,
  INSTRUCTION_OP,
  INSTRUCTION_WORDS,
  MASK_CHARACTER,
  MASK_COUNT,
  MASK_FIRST,
  MASK_JUMP,
  MASK_LOOK,
  MASK_MATCH,
  MASK_PATTERN,
  MASK_RANGE_WORDS,
  MASK_SPLIT,
  MASK_WORDS,
  SECTION_MASK_CODE,
  SECTION_MASK_RANGES,
  SECTION_MASKS,
} from "../../runtime-as/abi.ts";
import { damaged, type ImageReader } from "../image-reader.ts";

/** A mask's pattern as instructions (abi.ts, INSTRUCTION_*). */
export interface Mask {
  /** As written. */
  readonly pattern: string;
  readonly ops: Uint8Array;
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  /** Of MASK_CHARACTER: first and last code points, ascending. */
  readonly ranges: readonly Uint32Array[];
  /** Every instruction after those that it goes on with at the same place of the text. */
  readonly order: Uint32Array;
}

/** What an instruction goes on with, or asks, without a character in between. */
function next(op: number, a: number, b: number, at: number): readonly number[] {
  switch (op) {
    case MASK_MATCH:
    case MASK_CHARACTER:
      return [];
    case MASK_SPLIT:
      return [a, b];
    case MASK_JUMP:
      return [a];
    case MASK_LOOK:
      return [a, at + 1];
    default:
      return [at + 1];
  }
}

/** Puts instructions behind what they go on with. Throws BWK413 where one comes back to itself without a character. */
function orderOf({ ops, a, b }: Pick<Mask, "ops" | "a" | "b">): Uint32Array {
  const order: number[] = [];
  const states = new Uint8Array(ops.length); // 1 on the way, 2 done
  const stack: number[] = [];
  for (let start = 0; start < ops.length; start++) {
    if (states[start] !== 0) continue;
    stack.push(start);
    for (let at = stack.at(-1); at !== undefined; at = stack.at(-1)) {
      const open = next(ops[at] as number, a[at] as number, b[at] as number, at).filter(
        (follower) => states[follower] !== 2,
      );
      if (states[at] === 0) {
        if (open.some((follower) => states[follower] === 1)) throw damaged("a mask goes round in circles");
        states[at] = 1;
        stack.push(...open);
        continue;
      }
      if (open.some((follower) => states[follower] === 1)) throw damaged("a mask goes round in circles");
      stack.pop();
      if (states[at] === 2) continue;
      states[at] = 2;
      order.push(at);
    }
  }
  return Uint32Array.from(order);
}

function readMask(reader: ImageReader, row: number): Mask {
  const word = (column: number) => reader.word(SECTION_MASKS, MASK_WORDS, row, column);
  const first = word(MASK_FIRST);
  const count = word(MASK_COUNT);
  const code = (place: number, column: number) =>
    reader.word(SECTION_MASK_CODE, INSTRUCTION_WORDS, first + place, column);
  const places = Array.from({ length: count }, (_, place) => place);
  const instructions = {
    ops: Uint8Array.from(places, (place) => code(place, INSTRUCTION_OP)),
    a: Uint32Array.from(places, (place) => code(place, INSTRUCTION_A)),
    b: Uint32Array.from(places, (place) => code(place, INSTRUCTION_B)),
  };
  const ranges = places.map((place) => {
    const isCharacter = code(place, INSTRUCTION_OP) === MASK_CHARACTER;
    const row = code(place, INSTRUCTION_A);
    const length = isCharacter ? code(place, INSTRUCTION_B) * 2 : 0;
    return Uint32Array.from({ length }, (_, i) =>
      reader.word(SECTION_MASK_RANGES, MASK_RANGE_WORDS, row + (i >>> 1), i & 1),
    );
  });
  return { pattern: reader.name(word(MASK_PATTERN)), ...instructions, ranges, order: orderOf(instructions) };
}

/** The masks of a validated image. Throws BWK413 where one would not end. */
export function readMasks(reader: ImageReader): Mask[] {
  return Array.from({ length: reader.rows(SECTION_MASKS) }, (_, row) => readMask(reader, row));
}
