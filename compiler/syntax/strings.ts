// Quoted texts. Names are written with JSON's escapes, texts and entity ids with Cedar's; each decoder knows its own.
/**
 * name: JSON. text: Cedar. pattern: Cedar and `\*` (the right side of `like`). value: both, for what may be a name or a text
 * and is told apart by its field only when names are resolved; no escape of one means anything else in the other.
 */
export type Dialect = "name" | "text" | "pattern" | "value";

/** A bad escape: offsets inside the token, its quotes included. */
export interface BadEscape {
  readonly start: number;
  readonly end: number;
}

const jsonEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
const cedarEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "\\": "\\",
  "0": "\0",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** Which escapes a dialect has, for the help of BWK104. */
export const escapesOf: Readonly<Record<Dialect, string>> = {
  name: '\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0041',
  text: "\\\" \\' \\\\ \\0 \\n \\r \\t \\x41 \\u{1F600}",
  value: "\\\" \\' \\\\ \\/ \\0 \\b \\f \\n \\r \\t \\x41 \\u0041 \\u{1F600}",
  pattern: "\\* \\\" \\' \\\\ \\0 \\n \\r \\t \\x41 \\u{1F600}",
};

/**
 * The value of a quoted text, piece by piece: one piece for names and texts, and for patterns the stretches between the
 * wildcards. A bad escape is reported and stands for itself.
 */
export function decode(image: string, dialect: Dialect, bad: (at: BadEscape) => void): string[] {
  const inner = image.slice(1, image.length > 1 && /["'”“]$/.test(image) ? -1 : undefined);
  if (!inner.includes("\\") && dialect !== "pattern") return [inner];
  const pieces: string[] = [];
  let piece = "";
  for (let i = 0; i < inner.length; i++) {
    const char = inner.charAt(i);
    if (char === "*" && dialect === "pattern") {
      pieces.push(piece);
      piece = "";
    } else if (char !== "\\") piece += char;
    else {
      const { length, value } = escapeAt(inner, i, dialect);
      if (value === undefined) bad({ start: i + 1, end: i + 1 + length });
      piece += value ?? inner.slice(i, i + length);
      i += length - 1;
    }
  }
  return [...pieces, piece];
}

function escapeAt(text: string, at: number, dialect: Dialect): { length: number; value: string | undefined } {
  const char = text.charAt(at + 1);
  if (dialect === "value") {
    const isName = char === "u" ? text.charAt(at + 2) !== "{" : own(jsonEscapes, char) !== undefined;
    return escapeAt(text, at, isName ? "name" : "text");
  }
  if (dialect === "name") {
    if (char === "u") return unicodeEscape(/^\\u([0-9A-Fa-f]{4})/, text, at, true);
    return { length: 2, value: own(jsonEscapes, char) };
  }
  if (char === "x") return unicodeEscape(/^\\x([0-7][0-9A-Fa-f])/, text, at, false);
  if (char === "u") return unicodeEscape(/^\\u\{([0-9A-Fa-f]{1,6})\}/, text, at, false);
  if (char === "*" && dialect === "pattern") return { length: 2, value: "*" };
  return { length: 2, value: own(cedarEscapes, char) };
}

const own = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** A numeric escape; JSON writes what lies beyond 16 bits as two of them. Half a pair alone is no character. */
function unicodeEscape(
  form: RegExp,
  text: string,
  at: number,
  pairs: boolean,
): { length: number; value: string | undefined } {
  const match = form.exec(text.slice(at, at + 10));
  if (match === null) return { length: 2, value: undefined };
  const length = match[0].length;
  const code = Number.parseInt(match[1] as string, 16);
  if (code > 0x10ffff) return { length, value: undefined };
  if (code < 0xd800 || code > 0xdfff) return { length, value: String.fromCodePoint(code) };
  const second = pairs && code < 0xdc00 ? form.exec(text.slice(at + length, at + length + 6)) : null;
  const low = second === null ? 0 : Number.parseInt(second[1] as string, 16);
  if (low < 0xdc00 || low > 0xdfff) return { length, value: undefined };
  return { length: 2 * length, value: String.fromCharCode(code, low) };
}

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A name as the formatter writes it: bare where it is an identifier, else in quotes with JSON's escapes. */
export function printName(name: string): string {
  return identifier.test(name) ? name : JSON.stringify(name);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be escaped
const special = /[\u0000-\u001f"\\\u007f]/g;

/** A text or an entity id as the formatter writes it: in quotes, with Cedar's escapes. */
export function printText(text: string): string {
  return `"${text.replace(special, cedarEscape)}"`;
}

/** The right side of `like`: `*` between the pieces, `\*` inside them. */
export function printPattern(pieces: readonly string[]): string {
  return `"${pieces.map((piece) => piece.replace(special, cedarEscape).replaceAll("*", "\\*")).join("*")}"`;
}

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\0": "\\0",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function cedarEscape(char: string): string {
  return shortEscapes[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
