// All users of a new world at once: what several have in common is looked up once, held as often at once, and read from
// small tables when the rows are written, for there may be millions of users and few thousand different ones.
import {
  CONTEXT_LIST_FLAGS,
  CONTEXT_LIST_PLANES,
  CONTEXTS_ADMINISTRATOR,
  CONTEXTS_CONDITIONAL,
  NO_UNIT,
  USER_ADMINISTRATOR,
  USER_BYTES,
  USER_CONDITIONAL,
  USER_CONTEXTS,
  USER_DISABLED,
  USER_ENABLED,
  USER_FLAGS,
  USER_OWN_PLANES,
  USER_TEAM_CONTEXTS,
  USER_TEAM_PLANES,
  USER_TEAM_SET,
} from "../../runtime-as/abi.ts";
import type { Memory } from "../memory.ts";
import type { ContextList } from "./context-pool.ts";
import type { TeamSet } from "./people.ts";
import type { Teams, Users } from "./world.ts";

/** What users have: each thing once, and which of them each user has. */
export interface Shared<T> {
  readonly items: readonly T[];
  readonly of: Uint32Array;
}

/** How many users have each of `count` things. */
export function timesOf(of: Uint32Array, count: number): Uint32Array {
  const times = new Uint32Array(count);
  for (let user = 0; user < of.length; user++) {
    const item = of[user] as number;
    times[item] = (times[item] as number) + 1;
  }
  return times;
}

/** What each user has, by his number. */
export function eachOf<T>({ items, of }: Shared<T>): T[] {
  const each = new Array<T>(of.length);
  for (let user = 0; user < of.length; user++) each[user] = items[of[user] as number] as T;
  return each;
}

/**
 * The different lists of teams that users have, ascending: the default team of each unit alone, which most users have, then
 * one for every user who is a member somewhere. `defaults`: the default team of each unit.
 */
export function teamsOfUsers(
  { units }: Users,
  { members }: Teams,
  unitCount: number,
  defaults: ReadonlyMap<number, number>,
): Shared<readonly number[]> {
  const items: number[][] = Array.from({ length: unitCount }, (_, unit) => {
    const team = defaults.get(unit);
    return team === undefined ? [] : [team];
  });
  const of = Uint32Array.from(units);
  // Somebody who was removed is in no unit.
  const nowhere = items.push([]) - 1;
  for (let user = units.indexOf(NO_UNIT); user >= 0; user = units.indexOf(NO_UNIT, user + 1))
    of[user] = nowhere;
  const common = items.length;
  const own: (number | undefined)[] = [];
  members.forEach((those, team) => {
    for (const member of those) {
      const item = of[member] as number;
      if (item >= common) {
        (items[item] as number[]).push(team);
        continue;
      }
      own.push(items[item]?.[0]);
      of[member] = items.push([team]) - 1;
    }
  });
  own.forEach((team, i) => {
    if (team !== undefined) addTo(items[common + i] as number[], team);
  });
  return { items, of };
}

/** Adds a team to teams that ascend, unless it is one of them. */
function addTo(teams: number[], team: number): void {
  const next = teams.findIndex((other) => other >= team);
  if (next < 0) teams.push(team);
  else if (teams[next] !== team) teams.splice(next, 0, team);
}

/** What of their lists stands in users' rows: address, planes and flags of each. */
function heldIn(words: Uint32Array, lists: readonly (ContextList | undefined)[]): Uint32Array {
  const held = new Uint32Array(lists.length * 3);
  lists.forEach((list, i) => {
    if (list === undefined) return;
    held[i * 3] = list.address;
    held[i * 3 + 1] = words[(list.address + CONTEXT_LIST_PLANES) >>> 2] as number;
    held[i * 3 + 2] = words[(list.address + CONTEXT_LIST_FLAGS) >>> 2] as number;
  });
  return held;
}

/** What a user's row says of himself and of `held`, the flags of his and his teams' context lists. */
export function flagsOf({ enabled, disabled }: Users, user: number, held: number): number {
  return (
    (enabled[user] ? USER_ENABLED : 0) |
    (disabled[user] ? USER_DISABLED : 0) |
    ((held & CONTEXTS_ADMINISTRATOR) === 0 ? 0 : USER_ADMINISTRATOR) |
    ((held & CONTEXTS_CONDITIONAL) === 0 ? 0 : USER_CONDITIONAL)
  );
}

/** Writes the rows of all users, who are guarded by nothing, manage nobody and administer no team so far. */
export function writeUserRows(
  { words }: Memory,
  rows: number,
  users: Users,
  own: Shared<ContextList | undefined>,
  sets: Shared<TeamSet | undefined>,
): void {
  const mine = heldIn(words, own.items);
  const theirs = heldIn(
    words,
    sets.items.map((set) => set?.list),
  );
  const addresses = Uint32Array.from(sets.items, (set) => set?.address ?? 0);
  for (let user = 0; user < users.units.length; user++) {
    const set = sets.of[user] as number;
    writeRow(words, (rows + user * USER_BYTES) >>> 2, users, user, mine, own.of[user] as number, theirs, set);
    words[(rows + user * USER_BYTES + USER_TEAM_SET) >>> 2] = addresses[set] as number;
  }
}

/** A function of its own: as it is called again and again, it runs fast after the first few thousand users. */
function writeRow(
  words: Uint32Array,
  at: number,
  users: Users,
  user: number,
  mine: Uint32Array,
  list: number,
  theirs: Uint32Array,
  set: number,
): void {
  const flags = flagsOf(users, user, (mine[list * 3 + 2] as number) | (theirs[set * 3 + 2] as number));
  words[at] = (users.units[user] as number) | (flags << (USER_FLAGS * 8));
  words[at + USER_CONTEXTS / 4] = mine[list * 3] as number;
  words[at + USER_OWN_PLANES / 4] = mine[list * 3 + 1] as number;
  words[at + USER_TEAM_CONTEXTS / 4] = theirs[set * 3] as number;
  words[at + USER_TEAM_PLANES / 4] = theirs[set * 3 + 1] as number;
}
