// Questions whose users hold a level, of those that batch-judge.ts reads together: here the records are looked at. What ownership, a
// share or a role of a team may still allow is noted (batch-open.ts).
import { area, HELD, HELD_BYTES } from "./area";
import { noteOpen } from "./batch-open";
import {
  DEAD_UNIT,
  LEVEL_CHILDREN,
  LEVEL_ORGANIZATION,
  LEVEL_UNIT,
  MARK_OF_PRINCIPAL,
  MARK_SHARED,
  MARK_TEAM,
  PAGE_COUNT_BITS,
  PAGE_MARKS,
  PAGE_RECORDS,
  PAGE_SHIFT,
  PAGE_UNITS,
  ROW_OF_PAGE_HEAD,
  ROW_OF_PAGE_SHIFT,
  WORLD_PAGE_COUNT,
  WORLD_PAGES,
  WORLD_UNIT_ENDS,
} from "./constants";
import { worldWord } from "./memory";
import { sizeOf, toFront } from "./squeeze";

// What is said of a question: its level bits; whether the user's teams hold something; whether it is to be decided alone, and then
// there are no level bits; the entity of its privilege.
const LEVEL_BITS: u32 = 15;
const BY_UNIT: u32 = LEVEL_UNIT | LEVEL_CHILDREN | LEVEL_ORGANIZATION;
export const THROUGH_BIT: u32 = 4;
export const ALONE_BIT: u32 = 5;
export const ENTITY_SHIFT: u32 = 8;

// Of each question a word in each column: its number; its user's word (who-index.ts); what is said of it; user and record; then
// first an address, then what was read there: its page, where the user's unit ends, the record's unit and mark, and what the head
// of the page says. Four more than there are questions are put in at once.
const COLUMN: usize = (512 + 4) * 4;
const numbers: usize = ASC_FEATURE_THREADS ? area + HELD : memory.data(HELD_BYTES, 16);
const WORDS: usize = COLUMN;
const WHAT: usize = 2 * COLUMN;
const USERS: usize = 3 * COLUMN;
const RECORDS: usize = 4 * COLUMN;
const PAGES: usize = 5 * COLUMN;
const ENDS: usize = 6 * COLUMN;
const UNITS: usize = 7 * COLUMN;
const MARKS: usize = 8 * COLUMN;
const HEADS: usize = 9 * COLUMN;

/** Behind the last one. */
let end: usize = numbers;

// What addresses of a run begin with, and the last page.
let pageRows: u32 = 0;
let unitEnds: u32 = 0;
let lastPage: u32 = 0;

/** Begins anew. */
export function noHeld(): void {
  end = numbers;
  pageRows = worldWord(WORLD_PAGES);
  unitEnds = worldWord(WORLD_UNIT_ENDS);
  lastPage = worldWord(WORLD_PAGE_COUNT) - 1;
}

/**
 * Reads what the addresses lead to that stand in the columns of a question. In a loop of nothing else: as many reads as possible are
 * then on their way.
 */
function bring(at: usize): void {
  const row = <usize>load<u32>(at, PAGES);
  const page = <usize>load<u32>(row);
  store<u32>(at, load<u32>(row, ROW_OF_PAGE_HEAD), HEADS);
  store<u32>(at, <u32>load<u16>(page + <usize>load<u32>(at, UNITS)), UNITS);
  store<u32>(at, <u32>load<u16>(page + <usize>load<u32>(at, MARKS)), MARKS);
  store<u32>(at, <u32>load<u16>(load<u32>(at, ENDS)), ENDS);
}

/**
 * Adds those of four questions that are in the set, a bit each, and where their records are. Units are read where a level may reach
 * them; of the other questions the mark is read twice, which is at hand.
 */
