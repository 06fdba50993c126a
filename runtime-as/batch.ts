// Many questions at once. The SIMD core answers a block of them by the table of reaches (batch-block.ts); what that leaves
// open, and in the plain core everything, is answered alone.
import { answer } from "./allows";
import { answerBlock, asks, BLOCK, conditional, found, reached } from "./batch-block";
import {
  CONTEXT_LIST_ROWS,
  DECISION_ALLOW,
  PAGE_MARKS,
  PAGE_SHIFT,
  PAGE_UNITS,
  USER_CONTEXTS,
  USER_OWN_PLANES,
  USER_TEAM_PLANES,
  USER_TEAM_SET,
  WORLD_PAGE_COUNT,
  WORLD_PAGES,
} from "./constants";
import { decide } from "./decide";
import { NO, privilegeCount, slotOf } from "./image";
import { worldWord } from "./memory";
import { placeInPage } from "./pages";
import { userCount, userRow } from "./principals";
import { isRun, touchFacts, withFacts } from "./reach-facts";
import { readyReaches, slotAt } from "./reach-table";
import { lookAgain } from "./second-look";

/** Where this many questions of a block are not found, the table is too small for them, and one block of eight tries it. */
const MANY: u32 = 12;
const TRIES: u32 = 8 * BLOCK;
let isTooSmall: bool = false;

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

/** Answers questions that were not found, and puts what their users reach into the table. */
function answerMissing(lanes: u32, principals: usize, privileges: usize, records: usize): u32 {
  let word: u32 = 0;
  for (let left = lanes; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
    const at = (<usize>i) << 2;
    word |= answer(load<u32>(principals + at), load<u32>(privileges + at), load<u32>(records + at)) << i;
  }
  return word;
}

/** Reads what `decide` will read of users and records, so that it is on its way before the first one waits for it. */
function touchAll(principals: usize, privileges: usize, records: usize): void {
  const users = userCount();
  const known = privilegeCount();
  const pages = worldWord(WORLD_PAGE_COUNT);
  let sum: u32 = 0;
  for (let at: usize = 0; at < (<usize>BLOCK) << 2; at += 4) {
    const user = load<u32>(principals + at);
    const record = load<u32>(records + at);
    if (user >= users || record >> PAGE_SHIFT >= pages) continue;
    const place = <usize>placeInPage(record);
    const page = pageOfRecord(record);
    sum ^= load<u32>(userRow(user), USER_CONTEXTS);
    sum ^= load<u16>(page + (place << 1), PAGE_UNITS) ^ load<u16>(page + (place << 1), PAGE_MARKS);
  }
  for (let at: usize = 0; at < (<usize>BLOCK) << 2; at += 4) {
    const user = load<u32>(principals + at);
    const privilege = load<u32>(privileges + at);
    if (user >= users || privilege >= known) continue;
    const row = userRow(user);
    const slot = slotOf(privilege);
    sum ^= load<u32>(load<u32>(row, USER_CONTEXTS), CONTEXT_LIST_ROWS);
    sum ^= load<u32>(load<u32>(row, USER_TEAM_SET));
    if (slot === NO) continue;
    sum ^= <u32>load<u8>(load<u32>(row, USER_OWN_PLANES) + (slot >> 1));
    sum ^= <u32>load<u8>(load<u32>(row, USER_TEAM_PLANES) + (slot >> 1));
  }
  store<u32>(touched, sum);
}

/** The answers of a full block without the table. */
function judgeBlock(principals: usize, privileges: usize, records: usize): u32 {
  touchAll(principals, privileges, records);
  let word: u32 = 0;
  for (let i: u32 = 0; i < BLOCK; i++) {
    const at = (<usize>i) << 2;
    const decision = decide(load<u32>(principals + at), load<u32>(privileges + at), load<u32>(records + at));
    word |= u32(decision === DECISION_ALLOW) << i;
  }
  return word;
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
  const missing = ~found;
  isTooSmall = <u32>popcnt(missing) >= MANY;
  return word | answerMissing(missing, principals, privileges, records);
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
      const word =
        isTooSmall && first % TRIES !== 0
          ? judgeBlock(principals + at, privileges + at, records + at)
          : block(principals + at, privileges + at, records + at);
      store<u32>(out + (first >> 3), word);
    }
  }
  for (; first < count; first += BLOCK) {
    const at = (<usize>first) << 2;
    const left = min(count - first, BLOCK);
    store<u32>(out + (first >> 3), oneByOne(principals + at, privileges + at, records + at, left));
  }
}
