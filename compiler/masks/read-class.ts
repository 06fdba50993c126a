// Escapes and bracket classes of patterns.
import type { Cursor } from "./cursor.ts";
import { PatternProblem } from "./pattern.ts";
import { classes, complementOf, type Range, unionOf } from "./ranges.ts";

const controls: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["f", "\f"],
  ["v", "\v"],
  ["0", "\0"],
]);

/** The code point of `\x41`, `\u0041` or `\u{1F600}`, after its letter. */
function readHexadecimal(letter: string, cursor: Cursor): number {
  const braces = letter === "u" && cursor.take("{");
  let digits = "";
  const wanted = braces ? 6 : letter === "x" ? 2 : 4;
  while (digits.length < wanted && /^[0-9A-Fa-f]$/.test(cursor.peek() ?? "")) digits += cursor.next();
  const code = Number.parseInt(digits, 16);
  const whole = braces ? digits !== "" && cursor.take("}") : digits.length === wanted;
  if (!whole || code > 0x10ffff) {
    throw new PatternProblem(
      `\`\\${letter}\` names no character`,
      "write `\\x41`, `\\u0041` or `\\u{1F600}`",
    );
  }
  return code;
}

/** What an escape stands for, after the backslash: one character, or the characters of `\d \w \s`. */
export function readEscape(cursor: Cursor): readonly Range[] {
  const letter = cursor.next();
  if (letter === undefined) {
    throw new PatternProblem("it ends in a backslash", "write `\\\\` for a backslash itself");
  }
  const known = classes.get(letter);
  if (known !== undefined) return known;
  if (letter === "x" || letter === "u") {
    const code = readHexadecimal(letter, cursor);
    return [[code, code]];
  }
  const character = controls.get(letter) ?? letter;
  if (character === letter && /^[\p{L}\p{N}]$/u.test(letter)) throw unknownEscape(letter);
  const code = character.codePointAt(0) as number;
  return [[code, code]];
}

function unknownEscape(letter: string): PatternProblem {
  if (letter === "k" || /\d/.test(letter)) {
    return new PatternProblem(
      `\`\\${letter}\` refers back to a group`,
      "patterns run in linear time and remember nothing: write out what may stand there",
    );
  }
  if (letter === "p" || letter === "P") {
    return new PatternProblem(
      `\`\\${letter}\` is not supported`,
      "write the characters as a class: `[A-Za-zÀ-ÿ]`",
    );
  }
  return new PatternProblem(`\`\\${letter}\` has no meaning`, `write \`${letter}\` for the character itself`);
}

/** One end of a range in a class: a character, or a class such as `\d`, which has no ends. */
function readMember(cursor: Cursor): readonly Range[] {
  const character = cursor.next() as string;
  if (character === "[" && [":", ".", "="].includes(cursor.peek() ?? "")) {
    throw new PatternProblem(
      `\`[${cursor.peek()}\` is not supported in a class`,
      "write the characters: `[A-Za-z0-9]`; `\\[` for a bracket itself",
    );
  }
  if (character === "\\") {
    if (!cursor.take("b")) return cursor.take("-") ? [[45, 45]] : readEscape(cursor);
    return [[8, 8]];
  }
  const code = character.codePointAt(0) as number;
  return [[code, code]];
}

const single = (ranges: readonly Range[]): number | undefined => {
  const [range] = ranges;
  return ranges.length === 1 && range !== undefined && range[0] === range[1] ? range[0] : undefined;
};

/** `[a-z0-9_]`, `[^@]`, after the opening bracket. */
export function readClass(cursor: Cursor): readonly Range[] {
  const negative = cursor.take("^");
  const members: Range[] = [];
  while (!cursor.take("]")) {
    if (cursor.peek() === undefined)
      throw new PatternProblem("a `[` is not closed", "write `\\[` for a bracket itself");
    const first = readMember(cursor);
    const isRange = cursor.peek() === "-" && cursor.peek(1) !== "]" && cursor.peek(1) !== undefined;
    if (!isRange) {
      members.push(...first);
      continue;
    }
    cursor.next();
    const [from, to] = [single(first), single(readMember(cursor))];
    if (from === undefined || to === undefined || from > to) {
      throw new PatternProblem(
        "a range in `[…]` goes from nowhere to nowhere",
        "write `[a-z]`; `\\-` for a hyphen itself",
      );
    }
    members.push([from, to]);
  }
  return negative ? complementOf(members) : unionOf(members);
}
