const longestMessage = 400;

/** Foreign text made fit for a one-line message: no control characters, no line breaks, not longer than `longest`. */
export function oneLine(text: string, longest: number = longestMessage): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  const line = text.replace(/\s*[\u0000-\u001f\u007f-\u009f\u2028\u2029]+\s*/g, " ").trim();
  if (line.length <= longest) return line;
  // The end often says what was expected: keep both ends.
  return `${line.slice(0, longest - 100)} … ${line.slice(-97)}`;
}
