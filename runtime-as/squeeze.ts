// Four words at a time, those that are wanted put side by side: how lists are made of what is only known late. A branch on it would
// be guessed, and what was begun on a wrong guess, reads above all, is lost.

/** For each of the sixteen sets of words the bytes of those in it, in turn; behind them the first one again. */
const bytes: usize = memory.data<u32>(
  [
    0x03020100, 0x03020100, 0x03020100, 0x03020100, 0x03020100, 0x03020100, 0x03020100, 0x03020100,
    0x07060504, 0x07060504, 0x07060504, 0x07060504, 0x03020100, 0x07060504, 0x03020100, 0x03020100,
    0x0b0a0908, 0x0b0a0908, 0x0b0a0908, 0x0b0a0908, 0x03020100, 0x0b0a0908, 0x03020100, 0x03020100,
    0x07060504, 0x0b0a0908, 0x07060504, 0x07060504, 0x03020100, 0x07060504, 0x0b0a0908, 0x03020100,
    0x0f0e0d0c, 0x0f0e0d0c, 0x0f0e0d0c, 0x0f0e0d0c, 0x03020100, 0x0f0e0d0c, 0x03020100, 0x03020100,
    0x07060504, 0x0f0e0d0c, 0x07060504, 0x07060504, 0x03020100, 0x07060504, 0x0f0e0d0c, 0x03020100,
    0x0b0a0908, 0x0f0e0d0c, 0x0b0a0908, 0x0b0a0908, 0x03020100, 0x0b0a0908, 0x0f0e0d0c, 0x03020100,
    0x07060504, 0x0b0a0908, 0x0f0e0d0c, 0x07060504, 0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c,
  ],
  16,
);

/** What brings the words of a set, a bit each, to the front: for `i8x16.swizzle`. */
export function toFront(set: u32): v128 {
  return v128.load(bytes + ((<usize>set) << 4));
}

/** Bytes of the words of a set. */
export function sizeOf(set: u32): usize {
  return (<usize>popcnt(set)) << 2;
}
