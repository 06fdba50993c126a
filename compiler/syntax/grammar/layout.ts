// How a text is laid out says what its author meant where the tokens alone do not.

/** Whether only blanks and comments lie between the last token and this one, with a line break among them. */
export function firstOnLine(text: string, offset: number, lastEnd: number): boolean {
  return lastEnd === 0 || /[\r\n]/.test(text.slice(lastEnd, offset));
}

/** The column of an offset, from 1. */
export function columnAt(text: string, offset: number): number {
  if (offset === 0) return 1;
  return offset - Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1));
}

/** The column at which the line of an offset begins to hold text: its indentation, from 1. */
export function indentAt(text: string, offset: number): number {
  const start = offset - columnAt(text, offset) + 1;
  return 1 + (/^[ \t]*/.exec(text.slice(start, offset)) as RegExpExecArray)[0].length;
}
