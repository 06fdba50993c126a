// Questions of a block without the table of what users reach: where there are more pairs of user and privilege than it has
// room for. As in batch-block.ts everything is gathered first, in as few steps as one read needs another: who the users are and
// where pages lie; then levels, units and marks; then four questions are answered at once. It needs to know who is who
// (who-index.ts). What ownership, a share or a role of a team may still allow is looked at again, or left to decide.ts.
import { area, JUDGED, JUDGED_BYTES } from "./area";
import {
  ACTION_SHIFT,
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
  USER_TEAM_PLANES,
  USER_TEAM_SET,
  WORLD_PAGE_COUNT,
  WORLD_PAGES,
  WORLD_TEAM_COUNT,
  WORLD_UNIT_ENDS,
} from "./constants";
import { levelBits, NO, ownershipIsRecomputed, privilegeCount } from "./image";
import { worldWord } from "./memory";
import { isMember, userCount, userRow } from "./principals";
import { ALONE, FIRST_SORT, levelSlots, NO_LEVELS, openWho, sorts, WITH_TEAMS, words } from "./who-index";

/** Questions of the last block that were not answered: they are to be decided alone. */
export let undecided: u32 = 0;

// Of each question a word in each column, first an address, then what was read there: the user's word; the slot of the levels;
// the page; his sort, then his levels; where his unit ends; the record's unit, its mark; and what the head of the page says. Where
// columns are walked an address goes up in the first, and the others lie that far behind it.
const COLUMN: usize = 32 * 4;
const who: usize = ASC_FEATURE_THREADS ? area + JUDGED : memory.data(JUDGED_BYTES, 16);
const SLOTS: usize = COLUMN;
const PAGES: usize = 2 * COLUMN;
const LEVELS: usize = 3 * COLUMN;
const ENDS: usize = 4 * COLUMN;
const UNITS: usize = 5 * COLUMN;
const MARKS: usize = 6 * COLUMN;
const HEADS: usize = 7 * COLUMN;

/** What has been read ahead goes here: what nobody can use is not read. */
export let touched: u32 = 0;

/** Users, privileges and pages, or the last one in place of what there is not. */
function bringFirst(principals: usize, privileges: usize, records: usize): void {
  const lastUser = i32x4.splat(userCount() - 1);
  const lastPrivilege = i32x4.splat(privilegeCount() - 1);
  const lastPage = i32x4.splat(worldWord(WORLD_PAGE_COUNT) - 1);
  const allWords = i32x4.splat(<u32>words);
  const allSlots = i32x4.splat(<u32>levelSlots);
  const allPages = i32x4.splat(worldWord(WORLD_PAGES));
  for (let at = who; at < who + COLUMN; at += 16) {
    const user = i32x4.min_u(v128.load(principals), lastUser);
    const privilege = i32x4.min_u(v128.load(privileges), lastPrivilege);
    const page = i32x4.min_u(i32x4.shr_u(v128.load(records), PAGE_SHIFT), lastPage);
    v128.store(at, i32x4.add(allWords, i32x4.shl(user, 2)));
    v128.store(at, i32x4.add(allSlots, i32x4.shl(privilege, 2)), SLOTS);
    v128.store(at, i32x4.add(allPages, i32x4.shl(page, ROW_OF_PAGE_SHIFT)), PAGES);
    principals += 16;
    privileges += 16;
    records += 16;
  }
  for (let at = who; at < who + COLUMN; at += 4) {
    const row = <usize>load<u32>(at, PAGES);
    store<u32>(at, load<u32>(load<u32>(at)));
    store<u32>(at, load<u32>(load<u32>(at, SLOTS)), SLOTS);
    store<u32>(at, load<u32>(row), PAGES);
    store<u32>(at, load<u32>(row, ROW_OF_PAGE_HEAD), HEADS);
  }
}

/** The sorts of users, and where their units end: these tables are small. */
function bringSorts(): void {
  const firstSort = i32x4.splat(FIRST_SORT);
  const before = i32x4.splat(<u32>sorts - (FIRST_SORT - 1) * 4);
  const allEnds = i32x4.splat(worldWord(WORLD_UNIT_ENDS));
  const low = i32x4.splat(0xffff);
  for (let at = who; at < who + COLUMN; at += 16) {
    const word = v128.load(at);
    const sort = i32x4.max_u(v128.and(word, low), firstSort);
    v128.store(at, i32x4.add(before, i32x4.shl(sort, 2)), LEVELS);
    v128.store(at, i32x4.add(allEnds, i32x4.shl(i32x4.shr_u(word, 16), 1)), ENDS);
  }
  for (let at = who; at < who + COLUMN; at += 4) {
    store<u32>(at, load<u32>(load<u32>(at, LEVELS)), LEVELS);
    store<u32>(at, <u32>load<u16>(load<u32>(at, ENDS)), ENDS);
  }
}

