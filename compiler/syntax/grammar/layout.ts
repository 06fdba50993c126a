// How a text is laid out says what its author meant where the tokens alone do not.

/** Whether only blanks and comments lie between the last token and this one, with a line break among them. */
export function firstOnLine(text: string, offset: number, lastEnd: number): boolean {
  return lastEnd === 0 || /[\r\n]/.test(text.slice(lastEnd, offset));
}

/** The column of an offset, from 1. */
export function columnAt(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text.charCodeAt(start - 1) !== 10 && text.charCodeAt(start - 1) !== 13) start--;
  return offset - start + 1;
}

/** The column at which the line of an offset begins to hold text: its indentation, from 1. */
export function indentAt(text: string, offset: number): number {
  const start = offset - columnAt(text, offset) + 1;
  return 1 + (/^[ \t]*/.exec(text.slice(start, offset)) as RegExpExecArray)[0].length;
}
