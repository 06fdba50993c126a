// Sets of characters: ranges of code points, ascending, neither overlapping nor touching.
import { LAST_CODE_POINT } from "../../runtime-as/abi.ts";

export type Range = readonly [first: number, last: number];

/** The union of ranges in any order. */
export function unionOf(ranges: readonly Range[]): Range[] {
  const union: [number, number][] = [];
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const before = union.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else union.push([first, last]);
  }
  return union;
}

/** Every character that is not in the ranges. */
export function complementOf(ranges: readonly Range[]): Range[] {
  const complement: Range[] = [];
  let next = 0;
  for (const [first, last] of unionOf(ranges)) {
    if (first > next) complement.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= LAST_CODE_POINT) complement.push([next, LAST_CODE_POINT]);
  return complement;
}

const code = (character: string): number => character.codePointAt(0) as number;
const between = (first: string, last: string): Range => [code(first), code(last)];
const one = (character: string): Range => between(character, character);

const digits = [between("0", "9")];
const words = [...digits, between("A", "Z"), one("_"), between("a", "z")];
/** White space and ends of lines, as ECMAScript has them. */
const spaces = unionOf([
  between("\t", "\r"),
  ...[" ", "\u00a0", "\u1680", "\u202f", "\u205f", "\u3000", "\ufeff"].map(one),
  between("\u2000", "\u200a"),
  between("\u2028", "\u2029"),
]);

/** What `.` stands for: every character but the ends of lines. */
export const anyInLine: readonly Range[] = complementOf([one("\n"), one("\r"), between("\u2028", "\u2029")]);

/** `\d \w \s` and their opposites, by letter. */
export const classes: ReadonlyMap<string, readonly Range[]> = new Map([
  ["d", digits],
  ["D", complementOf(digits)],
  ["w", words],
  ["W", complementOf(words)],
  ["s", spaces],
  ["S", complementOf(spaces)],
]);