/** Which questions' users have teams that hold something, too. */
let throughTeams: u32 = 0;

/** Levels, units and marks. */
function bringRest(records: usize): void {
  const withTeams = i32x4.splat(WITH_TEAMS);
  const address = i32x4.splat(~3);
  const noLevels = i32x4.splat(~NO_LEVELS);
  const place = i32x4.splat(PAGE_RECORDS - 1);
  let throughBits: u32 = 0;
  for (let at = who; at < who + COLUMN; at += 16) {
    const sort = v128.load(at, LEVELS);
    const slot = v128.and(v128.load(at, SLOTS), noLevels);
    const isThrough = i32x4.eq(v128.and(sort, withTeams), withTeams);
    throughBits = (throughBits >> 4) | ((<u32>i32x4.bitmask(isThrough)) << 28);
    v128.store(at, i32x4.add(v128.and(sort, address), i32x4.shr_u(slot, 1)), LEVELS);
    const half = i32x4.shl(v128.and(v128.load(records), place), 1);
    v128.store(at, i32x4.add(v128.load(at, PAGES), half), UNITS);
    records += 16;
  }
  throughTeams = throughBits;
  for (let at = who; at < who + COLUMN; at += 4) {
    const record = <usize>load<u32>(at, UNITS);
    store<u32>(at, <u32>load<u8>(load<u32>(at, LEVELS)), LEVELS);
    store<u32>(at, <u32>load<u16>(record, PAGE_UNITS), UNITS);
    store<u32>(at, <u32>load<u16>(record, PAGE_MARKS), MARKS);
  }
}

// Of the block's questions, a bit each.
/** User, privilege and record are there, and levels, ownership and shares alone decide. */
let plain: u32 = 0;
/** Some level is held. */
let held: u32 = 0;
/** A level reaches the record. */
let reached: u32 = 0;
/** The user may own the record; a team may; it may be shared. */
let maybeOwn: u32 = 0;
let ofTeam: u32 = 0;
let shared: u32 = 0;

function has(bits: v128, bit: u32): v128 {
  const wanted = i32x4.splat(bit);
  return i32x4.eq(v128.and(bits, wanted), wanted);
}

/** Takes four more questions into bits: those that came first go down to the lowest. */
function taken(bits: u32, four: v128): u32 {
  return (bits >> 4) | ((<u32>i32x4.bitmask(four)) << 28);
}

