import { BailiwickError } from "../errors.ts";

/** A JavaScript Map holds no more. */
const mostEntries = 2 ** 24 - 1;

/** Numbers things by a text, each once, from 0; the last ones can be taken back. */
export class Numbering {
  readonly #what: string;
  readonly #most: number;
  readonly #numbers = new Map<string, number>();
  readonly #keys: string[] = [];

  /** `what` is numbered, in the plural, for the message where there are more than `most`. */
  constructor(what: string, most: number = mostEntries) {
    this.#what = what;
    this.#most = most;
  }

  get count(): number {
    return this.#keys.length;
  }

  key(number: number): string {
    return this.#keys[number] as string;
  }

  find(key: string): number | undefined {
    return this.#numbers.get(key);
  }

  /** Numbers a new key. Throws BWK426. */
  add(key: string): number {
    if (this.#keys.length >= this.#most) {
      throw new BailiwickError("BWK426", `the engine holds ${this.#most} different ${this.#what}`);
    }
    const number = this.#keys.push(key) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  /** Forgets what was added after there were `count`. */
  truncate(count: number): void {
    for (let i = count; i < this.#keys.length; i++) this.#numbers.delete(this.#keys[i] as string);
    this.#keys.length = Math.min(count, this.#keys.length);
  }
}
