// Tables of texts that a snapshot holds (runtime-ts/text-table.ts): whether every row lies in the text, and every slot leads to a row.

/** Stands for the place of a text that was removed. */
const NO_TEXT: u32 = 0xffffffff;
/** Of a row: start, length, hash. */
const ROW_BYTES: usize = 12;

/** What is counted, at `sums`: texts that are there, and slots that are not free, 64 bits each; then code units of all texts. */
const SUM_LIVE: usize = 0;
const SUM_USED: usize = 8;
const SUM_UNITS: usize = 16;

/** Adds `count` rows to the sums; false where a text goes beyond `units` code units. */
export function takeTextRows(sums: usize, rows: usize, count: u32, units: u32): bool {
  let live: u64 = 0;
  let own: u64 = 0;
  let fits = true;
  for (const end = rows + <usize>count * ROW_BYTES; rows < end; rows += ROW_BYTES) {
    const start = load<u32>(rows);
    if (start === NO_TEXT) continue;
    const length = load<u32>(rows, 4);
    // In 64 bits: a sum of two words must not wrap around.
    fits = fits && <u64>start + <u64>length <= <u64>units;
    own += <u64>length;
    live++;
  }
  store<u64>(sums, load<u64>(sums, SUM_LIVE) + live, SUM_LIVE);
  store<u64>(sums, load<u64>(sums, SUM_UNITS) + own, SUM_UNITS);
  return fits;
}

/** Adds `count` slots to the sums; false where one leads beyond `rows` rows, whose numbers stand in the bits `numberBits`. */
export function takeTextSlots(sums: usize, slots: usize, count: u32, rows: u32, numberBits: u32): bool {
  let used: u32 = 0;
  let wrong: u32 = 0;
  const end = slots + ((<usize>count) << 2);
  if (ASC_FEATURE_SIMD) {
    // A mask is -1 where it holds.
    let free = i32x4.splat(0);
    let beyond = i32x4.splat(0);
    const first = slots;
    for (; slots + 16 <= end; slots += 16) {
      const four = v128.load(slots);
      free = i32x4.add(free, i32x4.eq(four, i32x4.splat(0)));
      const isNumber = i32x4.le_u(v128.and(four, i32x4.splat(numberBits)), i32x4.splat(rows));
      const isRow = v128.or(isNumber, i32x4.eq(four, i32x4.splat(NO_TEXT)));
      beyond = v128.or(beyond, v128.not(isRow));
    }
    used = <u32>((slots - first) >> 2);
    used += i32x4.extract_lane(free, 0) + i32x4.extract_lane(free, 1);
    used += i32x4.extract_lane(free, 2) + i32x4.extract_lane(free, 3);
    wrong = u32(v128.any_true(beyond));
  }
  for (; slots < end; slots += 4) {
    const slot = load<u32>(slots);
    used += u32(slot !== 0);
    // Without a branch, which could not be foreseen. A removed one is the largest number there is.
    wrong |= u32((slot & numberBits) > rows) & u32(slot !== NO_TEXT);
  }
  store<u64>(sums, load<u64>(sums, SUM_USED) + <u64>used, SUM_USED);
  return wrong === 0;
}
