// A block of questions in the SIMD core: first everything that its questions read of memory is gathered into one place, with
// many loads in flight and no decision between them; then four questions are answered by each step. The answers are those
// of `allows` (allows.ts) without conditions, for the questions whose slot of the table of reaches and whose record were found.
import { area, GATHERED, GATHERED_BYTES } from "./area";
import {
  ACTION_SHIFT,
  MARK_OF_PRINCIPAL,
  MARK_TEAM,
  PAGE_COUNT_BITS,
  PAGE_MARKS,
  PAGE_RECORDS,
  PAGE_SHIFT,
  PAGE_UNITS,
  ROW_OF_PAGE_FACTS,
  ROW_OF_PAGE_HEAD,
  ROW_OF_PAGE_SHIFT,
  ROW_OF_PAGE_VALUES,
  WORLD_PAGE_COUNT,
  WORLD_PAGES,
} from "./constants";
import { worldWord } from "./memory";
import { placeInPage } from "./pages";
import { FLAG_BITS, FLAGS, mask, reachUsers, slotShift, stride, table } from "./reach-table";

/** Questions of a block: the bits of a word. */
export const BLOCK: u32 = 32;
// From MARK_SHARED and MARK_TEAM to the sign of a word.
export const SHARED_TO_SIGN: u32 = 16;
const TEAM_TO_SIGN: u32 = 17;

// What is gathered of each question: its slot; the head of its record's page; the record's unit and mark. Before that: where
// its slot and its page's row are; where conditions have a say, then where the facts and the columns of the page are. Where the slots
// stand there is room once the block has been answered (batch-slots.ts).
export const gathered: usize = ASC_FEATURE_THREADS ? area + GATHERED : memory.data(GATHERED_BYTES, 16);
const HEADS: usize = 32 * 16;
export const RECORD_UNITS: usize = HEADS + 32 * 4;
export const MARKS: usize = RECORD_UNITS + 32 * 4;
export const SLOTS: usize = MARKS + 32 * 4;
const ROWS: usize = SLOTS + 32 * 4;
export const PAGE_FACTS: usize = ROWS + 32 * 4;
export const PAGE_VALUES: usize = PAGE_FACTS + 32 * 4;
const COLUMN: usize = 32 * 4;

// What is the same in all lanes lies in memory: in a loop some engines would make constants of theirs anew each time.
export const splats: usize = memory.data<u32>(
  [
    1,
    <u32>PAGE_RECORDS - 1,
    0xffff,
    ~FLAGS,
    3,
    7,
    0xffffff00,
    (1 << PAGE_COUNT_BITS) - 1,
    MARK_OF_PRINCIPAL,
    MARK_OF_PRINCIPAL | MARK_TEAM,
  ],
  16,
);
const ONE: usize = 0;
export const PLACE: usize = 4;
export const UNIT: usize = 8;
export const TAG: usize = 12;
const BYTE: usize = 16;
export const BIT: usize = 20;
const FIRST_BYTE: usize = 24;
const COUNT: usize = 28;
const PRINCIPAL: usize = 32;
const OWN: usize = 36;
// Of a lane's bytes the first, and the powers of two.
const firstBytes: usize = memory.data<u32>([0, 4, 8, 12], 16);
export const powers: usize = memory.data<u8>([1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0], 16);

// What is said of the last block's questions, a bit each.
/** Their slot and record are in the tables: what follows is true of them. */
export let found: u32 = 0;
/** Conditions have a say: those of permits, of guardrails that forbid. */
export let permits: u32 = 0;
export let forbids: u32 = 0;
/** Reached, by all but conditions. */
export let reached: u32 = 0;
/** To be looked at again where that does not reach. */
export let asks: u32 = 0;

/** The slot of a question. */
export function slotOfQuestion(question: u32): usize {
  return load<u32>(gathered + ((<usize>question) << 2), SLOTS);
}

/** Whether sixteen questions have this word, from a place in their column on. */
function areAll(words: v128, at: usize): bool {
  const first = v128.or(v128.xor(v128.load(at), words), v128.xor(v128.load(at, 16), words));
  const second = v128.or(v128.xor(v128.load(at, 32), words), v128.xor(v128.load(at, 48), words));
  return !v128.any_true(v128.or(first, second));
}

/** Which questions have this word in a column. */
export function having(word: u32, column: usize): u32 {
  const words = i32x4.splat(word);
  if (areAll(words, column) && areAll(words, column + COLUMN / 2)) return 0xffffffff;
  let alike: u32 = 0;
  for (const end = column + COLUMN; column < end; column += 16) {
    alike = (alike >> 4) | ((<u32>i32x4.bitmask(i32x4.eq(v128.load(column), words))) << 28);
  }
  return alike;
}

/** Which of these questions have the slot of the first: its user and privilege, where they were found. */
export function likeFirst(lanes: u32): u32 {
  const first = slotOfQuestion(<u32>ctz(lanes));
  const others = lanes & (lanes - 1);
  // Mostly neighbours are alike, or none are.
  if (others === 0 || slotOfQuestion(<u32>ctz(others)) !== first) return lanes & (0 - lanes);
  return lanes & having(<u32>first, gathered + SLOTS);
}

