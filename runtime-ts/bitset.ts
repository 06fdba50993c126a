/** The number of one bits of a word. */
function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** A fixed number of bits, as answers to many questions come: bit i answers question i. */
export class Bitset {
  /** The bits, 32 a word, lowest first. Bits past `length` are zero. */
  readonly words: Uint32Array;
  /** How many bits. */
  readonly length: number;
  #count: number | undefined;

  /** `count`, where it is known already, is how many bits are one. */
  constructor(words: Uint32Array, length: number, count?: number) {
    this.words = words;
    this.length = length;
    this.#count = count;
  }

  /** Bit `index`; false outside 0 … `length` - 1. */
  get(index: number): boolean {
    if (!(index >= 0 && index < this.length)) return false;
    return (((this.words[index >>> 5] as number) >>> (index & 31)) & 1) === 1;
  }

  /** How many bits are one. Counted once. */
  get count(): number {
    if (this.#count === undefined) {
      let count = 0;
      for (let i = 0; i < this.words.length; i++) count += ones(this.words[i] as number);
      this.#count = count;
    }
    return this.#count;
  }

  /** The indices of the one bits, ascending. */
  *[Symbol.iterator](): Generator<number, void, undefined> {
    for (let i = 0; i < this.words.length; i++) {
      let word = this.words[i] as number;
      while (word !== 0) {
        yield i * 32 + 31 - Math.clz32(word & -word);
        word &= word - 1;
      }
    }
  }
}

/** Names by number, as they were when the question was asked. */
export interface NameList {
  readonly length: number;
  at(index: number): string | undefined;
}

function* namesOf(set: Bitset, names: NameList): Generator<string, void, undefined> {
  for (const index of set) yield names.at(index) as string;
}

/** Records of one entity: bit i is the record whose id is `recordIds(entity)[i]`, in the order in which they were loaded. */
export class RecordSet extends Bitset {
  readonly #ids: NameList;

  constructor(words: Uint32Array, ids: NameList, count?: number) {
    super(words, ids.length, count);
    this.#ids = ids;
  }

  /** The ids of the records in the set, in the order in which they were loaded. */
  ids(): string[] {
    return [...this.eachId()];
  }

  /** The same one after the other, for sets of millions. */
  eachId(): Generator<string, void, undefined> {
    return namesOf(this, this.#ids);
  }
}

/** Users: bit i is the user with number i. */
export class PrincipalSet extends Bitset {
  readonly #names: NameList;

  constructor(words: Uint32Array, names: NameList, count?: number) {
    super(words, names.length, count);
    this.#names = names;
  }

  /** The names of the users in the set, in the order in which they were declared. */
  names(): string[] {
    return [...this.eachName()];
  }

  /** The same one after the other, for sets of millions. */
  eachName(): Generator<string, void, undefined> {
    return namesOf(this, this.#names);
  }
}
