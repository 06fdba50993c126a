import type { ValueDeclaration } from "./declarations.ts";
import type { Units } from "./number-units.ts";

/** A role copy held: numbers of the role and of the unit that is its context. */
export interface Assignment {
  readonly role: number;
  readonly unit: number;
}

/** Users in the order of their numbers: policy first, then directory, as declared. */
export interface Users {
  readonly names: readonly string[];
  readonly numbers: ReadonlyMap<string, number>;
  readonly units: Uint16Array;
  /** The gate (semantics.md section 1, rule 0): user, unit and all units above are enabled. */
  readonly enabled: readonly boolean[];
  /** The user's own mark, whatever his unit is. */
  readonly disabled: readonly boolean[];
  /** User number, or -1. */
  readonly managers: Int32Array;
  /** Position number, or -1. */
  readonly positions: Int32Array;
  readonly roles: readonly (readonly Assignment[])[];
}

/** Teams in the order of their numbers, default teams included (semantics.md T6). */
export interface Teams {
  readonly names: readonly string[];
  readonly numbers: ReadonlyMap<string, number>;
  /** TEAM_* */
  readonly kinds: Uint8Array;
  readonly units: Uint16Array;
  readonly roles: readonly (readonly Assignment[])[];
  /** User numbers; of default teams empty, their members are the unit's users. */
  readonly members: readonly ReadonlySet<number>[];
  /** User number, or -1. */
  readonly administrators: Int32Array;
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
  readonly units: Units;
  readonly users: Users;
  readonly teams: Teams;
  readonly positions: Positions;
  /** Attributes of all of them, checked. */
  readonly values: readonly ValueDeclaration[];
}