/** Answers what has been brought, four questions at a time. */
function answerAll(principals: usize, privileges: usize, records: usize): void {
  // In variables of their own while the loop runs: those of the module are written to memory each time.
  let plainBits: u32 = 0;
  let heldBits: u32 = 0;
  let reachedBits: u32 = 0;
  let maybeOwnBits: u32 = 0;
  let ofTeamBits: u32 = 0;
  let sharedBits: u32 = 0;
  let undecidedBits: u32 = 0;
  for (let at = who; at < who + COLUMN; at += 16) {
    const user = v128.load(principals);
    const privilege = v128.load(privileges);
    const record = v128.load(records);
    const word = v128.load(at);
    const slot = v128.load(at, SLOTS);
    const unit = v128.load(at, UNITS);
    const mark = v128.load(at, MARKS);
    const head = v128.load(at, HEADS);
    const count = v128.and(head, i32x4.splat((1 << PAGE_COUNT_BITS) - 1));
    const isThere = v128.and(
      v128.and(
        i32x4.eq(i32x4.shr_u(head, PAGE_COUNT_BITS), i32x4.shr_u(privilege, ACTION_SHIFT)),
        i32x4.gt_u(count, v128.and(record, i32x4.splat(PAGE_RECORDS - 1))),
      ),
      v128.and(
        v128.and(
          i32x4.lt_u(user, i32x4.splat(userCount())),
          i32x4.lt_u(privilege, i32x4.splat(privilegeCount())),
        ),
        i32x4.lt_u(i32x4.shr_u(record, PAGE_SHIFT), i32x4.splat(worldWord(WORLD_PAGE_COUNT))),
      ),
    );
    const sort = v128.and(word, i32x4.splat(0xffff));
    const isPlain = v128.and(i32x4.ge_u(sort, i32x4.splat(FIRST_SORT)), i32x4.ge_s(slot, i32x4.splat(0)));
    // The level of an odd slot is in the upper half of its byte.
    const byte = v128.load(at, LEVELS);
    const isOdd = has(slot, 1);
    const level = v128.or(
      v128.and(i32x4.shr_u(byte, 4), isOdd),
      v128.andnot(v128.and(byte, i32x4.splat(15)), isOdd),
    );
    const first = i32x4.shr_u(word, 16);
    const isBelow = v128.and(i32x4.ge_u(unit, first), i32x4.le_u(unit, v128.load(at, ENDS)));
    const reaches = v128.or(
      v128.or(has(level, LEVEL_ORGANIZATION), v128.and(has(level, LEVEL_CHILDREN), isBelow)),
      v128.and(has(level, LEVEL_UNIT), i32x4.eq(unit, first)),
    );
    const isAlive = v128.andnot(isThere, i32x4.eq(unit, i32x4.splat(DEAD_UNIT)));
    const own = v128.and(v128.xor(mark, user), i32x4.splat(MARK_OF_PRINCIPAL));
    const isTeams = has(mark, MARK_TEAM);
    plainBits = taken(plainBits, v128.and(isAlive, isPlain));
    heldBits = taken(heldBits, i32x4.ne(v128.and(level, i32x4.splat(15)), i32x4.splat(0)));
    reachedBits = taken(reachedBits, reaches);
    maybeOwnBits = taken(maybeOwnBits, v128.andnot(i32x4.eq(own, i32x4.splat(0)), isTeams));
    ofTeamBits = taken(ofTeamBits, isTeams);
    sharedBits = taken(sharedBits, has(mark, MARK_SHARED));
    // Whoever is not simple, and what is more than levels, tasks among it; users who are denied everything are not.
    undecidedBits = taken(undecidedBits, v128.andnot(i32x4.ge_u(sort, i32x4.splat(ALONE)), isPlain));
    principals += 16;
    privileges += 16;
    records += 16;
  }
  plain = plainBits;
  held = heldBits;
  reached = reachedBits;
  maybeOwn = maybeOwnBits;
  ofTeam = ofTeamBits;
  shared = sharedBits;
  undecided = undecidedBits;
}

/** Reads ahead what tells of the teams of these questions' users. */
function touchTeams(lanes: u32, principals: usize): void {
  let sum: u32 = 0;
  for (let left = lanes; left !== 0; left &= left - 1) {
    sum ^= load<u32>(userRow(load<u32>(principals + ((<usize>ctz(left)) << 2))), USER_TEAM_SET);
  }
  for (let left = lanes; left !== 0; left &= left - 1) {
    const row = userRow(load<u32>(principals + ((<usize>ctz(left)) << 2)));
    sum ^= load<u32>(load<u32>(row, USER_TEAM_SET));
  }
  touched = sum;
}

/** Of these questions those whose user is a member of the team that the mark names; of others, too, where it is not sure. */
function ofTheirTeams(lanes: u32, principals: usize): u32 {
  if (worldWord(WORLD_TEAM_COUNT) > <u32>MARK_OF_PRINCIPAL) return lanes;
  touchTeams(lanes, principals);
  let bits: u32 = 0;
  for (let left = lanes; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
    const at = (<usize>i) << 2;
    const team = load<u32>(who + at, MARKS) & MARK_OF_PRINCIPAL;
    bits |= u32(isMember(userRow(load<u32>(principals + at)), team)) << i;
  }
  return bits;
}

/** Of these questions those whose user holds a level through a team. */
function heldThroughTeams(lanes: u32, principals: usize): u32 {
  let bits: u32 = 0;
  for (let left = lanes; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
    const at = (<usize>i) << 2;
    const planes = load<u32>(userRow(load<u32>(principals + at)), USER_TEAM_PLANES);
    bits |= u32(levelBits(planes, load<u32>(who + at, SLOTS)) !== 0) << i;
  }
  return bits;
}

/** The answers of a full block, one bit each; those of `undecided` are 0. There is at least one page. */
export function judgeLevels(principals: usize, privileges: usize, records: usize): u32 {
  if (!ownershipIsRecomputed() || userCount() === 0 || !openWho()) {
    undecided = NO;
    return 0;
  }
  bringFirst(principals, privileges, records);
  bringSorts();
  bringRest(records);
  answerAll(principals, privileges, records);
  const allowed = plain & reached;
  const open = plain & ~reached;
  const elsewhere = heldThroughTeams(open & throughTeams, principals);
  const missed = open & held & ~elsewhere;
  undecided |= elsewhere | (missed & (maybeOwn | shared));
  undecided |= ofTheirTeams(missed & ofTeam & ~shared, principals);
  return allowed;
}
