// The table of what users reach: where a pair of user and privilege has its slot, and what a slot says (reaches.ts fills it).
//
// A slot, 16 bytes, says for whom it stands:
//   0  u32  the user's number + 1 << 8, and flags (below); 0 = empty. The privilege follows from the slot's place
//   4  u16  first unit reached, u16 how many units from there; 8 the same again
//  12  u32  one bit of 32 for each team whose records may be reached: a hint, a second look decides
// Where the policy has conditions, 16 bytes more follow each slot, for those that are facts of the records (REACH_FORBID,
// REACH_PERMIT), so that both are in one line of the cache:
//   0  u32  where a page keeps the fact of a permit (bytes from the page's first plane) and in the low bits REACH_OWN,
//           REACH_ASK_OWN, REACH_SHARES; with REACH_RUN not a fact but the number of a program that is run for the
//           user and the record, in the 24 bits above; REACH_ALWAYS: neither
//   4  u16  the permit's first unit, u16 how many: what most questions read of it is in one double word
//   8  u32  where a page keeps the fact of a forbid; 12 u32 of the permit one bit of 32 for each team
// Units are counted modulo 65,536, so that ALL_UNITS and NO_UNIT_ONLY together are everything but deleted records.
import { isWorkers, ownReaches } from "./area";
import {
  DEAD_UNIT,
  MARK_OF_PRINCIPAL,
  NO_UNIT,
  WORLD_GENERATION,
  WORLD_REACH_BITS,
  WORLD_REACHES,
} from "./constants";
import { userFactsAge } from "./facts";
import { privilegeCount, programCount } from "./image";
import { worldWord } from "./memory";
import { userCount } from "./principals";

/** The user's own records are reached. */
export const REACH_OWN: u32 = 1;
/** What is not reached must be asked in full. */
export const REACH_ASK: u32 = 2;
/** The user's own records must be asked about in full. */
export const REACH_ASK_OWN: u32 = 4;
/** Records that are shared must be looked at again. */
export const REACH_SHARES: u32 = 8;
/** Nothing is reached where a fact is true or an error. */
export const REACH_FORBID: u32 = 16;
/** More is reached where a fact is true. */
export const REACH_PERMIT: u32 = 32;
/** More units are reached than a slot has room for: look again. */
export const REACH_CONTEXTS: u32 = 64;
/** Of a permit: its condition is no fact, and is run. */
export const REACH_RUN: u32 = 64;
/** Of a permit: its condition is a fact of the user, and holds. */
export const REACH_ALWAYS: u32 = 128;
export const FLAG_BITS: u32 = 8;
export const FLAGS: u32 = 255;
const SLOT_SHIFT: u32 = 4;
/** What follows a slot. */
export const FACTS: usize = 1 << SLOT_SHIFT;

export const REACH_UNITS: usize = 4;
export const REACH_MORE_UNITS: usize = 8;
export const REACH_TEAMS: usize = 12;

// From MARK_SHARED to REACH_SHARES, from MARK_TEAM to the lowest bit.
export const SHARED_TO_OPEN: u32 = 12;
export const TEAM_TO_OPEN: u32 = 14;

export const FACT_PERMIT: usize = 0;
export const FACT_UNITS: usize = 4;
export const FACT_FORBID: usize = 8;
export const FACT_TEAMS: usize = 12;

export const ALL_UNITS: u32 = DEAD_UNIT << 16;
export const NO_UNIT_ONLY: u32 = (1 << 16) | NO_UNIT;

/** 1 or 0: whether a unit lies in an interval of the table. */
export function coversUnit(interval: u32, unit: u32): u32 {
  return u32(((unit - interval) & 0xffff) < interval >> 16);
}

/** A tag has room for this many users; others are judged alone. */
const MOST_USERS: u32 = 0xfffffe;

// Where the table is and how a pair picks its slot: a loop over many questions reads these once.
export let table: usize = 0;
/** Of a slot's number. There are at least as many slots as privileges, so that a user's never meet in one. */
export let mask: u32 = 0;
export let stride: u32 = 0;
/** From a slot's number to its place: with what follows it, or without. */
export let slotShift: u32 = 0;
/** Users below this number have slots. */
export let reachUsers: u32 = 0;
/** REACH_OWN where a mark says for certain who owns a record; 0 with more users than it has room for: the question is open. */
export let sureOwn: u32 = 0;
let generation: u32 = 0;
let factsAge: u32 = 0;

/** Where the table of this instance is. */
function place(): usize {
  return isWorkers() ? ownReaches : <usize>worldWord(WORLD_REACHES);
}

/** Empties the table, and notes what it stands for. */
function makeReady(): void {
  table = place();
  generation = worldWord(WORLD_GENERATION);
  factsAge = userFactsAge;
  const slots = (<u32>1) << worldWord(WORLD_REACH_BITS);
  mask = slots - 1;
  // An odd multiple of a line: users in a row fall into different lines, the actions of one entity into neighbours.
  stride = ((privilegeCount() + 7) & ~7) | 8;
  slotShift = programCount() === 0 ? SLOT_SHIFT : SLOT_SHIFT + 1;
  reachUsers = min(userCount(), MOST_USERS);
  sureOwn = reachUsers <= <u32>MARK_OF_PRINCIPAL + 1 ? REACH_OWN : 0;
  memory.fill(table, 0, (<usize>slots) << slotShift);
}

/** Whether the table is of now: people, roles, units and facts of users have not changed. */
export function isReady(): bool {
  const changed =
    (generation ^ worldWord(WORLD_GENERATION)) | (factsAge ^ userFactsAge) | (<u32>table ^ <u32>place());
  return changed === 0;
}

/** Empties the table when it is not of now. Before the first `slotAt` of a call of the host. */
export function readyReaches(): void {
  if (!isReady()) makeReady();
}

/** The address of the slot of a user and a privilege. */
export function slotAt(user: u32, privilege: u32): usize {
  return table + ((<usize>((user * stride + privilege) & mask)) << slotShift);
}

/** What a slot begins with that stands for the user. */
export function tagOf(user: u32): u32 {
  return (user + 1) << FLAG_BITS;
}
