// All users of a new world at once: what several have in common is looked up once, held as often at once, and read from
// small tables when the rows are written, for there may be millions of users and few thousand different ones.
import {
  CONTEXT_LIST_FLAGS,
  CONTEXT_LIST_PLANES,
  CONTEXTS_ADMINISTRATOR,
  CONTEXTS_CONDITIONAL,
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

/** The teams of which users are members, ascending, by user: where those of each begin, and all of them. */
function memberships({ members }: Teams, users: number): { starts: Uint32Array; teams: Uint32Array } {
  const starts = new Uint32Array(users + 1);
  for (const those of members) {
    for (const member of those) starts[member + 1] = (starts[member + 1] as number) + 1;
  }
  for (let user = 0; user < users; user++) {
    starts[user + 1] = (starts[user + 1] as number) + (starts[user] as number);
  }
  const next = starts.slice();
  const teams = new Uint32Array(starts[users] as number);
  members.forEach((those, team) => {
    for (const member of those) {
      const place = next[member] as number;
      teams[place] = team;
      next[member] = place + 1;
    }
  });
  return { starts, teams };
}

/**
 * The different lists of teams that users have: the default team of each unit alone, which most users have, then one for
 * every user who is a member somewhere. `defaults`: the default team of each unit.
 */
export function teamsOfUsers(
  { units }: Users,
  teams: Teams,
  unitCount: number,
  defaults: ReadonlyMap<number, number>,
): Shared<readonly number[]> {
  const ofMembers = memberships(teams, units.length);
  const items: number[][] = Array.from({ length: unitCount }, (_, unit) => {
    const team = defaults.get(unit);
    return team === undefined ? [] : [team];
  });
  // Somebody who was removed is in no unit.
  const nowhere = items.push([]) - 1;
  const of = new Uint32Array(units.length);
  for (let user = 0; user < units.length; user++) {
    const unit = Math.min(units[user] as number, nowhere);
    const [from, to] = [ofMembers.starts[user] as number, ofMembers.starts[user + 1] as number];
    of[user] =
      from === to
        ? unit
        : items.push(withDefault(items[unit] as number[], ofMembers.teams.subarray(from, to))) - 1;
  }
  return { items, of };
}

/** The default team, where there is one, among others that ascend. */
function withDefault([own]: readonly number[], others: Uint32Array): number[] {
  if (own === undefined) return [...others];
  const list: number[] = [];
  for (let i = 0; i < others.length; i++) {
    const team = others[i] as number;
    if (team > own && (i === 0 || (others[i - 1] as number) < own)) list.push(own);
    list.push(team);
  }
  if ((others.at(-1) as number) < own) list.push(own);
  return list;
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
