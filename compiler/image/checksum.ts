const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

/** Murmur3 (32 bits) over whole words; the core computes the same (runtime-as/image.ts). */
export function checksum(words: Uint32Array): number {
  let hash = 0;
  for (let i = 0; i < words.length; i++) {
    const mixed = Math.imul(rotate(Math.imul(words[i] as number, 0xcc9e2d51), 15), 0x1b873593);
    hash = (Math.imul(rotate(hash ^ mixed, 13), 5) + 0xe6546b64) | 0;
  }
  hash ^= words.length * 4;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
