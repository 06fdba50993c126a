// Whether batches are answered by the table of what users reach, or without it because there are more pairs of user and privilege
// than it has room for. While it is used, what it costs tells: how many questions take the slots of others. While it is not, some
// of its slots are watched: for each is noted who would stand there, and how often that would have been the one who asks.
import { area, WATCHED, WATCHED_BYTES } from "./area";
import { mask, stride } from "./reach-table";

/**
 * With more than so many questions of 32 that take the slots of others, judging all of them costs less; and as many more as have to be
 * decided alone where they are judged, for conditions or teams: that costs what a slot does. But never nearly all of them.
 */
const LEAST_TAKEN: i32 = 4;
const MOST_TAKEN: i32 = 24;
/** Slots that may be taken beyond that before the table is left; and more of them, one for so many questions judged before. */
const CREDIT: i32 = 1_024;
const QUESTIONS_A_SLOT: i32 = 16;
/** One slot in so many is watched, by chance; at most as many as there is room for. */
const ONE_IN: u32 = 64;
const MOST_WATCHED: u32 = WATCHED_BYTES / 4;
/** Questions judged until what has been seen is looked at; too little of it says nothing. */
const WINDOW: i32 = 32_768;
const FEWEST_SEEN: u32 = 64;
/** Odd, so that each slot has its own place after it. */
const SCATTER: u32 = 0x9e3779b1;

const watched: usize = ASC_FEATURE_THREADS ? area + WATCHED : memory.data(WATCHED_BYTES, 16);

/** Of 32 questions so many may take slots, as things are. */
let mayTake: i32 = LEAST_TAKEN;
/** Slots that may be taken beyond that; what judging has added to them for the next time. */
let credit: i32 = CREDIT;
let earned: i32 = 0;
/** Questions to be judged before the table is tried; 0: it is used. */
let left: i32 = 0;
/** Of this window: questions whose slot is watched; those that would have found it theirs; those decided alone. */
let seen: u32 = 0;
let again: u32 = 0;
let alone: i32 = 0;
let total: u32 = 0;

/** How many questions of batches this instance has judged without the table; counted modulo 2^32. */
export function judgedQuestions(): u32 {
  return total;
}

/** How many questions are to be judged without the table before it is tried; 0: the table is used. */
export function toJudge(): u32 {
  return <u32>left;
}

/** Notes how many slots a block took from others. */
export function noteTaken(count: u32): void {
  const gain = mayTake - <i32>count;
  if (gain < 0) credit += gain;
  else if (credit < CREDIT) credit = min(credit + gain, CREDIT);
  if (credit < 0) left = WINDOW;
}

/** Whether most of what has been watched would have been found in the table. */
function wouldBeFound(): bool {
  return seen >= FEWEST_SEEN && again * 32 >= seen * <u32>(32 - mayTake);
}

/** Notes that so many questions were judged, and how many of them had to be decided alone. */
export function noteJudged(count: u32, decided: u32): void {
  total += count;
  alone += <i32>decided;
  earned = min(earned + <i32>count / QUESTIONS_A_SLOT, <i32>mask);
  left = max(left - <i32>count, 0);
  if (left !== 0) return;
  mayTake = min(LEAST_TAKEN + alone / (WINDOW / 32), MOST_TAKEN);
  alone = 0;
  // One block tries the table in any case: few pairs that are asked about often may have no slot that is watched.
  credit = 0;
  if (wouldBeFound()) {
    credit = CREDIT + earned;
    earned = 0;
  }
  seen = 0;
  again = 0;
}

/** Looks who would have found himself in the table: of some full blocks' questions. */
export function watch(principals: usize, privileges: usize, count: u32): void {
  const slots = i32x4.splat(mask);
  const places = i32x4.splat(min((mask + 1) / ONE_IN, MOST_WATCHED));
  const perUser = i32x4.splat(stride * SCATTER);
  const perPrivilege = i32x4.splat(SCATTER);
  for (const end = principals + ((<usize>count) << 2); principals < end; principals += 16) {
    const user = v128.load(principals);
    const pair = i32x4.add(i32x4.mul(user, perUser), i32x4.mul(v128.load(privileges), perPrivilege));
    const place = v128.and(pair, slots);
    let set: u32 = i32x4.bitmask(i32x4.lt_u(place, places));
    for (; set !== 0; set &= set - 1) {
      const lane = (<usize>ctz(set)) << 2;
      const who = load<u32>(principals + lane);
      const at = watched + ((<usize>((who * stride + load<u32>(privileges + lane)) * SCATTER) & mask) << 2);
      seen++;
      again += u32(load<u32>(at) === who + 1);
      store<u32>(at, who + 1);
    }
    privileges += 16;
  }
}
