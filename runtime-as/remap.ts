// Business units get other numbers when one is moved, added or deleted: one pass over the units of all records.
import { DEAD_UNIT, PAGE_COUNT, PAGE_UNITS, WORLD_PAGE_COUNT } from "./constants";
import { worldWord } from "./memory";
import { pageAddress } from "./pages";

/** Gives every record the number that `map` (65,536 halves) has for its unit. */
export function remapUnits(map: usize): void {
  const pages = worldWord(WORLD_PAGE_COUNT);
  for (let number: u32 = 0; number < pages; number++) {
    const page = pageAddress(number);
    const end = page + load<u32>(page, PAGE_COUNT) * 2;
    for (let at = page; at < end; at += 2) {
      const unit = <usize>load<u16>(at, PAGE_UNITS);
      store<u16>(at, load<u16>(map + (unit << 1)), PAGE_UNITS);
    }
  }
}

/** How many records lie in a unit. */
export function recordsInUnit(unit: u32): u32 {
  if (unit >= <u32>DEAD_UNIT) return 0;
  const pages = worldWord(WORLD_PAGE_COUNT);
  let found: u32 = 0;
  for (let number: u32 = 0; number < pages; number++) {
    const page = pageAddress(number);
    const end = page + load<u32>(page, PAGE_COUNT) * 2;
    for (let at = page; at < end; at += 2) found += u32(<u32>load<u16>(at, PAGE_UNITS) === unit);
  }
  return found;
}
