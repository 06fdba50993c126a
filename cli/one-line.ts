const longestText = 400;

/** Foreign text made fit for a one-line message: no control characters, no line breaks, not longer than a line can bear. */
export function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
  if (line.length <= longestText) return line;
  // The end often says what was expected: keep both ends.
  return `${line.slice(0, longestText - 100)} … ${line.slice(-97)}`;
}
