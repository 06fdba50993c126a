// Many questions at once. What a user reaches comes from a table (reaches.ts) and is compared with the record without a
// branch; only what that leaves open is judged alone.
import {
  ACTION_SHIFT,
  DECISION_ALLOW,
  PAGE_COUNT,
  PAGE_ENTITY,
  PAGE_OWNERS,
  PAGE_SHARED,
  PAGE_SHIFT,
  PAGE_UNITS,
  WORLD_PAGE_COUNT,
  WORLD_PAGES,
} from "./constants";
import { decide } from "./decide";
import { privilegeCount } from "./image";
import { worldWord } from "./memory";
import { isDead, placeInPage } from "./pages";
import { userCount } from "./principals";
import {
  bits,
  FLAGS,
  fill,
  mask,
  REACH_FORBID,
  REACH_MORE_UNITS,
  REACH_PERMIT,
  REACH_TEAMS,
  REACH_UNITS,
  reachOf,
  readyReaches,
  SLOT_BYTES,
  stride,
  table,
  tagOf,
  withFacts,
} from "./reaches";

/** 1 or 0: whether a unit lies in an interval of the table. */
function isIn(interval: u32, unit: u32): u32 {
  return u32(((unit - interval) & 0xffff) < interval >> 16);
}

/**
 * What the table says of a record in its page: bit 0 the answer, bit 1 that it leaves the question open. A record that is
 * not there (`place` beyond the page's, or a page of another entity) is for the caller to see.
 */
function look(reach: usize, user: u32, page: usize, record: u32): u32 {
  const place = placeInPage(record);
  const flags = load<u32>(reach);
  const unit = <u32>load<u16>(page + (place << 1), PAGE_UNITS);
  const owner = load<u32>(page + (place << 2), PAGE_OWNERS);
  // Bits 0 and 2: his own records are reached, or open; bit 3: shared ones are open.
  const own: u32 = u32(owner === user) * 5;
  const shared = (load<u32>(page + ((place >> 5) << 2), PAGE_SHARED) >> (place & 31)) << 3;
  const team = (owner >> 31) & (load<u32>(reach, REACH_TEAMS) >> owner);
  const known = flags & (own | (shared & 8));
  const allowed =
    isIn(load<u32>(reach, REACH_UNITS), unit) | isIn(load<u32>(reach, REACH_MORE_UNITS), unit) | (known & 1);
  const open = (flags >> 1) | (known >> 2) | (known >> 3) | team;
  const answer = allowed | ((open & 1) << 1);
  return (flags & (REACH_FORBID | REACH_PERMIT)) === 0
    ? answer
    : withFacts(reach, answer, user, page, record);
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
  const pages = <usize>worldWord(WORLD_PAGES);
  const pageTotal = worldWord(WORLD_PAGE_COUNT);
  const users = userCount();
  const known = privilegeCount();
  const slots = table;
  const tagBits = bits;
  const slotMask = mask;
  const userStride = stride;
  for (let first: u32 = 0; first < count; first += 32) {
    const end = min(first + 32, count);
    let word: u32 = 0;
    // The requests that are judged alone, after the others: those go on without a branch that depends on an answer.
    let open: u32 = 0;
    for (let i = first; i < end; i++) {
      const at = (<usize>i) << 2;
      const user = load<u32>(principals + at);
      const privilege = load<u32>(privileges + at);
      const record = load<u32>(records + at);
      const number = record >> PAGE_SHIFT;
      if (user >= users || privilege >= known) continue;
      if (number >= pageTotal) {
        open |= (<u32>1) << i;
        continue;
      }
      const page = <usize>load<u32>(pages + (number << 2));
      const place = placeInPage(record);
      if (
        load<u32>(page, PAGE_ENTITY) !== privilege >> ACTION_SHIFT ||
        place >= load<u32>(page, PAGE_COUNT)
      ) {
        open |= (<u32>1) << i;
        continue;
      }
      const pair = <u64>user * userStride + privilege;
      const reach = slots + <usize>(pair & slotMask) * SLOT_BYTES;
      const tag = tagOf(pair, tagBits);
      if ((load<u32>(reach) & ~FLAGS) !== tag) fill(reach, tag, user, privilege);
      const answer = look(reach, user, page, record);
      word |= (answer & 1) << i;
      open |= (answer >> 1) << i;
    }
    open &= ~word;
    for (; open !== 0; open &= open - 1) {
      const place = <u32>ctz(open);
      const at = (<usize>(first + place)) << 2;
      const decision = decide(
        load<u32>(principals + at),
        load<u32>(privileges + at),
        load<u32>(records + at),
      );
      word |= u32(decision === DECISION_ALLOW) << place;
    }
    store<u32>(out + ((first >> 5) << 2), word);
  }
}

/** One question; 1 or 0. */
export function allows(user: u32, privilege: u32, record: u32): u32 {
  readyReaches();
  const number = record >> PAGE_SHIFT;
  if (user >= userCount() || privilege >= privilegeCount()) return 0;
  if (number < worldWord(WORLD_PAGE_COUNT)) {
    const page = <usize>load<u32>(<usize>worldWord(WORLD_PAGES) + (number << 2));
    const place = placeInPage(record);
    if (
      load<u32>(page, PAGE_ENTITY) === privilege >> ACTION_SHIFT &&
      place < load<u32>(page, PAGE_COUNT) &&
      !isDead(page, place)
    ) {
      const answer = look(reachOf(user, privilege), user, page, record);
      if (answer !== 2) return answer & 1;
    }
  }
  return u32(decide(user, privilege, record) === DECISION_ALLOW);
}
