const width = 100;

/**
 * One statement over a list, or several where the list is long: a line that runs off the page cannot be read, and
 * repeating the statement means the same.
 */
export function wrapStatement(before: string, names: readonly string[], after: string): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  let length = 0;
  for (const name of names) {
    if (line.length > 0 && before.length + length + name.length + after.length > width) {
      lines.push(before + line.join(", ") + after);
      line = [];
      length = 0;
    }
    line.push(name);
    length += name.length + 2;
  }
  if (line.length > 0) lines.push(before + line.join(", ") + after);
  return lines;
}