export function addHeld(set: u32, number: v128, word: v128, what: v128, user: v128, record: v128): void {
  const order = toFront(set);
  const at = end;
  const whats = i8x16.swizzle(what, order);
  const records = i8x16.swizzle(record, order);
  const userWords = i8x16.swizzle(word, order);
  v128.store(at, i8x16.swizzle(number, order));
  v128.store(at, userWords, WORDS);
  v128.store(at, whats, WHAT);
  v128.store(at, i8x16.swizzle(user, order), USERS);
  v128.store(at, records, RECORDS);
  // Of a page that there is not, the last one.
  const page = i32x4.min_u(i32x4.shr_u(records, PAGE_SHIFT), i32x4.splat(lastPage));
  v128.store(at, i32x4.add(i32x4.splat(pageRows), i32x4.shl(page, ROW_OF_PAGE_SHIFT)), PAGES);
  v128.store(at, i32x4.add(i32x4.splat(unitEnds), i32x4.shl(i32x4.shr_u(userWords, 16), 1)), ENDS);
  const half = i32x4.shl(v128.and(records, i32x4.splat(PAGE_RECORDS - 1)), 1);
  const isBare = i32x4.eq(v128.and(whats, i32x4.splat(BY_UNIT)), i32x4.splat(0));
  const mark = i32x4.add(half, i32x4.splat(PAGE_MARKS));
  const unit = i32x4.sub(mark, v128.andnot(i32x4.splat(PAGE_MARKS - PAGE_UNITS), isBare));
  v128.store(at, mark, MARKS);
  v128.store(at, unit, UNITS);
  end = at + sizeOf(set);
}

/** What is taken up to a full four says nothing. */
function fillUp(): void {
  v128.store(end, i32x4.splat(0));
  v128.store(end, i32x4.splat(0), WHAT);
}

function has(bits: v128, bit: u32): v128 {
  const wanted = i32x4.splat(bit);
  return i32x4.eq(v128.and(bits, wanted), wanted);
}

/** Adds the answers of the list to `out`, a bit each under its number, and notes what stays open. */
export function answerHeld(out: usize): void {
  fillUp();
  for (let at = numbers; at < end; at += 4) bring(at);
  const zero = i32x4.splat(0);
  for (let at = numbers; at < end; at += 16) {
    const what = v128.load(at, WHAT);
    const user = v128.load(at, USERS);
    const word = v128.load(at, WORDS);
    const unit = v128.load(at, UNITS);
    const mark = v128.load(at, MARKS);
    const head = v128.load(at, HEADS);
    const count = v128.and(head, i32x4.splat((1 << PAGE_COUNT_BITS) - 1));
    const isThere = v128.and(
      i32x4.eq(i32x4.shr_u(head, PAGE_COUNT_BITS), i32x4.shr_u(what, ENTITY_SHIFT)),
      i32x4.gt_u(count, v128.and(v128.load(at, RECORDS), i32x4.splat(PAGE_RECORDS - 1))),
    );
    // What has been deleted belongs to nobody: the other questions come to nothing by its mark.
    const byUnit = i32x4.ne(v128.and(what, i32x4.splat(BY_UNIT)), zero);
    const isAlive = v128.andnot(isThere, v128.and(i32x4.eq(unit, i32x4.splat(DEAD_UNIT)), byUnit));
    const first = i32x4.shr_u(word, 16);
    const isBelow = v128.and(i32x4.ge_u(unit, first), i32x4.le_u(unit, v128.load(at, ENDS)));
    const reaches = v128.or(
      v128.or(has(what, LEVEL_ORGANIZATION), v128.and(has(what, LEVEL_CHILDREN), isBelow)),
      v128.and(has(what, LEVEL_UNIT), i32x4.eq(unit, first)),
    );
    const own = i32x4.eq(v128.and(v128.xor(mark, user), i32x4.splat(MARK_OF_PRINCIPAL)), zero);
    const mayBeHis = v128.or(own, i32x4.ne(v128.and(mark, i32x4.splat(MARK_TEAM | MARK_SHARED)), zero));
    const isHeld = i32x4.ne(v128.and(what, i32x4.splat(LEVEL_BITS)), zero);
    const isOpen = v128.andnot(isAlive, reaches);
    const alone = i32x4.ne(v128.and(what, i32x4.splat(1 << ALONE_BIT)), zero);
    const through = v128.and(isOpen, has(what, 1 << THROUGH_BIT));
    const held = v128.and(isOpen, v128.and(isHeld, mayBeHis));
    noteOpen(v128.load(at), alone, through, held, mark);
    let allowed: u32 = i32x4.bitmask(v128.and(isAlive, reaches));
    for (let one = at; one < at + 16; one += 4) {
      const number = load<u32>(one);
      const to = out + ((<usize>(number >> 5)) << 2);
      store<u32>(to, load<u32>(to) | ((allowed & 1) << (number & 31)));
      allowed >>= 1;
    }
  }
}
