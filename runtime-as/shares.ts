// Share rows of a page (abi.ts, PAGE_SHARES): those of a record lie together.
import {
  MARK_SHARED,
  PAGE_MARKS,
  PAGE_RECORDS,
  PAGE_SHARES,
  SHARE_BYTES,
  SHARE_PLACE,
  SHARES_SHIFT_BITS,
} from "./constants";

/** In longer groups the record is looked for by halving. */
const SHORT: usize = 8 * SHARE_BYTES;

/** The first share row of the record at this place of a page, 0 without. */
export function firstShare(page: usize, place: u32): usize {
  const shares = load<u32>(page, PAGE_SHARES);
  if (shares === 0 || (<u32>load<u16>(page + ((<usize>place) << 1), PAGE_MARKS) & MARK_SHARED) === 0)
    return 0;
  const group =
    (<usize>shares & ~(<usize>SHARES_SHIFT_BITS)) + ((<usize>place >> (shares & SHARES_SHIFT_BITS)) << 2);
  let row = <usize>load<u32>(group);
  let end = <usize>load<u32>(group, 4);
  while (end - row > SHORT) {
    const middle = row + (((end - row) >> 4) << 3);
    if (<u32>load<u16>(middle, SHARE_PLACE) < place) row = middle + SHARE_BYTES;
    else end = middle;
  }
  // What follows the last row of all is behind every place.
  while (<u32>load<u16>(row, SHARE_PLACE) < place) row += SHARE_BYTES;
  return <u32>load<u16>(row, SHARE_PLACE) === place ? row : 0;
}

/** The next share row of the same record, 0 without. */
export function nextShare(share: usize): usize {
  const isLast = load<u16>(share, SHARE_BYTES + SHARE_PLACE) !== load<u16>(share, SHARE_PLACE);
  return isLast ? 0 : share + SHARE_BYTES;
}

/** The first share row of a page that has, or has had, some. */
export function firstShareOf(page: usize): usize {
  return load<u32>(<usize>load<u32>(page, PAGE_SHARES) & ~(<usize>SHARES_SHIFT_BITS));
}

/** Where the share rows of such a page end. */
export function endOfShares(page: usize): usize {
  const shares = <usize>load<u32>(page, PAGE_SHARES);
  const groups = <usize>PAGE_RECORDS >> (shares & SHARES_SHIFT_BITS);
  return load<u32>((shares & ~(<usize>SHARES_SHIFT_BITS)) + (groups << 2));
}

/** Moves the rows from one on by so many bytes, and where they begin and end in the groups behind that of a place. */
export function moveShares(groups: usize, shift: u32, place: u32, row: usize, by: i32): void {
  const end = groups + ((<usize>PAGE_RECORDS >> shift) << 2);
  // With the row that stands behind the last one.
  memory.copy(row + by, row, <usize>load<u32>(end) + SHARE_BYTES - row);
  let at = groups + ((<usize>place >> shift) << 2) + 4;
  if (ASC_FEATURE_SIMD) {
    const more = i32x4.splat(by);
    for (; at + 12 <= end; at += 16) v128.store(at, i32x4.add(v128.load(at), more));
  }
  for (; at <= end; at += 4) store<u32>(at, load<u32>(at) + by);
}
