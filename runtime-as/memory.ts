// One bump allocator over the linear memory. The host allocates tables in phases and takes whole phases back with reset.
import { WORLD_BYTES } from "./constants";

const PAGE_SHIFT: usize = 16;
const header: usize = memory.data(WORLD_BYTES, 16);
let top: usize = 0;
/** Above it nothing has ever been written: it is still zero. */
let used: usize = 0;
/** Where the memory of a worker's instance ends, which may not grow; 0 in others. */
let limit: usize = 0;

/** Address of the world header (abi.ts, WORLD_*). */
export function world(): usize {
  return header;
}

/** The address below which everything is in use. */
export function mark(): usize {
  if (top === 0) top = (__heap_base + 15) & ~15;
  return top;
}

/** Gives back everything allocated after `to` was taken by `mark`. */
export function reset(to: usize): void {
  top = to;
}

/** `bytes` zeroed bytes, 16-byte aligned; 0 when the memory cannot grow that far. */
export function allocate(bytes: usize): usize {
  const address = mark();
  const end: u64 = ((<u64>address + <u64>bytes + 15) >> 4) << 4;
  const available: u64 = (<u64>memory.size()) << PAGE_SHIFT;
  if (ASC_FEATURE_THREADS && limit !== 0) {
    if (end > <u64>limit) return 0;
  } else if (end > available) {
    const pages = <i32>((end - available + 0xffff) >> PAGE_SHIFT);
    // Some more than is needed: growing takes the host's views away, and costs more than the room.
    if (memory.grow(max(pages, memory.size() >> 3)) < 0 && memory.grow(pages) < 0) return 0;
  }
  top = <usize>end;
  if (address < used) memory.fill(address, 0, min<usize>(used, top) - address);
  if (top > used) used = top;
  return address;
}

/** From now on everything is allocated between two addresses; whatever was there before. */
export function allocateWithin(from: usize, to: usize): void {
  top = (from + 15) & ~15;
  used = to;
  limit = to;
}

/** One word of the world header. */
export function worldWord(offset: usize): u32 {
  return load<u32>(header + offset);
}
