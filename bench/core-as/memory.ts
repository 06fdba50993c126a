/** Where the next table goes; tables are never given back. */
let next: usize = (__heap_base + 63) & ~63;

/** Bytes for a table, at the beginning of a cache line. */
export function allocate(bytes: usize): usize {
  const at = next;
  next = (at + bytes + 63) & ~63;
  const have = (<usize>memory.size()) << 16;
  if (next > have) memory.grow(<i32>((next - have + 0xffff) >> 16));
  return at;
}
