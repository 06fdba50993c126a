import {
  CONTEXT_LIST_FLAGS,
  CONTEXT_LIST_PLANES,
  TEAM_ACCESS,
  TEAM_BYTES,
  TEAM_CONTEXTS,
  TEAM_DEFAULT,
  TEAM_KIND,
  TEAM_SET_CONTEXTS,
  TEAM_SET_COUNT,
  TEAM_SET_TEAMS,
  TEAM_UNIT,
  USER_ADMINISTERS,
  USER_BYTES,
  USER_CONTEXTS,
  USER_FLAGS,
  USER_GUARDED,
  USER_MANAGES,
  USER_OWN_PLANES,
  USER_TEAM_CONTEXTS,
  USER_TEAM_PLANES,
  USER_TEAM_SET,
  USER_UNIT,
  WORLD_TEAM_COUNT,
  WORLD_TEAM_ROOM,
  WORLD_TEAMS,
  WORLD_USER_COUNT,
  WORLD_USER_ROOM,
  WORLD_USERS,
} from "../../runtime-as/abi.ts";
import type { Heap } from "../changes/heap.ts";
import type { Journal } from "../changes/journal.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import type { Policy } from "../policy.ts";
import { type Context, type ContextList, ContextPool } from "./context-pool.ts";
import { eachOf, flagsOf, type Shared, teamsOfUsers, timesOf, writeUserRows } from "./first-users.ts";
import { Pool, type Pooled } from "./pool.ts";
import type { Assignment, World } from "./world.ts";

/** The teams of a user in memory, once for all users with the same ones. */
export interface TeamSet extends Pooled {
  /** Ascending. */
  readonly teams: readonly number[];
  list: ContextList;
}

/** Users and teams in memory: one row each, and what they share (abi.ts, "User row", "Team row"). */
export class People {
  readonly contexts: ContextPool;
  readonly sets: Pool<TeamSet>;
  readonly #core: Core;
  readonly #memory: Memory;
  readonly #world: World;
  readonly #journal: Journal;
  readonly #heap: Heap;
  /** What each user holds himself, and what his teams are. */
  #own: ContextList[] = [];
  #sets: TeamSet[] = [];
  readonly #ofTeams: ContextList[] = [];
  #turns = 0;
  /** The row of a user that is about to be written: unit and flags, then words. */
  readonly #row = new Uint32Array(USER_BYTES / 4);
  /** Teams that a user administers (semantics.md T8): address and number of them. */
  readonly #administers = new Map<number, { readonly address: number; readonly count: number }>();

  constructor(core: Core, memory: Memory, policy: Policy, world: World, journal: Journal, heap: Heap) {
    this.#core = core;
    this.#memory = memory;
    this.#world = world;
    this.#journal = journal;
    this.#heap = heap;
    this.contexts = new ContextPool(core, memory, policy, world.units.ends, journal, heap);
    this.sets = new Pool<TeamSet>(journal, ({ teams, list, address }) => {
      this.contexts.lists.release(list);
      heap.give(address, TEAM_SET_TEAMS + teams.length * 4);
    });
  }

  /** Writes everybody, and tells the core. */
  write(): void {
    const { users, teams } = this.#world;
    teams.names.forEach((_, team) => {
      this.#ofTeams[team] = this.contexts.list(this.contexts.ofTeam(team, teams.roles[team] ?? []));
    });
    this.#makeRoom(WORLD_TEAMS, WORLD_TEAM_ROOM, TEAM_BYTES, teams.names.length, teams.names.length);
    this.setHeader(WORLD_TEAM_COUNT, teams.names.length);
    teams.names.forEach((_, team) => {
      this.writeTeam(team);
    });
    const count = users.names.count;
    const own = this.#listsOfUsers();
    const sets = this.#setsOfUsers();
    this.#own = eachOf(own) as ContextList[];
    this.#sets = eachOf(sets) as TeamSet[];
    this.#makeRoom(WORLD_USERS, WORLD_USER_ROOM, USER_BYTES, count, count);
    this.setHeader(WORLD_USER_COUNT, count);
    writeUserRows(this.#memory, this.#address(WORLD_USERS), users, own, sets);
    teams.administrators.forEach((user) => {
      if (user >= 0 && !this.#administers.has(user)) this.writeAdministered(user);
    });
    for (const user of this.#administers.keys()) this.writeUser(user);
  }

  /** What each user holds himself. */
  #listsOfUsers(): Shared<ContextList | undefined> {
    const { lists, of } = this.#world.users.roles;
    const times = timesOf(of, lists.length);
    const items = lists.map((roles, list) => {
      if (times[list] === 0) return undefined;
      const known = this.contexts.list(this.contexts.ofUser(roles));
      this.contexts.lists.hold(known, (times[list] as number) - 1);
      return known;
    });
    return { items, of };
  }

  /** The teams of each user. */
  #setsOfUsers(): Shared<TeamSet | undefined> {
    const { users, teams, units } = this.#world;
    const lists = teamsOfUsers(users, teams, units.ends.length, this.defaultTeams());
    const times = timesOf(lists.of, lists.items.length);
    const items = lists.items.map((list, number) => {
      if (times[number] === 0) return undefined;
      const set = this.#teamSet(list);
      this.sets.hold(set, (times[number] as number) - 1);
      return set;
    });
    return { items, of: lists.of };
  }

  get header(): number {
    return this.#core.world();
  }

  setHeader(word: number, value: number): void {
    this.#journal.word(this.header + word, value);
  }

  #address(word: number): number {
    return this.#memory.words[(this.header + word) >>> 2] as number;
  }

