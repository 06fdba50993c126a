import type { Memory } from "../memory.ts";

/** So many words are in the core's memory at once: they stay in the cache between copying and reading. */
const wordsAtOnce = 3 << 14;

/**
 * Hands an array to the core, a block at a time: `look` gets the address of each and how many words it has, a multiple of
 * `unit`, and answers 0 where something in it is wrong. Whether nothing is. Throws BWK414.
 */
export function throughScratch(
  memory: Memory,
  array: Uint32Array,
  unit: 1 | 3,
  look: (address: number, words: number) => number,
): boolean {
  if (array.length % unit !== 0) return false;
  return memory.scratch(Math.min(wordsAtOnce, array.length) * 4, (address) => {
    for (let at = 0; at < array.length; at += wordsAtOnce) {
      const block = array.subarray(at, at + wordsAtOnce);
      memory.words.set(block, address >>> 2);
      if (look(address, block.length) === 0) return false;
    }
    return true;
  });
}
