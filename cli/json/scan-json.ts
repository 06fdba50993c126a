import { isExactNumber } from "./exact-number.ts";

/** Why a text is no JSON that can be trusted, and where (a UTF-16 offset). */
export interface JsonFault {
  readonly kind: "syntax" | "depth" | "duplicate" | "inexact";
  readonly offset: number;
  readonly message: string;
}

/** No file of ours nests deeper than 6; beyond this a text is hostile or broken. */
export const deepestNesting = 64;

const space = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const word = /true|false|null/y;

/**
 * The first fault of a JSON text, or undefined. `JSON.parse` alone does not say where it stopped, keeps the last of
 * two equal keys in silence, and rounds numbers that a double cannot hold.
 */
export function scanJson(text: string): JsonFault | undefined {
  const open: { keys: Set<string> | undefined }[] = [];
  let offset = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = offset;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) offset += found.length;
    return found;
  };
  const fault = (message: string, at: number = offset): JsonFault => ({
    kind: "syntax",
    offset: at,
    message,
  });
  const expected = (what: string): JsonFault => fault(`expected ${what}, found ${shown(text, offset)}`);

  let state: "value" | "first value" | "key" | "first key" | "after" = "value";
  if (text.charCodeAt(0) === 0xfeff) offset = 1;
  for (;;) {
    match(space);
    const next = text[offset];
    const inner = open.at(-1);
    if (state === "after") {
      if (inner === undefined) return next === undefined ? undefined : expected("nothing more");
      const close = inner.keys === undefined ? "]" : "}";
      if (next === ",") state = inner.keys === undefined ? "value" : "key";
      else if (next === close) open.pop();
      else return expected(`\`,\` or \`${close}\``);
      offset++;
    } else if (state === "key" || state === "first key") {
      if (next === "}" && state === "first key") {
        offset++;
        open.pop();
        state = "after";
        continue;
      }
      if (next !== '"') return expected("a name in double quotes");
      const start = offset;
      const end = endOfString(text, start);
      if (typeof end !== "number") return end;
      offset = end;
      const token = text.slice(start, end);
      const key = JSON.parse(token) as string;
      if (inner?.keys?.has(key) === true) {
        return { kind: "duplicate", offset: start, message: `${token} is given twice` };
      }
      inner?.keys?.add(key);
      match(space);
      if (text[offset] !== ":") return expected("`:`");
      offset++;
      state = "value";
    } else if (next === "{" || next === "[") {
      if (open.length === deepestNesting) {
        return { kind: "depth", offset, message: `nested more than ${deepestNesting} deep` };
      }
      open.push({ keys: next === "{" ? new Set() : undefined });
      offset++;
      state = next === "{" ? "first key" : "first value";
    } else if (next === "]" && state === "first value") {
      offset++;
      open.pop();
      state = "after";
    } else {
      const start = offset;
      if (next === '"') {
        const end = endOfString(text, offset);
        if (typeof end !== "number") return end;
        offset = end;
      } else if (match(word) === undefined) {
        const token = match(number);
        if (token === undefined) return expected("a value");
        if (!isExactNumber(token)) {
          const message = `the number ${token.length > 40 ? `${token.slice(0, 40)}…` : token} is not exact`;
          return { kind: "inexact", offset: start, message };
        }
      }
      state = "after";
    }
  }
}

/** The offset after the string that begins at `start`, or what is wrong with it. */
function endOfString(text: string, start: number): number | JsonFault {
  for (let offset = start + 1; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 0x22) return offset + 1;
    if (code < 0x20) return { kind: "syntax", offset, message: "a string is not closed on its line" };
    if (code !== 0x5c) continue;
    escapeSequence.lastIndex = offset;
    const found = escapeSequence.exec(text)?.[0];
    if (found === undefined) return { kind: "syntax", offset, message: "unknown escape in a string" };
    offset += found.length - 1;
  }
  return { kind: "syntax", offset: start, message: "a string is not closed" };
}

function shown(text: string, offset: number): string {
  const code = text.codePointAt(offset);
  if (code === undefined) return "the end of the text";
  if (code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0xd800 && code < 0xe000)) {
    return `the character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  }
  return `\`${String.fromCodePoint(code)}\``;
}
