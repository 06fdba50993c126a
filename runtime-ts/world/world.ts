import type { TextTable } from "../text-table.ts";
import type { ValueDeclaration } from "./declarations.ts";
import type { Units } from "./number-units.ts";

/** A role copy held: numbers of the role and of the unit that is its context. */
export interface Assignment {
  readonly role: number;
  readonly unit: number;
}

/** Roles of many holders: who holds the same ones may have the same list, so that a list is looked at once and not for each. */
export interface RoleLists {
  readonly lists: readonly (readonly Assignment[])[];
  /** Which list each holder has, by his number. */
  readonly of: Uint32Array;
}

/** Users in the order of their numbers: policy first, then directory, as declared, then added ones. */
export interface Users {
  /** Names by number, empty where a user was removed. */
  readonly names: TextTable;
  /** The same table: numbers by name. */
  readonly numbers: TextTable;
  units: Uint16Array;
  /** The gate (semantics.md section 1, rule 0): user, unit and all units above are enabled. */
  readonly enabled: boolean[];
  /** The user's own mark, whatever his unit is. */
  readonly disabled: boolean[];
  /** User number, or -1. */
  managers: Int32Array;
  /** Position number, or -1. */
  positions: Int32Array;
  /** As they were declared; `People.rolesOfUser` knows what has become of them. */
  readonly roles: RoleLists;
}

/** Teams in the order of their numbers, default teams included (semantics.md T6). */
export interface Teams {
  /** Empty where a team was removed. */
  readonly names: string[];
  readonly numbers: Map<string, number>;
  /** TEAM_* */
  kinds: Uint8Array;
  units: Uint16Array;
  /** As they were declared; `People.rolesOfTeam` knows what has become of them. */
  readonly roles: readonly (readonly Assignment[])[];
  /** User numbers; of default teams empty, their members are the unit's users. */
  readonly members: Set<number>[];
  /** User number, or -1. */
  administrators: Int32Array;
}

/** Positions of the hierarchy (semantics.md H5), as declared. */
export interface Positions {
  readonly names: readonly string[];
  readonly numbers: ReadonlyMap<string, number>;
  /** Position number, or -1. */
  readonly parents: Int32Array;
}

/** People and places, checked and numbered. */
export interface World {
  units: Units;
  readonly users: Users;
  readonly teams: Teams;
  readonly positions: Positions;
  /** Attributes of all of them, checked. */
  readonly values: readonly ValueDeclaration[];
  /** Members of each column profile as they were declared, by its number: users, and teams with TEAM_BIT. */
  readonly profileMembers: readonly ReadonlySet<number>[];
  /** Of a restored world: what the policy names may have been deleted since. */
  readonly mayMiss?: true;
}
