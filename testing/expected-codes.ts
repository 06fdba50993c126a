// `// expect BWK301`: what the compiler has to report on a line (language.md section 8).
import { type Diagnostic, lineText, positionOf, type SourceFile } from "../compiler/index.ts";

export interface ExpectedCode {
  /** From 1. */
  readonly line: number;
  readonly code: string;
}

const comment = /\/\/\s*expect\s+(BWK\d+(?:[\s,]+BWK\d+)*)\s*$/;

/** The codes that the lines of a file expect. Read from the text, so that a file which cannot be parsed may expect that too. */
export function expectedCodes(file: SourceFile): readonly ExpectedCode[] {
  const lines = positionOf(file, file.text.length).line;
  return Array.from({ length: lines }, (_, index) => index + 1).flatMap((line) => {
    const codes = comment.exec(lineText(file, line))?.[1];
    return codes === undefined ? [] : codes.split(/[\s,]+/).map((code) => ({ line, code }));
  });
}

/** Whether a code is that of a warning: the range 9xx (language.md section 9). */
export const isWarning = (code: string): boolean => code.startsWith("BWK9");

/** Whether no line of the file expects an error: a file that expects one is not part of its project. */
export function isMeantToCompile(file: SourceFile): boolean {
  return expectedCodes(file).every(({ code }) => isWarning(code));
}

/** Whether a line of the file expects this diagnostic. */
export function isExpected(
  file: SourceFile,
  expected: readonly ExpectedCode[],
  { code, span }: Diagnostic,
): boolean {
  return (
    span.file === file &&
    expected.some((each) => each.code === code && each.line === positionOf(file, span.start).line)
  );
}
