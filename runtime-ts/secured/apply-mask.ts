// Runs masks in time linear in the text, whatever the pattern (semantics.md F4). A pass from the end says for every place and
// instruction whether a match can be finished from there; then a walk from the start follows, at every choice, the first
// option that can be finished, and so never goes back. Of the first pass only every thousandth place is kept and the rest
// worked out again when the walk comes there, so that a long text does not need memory for all of it.
import {
  LOOK_BEHIND,
  LOOK_NEGATIVE,
  MASK_CHARACTER,
  MASK_JUMP,
  MASK_LOOK,
  MASK_MATCH,
  MASK_PLACE,
  MASK_SPLIT,
  PLACE_END,
  PLACE_START,
  PLACE_WORD_EDGE,
} from "../../runtime-as/abi.ts";
import type { Mask } from "./mask.ts";

/** What stands in the place of each match. */
const hidden = "*";
/** Places of the text from one kept row to the next. */
const block = 1024;

const isWord = (code: number | undefined): boolean =>
  code !== undefined &&
  ((code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122));

function isIn(ranges: Uint32Array, code: number): boolean {
  let low = 0;
  let high = ranges.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (code < (ranges[middle * 2] as number)) high = middle;
    else if (code > (ranges[middle * 2 + 1] as number)) low = middle + 1;
    else return true;
  }
  return false;
}

/** One text under one mask. Places are between characters (code points): 0 … length. */
class Masking {
  readonly #mask: Mask;
  readonly #codes: Uint32Array;
  /** For each look behind: whether it holds, a byte a place. */
  readonly #behind: ReadonlyMap<number, Uint8Array>;
  /** Rows of the places 0, block, 2 * block, …: a byte an instruction, 1 where a match can be finished. */
  readonly #kept: Uint8Array[] = [];
  /** Rows of all places of one block and of the first of the next. */
  readonly #rows: readonly Uint8Array[];
  #first = -1;

  constructor(mask: Mask, codes: Uint32Array) {
    this.#mask = mask;
    this.#codes = codes;
    const behind = new Map<number, Uint8Array>();
    mask.ops.forEach((op, at) => {
      if (op === MASK_LOOK && ((mask.b[at] as number) & LOOK_BEHIND) !== 0) {
        behind.set(at, this.#lookBehind(mask.a[at] as number));
      }
    });
    this.#behind = behind;
    this.#rows = Array.from(
      { length: Math.min(block, codes.length) + 1 },
      () => new Uint8Array(mask.ops.length),
    );
    // Two rows in turn: that of a place needs that of the next alone.
    const [even, odd] = this.#rows as [Uint8Array, Uint8Array];
    for (let place = codes.length; place >= 0; place--) {
      const [row, next] = place % 2 === 0 ? [even, odd] : [odd, even];
      this.#fill(row, place, place === codes.length ? undefined : next);
      if (place % block === 0) this.#kept[place / block] = row.slice();
    }
  }

  /** Whether `^`, `$`, `\b` or `\B` holds at a place. */
  #holds(kind: number, place: number): boolean {
    if (kind === PLACE_START) return place === 0;
    if (kind === PLACE_END) return place === this.#codes.length;
    const edge = isWord(this.#codes[place - 1]) !== isWord(this.#codes[place]);
    return edge === (kind === PLACE_WORD_EDGE);
  }

  /** Of which places what begins at `start` matches the characters before: all beginnings at once, from left to right. */
  #lookBehind(start: number): Uint8Array {
    const { ops, a, b, ranges } = this.#mask;
    const found = new Uint8Array(this.#codes.length + 1);
    const seen = new Uint32Array(ops.length); // the place, from 1, where an instruction was seen last
    let waiting: number[] = [];
    for (let place = 0; place < found.length; place++) {
      const stack = [start, ...waiting];
      waiting = [];
      for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
        if (seen[at] === place + 1) continue;
        seen[at] = place + 1;
        const op = ops[at];
        if (op === MASK_MATCH) found[place] = 1;
        else if (op === MASK_SPLIT) stack.push(a[at] as number, b[at] as number);
        else if (op === MASK_JUMP) stack.push(a[at] as number);
        else if (op === MASK_PLACE && this.#holds(a[at] as number, place)) stack.push(at + 1);
        else if (op === MASK_CHARACTER && place < this.#codes.length) {
          if (isIn(ranges[at] as Uint32Array, this.#codes[place] as number)) waiting.push(at + 1);
        }
      }
    }
    return found;
  }

  /** Fills the row of a place from the row of the next one. */
  #fill(row: Uint8Array, place: number, next: Uint8Array | undefined): void {
    const { ops, a, b, ranges, order } = this.#mask;
    const code = this.#codes[place];
    for (const at of order) {
      const to = a[at] as number;
      let can: boolean;
      switch (ops[at]) {
        case MASK_MATCH:
          can = true;
          break;
        case MASK_CHARACTER:
          can = next?.[at + 1] === 1 && code !== undefined && isIn(ranges[at] as Uint32Array, code);
          break;
        case MASK_SPLIT:
          can = row[to] === 1 || row[b[at] as number] === 1;
          break;
        case MASK_JUMP:
          can = row[to] === 1;
          break;
        case MASK_LOOK: {
          const flags = b[at] as number;
          const sees = (flags & LOOK_BEHIND) === 0 ? row[to] : this.#behind.get(at)?.[place];
          can = (sees === 1) !== ((flags & LOOK_NEGATIVE) !== 0) && row[at + 1] === 1;
          break;
        }
        default:
          can = row[at + 1] === 1 && this.#holds(to, place);
      }
      row[at] = can ? 1 : 0;
    }
  }

  /** The row of a place; places are asked for in ascending order. */
  #at(place: number): Uint8Array {
    const first = place - (place % block);
    if (first !== this.#first) {
      const last = Math.min(first + block, this.#codes.length);
      let next = last - first === block ? this.#kept[last / block] : undefined;
      for (let at = next === undefined ? last : last - 1; at >= first; at--) {
        const row = this.#rows[at - first] as Uint8Array;
        this.#fill(row, at, next);
        next = row;
      }
      this.#first = first;
    }
    return this.#rows[place - first] as Uint8Array;
  }

  /** Where the match that begins at a place ends; undefined where none does. */
  end(start: number): number | undefined {
    const { ops, a, b } = this.#mask;
    let place = start;
    let row = this.#at(place);
    if (row[0] !== 1) return undefined;
    for (let at = 0; ops[at] !== MASK_MATCH; ) {
      const to = a[at] as number;
      if (ops[at] === MASK_CHARACTER) {
        place++;
        row = this.#at(place);
        at++;
      } else if (ops[at] === MASK_SPLIT) at = row[to] === 1 ? to : (b[at] as number);
      else at = ops[at] === MASK_JUMP ? to : at + 1;
    }
    return place;
  }
}

/**
 * The text with a `*` for each match of the mask: the first from the left, the next after it, and so on; of several that
 * begin at one place the one that ECMAScript would take. A match of no characters hides nothing.
 */
export function applyMask(mask: Mask, text: string): string {
  const characters = [...text];
  const masking = new Masking(
    mask,
    Uint32Array.from(characters, (character) => character.codePointAt(0) as number),
  );
  const shown: string[] = [];
  for (let place = 0; place < characters.length; ) {
    const end = masking.end(place);
    if (end === undefined || end === place) shown.push(characters[place++] as string);
    else {
      shown.push(hidden);
      place = end;
    }
  }
  return shown.join("");
}