  /** Room for so many rows: the table moves where it has none. True where it has moved. */
  #makeRoom(table: number, roomWord: number, bytes: number, needed: number, wanted: number): boolean {
    const room = this.#address(roomWord);
    if (needed <= room && this.#address(table) !== 0) return false;
    const address = this.#heap.take(wanted * bytes);
    const before = this.#address(table);
    this.#memory.words.copyWithin(address >>> 2, before >>> 2, (before + room * bytes) >>> 2);
    if (before !== 0) this.#heap.give(before, room * bytes);
    this.setHeader(table, address);
    this.setHeader(roomWord, wanted);
    return true;
  }

  /** Makes room for one more user; true where columns of users have to move, too. */
  roomForUsers(needed: number): boolean {
    const wanted = needed + (needed >>> 2) + 16;
    return this.#makeRoom(WORLD_USERS, WORLD_USER_ROOM, USER_BYTES, needed, wanted);
  }

  roomForTeams(needed: number): boolean {
    const wanted = needed + (needed >>> 2) + 16;
    return this.#makeRoom(WORLD_TEAMS, WORLD_TEAM_ROOM, TEAM_BYTES, needed, wanted);
  }

  /** The default team of each unit (semantics.md T6). */
  defaultTeams(): Map<number, number> {
    const { teams } = this.#world;
    const found = new Map<number, number>();
    teams.names.forEach((name, team) => {
      if (teams.kinds[team] === TEAM_DEFAULT && name !== "") found.set(teams.units[team] as number, team);
    });
    return found;
  }

