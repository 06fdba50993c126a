import type { Report } from "../diagnostics/report.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { Span } from "../source.ts";
import type { NameNode } from "../syntax/ast.ts";

interface Entry<T> {
  readonly value: T;
  readonly span: Span | undefined;
}

/** How many names are looked through for what was probably meant, in all: a text full of unknown names must end too. */
const SUGGESTION_EFFORT = 1_000_000;

/** The names of one kind of thing. A test's name space lies over the global one: what is there cannot be declared again. */
export class NameSpace<T> {
  /** What a diagnostic calls the kind: `unknown role`. */
  readonly kind: string;
  readonly #of: string | undefined;
  readonly #outer: NameSpace<T> | undefined;
  readonly #entries = new Map<string, Entry<T>>();
  readonly #reserved = new Set<string>();
  readonly #hints = new Map<string, string>();
  #effort = 0;

  /** `of`: whose names they are, where that is not the project: `unknown attribute `x` of `Account``. */
  constructor(kind: string, outer?: NameSpace<T>, of?: string) {
    this.kind = kind;
    this.#of = of;
    this.#outer = outer;
  }

  /** A name that the language gives: declaring it is BWK202. */
  builtIn(name: string, value: T): void {
    this.#entries.set(name, { value, span: undefined });
  }

  /** A name that means nothing here and that nobody may declare. */
  reserve(name: string): void {
    this.#reserved.add(name);
  }

  /** What to say where somebody writes a name that means something elsewhere, and nothing here. */
  hint(name: string, help: string): void {
    if (!this.#hints.has(name)) this.#hints.set(name, help);
  }

  /** Reports BWK202 at a repeated name; the first declaration stands. */
  declare(name: NameNode, value: T, report: Report): boolean {
    const first = this.#find(name.value);
    if (first !== undefined || this.#reserved.has(name.value)) {
      const builtIn = first?.span === undefined;
      const related =
        first?.span === undefined ? [] : [{ span: first.span, message: "it is declared here first" }];
      report.add("BWK202", name.span, { kind: this.kind, name: name.value, builtIn }, related);
      return false;
    }
    this.#entries.set(name.value, { value, span: name.span });
    return true;
  }

  #find(name: string): Entry<T> | undefined {
    return this.#entries.get(name) ?? (this.#outer === undefined ? undefined : this.#outer.#find(name));
  }

  get(name: string): T | undefined {
    return this.#find(name)?.value;
  }

  has(name: string): boolean {
    return this.#find(name) !== undefined;
  }

  /** Where the name was declared; undefined for what is built in or unknown. */
  spanOf(name: string): Span | undefined {
    return this.#find(name)?.span;
  }

  #size(): number {
    return this.#entries.size + (this.#outer === undefined ? 0 : this.#outer.#size());
  }

  *names(): Iterable<string> {
    yield* this.#entries.keys();
    if (this.#outer !== undefined) yield* this.#outer.names();
  }

  /** The nearest name, for "did you mean". */
  suggest(name: string): string | undefined {
    if (this.#effort > SUGGESTION_EFFORT) return undefined;
    this.#effort += this.#size();
    return suggest(name, this.names());
  }

  /** What a name stands for; BWK201 where it stands for nothing. */
  resolve(name: NameNode, report: Report, help?: string): T | undefined {
    const entry = this.#find(name.value);
    if (entry === undefined && name.value !== "")
      report.add("BWK201", name.span, {
        kind: this.kind,
        name: name.value,
        of: this.#of,
        suggestion: this.suggest(name.value),
        help: help ?? this.#hints.get(name.value),
      });
    return entry?.value;
  }
}
