// Questions without the table of what users reach: where there are more pairs of user and privilege than it has room for. A run of
// blocks at a time, everything is read in as few steps as one read needs another, each step for all questions: who the users
// are; their sorts; their levels. It needs to know who is who (who-index.ts). Most users hold nothing, and their records need not
// be looked at: the others go into a list (batch-held.ts).
import { area, JUDGED, JUDGED_BYTES } from "./area";
import { ALONE_BIT, addHeld, answerHeld, ENTITY_SHIFT, noHeld, THROUGH_BIT } from "./batch-held";
import { noteAlone } from "./batch-open";
import { ACTION_SHIFT, PAGE_SHIFT, WORLD_PAGE_COUNT } from "./constants";
import { ownershipIsRecomputed, privilegeCount } from "./image";
import { worldWord } from "./memory";
import { userCount } from "./principals";
import { ALONE, FIRST_SORT, levelSlots, NO_LEVELS, openWho, sorts, words } from "./who-index";

/** Questions that are read together, each step for all of them. */
export const TOGETHER: u32 = 512;

// Of each question a word in each column, first an address, then what was read there: the user's word; the slot of the levels; his
// sort, then his levels. Where columns are walked an address goes up in the first, and the others lie that far behind it.
const COLUMN: usize = TOGETHER * 4;
const who: usize = ASC_FEATURE_THREADS ? area + JUDGED : memory.data(JUDGED_BYTES, 16);
const SLOTS: usize = COLUMN;
const LEVELS: usize = 2 * COLUMN;
const SORTS: usize = 3 * COLUMN;

const lanes: usize = memory.data<u32>([0, 1, 2, 3], 16);

/** Users and privileges, or the last one in place of what there is not. */
function bringUsers(principals: usize, privileges: usize, end: usize): void {
  const lastUser = i32x4.splat(userCount() - 1);
  const lastPrivilege = i32x4.splat(privilegeCount() - 1);
  const allWords = i32x4.splat(<u32>words);
  const allSlots = i32x4.splat(<u32>levelSlots);
  for (let at = who; at < end; at += 16) {
    const user = i32x4.min_u(v128.load(principals), lastUser);
    const privilege = i32x4.min_u(v128.load(privileges), lastPrivilege);
    v128.store(at, i32x4.add(allWords, i32x4.shl(user, 2)));
    v128.store(at, i32x4.add(allSlots, i32x4.shl(privilege, 2)), SLOTS);
    principals += 16;
    privileges += 16;
  }
  for (let at = who; at < end; at += 4) {
    store<u32>(at, load<u32>(load<u32>(at)));
    store<u32>(at, load<u32>(load<u32>(at, SLOTS)), SLOTS);
  }
}

/** Their sorts: that table is small. */
function bringSorts(end: usize): void {
  const firstSort = i32x4.splat(FIRST_SORT);
  const before = i32x4.splat(<u32>sorts - (FIRST_SORT - 1) * 4);
  const low = i32x4.splat(0xffff);
  for (let at = who; at < end; at += 16) {
    const sort = i32x4.max_u(v128.and(v128.load(at), low), firstSort);
    v128.store(at, i32x4.add(before, i32x4.shl(sort, 2)), SORTS);
  }
  for (let at = who; at < end; at += 4) store<u32>(at, load<u32>(load<u32>(at, SORTS)), SORTS);
}

/** The bytes in which their levels are. */
function bringLevels(end: usize): void {
  const address = i32x4.splat(~3);
  const noLevels = i32x4.splat(~NO_LEVELS);
  for (let at = who; at < end; at += 16) {
    const slot = v128.and(v128.load(at, SLOTS), noLevels);
    v128.store(at, i32x4.add(v128.and(v128.load(at, SORTS), address), i32x4.shr_u(slot, 1)), LEVELS);
  }
  for (let at = who; at < end; at += 4) store<u32>(at, <u32>load<u8>(load<u32>(at, LEVELS)), LEVELS);
}

/** Lists whoever holds a level, or has teams that hold something, or cannot be answered by levels. */
function listHeld(first: u32, principals: usize, privileges: usize, records: usize, end: usize): void {
  const users = i32x4.splat(userCount());
  const pages = i32x4.splat(worldWord(WORLD_PAGE_COUNT));
  const firstSort = i32x4.splat(FIRST_SORT);
  const four = i32x4.splat(4);
  let number = i32x4.add(i32x4.splat(first), v128.load(lanes));
  for (let at = who; at < end; at += 16) {
    const user = v128.load(principals);
    const privilege = v128.load(privileges);
    const record = v128.load(records);
    const word = v128.load(at);
    const slot = v128.load(at, SLOTS);
    const sort = v128.and(word, i32x4.splat(0xffff));
    const byLevels = v128.and(i32x4.ge_u(sort, firstSort), i32x4.ge_s(slot, i32x4.splat(0)));
    // A privilege that there is not is of no record's entity (batch-held.ts).
    const isThere = v128.and(i32x4.lt_u(user, users), i32x4.lt_u(i32x4.shr_u(record, PAGE_SHIFT), pages));
    // The level of an odd slot is in the upper half of its byte.
    const byte = v128.load(at, LEVELS);
    const isOdd = i32x4.eq(v128.and(slot, i32x4.splat(1)), i32x4.splat(1));
    const level = v128.and(v128.bitselect(i32x4.shr_u(byte, 4), byte, isOdd), i32x4.splat(15));
    const through = v128.and(i32x4.shl(v128.load(at, SORTS), THROUGH_BIT - 1), i32x4.splat(1 << THROUGH_BIT));
    const held = v128.and(v128.or(level, through), v128.and(byLevels, isThere));
    // Whoever is not simple, and what is more than levels, tasks among it; users who are denied everything are not.
    const alone = v128.andnot(i32x4.ge_u(sort, i32x4.splat(ALONE)), byLevels);
    const what = v128.or(held, v128.and(alone, i32x4.splat(1 << ALONE_BIT)));
    const entity = i32x4.shl(i32x4.shr_u(privilege, ACTION_SHIFT), ENTITY_SHIFT);
    addHeld(i32x4.bitmask(i32x4.ne(what, i32x4.splat(0))), number, word, v128.or(what, entity), user, record);
    number = i32x4.add(number, four);
    principals += 16;
    privileges += 16;
    records += 16;
  }
}

/**
 * Adds the answers of at most TOGETHER questions, in full blocks, to `out`, a bit each, as far as levels of the users themselves give
 * them; the rest is noted (batch-open.ts). `first` is the number of the first one in a run. There are pages and users.
 */
export function judgeLevels(
  first: u32,
  principals: usize,
  privileges: usize,
  records: usize,
  count: u32,
  out: usize,
): void {
  if (!ownershipIsRecomputed() || !openWho()) {
    for (let i: u32 = 0; i < count; i++) noteAlone(first + i);
    return;
  }
  const end = who + (count << 2);
  bringUsers(principals, privileges, end);
  bringSorts(end);
  bringLevels(end);
  noHeld();
  listHeld(first, principals, privileges, records, end);
  answerHeld(out);
}