/** Where the slots are, and the rows of the pages; a page that does not exist is the last one. */
function address(principals: usize, privileges: usize, records: usize): void {
  const last = i32x4.splat(worldWord(WORLD_PAGE_COUNT) - 1);
  const strides = i32x4.splat(stride);
  const masks = i32x4.splat(mask);
  // A product, for a shift by what is not known takes several steps.
  const slotBytes = i32x4.splat(1 << slotShift);
  const slots = i32x4.splat(<u32>table);
  const pages = i32x4.splat(worldWord(WORLD_PAGES));
  for (let at = gathered; at < gathered + COLUMN; at += 16) {
    const pair = i32x4.add(i32x4.mul(v128.load(principals), strides), v128.load(privileges));
    const number = i32x4.min_u(i32x4.shr_u(v128.load(records), PAGE_SHIFT), last);
    v128.store(at, i32x4.add(i32x4.mul(v128.and(pair, masks), slotBytes), slots), SLOTS);
    v128.store(at, i32x4.add(i32x4.shl(number, ROW_OF_PAGE_SHIFT), pages), ROWS);
    principals += 16;
    privileges += 16;
    records += 16;
  }
}

/** Two questions in each step: what a step costs beside the loads is a third of it. */
function gather(records: usize): void {
  // Addresses that only go up: what is added to a constant would be added anew each time.
  let wide = gathered;
  for (let at = gathered; at < gathered + COLUMN; at += 8) {
    const row = <usize>load<u32>(at, ROWS);
    const otherRow = <usize>load<u32>(at, ROWS + 4);
    const place = <usize>load<u32>(row) + ((<usize>placeInPage(load<u32>(records))) << 1);
    const otherPlace = <usize>load<u32>(otherRow) + ((<usize>placeInPage(load<u32>(records, 4))) << 1);
    v128.store(wide, v128.load(<usize>load<u32>(at, SLOTS)));
    v128.store(wide, v128.load(<usize>load<u32>(at, SLOTS + 4)), 16);
    store<u32>(at, <u32>load<u16>(place, PAGE_UNITS), RECORD_UNITS);
    store<u32>(at, <u32>load<u16>(otherPlace, PAGE_UNITS), RECORD_UNITS + 4);
    store<u32>(at, <u32>load<u16>(place, PAGE_MARKS), MARKS);
    store<u32>(at, <u32>load<u16>(otherPlace, PAGE_MARKS), MARKS + 4);
    store<u32>(at, load<u32>(row, ROW_OF_PAGE_HEAD), HEADS);
    store<u32>(at, load<u32>(otherRow, ROW_OF_PAGE_HEAD), HEADS + 4);
    wide += 32;
    records += 8;
  }
}

/** All bits of each lane whose unit lies in the interval. */
function isIn(interval: v128, unit: v128, unitBits: v128): v128 {
  const distance = v128.and(i32x4.sub(unit, interval), unitBits);
  return i32x4.lt_s(distance, i32x4.shr_u(interval, 16));
}

/** The sign of each lane whose record may be of a team among these, a bit of 32 each. */
function isTeams(teams: v128, mark: v128): v128 {
  const byte = v128.and(i32x4.shr_u(mark, 3), v128.load32_splat(splats + BYTE));
  const bit = v128.or(
    v128.and(mark, v128.load32_splat(splats + BIT)),
    v128.load32_splat(splats + FIRST_BYTE),
  );
  const found = v128.and(
    i8x16.swizzle(teams, v128.or(byte, v128.load(firstBytes))),
    i8x16.swizzle(v128.load(powers), bit),
  );
  return v128.andnot(i32x4.shl(mark, TEAM_TO_SIGN), i32x4.eq(found, i32x4.splat(0)));
}

/** Of eight questions, from a place among the units on, those whose record lies in the interval: all bits of each lane. */
function eightIn(first: v128, count: v128, at: usize): v128 {
  const units = i16x8.narrow_i32x4_u(v128.load(at), v128.load(at, 16));
  return i16x8.lt_u(i16x8.sub(units, first), count);
}

/** Which records of the block lie in an interval of units. */
export function inUnits(interval: u32): u32 {
  const first = i16x8.splat(<u16>interval);
  const count = i16x8.splat(<u16>(interval >> 16));
  const at = gathered + RECORD_UNITS;
  const low = i8x16.narrow_i16x8_s(eightIn(first, count, at), eightIn(first, count, at + 32));
  const high = i8x16.narrow_i16x8_s(eightIn(first, count, at + 64), eightIn(first, count, at + 96));
  return <u32>i8x16.bitmask(low) | ((<u32>i8x16.bitmask(high)) << 16);
}

