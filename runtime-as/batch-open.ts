// What levels leave open of a run of questions (batch-judge.ts): who owns the record, to whom it is shared, what the user's teams
// hold. All that needs his row, which lies elsewhere, as does the list of his teams, which the row names; so questions are noted
// first and then read together, each step for all of them, with many reads in flight.
import { area, OPEN, OPEN_BYTES } from "./area";
import {
  DECISION_ALLOW,
  MARK_OF_PRINCIPAL,
  MARK_SHARED,
  MARK_TEAM,
  USER_TEAM_PLANES,
  USER_TEAM_SET,
  WORLD_TEAM_COUNT,
} from "./constants";
import { decide } from "./decide";
import { levelBits } from "./image";
import { worldWord } from "./memory";
import { pageOfRecord } from "./pages";
import { isMember, userCount, userRow } from "./principals";
import { isHisOrShared } from "./second-look";
import { sizeOf, toFront } from "./squeeze";
import { slotOfLevels } from "./who-index";

/** Questions of a run, at most. */
export const MOST_NOTED: u32 = 1_024;

// Of each question that is noted a word in two columns: what is noted; then where the list of its user's teams is. Four more are
// put in at once.
const notes: usize = ASC_FEATURE_THREADS ? area + OPEN : memory.data(OPEN_BYTES, 16);
const SETS: usize = (MOST_NOTED + 4) * 4;
// A note: the question's number in the run, what is open, and the record's mark in the upper half.
const NUMBER: u32 = MOST_NOTED - 1;
/** It is to be decided alone. */
const ALONE: u32 = MOST_NOTED;
/** Teams of the user may hold a level. */
const BY_TEAMS: u32 = ALONE << 1;
/** The user himself holds a level, which serves ownership and shares. */
const HELD: u32 = ALONE << 2;

/** Behind the last note. */
let end: usize = notes;
/** How many questions of the last run were decided alone. */
export let decided: u32 = 0;
/** What has been read ahead goes here: what nobody can use is not read. */
export let touched: u32 = 0;

/** Notes those of four questions for which something is true. */
export function noteOpen(number: v128, alone: v128, byTeams: v128, held: v128, mark: v128): void {
  const kinds = v128.or(
    v128.and(alone, i32x4.splat(ALONE)),
    v128.or(v128.and(byTeams, i32x4.splat(BY_TEAMS)), v128.and(held, i32x4.splat(HELD))),
  );
  const set: u32 = i32x4.bitmask(i32x4.ne(kinds, i32x4.splat(0)));
  const note = v128.or(v128.or(number, kinds), i32x4.shl(mark, 16));
  v128.store(end, i8x16.swizzle(note, toFront(set)));
  end += sizeOf(set);
}

/** Notes a question that is to be decided alone. */
export function noteAlone(number: u32): void {
  store<u32>(end, number | ALONE);
  end += 4;
}

/** Where the lists of the users' teams are, and how they begin. */
function bringTeams(principals: usize): void {
  const lastUser = userCount() - 1;
  for (let at = notes; at < end; at += 4) {
    const user = min(load<u32>(principals + ((<usize>(load<u32>(at) & NUMBER)) << 2)), lastUser);
    store<u32>(at, load<u32>(userRow(user), USER_TEAM_SET), SETS);
  }
  let sum: u32 = 0;
  for (let at = notes; at < end; at += 4) sum ^= load<u32>(load<u32>(at, SETS));
  touched = sum;
}

/** 1 or 0: the answer of a question that was noted. */
function answerOf(note: u32, areSure: bool, user: u32, privilege: u32, record: u32): u32 {
  const row = userRow(user);
  const isAlone =
    (note & ALONE) !== 0 ||
    ((note & BY_TEAMS) !== 0 && levelBits(load<u32>(row, USER_TEAM_PLANES), slotOfLevels(privilege)) !== 0);
  if (isAlone) {
    decided++;
    return u32(decide(user, privilege, record) === DECISION_ALLOW);
  }
  if ((note & HELD) === 0) return 0;
  const mark = note >> 16;
  // With few teams a mark says for certain which one owns the record.
  if (areSure && (mark & (MARK_TEAM | MARK_SHARED)) === MARK_TEAM)
    return u32(isMember(row, mark & MARK_OF_PRINCIPAL));
  return isHisOrShared(row, user, pageOfRecord(record), record, privilege);
}

/** Adds the answers of what was noted of a run to `out`, a bit a question, and forgets it. */
export function answerOpen(principals: usize, privileges: usize, records: usize, out: usize): void {
  decided = 0;
  bringTeams(principals);
  const areSure = worldWord(WORLD_TEAM_COUNT) <= <u32>MARK_OF_PRINCIPAL;
  for (let at = notes; at < end; at += 4) {
    const note = load<u32>(at);
    const number = note & NUMBER;
    const question = (<usize>number) << 2;
    const user = load<u32>(principals + question);
    const answer = answerOf(
      note,
      areSure,
      user,
      load<u32>(privileges + question),
      load<u32>(records + question),
    );
    const word = out + ((number >> 5) << 2);
    store<u32>(word, load<u32>(word) | (answer << (number & 31)));
  }
  end = notes;
}
