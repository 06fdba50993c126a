// Many questions at once. The SIMD core answers a block of them by the table of reaches (batch-block.ts); what that leaves
// open, and in the plain core everything, is answered alone.
import { allows } from "./allows";
import {
  answerBlock,
  asks,
  BLOCK,
  forbids,
  found,
  likeFirst,
  permits,
  reached,
  slotOfQuestion,
} from "./batch-block";
import { noteJudged, noteTaken, toJudge, watch } from "./batch-choice";
import { allowed, answerApart, answerTogether, open, untold } from "./batch-conditions";
import { judgeLevels, TOGETHER } from "./batch-judge";
import { answerOpen, decided, MOST_NOTED } from "./batch-open";
import { WORLD_PAGE_COUNT } from "./constants";
import { worldWord } from "./memory";
import { pageOfRecord } from "./pages";
import { userCount } from "./principals";
import { readyReaches } from "./reach-table";
import { taken } from "./reaches";
import { lookAgain } from "./second-look";

/** Fewer questions than these, of one user and privilege or of several, are answered alone where they stand under conditions. */
const FEW: u32 = 6;

/** Answers questions alone, and puts what their users reach into the table where it was not found. */
function answerEach(lanes: u32, principals: usize, privileges: usize, records: usize): u32 {
  let word: u32 = 0;
  for (let left = lanes; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
    const at = (<usize>i) << 2;
    word |= allows(load<u32>(principals + at), load<u32>(privileges + at), load<u32>(records + at)) << i;
  }
  return word;
}

/** Answers a run of full blocks, at most MOST_NOTED questions, without the table. */
function judgeRun(principals: usize, privileges: usize, records: usize, count: u32, out: usize): void {
  memory.fill(out, 0, count >> 3);
  for (let first: u32 = 0; first < count; first += TOGETHER) {
    const at = (<usize>first) << 2;
    judgeLevels(first, principals + at, privileges + at, records + at, min(count - first, TOGETHER), out);
  }
  answerOpen(principals, privileges, records, out);
}

/** The answers of the questions that stand under conditions: those of one user and privilege together. */
function answerConditional(lanes: u32, principals: usize, privileges: usize, records: usize): u32 {
  let word: u32 = 0;
  let alone: u32 = 0;
  let apart = lanes;
  while (apart !== 0) {
    const alike = likeFirst(apart);
    // Where one group is too small the others are taken for small as well.
    if (<u32>popcnt(alike) < FEW) break;
    apart &= ~alike;
    const first = <u32>ctz(alike);
    answerTogether(alike, slotOfQuestion(first), load<u32>(principals + ((<usize>first) << 2)), records);
    word |= allowed | again(open, principals, privileges, records);
    alone |= untold;
  }
  if (<u32>popcnt(apart) < FEW) alone |= apart;
  else {
    answerApart(apart, principals, records);
    word |= allowed;
    if (open !== 0) word |= again(open, principals, privileges, records);
    alone |= untold;
  }
  return alone === 0 ? word : word | answerEach(alone, principals, privileges, records);
}

/** Looks again at what the table leaves open. */
function again(lanes: u32, principals: usize, privileges: usize, records: usize): u32 {
  let word: u32 = 0;
  for (let left = lanes; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
    const at = (<usize>i) << 2;
    const user = load<u32>(principals + at);
    const record = load<u32>(records + at);
    word |= lookAgain(slotOfQuestion(i), user, load<u32>(privileges + at), pageOfRecord(record), record) << i;
  }
  return word;
}

/** The answers of a full block, one bit each. */
function block(principals: usize, privileges: usize, records: usize): u32 {
  answerBlock(principals, privileges, records);
  const underConditions = permits | forbids;
  let word = reached & ~underConditions;
  // Slots stay as they were found until the first question that was not found is answered.
  if (underConditions !== 0) word |= answerConditional(underConditions, principals, privileges, records);
  const asked = asks & ~word & ~underConditions;
  if (asked !== 0) word |= again(asked, principals, privileges, records);
  const before = taken;
  if (~found !== 0) word |= answerEach(~found, principals, privileges, records);
  noteTaken(taken - before);
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
    const full: u32 = worldWord(WORLD_PAGE_COUNT) === 0 || userCount() === 0 ? 0 : count & ~(BLOCK - 1);
    while (first < full) {
      const at = (<usize>first) << 2;
      const without = toJudge();
      if (without === 0) {
        store<u32>(out + (first >> 3), block(principals + at, privileges + at, records + at));
        first += BLOCK;
      } else {
        const run = min(min(without, MOST_NOTED), full - first);
        watch(principals + at, privileges + at, run);
        judgeRun(principals + at, privileges + at, records + at, run, out + (first >> 3));
        noteJudged(run, decided);
        first += run;
      }
    }
  }
  // The plain core, a last block that is not full, a world without records or users.
  for (; first < count; first += BLOCK) {
    const at = (<usize>first) << 2;
    const lanes = <u32>0xffffffff >> (BLOCK - min(count - first, BLOCK));
    store<u32>(out + (first >> 3), answerEach(lanes, principals + at, privileges + at, records + at));
  }
}
