function grown(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const larger = new Uint32Array(Math.max(length, array.length * 2, 64));
  larger.set(array);
  return larger;
}

/**
 * Which sources lead to a target: a chain for each target, through all sources, so that both ends change in constant time.
 * Sources and targets are small whole numbers; a source leads to one target at most.
 */
export class ReverseIndex {
  /** Number + 1, 0 = none. */
  #first = new Uint32Array(0);
  /** Of each source the next one and the one before, side by side: whoever asks for one of them needs the other, too. */
  #links = new Uint32Array(0);

  /** Room for so many; both may grow. */
  constructor(targets: number, sources: number) {
    this.#first = new Uint32Array(targets);
    this.#links = new Uint32Array(sources * 2);
  }

  /** `source` leads to `target` from now on; it must lead nowhere. */
  link(target: number, source: number): void {
    this.#first = grown(this.#first, target + 1);
    this.#links = grown(this.#links, source * 2 + 2);
    const links = this.#links;
    const first = this.#first[target] as number;
    links[source * 2] = first;
    links[source * 2 + 1] = 0;
    if (first !== 0) links[first * 2 - 1] = source + 1;
    this.#first[target] = source + 1;
  }

  /** `source`, which leads to `target`, leads nowhere from now on. */
  unlink(target: number, source: number): void {
    const links = this.#links;
    const next = links[source * 2] as number;
    const previous = links[source * 2 + 1] as number;
    if (previous === 0) this.#first[target] = next;
    else links[previous * 2 - 2] = next;
    if (next !== 0) links[next * 2 - 1] = previous;
  }

  /** The sources that lead to a target, in no particular order. */
  each(target: number): number[] {
    const links = this.#links;
    const sources: number[] = [];
    for (let at = this.#first[target] ?? 0; at !== 0; at = links[at * 2 - 2] as number) sources.push(at - 1);
    return sources;
  }

  /** The sources that lead to a target, ascending. */
  of(target: number): number[] {
    return this.each(target).sort((a, b) => a - b);
  }
}
