const longest = 80;

/** Control characters would break the one line of a message, or the terminal it is printed on. */
function visible(text: string): string {
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return Array.from(shown, (character) => {
    const code = character.codePointAt(0) as number;
    return code < 32 || (code > 126 && code < 160) || code === 0x2028 || code === 0x2029
      ? `\\u${code.toString(16).padStart(4, "0")}`
      : character;
  }).join("");
}

/** User text as messages show it: in backticks, on one line, not endless. */
export function quote(text: string): string {
  return `\`${visible(text)}\``;
}

/** A value as messages show it where something else was expected. */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  return quote(String(value));
}

/** A declared name as the formatter prints it: bare where it is an identifier, else quoted. */
export function printName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : JSON.stringify(name);
}
