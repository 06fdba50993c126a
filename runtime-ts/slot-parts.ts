import { rowHash, rowWords } from "./text-rows.ts";

/** The slots of a part stay in the cache while they are filled. */
const partBits = 16;

/** Hashes sorted by the part of the slots that they go to. */
export interface SortedHashes {
  /** Where each stood before, ascending within a part. */
  readonly numbers: Uint32Array;
  readonly keys: Uint32Array;
}

/** Of the rows of texts; `mask` is the number of slots less one. */
export function sortByPart(rows: Uint32Array, mask: number): SortedHashes {
  const length = rows.length / rowWords;
  const ends = new Uint32Array((mask >>> partBits) + 1);
  for (let i = 0; i < length; i++) {
    const part = ((rows[i * rowWords + rowHash] as number) & mask) >>> partBits;
    ends[part] = (ends[part] as number) + 1;
  }
  let start = 0;
  for (let part = 0; part < ends.length; part++) {
    const count = ends[part] as number;
    ends[part] = start;
    start += count;
  }
  const numbers = new Uint32Array(length);
  const keys = new Uint32Array(length);
  for (let i = 0; i < length; i++) {
    const hash = rows[i * rowWords + rowHash] as number;
    const part = (hash & mask) >>> partBits;
    const place = ends[part] as number;
    numbers[place] = i;
    keys[place] = hash;
    ends[part] = place + 1;
  }
  return { numbers, keys };
}