/** Answers what has been gathered. A condition of a lane is its sign. */
function answerGathered(principals: usize, privileges: usize, records: usize): void {
  let foundBits: u32 = 0;
  let permitBits: u32 = 0;
  let forbidBits: u32 = 0;
  let reachedBits: u32 = 0;
  let askBits: u32 = 0;
  const principalBits = v128.load32_splat(splats + PRINCIPAL);
  const ownBits = v128.load32_splat(splats + OWN);
  // With few users a mark says for certain who owns a record; with more it leaves the question open.
  const marksAreSure = i32x4.splat(reachUsers <= <u32>MARK_OF_PRINCIPAL + 1 ? -1 : 0);
  const last = i32x4.splat(worldWord(WORLD_PAGE_COUNT) - 1);
  const one = v128.load32_splat(splats + ONE);
  const placeBits = v128.load32_splat(splats + PLACE);
  const countBits = v128.load32_splat(splats + COUNT);
  const unitBits = v128.load32_splat(splats + UNIT);
  let slot = gathered;
  let column = gathered;
  for (const end = gathered + COLUMN; column < end; ) {
    const first = v128.load(slot);
    const second = v128.load(slot, 16);
    const third = v128.load(slot, 32);
    const fourth = v128.load(slot, 48);
    const low = i32x4.shuffle(first, second, 0, 4, 1, 5);
    const high = i32x4.shuffle(third, fourth, 0, 4, 1, 5);
    const flags = i64x2.shuffle(low, high, 0, 2);
    const units = i64x2.shuffle(low, high, 1, 3);
    const lowMore = i32x4.shuffle(first, second, 2, 6, 3, 7);
    const highMore = i32x4.shuffle(third, fourth, 2, 6, 3, 7);
    const more = i64x2.shuffle(lowMore, highMore, 0, 2);
    const teams = i64x2.shuffle(lowMore, highMore, 1, 3);
    const user = v128.load(principals);
    const record = v128.load(records);
    const heads = v128.load(column, HEADS);
    const number = i32x4.shr_u(record, PAGE_SHIFT);
    // Compared whole, a number that no slot has room for finds none; an empty slot, which has number -1, reaches nothing.
    const isFound = v128.and(
      v128.and(
        v128.and(
          i32x4.eq(i32x4.shr_u(flags, FLAG_BITS), i32x4.add(user, one)),
          i32x4.eq(i32x4.shr_u(heads, PAGE_COUNT_BITS), i32x4.shr_u(v128.load(privileges), ACTION_SHIFT)),
        ),
        i32x4.gt_s(v128.and(heads, countBits), v128.and(record, placeBits)),
      ),
      i32x4.eq(i32x4.min_u(number, last), number),
    );
    const unit = v128.load(column, RECORD_UNITS);
    const mark = v128.load(column, MARKS);
    const own = i32x4.eq(v128.and(mark, ownBits), v128.and(user, principalBits));
    const owns = v128.and(own, i32x4.shl(flags, 31));
    const reaches = v128.or(
      v128.or(isIn(units, unit, unitBits), isIn(more, unit, unitBits)),
      v128.and(owns, marksAreSure),
    );
    const isOpen = v128.or(
      v128.or(
        v128.or(i32x4.shl(flags, 30), i32x4.shl(flags, 25)),
        v128.or(owns, v128.and(own, i32x4.shl(flags, 29))),
      ),
      v128.or(v128.and(i32x4.shl(flags, 28), i32x4.shl(mark, SHARED_TO_SIGN)), isTeams(teams, mark)),
    );
    // Shifted by what is always the same: other shifts need a certain register.
    foundBits = (foundBits >> 4) | ((<u32>i32x4.bitmask(isFound)) << 28);
    forbidBits = (forbidBits >> 4) | ((<u32>i32x4.bitmask(i32x4.shl(flags, 27))) << 28);
    permitBits = (permitBits >> 4) | ((<u32>i32x4.bitmask(i32x4.shl(flags, 26))) << 28);
    reachedBits = (reachedBits >> 4) | ((<u32>i32x4.bitmask(reaches)) << 28);
    askBits = (askBits >> 4) | ((<u32>i32x4.bitmask(isOpen)) << 28);
    slot += 64;
    column += 16;
    principals += 16;
    privileges += 16;
    records += 16;
  }
  found = foundBits;
  permits = permitBits & foundBits;
  forbids = forbidBits & foundBits;
  reached = reachedBits & foundBits;
  asks = askBits & foundBits;
}

/** What conditions read of pages. */
function bringPages(): void {
  for (let at = gathered; at < gathered + COLUMN; at += 4) {
    const row = <usize>load<u32>(at, ROWS);
    store<u32>(at, load<u32>(row, ROW_OF_PAGE_FACTS), PAGE_FACTS);
    store<u32>(at, load<u32>(row, ROW_OF_PAGE_VALUES), PAGE_VALUES);
  }
}

/** Answers a full block of questions. There is at least one page. */
export function answerBlock(principals: usize, privileges: usize, records: usize): void {
  address(principals, privileges, records);
  gather(records);
  answerGathered(principals, privileges, records);
  if ((permits | forbids) !== 0) bringPages();
}
