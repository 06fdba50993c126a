// Which records of a page a compare of their units picks, 32 of them as the bits of a word. The SIMD core compares eight at
// once; the plain core goes record by record and gives the same words.
import { area, EVERYWHERE, EVERYWHERE_BYTES, SPREAD, SPREAD_BYTES } from "./area";
import { PAGE_RECORDS, PAGE_UNITS } from "./constants";

/** A plane of a bit a record of a page, which `fillEverywhere` sets to 1. */
export const everywhere: usize = ASC_FEATURE_THREADS ? area + EVERYWHERE : memory.data(EVERYWHERE_BYTES, 16);
const spread: usize = ASC_FEATURE_THREADS ? area + SPREAD : memory.data(SPREAD_BYTES, 16);

/** Before reaching for records everywhere. */
export function fillEverywhere(): void {
  memory.fill(everywhere, 0xff, EVERYWHERE_BYTES);
}

/** One word of records whose unit is one of `count` units from `first` on. */
function unitWord(units: usize, first: u32, count: u32): u32 {
  let word: u32 = 0;
  for (let i: u32 = 0; i < 32; i++) {
    word |= u32(((<u32>load<u16>(units + i * 2) - first) & 0xffff) < count) << i;
  }
  return word;
}

/**
 * Sets what `unitBits` compares with: as signed numbers the units from the first on begin with the lowest. Through memory, for some
 * engines would spread these over the lanes anew in each step.
 */
function spreadRange(first: u32, count: u32): void {
  store<u16>(spread, <u16>(0x8000 - first));
  store<u16>(spread, <u16>(count - 0x8000), 2);
}

/** The same by SIMD: as signed numbers moved by `shift` they are below `limit`. */
function unitBits(units: usize, shift: v128, limit: v128): u32 {
  const low = i8x16.narrow_i16x8_s(
    i16x8.lt_s(i16x8.add(v128.load(units), shift), limit),
    i16x8.lt_s(i16x8.add(v128.load(units, 16), shift), limit),
  );
  const high = i8x16.narrow_i16x8_s(
    i16x8.lt_s(i16x8.add(v128.load(units, 32), shift), limit),
    i16x8.lt_s(i16x8.add(v128.load(units, 48), shift), limit),
  );
  return <u32>i8x16.bitmask(low) | ((<u32>i8x16.bitmask(high)) << 16);
}

/**
 * Writes which records of a page have one of `count` units, fewer than 65,536, from `first` on; returns how many. Reads the units at a
 * distance of `ahead` bytes as well, so that they are near when they are looked for: those of the next page.
 */
export function writeUnits(page: usize, first: u32, count: u32, out: usize, ahead: usize): u32 {
  const end = page + PAGE_UNITS + PAGE_RECORDS * 2;
  let units = page + PAGE_UNITS;
  let ones: u64 = 0;
  if (ASC_FEATURE_SIMD) {
    spreadRange(first, count);
    const shift = v128.load16_splat(spread);
    const limit = v128.load16_splat(spread, 2);
    let touched: u32 = 0;
    for (; units < end; units += 128) {
      const low = <u64>unitBits(units, shift, limit);
      const bits = low | ((<u64>unitBits(units + 64, shift, limit)) << 32);
      store<u64>(out, bits);
      ones += popcnt(bits);
      touched |= load<u32>(units + ahead) | load<u32>(units + ahead, 64);
      out += 8;
    }
    // Else nothing would be read.
    store<u32>(spread, touched, 4);
    return <u32>ones;
  }
  for (; units < end; units += 64) {
    const word = unitWord(units, first, count);
    store<u32>(out, word);
    ones += popcnt(word);
    out += 4;
  }
  return <u32>ones;
}

/** Adds those of these records whose bits of the plane `where` are 1. */
export function addUnits(page: usize, first: u32, count: u32, where: usize, out: usize, ahead: usize): void {
  const end = page + PAGE_UNITS + PAGE_RECORDS * 2;
  let units = page + PAGE_UNITS;
  if (ASC_FEATURE_SIMD) {
    spreadRange(first, count);
    const shift = v128.load16_splat(spread);
    const limit = v128.load16_splat(spread, 2);
    let touched: u32 = 0;
    if (where === everywhere) {
      for (; units < end; units += 64) {
        store<u32>(out, load<u32>(out) | unitBits(units, shift, limit));
        touched |= load<u32>(units + ahead);
        out += 4;
      }
    } else {
      for (; units < end; units += 64) {
        store<u32>(out, load<u32>(out) | (unitBits(units, shift, limit) & load<u32>(where)));
        touched |= load<u32>(units + ahead);
        where += 4;
        out += 4;
      }
    }
    store<u32>(spread, touched, 4);
    return;
  }
  for (; units < end; units += 64) {
    const word = unitWord(units, first, count);
    store<u32>(out, load<u32>(out) | (word & load<u32>(where)));
    where += 4;
    out += 4;
  }
}