  #assignmentsOf({ contexts }: ContextList): Assignment[] {
    return contexts.flatMap((context) => {
      const unit = this.contexts.unitOf(context);
      return context.roles.map((role) => ({ role, unit }));
    });
  }

  rolesOfUser(user: number): Assignment[] {
    return this.#assignmentsOf(this.#own[user] as ContextList);
  }

  rolesOfTeam(team: number): Assignment[] {
    return this.#assignmentsOf(this.#ofTeams[team] as ContextList);
  }

  /** Who holds a role in a unit, by number. */
  holdersIn(unit: number): { readonly users: number[]; readonly teams: number[] } {
    const lists = new Set<ContextList | undefined>();
    for (const list of this.contexts.lists.all())
      if (list.contexts.some((context) => this.contexts.unitOf(context) === unit)) lists.add(list);
    const holders = (of: readonly ContextList[]): number[] =>
      lists.size === 0 ? [] : of.flatMap((list, holder) => (lists.has(list) ? [holder] : []));
    return { users: holders(this.#own), teams: holders(this.#ofTeams) };
  }

  /** What stands for all that a user holds himself: one thing for all who hold the same. */
  ownListOf(user: number): unknown {
    return this.#own[user];
  }

  teamsOf(user: number): readonly number[] {
    return (this.#sets[user] as TeamSet).teams;
  }

  /** The team set of these teams, held once more. */
  #teamSet(teams: readonly number[]): TeamSet {
    const key = teams.join();
    return this.sets.get(key, () => {
      const list = this.#contextsOfTeams(key, teams, 0);
      const address = this.#heap.take(TEAM_SET_TEAMS + teams.length * 4);
      const { words } = this.#memory;
      words[(address + TEAM_SET_COUNT) >>> 2] = teams.length;
      words[(address + TEAM_SET_CONTEXTS) >>> 2] = list.address;
      words.set(teams, (address + TEAM_SET_TEAMS) >>> 2);
      return { key: "", address, holders: 0, teams, list };
    });
  }

  /** `turn` tells the lists apart that a team set has had. */
  #contextsOfTeams(key: string, teams: readonly number[], turn: number): ContextList {
    const contexts: Context[] = [];
    for (const team of teams) {
      for (const context of (this.#ofTeams[team] as ContextList).contexts) contexts.push(context);
    }
    return this.contexts.ownList(`teams ${key} ${turn}`, contexts);
  }

  /** Puts an item in place of another in a list of what is held; undone with the update. */
  #replace<T extends Pooled>(held: T[], index: number, item: T, pool: Pool<T>): void {
    const before = held[index];
    held[index] = item;
    this.#journal.done(() => {
      if (before === undefined) held.length = index;
      else held[index] = before;
    });
    if (before !== undefined) pool.release(before);
  }

  /** Writes the units of users and teams again, after units were numbered anew. */
  writeUnits(): void {
    const { users, teams } = this.#world;
    const rows = this.#address(WORLD_USERS) + USER_UNIT;
    for (let user = 0; user < users.units.length; user++) {
      this.#journal.half(rows + user * USER_BYTES, users.units[user] as number);
    }
    const teamRows = this.#address(WORLD_TEAMS) + TEAM_UNIT;
    for (let team = 0; team < teams.units.length; team++) {
      this.#journal.half(teamRows + team * TEAM_BYTES, teams.units[team] as number);
    }
  }

  /** What a user holds himself from now on. `writeUser` follows. */
  setRoles(user: number, assignments: readonly Assignment[]): void {
    this.#replace(
      this.#own,
      user,
      this.contexts.list(this.contexts.ofUser(assignments)),
      this.contexts.lists,
    );
  }

  /** The teams of a user from now on, ascending. `writeUser` follows. */
  setTeams(user: number, teams: readonly number[]): void {
    this.#replace(this.#sets, user, this.#teamSet(teams), this.sets);
  }

  /** What a team holds from now on; its members' rows are written again. */
  setTeamRoles(team: number, assignments: readonly Assignment[]): void {
    const list = this.contexts.list(this.contexts.ofTeam(team, assignments));
    this.#replace(this.#ofTeams, team, list, this.contexts.lists);
    this.writeTeam(team);
    const changed = new Set<TeamSet>();
    for (const set of this.sets.all()) {
      if (!set.teams.includes(team)) continue;
      const before = set.list;
      set.list = this.#contextsOfTeams(set.teams.join(), set.teams, ++this.#turns);
      this.#journal.done(() => {
        set.list = before;
      });
      this.#journal.word(set.address + TEAM_SET_CONTEXTS, set.list.address);
      this.contexts.lists.release(before);
      changed.add(set);
    }
    if (changed.size === 0) return;
    this.#sets.forEach((set, user) => {
      if (changed.has(set)) this.writeUser(user);
    });
  }

  writeTeam(team: number): void {
    const { units, kinds } = this.#world.teams;
    const row = this.#address(WORLD_TEAMS) + team * TEAM_BYTES;
    this.#journal.half(row + TEAM_UNIT, units[team] as number);
    this.#journal.half(row + TEAM_KIND, kinds[team] as number);
    this.#journal.word(row + TEAM_CONTEXTS, (this.#ofTeams[team] as ContextList).address);
  }

  /** The row of a user as things stand; whether a guardrail names him is looked up by the core (`guardUser`). */
  writeUser(user: number): void {
    const { users } = this.#world;
    const { words } = this.#memory;
    const row = this.#address(WORLD_USERS) + user * USER_BYTES;
    const own = (this.#own[user] as ContextList).address;
    const set = this.#sets[user] as TeamSet;
    const ofTeams = set.list.address;
    const held =
      (words[(own + CONTEXT_LIST_FLAGS) >>> 2] as number) |
      (words[(ofTeams + CONTEXT_LIST_FLAGS) >>> 2] as number);
    const kept = ((words[row >>> 2] as number) >>> (USER_FLAGS * 8)) & (USER_GUARDED | USER_MANAGES);
    const flags = kept | flagsOf(users, user, held);
    const next = this.#row;
    next[0] = ((users.units[user] as number) | (flags << (USER_FLAGS * 8))) >>> 0;
    next[USER_CONTEXTS / 4] = own;
    next[USER_TEAM_SET / 4] = set.address;
    next[USER_ADMINISTERS / 4] = this.#administers.get(user)?.address ?? 0;
    next[USER_OWN_PLANES / 4] = words[(own + CONTEXT_LIST_PLANES) >>> 2] as number;
    next[USER_TEAM_PLANES / 4] = words[(ofTeams + CONTEXT_LIST_PLANES) >>> 2] as number;
    next[USER_TEAM_CONTEXTS / 4] = ofTeams;
    this.#journal.words(row, next);
  }

  /** Owner and group teams that a user administers without being a member (semantics.md T8). `writeUser` follows. */
  writeAdministered(user: number): void {
    const { teams } = this.#world;
    const list: number[] = [];
    teams.administrators.forEach((administrator, team) => {
      if (administrator !== user || teams.kinds[team] === TEAM_ACCESS || teams.members[team]?.has(user))
        return;
      list.push(team);
    });
    const before = this.#administers.get(user);
    if (before !== undefined) this.#heap.give(before.address, (before.count + 1) * 4);
    if (list.length === 0) this.#administers.delete(user);
    else {
      const address = this.#heap.take((list.length + 1) * 4);
      const { words } = this.#memory;
      words[address >>> 2] = list.length;
      words.set(list, (address >>> 2) + 1);
      this.#administers.set(user, { address, count: list.length });
    }
    this.#journal.done(() => {
      if (before === undefined) this.#administers.delete(user);
      else this.#administers.set(user, before);
    });
  }

  /** Rows for a new user who has nothing yet, at the end or where one was removed. */
  enterUser(user: number): void {
    this.#replace(this.#own, user, this.contexts.list([]), this.contexts.lists);
    this.#replace(this.#sets, user, this.#teamSet([]), this.sets);
  }

  enterTeam(team: number): void {
    this.#replace(this.#ofTeams, team, this.contexts.list([]), this.contexts.lists);
  }
}
