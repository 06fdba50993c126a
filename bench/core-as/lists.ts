// Limits of the list questions: every byte that no answer can do without is read once, and a bit an answer is written. What the
// bits say means nothing. Counts are multiples of 32; a stretch of a column is 32 answers long.

/** A bit for each of 32 half-words: eight at a time, packed to bytes, their upper bits taken. */
function bitsOf(column: usize): u32 {
  const low = i8x16.narrow_i16x8_s(v128.load(column), v128.load(column, 16));
  const high = i8x16.narrow_i16x8_s(v128.load(column, 32), v128.load(column, 48));
  return <u32>i8x16.bitmask(low) | ((<u32>i8x16.bitmask(high)) << 16);
}

/** A level decides: two bytes a record. */
export function readUnits(units: usize, records: u32, out: usize): void {
  for (const end = units + ((<usize>records) << 1); units < end; units += 64, out += 4) {
    store<u32>(out, bitsOf(units));
  }
}

/** Level, owner, share, condition: unit (two bytes), owner (four), a bit that says shared, a bit of the condition. */
export function readRecords(
  units: usize,
  owners: usize,
  shared: usize,
  facts: usize,
  records: u32,
  out: usize,
): void {
  for (const end = units + ((<usize>records) << 1); units < end; units += 64, owners += 128) {
    let mixed = v128.xor(v128.load(owners), v128.load(owners, 16));
    mixed = v128.xor(mixed, v128.xor(v128.load(owners, 32), v128.load(owners, 48)));
    mixed = v128.xor(mixed, v128.xor(v128.load(owners, 64), v128.load(owners, 80)));
    mixed = v128.xor(mixed, v128.xor(v128.load(owners, 96), v128.load(owners, 112)));
    store<u32>(out, bitsOf(units) ^ i32x4.bitmask(mixed) ^ load<u32>(shared) ^ load<u32>(facts));
    shared += 4;
    facts += 4;
    out += 4;
  }
}

/** A level of a role set and a unit: two bytes each a user. */
export function readUsers(sets: usize, units: usize, users: u32, out: usize): void {
  for (const end = units + ((<usize>users) << 1); units < end; units += 64, sets += 64, out += 4) {
    store<u32>(out, bitsOf(units) ^ bitsOf(sets));
  }
}
