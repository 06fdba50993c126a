/** The names of an image, each once. A name's number is its index. */
export class Strings {
  readonly #numbers = new Map<string, number>();

  number(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(text, number);
    }
    return number;
  }

  /** `count + 1` start offsets, and the UTF-8 bytes they point into. */
  encode(): { readonly starts: number[]; readonly bytes: Uint8Array } {
    const encoder = new TextEncoder();
    const parts = [...this.#numbers.keys()].map((text) => encoder.encode(text));
    const starts = [0];
    for (const part of parts) starts.push((starts[starts.length - 1] as number) + part.length);
    const bytes = new Uint8Array(starts[starts.length - 1] as number);
    parts.forEach((part, i) => {
      bytes.set(part, starts[i]);
    });
    return { starts, bytes };
  }
}
