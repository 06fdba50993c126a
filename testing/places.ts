import { lineText, positionOf, type SourceFile, type Span } from "../compiler/index.ts";
import type { Failure, Place } from "./report.ts";

/** Where a span begins. */
export function placeOf({ file, start }: Span): Place {
  return { file: file.name, ...positionOf(file, start) };
}

/** The first line of a span: its text, and how much of it the span takes. */
export function shownLine(span: Span): Pick<Failure, "text" | "width"> {
  const { line, column } = positionOf(span.file, span.start);
  const text = lineText(span.file, line);
  return { text, width: Math.max(1, Math.min(span.end - span.start, text.length - column + 1)) };
}

/** Files in the order given, then by place. */
export function inOrder<T extends Place>(files: readonly SourceFile[], items: readonly T[]): readonly T[] {
  const order = new Map(files.map(({ name }, index) => [name, index]));
  const rank = (item: T) => order.get(item.file) ?? files.length;
  return items.toSorted((a, b) => rank(a) - rank(b) || a.line - b.line || a.column - b.column);
}
