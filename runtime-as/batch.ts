// Many questions at once. The SIMD core answers a block of them by the table of reaches (batch-block.ts); what that leaves
// open, and in the plain core everything, is answered alone.
import { answer } from "./allows";
import { answerBlock, asks, BLOCK, conditional, found, reached } from "./batch-block";
import { PAGE_SHIFT, WORLD_PAGE_COUNT, WORLD_PAGES } from "./constants";
import { worldWord } from "./memory";
import { isRun, touchFacts, withFacts } from "./reach-facts";
import { readyReaches, slotAt } from "./reach-table";
import { lookAgain } from "./second-look";

/** What `touch` has read goes here, so that it is read. */
const touched: usize = memory.data(4, 16);

function pageOfRecord(record: u32): usize {
  return <usize>load<u32>(<usize>worldWord(WORLD_PAGES) + ((record >> PAGE_SHIFT) << 2));
}

/** Reads what the conditions of these questions will read, so that it is on its way before the first one waits for it. */
function touch(lanes: u32, principals: usize, privileges: usize, records: usize): void {
  let sum: u32 = 0;
  for (let left = lanes; left !== 0; left &= left - 1) {
    const at = (<usize>ctz(left)) << 2;
    const user = load<u32>(principals + at);
    const record = load<u32>(records + at);
    const slot = slotAt(user, load<u32>(privileges + at));
    sum ^= touchFacts(slot, user, pageOfRecord(record), record);
  }
  store<u32>(touched, sum);
}

/** Whether the first of these questions runs a condition; with facts alone there is little to wait for. */
function runsFirst(lanes: u32, principals: usize, privileges: usize): bool {
  const at = (<usize>ctz(lanes)) << 2;
  return isRun(slotAt(load<u32>(principals + at), load<u32>(privileges + at)));
}

/** The answers of a full block, one bit each. */
function block(principals: usize, privileges: usize, records: usize): u32 {
  answerBlock(principals, privileges, records);
  const underConditions = conditional;
  let word = reached & ~underConditions;
  // Slots stay as they were found until the first question that was not found is answered.
  if (underConditions !== 0 && runsFirst(underConditions, principals, privileges))
    touch(underConditions, principals, privileges, records);
  for (let left = underConditions; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
    const at = (<usize>i) << 2;
    const user = load<u32>(principals + at);
    const privilege = load<u32>(privileges + at);
    const record = load<u32>(records + at);
    const page = pageOfRecord(record);
    const slot = slotAt(user, privilege);
    const seen = withFacts(slot, ((reached >> i) & 1) | (((asks >> i) & 1) << 1), user, page, record);
    word |= (seen === 2 ? lookAgain(slot, user, privilege, page, record) : seen & 1) << i;
  }
  for (let left = asks & ~word & ~underConditions; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
    const at = (<usize>i) << 2;
    const user = load<u32>(principals + at);
    const privilege = load<u32>(privileges + at);
    const record = load<u32>(records + at);
    word |= lookAgain(slotAt(user, privilege), user, privilege, pageOfRecord(record), record) << i;
  }
  for (let left = ~found; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
    const at = (<usize>i) << 2;
    word |= answer(load<u32>(principals + at), load<u32>(privileges + at), load<u32>(records + at)) << i;
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
