// Many questions at once. The SIMD core answers a block of them by the table of reaches (batch-block.ts); what that leaves
// open, and in the plain core everything, is answered alone.
import { answer } from "./allows";
import { allowed, answerBlock, BLOCK, known, open } from "./batch-block";
import { PAGE_SHIFT, WORLD_PAGE_COUNT, WORLD_PAGES } from "./constants";
import { worldWord } from "./memory";
import { readyReaches } from "./reach-table";
import { reachOf } from "./reaches";
import { lookAgain } from "./second-look";

/** 1 or 0 for a question that its block has found in the tables and left open. */
function again(user: u32, privilege: u32, record: u32): u32 {
  const page = <usize>load<u32>(<usize>worldWord(WORLD_PAGES) + ((record >> PAGE_SHIFT) << 2));
  return lookAgain(reachOf(user, privilege), user, privilege, page, record);
}

/** The answers of a full block, one bit each. */
function block(principals: usize, privileges: usize, records: usize): u32 {
  answerBlock(principals, privileges, records);
  let word = allowed;
  const found = known;
  for (let left = open; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
    const at = (<usize>i) << 2;
    const user = load<u32>(principals + at);
    const privilege = load<u32>(privileges + at);
    const record = load<u32>(records + at);
    const one = ((found >> i) & 1) !== 0 ? again(user, privilege, record) : answer(user, privilege, record);
    word |= one << i;
  }
  return word;
}

/** One by one, as the plain core, a last block that is not full and a world without records have it. */
function oneByOne(principals: usize, privileges: usize, records: usize, count: u32): u32 {
  let word: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const at = (<usize>i) << 2;
    word |= answer(load<u32>(principals + at), load<u32>(privileges + at), load<u32>(records + at)) << i;
  }
  return word;
}

/** Answers `count` requests given as three columns; one bit a request into `out` (whole words are written). */
export function checkBatch(
  principals: usize,
  privileges: usize,
  records: usize,
  count: u32,
  out: usize,
): void {
  readyReaches();
  let first: u32 = 0;
  if (ASC_FEATURE_SIMD) {
    const full: u32 = worldWord(WORLD_PAGE_COUNT) === 0 ? 0 : count & ~(BLOCK - 1);
    for (; first < full; first += BLOCK) {
      const at = (<usize>first) << 2;
      store<u32>(out + (first >> 3), block(principals + at, privileges + at, records + at));
    }
  }
  for (; first < count; first += BLOCK) {
    const at = (<usize>first) << 2;
    const left = min(count - first, BLOCK);
    store<u32>(out + (first >> 3), oneByOne(principals + at, privileges + at, records + at, left));
  }
}
