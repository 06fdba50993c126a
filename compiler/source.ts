/** One policy file as the compiler sees it: its name (shown in diagnostics) and its text. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** The name of a file without its folder: what does not depend on where the compiler is started. */
export function baseName({ name }: SourceFile): string {
  return name.replace(/^.*[\\/]/, "");
}

/** A half-open range of UTF-16 offsets in one file. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** A place as people count: line and column start at 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const lineStarts = new WeakMap<SourceFile, number[]>();

function startsOf(file: SourceFile): number[] {
  let starts = lineStarts.get(file);
  if (starts === undefined) {
    starts = [0];
    for (let i = 0; i < file.text.length; i++) {
      const code = file.text.charCodeAt(i);
      if (code === 10 || (code === 13 && file.text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
    }
    lineStarts.set(file, starts);
  }
  return starts;
}

/** Line and column of an offset; an offset past the end is the end of the text. */
export function positionOf(file: SourceFile, offset: number): Position {
  const starts = startsOf(file);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: Math.min(offset, file.text.length) - (starts[low] as number) + 1 };
}

/** The text of line `line` (from 1), without its line break. */
export function lineText(file: SourceFile, line: number): string {
  const starts = startsOf(file);
  const start = starts[line - 1] ?? file.text.length;
  const end = starts[line] ?? file.text.length;
  return file.text.slice(start, end).replace(/[\r\n]+$/, "");
}
