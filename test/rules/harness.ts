// One harness for all rules: a source whose marked places must be exactly what is reported.
import { expect } from "vitest";
import { type AnalyzeOptions, analyze } from "../../compiler/compile.ts";
import type { Diagnostic } from "../../compiler/diagnostics/report.ts";
import type { SourceFile } from "../../compiler/source.ts";

/** What a mark stands for: a code and its words. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly help?: string;
}

/** A small project around the source that is judged: places, entities of every ownership, and a role that may own. */
export const world = `
organization Root { unit A { unit A1; } unit B; }
entity Account owned by user or team { name?: String }
entity Contact owned by user or team { account?: Account }
entity Product owned by organization { name?: String }
entity Facility owned by business unit;
entity Order owned by user or team { name?: String }
entity OrderLine owned by parent order { order: Order }
entity Email, Task as Activity owned by user or team { subject?: String }
privilege ExportToExcel;
role Base { permit read on Account, Contact, Order, Activity at user; }
user alice in A { roles: Base; }
user bob in B { roles: Base; }
team Sales in A { roles: Base; }
access team Deal in Root;
`;

const MARK = /<\|([\s\S]*?)\|>/g;

/** The text without its marks, and where they were. */
export function unmarked(source: string): { text: string; marks: { start: number; end: number }[] } {
  const marks: { start: number; end: number }[] = [];
  let removed = 0;
  const text = source.replace(MARK, (_, inside: string, offset: number) => {
    const start = offset - removed;
    marks.push({ start, end: start + inside.length });
    removed += 4;
    return inside;
  });
  return { text, marks };
}

/**
 * Analyzes the source beside `world` (or another text) and expects exactly the findings, in order, each at its mark, or at
 * the mark of number `at` where two share a place.
 */
export function check(
  source: string,
  findings: readonly (Finding & { readonly at?: number })[],
  beside: string = world,
  options: AnalyzeOptions = {},
): readonly Diagnostic[] {
  const { text, marks } = unmarked(source);
  const file: SourceFile = { name: "judged.bwk", text };
  const { diagnostics } = analyze([{ name: "world.bwk", text: beside }, file], options);
  const found = diagnostics.map(({ code, message, help, span }) => ({
    code,
    message,
    help,
    place: span.file === file ? text.slice(span.start, span.end) : `in ${span.file.name}`,
    start: span.start,
  }));
  const expected = findings.map(({ code, message, help, at }, index) => {
    const mark = marks[at ?? index];
    return {
      code,
      message,
      help,
      place: mark === undefined ? "no mark" : text.slice(mark.start, mark.end),
      start: mark?.start,
    };
  });
  expect(found).toEqual(expected);
  return diagnostics;
}

/** Analyzes the source beside `world` and expects nothing at all. */
export function clean(source: string, beside: string = world, options: AnalyzeOptions = {}): void {
  check(source, [], beside, options);
}
