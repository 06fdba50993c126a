// The regular expressions of `masked "…"`: those of ECMAScript (with its `u` flag) but for what needs memory or time.
import { Cursor } from "./cursor.ts";
import { looks, type Pattern, PatternProblem } from "./pattern.ts";
import { anyInLine } from "./ranges.ts";
import { readClass, readEscape } from "./read-class.ts";

/** Groups inside groups. */
const deepest = 100;

class PatternParser {
  readonly #cursor: Cursor;
  #depth = 0;

  constructor(pattern: string) {
    this.#cursor = new Cursor(pattern);
  }

  whole(): Pattern {
    const pattern = this.#choice();
    if (this.#cursor.peek() !== undefined) {
      throw new PatternProblem("a `)` closes nothing", "write `\\)` for a parenthesis itself");
    }
    return pattern;
  }

  #choice(): Pattern {
    const options = [this.#sequence()];
    while (this.#cursor.take("|")) options.push(this.#sequence());
    return options.length === 1 ? (options[0] as Pattern) : { kind: "choice", options };
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    for (let next = this.#cursor.peek(); next !== undefined && next !== "|" && next !== ")"; ) {
      parts.push(this.#repeated(this.#atom()));
      next = this.#cursor.peek();
    }
    return parts.length === 1 ? (parts[0] as Pattern) : { kind: "sequence", parts };
  }

  #atom(): Pattern {
    const cursor = this.#cursor;
    const character = cursor.next() as string;
    switch (character) {
      case "(":
        return this.#group();
      case "[":
        return { kind: "character", ranges: readClass(cursor) };
      case ".":
        return { kind: "character", ranges: anyInLine };
      case "^":
        return { kind: "place", place: "start" };
      case "$":
        return { kind: "place", place: "end" };
      case "\\":
        if (cursor.take("b")) return { kind: "place", place: "word edge" };
        if (cursor.take("B")) return { kind: "place", place: "no word edge" };
        return { kind: "character", ranges: readEscape(cursor) };
      case "*":
      case "+":
      case "?":
      case "{":
        throw new PatternProblem(
          `\`${character}\` repeats nothing`,
          `write \`\\${character}\` for the character itself`,
        );
      default: {
        const code = character.codePointAt(0) as number;
        return { kind: "character", ranges: [[code, code]] };
      }
    }
  }

  #group(): Pattern {
    if (++this.#depth > deepest) throw new PatternProblem(`groups are nested more than ${deepest} deep`);
    const wrap = this.#opening();
    const body = this.#choice();
    if (!this.#cursor.take(")")) {
      throw new PatternProblem("a `(` is not closed", "write `\\(` for a parenthesis itself");
    }
    this.#depth--;
    return wrap(body);
  }

  /** What follows `(`: nothing is remembered of a group, so named and numbered ones are plain. */
  #opening(): (body: Pattern) => Pattern {
    const cursor = this.#cursor;
    if (!cursor.take("?") || cursor.take(":")) return (body) => body;
    for (const [words, behind, negative] of [
      ["<=", true, false],
      ["<!", true, true],
      ["=", false, false],
      ["!", false, true],
    ] as const) {
      if (!cursor.take(words)) continue;
      return (body) => {
        if (behind && looks(body)) {
          throw new PatternProblem("it looks around inside of `(?<…)`", "put the two tests side by side");
        }
        return { kind: "look", behind, negative, body };
      };
    }
    let name = "";
    if (cursor.take("<")) while (/^[\p{L}\p{N}_$]$/u.test(cursor.peek() ?? "")) name += cursor.next();
    if (name !== "" && cursor.take(">")) return (body) => body;
    throw new PatternProblem(
      "`(?` begins a group of an unknown kind",
      "there are `(?:…)`, `(?=…)`, `(?!…)`, `(?<=…)` and `(?<!…)`",
    );
  }

  /** How often what was read may stand: `*`, `+`, `?`, `{2}`, `{2,}`, `{2,5}`, each lazy with a `?` after it. */
  #repeated(body: Pattern): Pattern {
    const cursor = this.#cursor;
    const times = this.#times();
    if (times === undefined) return body;
    const [min, max] = times;
    const lazy = cursor.take("?");
    if (["*", "+", "?", "{"].includes(cursor.peek() ?? "")) {
      throw new PatternProblem(
        `\`${cursor.peek()}\` follows a repetition`,
        "patterns do not backtrack, so nothing is gained by it: leave it out, or put a group around",
      );
    }
    if (body.kind === "place" || body.kind === "look") {
      throw new PatternProblem("a place in the text is repeated", "leave the repetition out");
    }
    return { kind: "repeat", body, min, max, lazy };
  }

  #times(): readonly [min: number, max: number | undefined] | undefined {
    const cursor = this.#cursor;
    if (cursor.take("*")) return [0, undefined];
    if (cursor.take("+")) return [1, undefined];
    if (cursor.take("?")) return [0, 1];
    if (!cursor.take("{")) return undefined;
    const min = this.#number();
    const open = cursor.take(",");
    const max = open ? this.#number() : min;
    if (min === undefined || !cursor.take("}") || (max !== undefined && max < min)) {
      throw new PatternProblem(
        "a repetition in braces is malformed",
        "write `{4}`, `{2,}` or `{2,4}`; `\\{` for a brace itself",
      );
    }
    return [min, max];
  }

  #number(): number | undefined {
    let digits = "";
    while (/^[0-9]$/.test(this.#cursor.peek() ?? "")) digits += this.#cursor.next();
    return digits === "" ? undefined : Number(digits);
  }
}

/** Parses a mask's pattern. Throws a PatternProblem that says why it cannot be run. */
export function parsePattern(pattern: string): Pattern {
  return new PatternParser(pattern).whole();
}
