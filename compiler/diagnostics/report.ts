import type { Span } from "../source.ts";
import { type Arguments, type Code, catalog, type Severity, type Words } from "./catalog.ts";

/** One finding of the compiler: what, where, and how to mend it. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly help: string | undefined;
  /** Other places that matter, such as the first declaration of a name. */
  readonly related: readonly { readonly span: Span; readonly message: string }[];
}

/** Collects diagnostics; nothing in the compiler throws for a user's mistake. */
export class Report {
  readonly #diagnostics: Diagnostic[] = [];

  add<C extends Code>(code: C, span: Span, args: Arguments<C>, related: Diagnostic["related"] = []): void {
    const entry = catalog[code];
    const { message, help } = (entry.words as (args: Arguments<C>) => Words)(args);
    this.#diagnostics.push({ code, severity: entry.severity, message, span, help, related });
  }

  /** Takes over a finding of another report. */
  take(diagnostic: Diagnostic): void {
    this.#diagnostics.push(diagnostic);
  }

  get hasErrors(): boolean {
    return this.#diagnostics.some(({ severity }) => severity === "error");
  }

  /** All findings in the order of files given and places in them; exact repetitions once. */
  sorted(files: readonly Span["file"][]): Diagnostic[] {
    const order = new Map(files.map((file, index) => [file, index]));
    const rank = (d: Diagnostic) => order.get(d.span.file) ?? files.length;
    const seen = new Set<string>();
    return this.#diagnostics
      .toSorted((a, b) => rank(a) - rank(b) || a.span.start - b.span.start || a.span.end - b.span.end)
      .filter((d) => {
        const key = `${d.code} ${rank(d)} ${d.span.start} ${d.span.end} ${d.message}`;
        if (seen.has(key)) return false;
        seen.add(key);
        return true;
      });
  }
}
