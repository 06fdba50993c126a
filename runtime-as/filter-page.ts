// The inner loops of `filter`: one page of records, one bit each.
import {
  PAGE_COUNT,
  PAGE_DEAD,
  PAGE_RECORDS,
  PAGE_SHARES,
  PAGE_UNITS,
  SHARE_BYTES,
  SHARE_DIRECT,
  SHARE_INHERITED,
  SHARE_PLACE,
  SHARE_PRINCIPAL,
} from "./constants";
import { shareServes } from "./grants";
import { NO } from "./image";
import { addOwned } from "./owner-words";
import { addUnits, writeUnits } from "./page-words";
import { liveWord } from "./pages";
import {
  firstOfRun,
  lastOfRun,
  MOST_RUNS,
  mayBeWith,
  planRuns,
  planSieve,
  planTeams,
  planUnits,
} from "./plan";
import { principal } from "./question";
import { endOfShares, firstShareOf } from "./shares";

export const WORDS_OF_PAGE: u32 = PAGE_RECORDS >> 5;

/** Of the 32 records of a word, those that a page of `count` records has. */
function used(count: u32, word: u32): u32 {
  const left = count - min(count, word * 32);
  return left >= 32 ? NO : (1 << left) - 1;
}

/** Adds every record of a page whose bit of the plane `where` is 1. */
export function fillPage(out: usize, count: u32, where: usize): void {
  for (let word: u32 = 0; word < WORDS_OF_PAGE; word++) {
    const at = out + word * 4;
    store<u32>(at, load<u32>(at) | (used(count, word) & load<u32>(where + word * 4)));
  }
}

/** Whether every place of a page is in use, and none shared: no run of units reaches those that have been deleted. */
export function isPlainPage(page: usize): bool {
  return load<u32>(page, PAGE_COUNT) === PAGE_RECORDS && load<u32>(page, PAGE_SHARES) === 0;
}

/** Writes the records of such a page that the plan's only run of units reaches; returns how many. */
export function writePage(page: usize, out: usize, ahead: usize): u32 {
  const first = firstOfRun(0);
  return writeUnits(page, first, lastOfRun(0) - first + 1, out, ahead);
}

/** Adds the records of a page whose units the plan reaches. */
function unitsOfPage(page: usize, where: usize, out: usize, ahead: usize): void {
  if (planRuns <= <u32>MOST_RUNS) {
    for (let run: u32 = 0; run < planRuns; run++) {
      const first = firstOfRun(run);
      addUnits(page, first, lastOfRun(run) - first + 1, where, out, ahead);
    }
    return;
  }
  for (let word: u32 = 0; word < WORDS_OF_PAGE; word++) {
    const units = page + word * 64 + PAGE_UNITS;
    let reached: u32 = 0;
    for (let i: u32 = 0; i < 32; i++) {
      reached |= (<u32>load<u8>(planUnits + <u32>load<u16>(units + i * 2))) << i;
    }
    const at = out + word * 4;
    store<u32>(at, load<u32>(at) | (reached & load<u32>(where + word * 4)));
  }
}

/**
 * Adds what the plan says of each record whose bit of the plane `where` is 1: by its unit, and, where `byOwner`, by its owner, the
 * principal himself or one of `teams` teams. The next page lies `ahead`.
 */
export function planPage(
  page: usize,
  where: usize,
  byOwner: bool,
  teams: u32,
  out: usize,
  ahead: usize,
): void {
  unitsOfPage(page, where, out, byOwner ? 0 : ahead);
  if (byOwner) addOwned(page, planSieve, principal, planTeams, teams, where, out, ahead);
  // Places of the page that are not in use yet.
  const count = load<u32>(page, PAGE_COUNT);
  if (count >= <u32>PAGE_RECORDS) return;
  for (let word = count >> 5; word < WORDS_OF_PAGE; word++) {
    const at = out + word * 4;
    store<u32>(at, load<u32>(at) & used(count, word));
  }
}

/** Adds the record of a share row where the row gives it to the principal, and its bit of the plane `where` is 1. */
function addShared(share: usize, bit: u32, where: usize, out: usize): void {
  if (mayBeWith(load<u32>(share, SHARE_PRINCIPAL), principal) === 0) return;
  const mask = <u32>(load<u8>(share, SHARE_DIRECT) | load<u8>(share, SHARE_INHERITED));
  const place = <u32>load<u16>(share, SHARE_PLACE);
  const word = (<usize>place >> 5) << 2;
  const reached = load<u32>(out + word);
  const isSought = ((~reached & load<u32>(where + word)) >> (place & 31)) & 1;
  if ((mask & bit) === 0 || isSought === 0 || !shareServes(share)) return;
  store<u32>(out + word, reached | ((<u32>1) << (place & 31)));
}

/** Not 0 where some of four share rows is with this user, or with no user. */
function someMayBeWith(shares: usize, user: v128): u32 {
  const two = v128.load(shares);
  const more = v128.load(shares, 16);
  // Words of places and masks have no sign; that one of them is the user's number harms nothing.
  const alike = v128.or(i32x4.eq(two, user), i32x4.eq(more, user));
  return i32x4.bitmask(v128.or(alike, v128.or(two, more)));
}

/** Rule 5c for the records of a page that nothing else reached: all its share rows, one after the other. */
export function sharePage(page: usize, bit: u32, where: usize, out: usize): void {
  if (load<u32>(page, PAGE_SHARES) === 0) return;
  const end = endOfShares(page);
  let share = firstShareOf(page);
  if (ASC_FEATURE_SIMD) {
    const user = i32x4.splat(principal);
    for (const last = end - 4 * SHARE_BYTES; share <= last; share += 4 * SHARE_BYTES) {
      // Mostly they are with others.
      if (someMayBeWith(share, user) === 0) continue;
      for (let i: usize = 0; i < 4 * SHARE_BYTES; i += SHARE_BYTES) addShared(share + i, bit, where, out);
    }
  }
  for (; share < end; share += SHARE_BYTES) addShared(share, bit, where, out);
}

/** Takes the records out of a page's answer that have been deleted; returns how many are left. */
export function countPage(page: usize, out: usize): u32 {
  if (load<u32>(page, PAGE_DEAD) !== 0) {
    for (let word: u32 = 0; word < WORDS_OF_PAGE; word++) {
      const at = out + word * 4;
      store<u32>(at, load<u32>(at) & liveWord(page, word));
    }
  }
  let ones: u64 = 0;
  // Several at a time: a step costs more than the words that are counted.
  for (const end = out + WORDS_OF_PAGE * 4; out < end; out += 32) {
    ones += popcnt(load<u64>(out)) + popcnt(load<u64>(out, 8));
    ones += popcnt(load<u64>(out, 16)) + popcnt(load<u64>(out, 24));
  }
  return <u32>ones;
}
