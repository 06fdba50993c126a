import type { Output } from "./io.ts";

/** Writes text that ends its last line; nothing for no text. */
export function writeText(stream: Output, text: string): void {
  if (text !== "") stream.write(text.endsWith("\n") ? text : `${text}\n`);
}

const linesAtOnce = 4096;

/** Writes one line for each text, many lines at once. */
export function writeLines(stream: Output, lines: readonly string[]): void {
  for (let first = 0; first < lines.length; first += linesAtOnce) {
    stream.write(`${lines.slice(first, first + linesAtOnce).join("\n")}\n`);
  }
}
