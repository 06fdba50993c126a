import {
  COLUMN_CREATE,
  COLUMN_READ,
  COLUMN_READ_UNMASKED,
  COLUMN_WRITE,
  CONTEXT_LIST_FLAGS,
  CONTEXTS_ADMINISTRATOR,
  NONE,
  ORGANIZATION,
  TEAM_ACCESS,
  TEAM_BIT,
  TEAM_BYTES,
  TEAM_CONTEXTS,
  TEAM_KIND,
  TEAM_SET_COUNT,
  TEAM_SET_TEAMS,
  USER_ADMINISTERS,
  USER_ADMINISTRATOR,
  USER_BYTES,
  USER_ENABLED,
  USER_FLAGS,
  USER_TEAM_SET,
  WORLD_TEAMS,
  WORLD_USER_COUNT,
  WORLD_USERS,
} from "../../runtime-as/abi.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import type { ColumnState } from "./column-state.ts";
import type { SecuredPolicy } from "./read-secured.ts";

const everything = COLUMN_CREATE | COLUMN_READ | COLUMN_WRITE | COLUMN_READ_UNMASKED;

/** What one user may do with the secured columns of one entity: COLUMN_* bits a column, before the record is asked. */
export interface ColumnsOfUser {
  /** The gate of semantics.md section 1, rule 0. */
  readonly enabled: boolean;
  readonly administrator: boolean;
  readonly teams: readonly number[];
  /** By profiles, on every record. */
  readonly rights: Uint8Array;
  /** The same on the records of a team that he administers, where that is more (semantics.md T8). */
  readonly administered: ReadonlyMap<number, Uint8Array>;
}

/** Works out rights on columns (semantics.md F1 to F3) from people as they are in memory now. */
export class ColumnRights {
  readonly #core: Core;
  readonly #memory: Memory;
  readonly #policy: SecuredPolicy;
  readonly #state: ColumnState;

  constructor(core: Core, memory: Memory, policy: SecuredPolicy, state: ColumnState) {
    this.#core = core;
    this.#memory = memory;
    this.#policy = policy;
    this.#state = state;
  }

  #word(address: number): number {
    return this.#memory.words[address >>> 2] as number;
  }

  #teamRow(team: number): number {
    return this.#word(this.#core.world() + WORLD_TEAMS) + team * TEAM_BYTES;
  }

  /** Team numbers of a list: count, then numbers. */
  #list(address: number, count: number): number[] {
    return Array.from({ length: count }, (_, i) => this.#word(address + i * 4));
  }

  /** Adds what the profiles of a user or team give of an entity's columns. */
  #addProfiles(rights: Uint8Array, principal: number, entity: number): void {
    for (const profile of this.#state.profilesOf(principal)) {
      for (const grant of this.#policy.profiles[profile]?.grants ?? []) {
        if (grant.entity === entity) rights[grant.column] = (rights[grant.column] ?? 0) | grant.actions;
      }
    }
  }

  /** The profiles of a team count for its members; an access team gives through shares alone (semantics.md T5, F2). */
  #addTeam(rights: Uint8Array, team: number, entity: number): void {
    if (this.#memory.halves[(this.#teamRow(team) + TEAM_KIND) >>> 1] === TEAM_ACCESS) return;
    this.#addProfiles(rights, (team | TEAM_BIT) >>> 0, entity);
  }

  /** What he has as a member of a team that he administers, on the records that it owns (semantics.md T8). */
  #administered(rights: Uint8Array, team: number, entity: number): Uint8Array {
    const more = rights.slice();
    const contexts = this.#word(this.#teamRow(team) + TEAM_CONTEXTS);
    if ((this.#word(contexts + CONTEXT_LIST_FLAGS) & CONTEXTS_ADMINISTRATOR) !== 0) more.fill(everything);
    else this.#addTeam(more, team, entity);
    // What may be set at creation is no question about a record.
    return more.map(
      (given, column) => (given & ~COLUMN_CREATE) | ((rights[column] as number) & COLUMN_CREATE),
    );
  }

  /** What a user has of an entity's columns, whatever the record. A number that is no user's has nothing. */
  ofUser(user: number, entity: number): ColumnsOfUser {
    const rights = new Uint8Array(this.#policy.columns[entity]?.length ?? 0);
    const header = this.#core.world();
    if (user >>> 0 !== user || user >= this.#word(header + WORLD_USER_COUNT)) {
      return { enabled: false, administrator: false, teams: [], rights, administered: new Map() };
    }
    const row = this.#word(header + WORLD_USERS) + user * USER_BYTES;
    const flags = this.#memory.halves[(row + USER_FLAGS) >>> 1] as number;
    const set = this.#word(row + USER_TEAM_SET);
    const teams = this.#list(set + TEAM_SET_TEAMS, this.#word(set + TEAM_SET_COUNT));
    const administrator = (flags & USER_ADMINISTRATOR) !== 0;
    if (administrator) rights.fill(everything);
    else {
      this.#addProfiles(rights, user, entity);
      for (const team of teams) this.#addTeam(rights, team, entity);
    }
    const list = this.#word(row + USER_ADMINISTERS);
    const administered = list === 0 ? [] : this.#list(list + 4, this.#word(list));
    return {
      enabled: (flags & USER_ENABLED) !== 0,
      administrator,
      teams,
      rights,
      administered: new Map(administered.map((team) => [team, this.#administered(rights, team, entity)])),
    };
  }

  /** The same on one record, with its shares (semantics.md F3). `owner` and `record` are NONE where there is none. */
  onRecord(user: number, columns: ColumnsOfUser, record: number, owner: number): Uint8Array {
    const { teams, administered } = columns;
    const team = (owner & TEAM_BIT) !== 0 && owner !== NONE ? owner & ~TEAM_BIT : undefined;
    const byOwner = team === undefined ? undefined : administered.get(team);
    const shares = record === NONE ? [] : this.#state.sharesOf(record);
    if (shares.length === 0) return byOwner ?? columns.rights;
    const rights = (byOwner ?? columns.rights).slice();
    for (const { column, principal, rights: shared } of shares) {
      const isHis =
        principal === user ||
        principal === ORGANIZATION ||
        ((principal & TEAM_BIT) !== 0 &&
          (teams.includes(principal & ~TEAM_BIT) ||
            (byOwner !== undefined && (principal & ~TEAM_BIT) === team)));
      if (isHis) rights[column] = (rights[column] ?? 0) | shared;
    }
    return rights;
  }
}
