function grown(array: Uint32Array<ArrayBuffer>, index: number): Uint32Array<ArrayBuffer> {
  if (index < array.length) return array;
  const larger = new Uint32Array(Math.max(index + 1, array.length * 2, 64));
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
  #next = new Uint32Array(0);
  #previous = new Uint32Array(0);

  /** Room for so many; both may grow. */
  constructor(targets: number, sources: number) {
    this.#first = new Uint32Array(targets);
    this.#next = new Uint32Array(sources);
    this.#previous = new Uint32Array(sources);
  }

  /** `source` leads to `target` from now on; it must lead nowhere. */
  link(target: number, source: number): void {
    this.#first = grown(this.#first, target);
    this.#next = grown(this.#next, source);
    this.#previous = grown(this.#previous, source);
    const first = this.#first[target] as number;
    this.#next[source] = first;
    this.#previous[source] = 0;
    if (first !== 0) this.#previous[first - 1] = source + 1;
    this.#first[target] = source + 1;
  }

  /** `source`, which leads to `target`, leads nowhere from now on. */
  unlink(target: number, source: number): void {
    const next = this.#next[source] as number;
    const previous = this.#previous[source] as number;
    if (previous === 0) this.#first[target] = next;
    else this.#next[previous - 1] = next;
    if (next !== 0) this.#previous[next - 1] = previous;
  }

  /** The sources that lead to a target, in no particular order. */
  each(target: number): number[] {
    const sources: number[] = [];
    for (let at = this.#first[target] ?? 0; at !== 0; at = this.#next[at - 1] as number) sources.push(at - 1);
    return sources;
  }

  /** The sources that lead to a target, ascending. */
  of(target: number): number[] {
    return this.each(target).sort((a, b) => a - b);
  }
}
