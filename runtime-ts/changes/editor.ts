/** The masks of a share row (semantics.md S4): bit 1 << action number. */
export interface ShareMasks {
  readonly direct: number;
  readonly inherited: number;
}

/** One share row of a record. `principal`: a user, a team with TEAM_BIT, or ORGANIZATION. */
export interface ShareOfRecord extends ShareMasks {
  readonly principal: number;
}

/**
 * Changes records and shares of the loaded world, in numbers: what operations and an administrator's changes are made of.
 * Nothing is checked against the rules of the model here, and no cascade follows by itself. Everything is written into the
 * journal of the update that is under way, which takes all of it back when it fails.
 *
 * A record is its number. A principal is a user number, or a team number with TEAM_BIT. Attributes are given by name.
 */
export interface Editor {
  /** The entity of a record. */
  entityOf(record: number): number;
  /** The id of a record. */
  idOf(record: number): string;
  /** Whether the record is there: loaded, and not deleted. */
  exists(record: number): boolean;
  /** The record of this entity and id, undefined where there is none. */
  find(entity: number, id: string): number | undefined;

  /** The owner; NONE where the entity has none. Of an entity owned by its parent NONE: see `lookup`. */
  ownerOf(record: number): number;
  /** The business unit; NO_UNIT where the entity has none. */
  unitOf(record: number): number;
  /** Makes a user or team the owner. The unit stays: see `unitOfPrincipal` and semantics.md B7, B8. */
  setOwner(record: number, principal: number): void;
  setUnit(record: number, unit: number): void;
  /** The unit that a user or team lies in. */
  unitOfPrincipal(principal: number): number;
  /** The records that a user or team owns, ascending. The first question makes an index, which is then kept. */
  recordsOwnedBy(principal: number): number[];

  /** The masks of one share row; both 0 where there is none. */
  shareOf(record: number, principal: number): ShareMasks;
  /** Every share row of a record, in no particular order. */
  sharesOf(record: number): ShareOfRecord[];
  /** Replaces both masks; both 0 remove the row. */
  setShare(record: number, principal: number, direct: number, inherited: number): void;

  /**
   * The record that a lookup leads to; NONE where it is empty, or leads to a record that is not loaded. Of an entity owned
   * by its parent also the lookup to the parent.
   */
  lookup(record: number, attribute: string): number;
  /** Lets a lookup lead to a record; NONE empties it. */
  setLookup(record: number, attribute: string, target: number): void;
  /**
   * The records of entity `child` whose lookup `attribute` leads to `parent`, ascending. The first question about an
   * attribute makes an index of it, which is then kept up to date.
   */
  childrenOf(parent: number, child: number, attribute: string): number[];

  /** Whether an attribute that the engine keeps has this value (of a Choice or String: its text). */
  hasValue(record: number, attribute: string, value: string): boolean;
  /**
   * Sets an attribute, `undefined` or `null` clears it; lookups by id. An attribute that neither a condition nor an operation
   * reads is checked and not kept. Throws BWK430 for an unknown attribute, BWK434 for a value that does not fit, BWK433 for clearing one that is not optional.
   */
  setValue(record: number, attribute: string, value: unknown): void;

  /**
   * A new record; the place of a deleted one is used again. `owner` and `unit` are NONE and NO_UNIT where the entity has
   * none. Attributes that are left out are absent. Returns its number.
   * Throws BWK432 for an id that is taken, BWK430 for an unknown attribute, BWK434 for a value that does not fit.
   */
  addRecord(
    entity: number,
    id: string,
    owner: number,
    unit: number,
    attributes: Readonly<Record<string, unknown>>,
  ): number;
  /**
   * Deletes a record with its share rows. Lookups that still lead to it lead to a record that is not loaded from now on; what
   * should happen to the children is the caller's to do before (semantics.md A6).
   */
  removeRecord(record: number): void;
}
