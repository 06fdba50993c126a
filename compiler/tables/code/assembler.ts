// Writes code words and the tables they point into (abi.ts, "Conditions"). Equal constants, texts and references are
// written once.

/** What code names: a user, team, unit or record by name, a role by number. */
export interface CodeReference {
  readonly kind: number;
  readonly name: string | number;
  readonly entity: number | undefined;
}

class Pool<T> {
  readonly items: T[] = [];
  readonly #numbers = new Map<string, number>();

  number(key: string, make: () => T): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.items.push(make()) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }
}

/** The tables that all programs of an image share. */
export class CodeTables {
  readonly #constants = new Pool<bigint>();
  readonly #pieces = new Pool<string>();
  readonly #references = new Pool<CodeReference>();
  /** Where the pieces of a pattern stand, one after another. */
  readonly #patterns = new Pool<{ readonly first: number; readonly count: number }>();
  readonly #patternPieces: string[] = [];

  get constants(): readonly bigint[] {
    return this.#constants.items;
  }

  get references(): readonly CodeReference[] {
    return this.#references.items;
  }

  /** First piece and number of pieces; the pieces of patterns follow the string constants. */
  get patterns(): readonly { readonly first: number; readonly count: number }[] {
    const offset = this.#pieces.items.length;
    return this.#patterns.items.map(({ first, count }) => ({ first: first + offset, count }));
  }

  get pieces(): readonly string[] {
    return [...this.#pieces.items, ...this.#patternPieces];
  }

  constant(value: bigint): number {
    return this.#constants.number(String(value), () => value);
  }

  text(value: string): number {
    return this.#pieces.number(value, () => value);
  }

  reference(reference: CodeReference): number {
    const { kind, name, entity } = reference;
    return this.#references.number(`${kind} ${entity ?? ""} ${name}`, () => reference);
  }

  pattern(pieces: readonly string[]): number {
    const key = JSON.stringify(pieces);
    return this.#patterns.number(key, () => ({
      first: this.#patternPieces.push(...pieces) - pieces.length,
      count: pieces.length,
    }));
  }
}

/** The words of one program while it is written. */
export class Assembler {
  readonly words: number[] = [];

  emit(operation: number, operand = 0): void {
    this.words.push((operation | (operand << 8)) >>> 0);
  }

  /** A further word of the operation just written. */
  word(value: number): void {
    this.words.push(value >>> 0);
  }

  /** Writes a jump whose way is not known yet; `land` completes it. */
  jump(operation: number): number {
    return this.words.push(operation) - 1;
  }

  /** Makes the jump lead to what is written next. */
  land(jump: number): void {
    this.words[jump] = ((this.words[jump] as number) | ((this.words.length - jump - 1) << 8)) >>> 0;
  }
}
