import { ORGANIZATION, PRINCIPAL_ORGANIZATION, PRINCIPAL_TEAM } from "../../runtime-as/abi.ts";
import { damaged } from "../image-reader.ts";
import { sourcePrincipal } from "../world/source-principal.ts";
import type { World } from "../world/world.ts";
import type { DeclaredColumnShare } from "./read-secured.ts";

/** Takes a change back. */
export type Undo = () => void;

/** One share of a secured column (semantics.md F3). `principal`: a user, a team with TEAM_BIT, or ORGANIZATION. */
export interface ColumnShareOfRecord {
  /** The column's number: its place among the secured columns of the entity. */
  readonly column: number;
  readonly principal: number;
  /** COLUMN_READ, COLUMN_WRITE */
  readonly rights: number;
}

/** Everything about columns that changes, as plain numbers. */
export interface ColumnStateImage {
  /** Members of each profile, by its number. */
  readonly members: readonly (readonly number[])[];
  /** Record, column, principal, rights: four words a share. */
  readonly shares: Uint32Array;
}

/**
 * Who is in which column profile, and which columns of which records are shared. Everything is in numbers; nothing is
 * checked here, and every change says how it is taken back.
 */
export class ColumnState {
  /** Members of each profile, by its number. */
  #members: Set<number>[];
  /** The profiles of each member. */
  readonly #profiles = new Map<number, Set<number>>();
  /** Record -> its shares of columns. */
  readonly #shares = new Map<number, readonly ColumnShareOfRecord[]>();

  constructor(members: World["profileMembers"]) {
    this.#members = [];
    this.#setAllMembers(members);
  }

  #setAllMembers(members: readonly Iterable<number>[]): void {
    this.#members = members.map(() => new Set());
    this.#profiles.clear();
    members.forEach((principals, profile) => {
      for (const principal of principals) this.#join(profile, principal);
    });
  }

  #join(profile: number, principal: number): void {
    this.#members[profile]?.add(principal);
    const profiles = this.#profiles.get(principal);
    if (profiles === undefined) this.#profiles.set(principal, new Set([profile]));
    else profiles.add(profile);
  }

  #leave(profile: number, principal: number): void {
    this.#members[profile]?.delete(principal);
    const profiles = this.#profiles.get(principal);
    profiles?.delete(profile);
    if (profiles?.size === 0) this.#profiles.delete(principal);
  }

  /** The profiles of a user or team. */
  profilesOf(principal: number): Iterable<number> {
    return this.#profiles.get(principal) ?? [];
  }

  /** The members of a profile. */
  membersOf(profile: number): readonly number[] {
    return [...(this.#members[profile] ?? [])];
  }

  /** Replaces the members of a profile. */
  setMembers(profile: number, principals: Iterable<number>): Undo {
    const before = this.membersOf(profile);
    for (const principal of before) this.#leave(profile, principal);
    for (const principal of principals) this.#join(profile, principal);
    return () => {
      for (const principal of this.membersOf(profile)) this.#leave(profile, principal);
      for (const principal of before) this.#join(profile, principal);
    };
  }

  /** The shares of a record's columns. */
  sharesOf(record: number): readonly ColumnShareOfRecord[] {
    return this.#shares.get(record) ?? [];
  }

  /** What a principal has of a column by shares to him alone. */
  shareOf(record: number, column: number, principal: number): number {
    return (
      this.sharesOf(record).find((share) => share.column === column && share.principal === principal)
        ?.rights ?? 0
    );
  }

  /** Replaces what a principal has of a column by shares; no rights remove the share. */
  setShare(record: number, column: number, principal: number, rights: number): Undo {
    const others = this.sharesOf(record).filter(
      (share) => share.column !== column || share.principal !== principal,
    );
    return this.#setShares(record, rights === 0 ? others : [...others, { column, principal, rights }]);
  }

  #setShares(record: number, shares: readonly ColumnShareOfRecord[]): Undo {
    const before = this.#shares.get(record);
    if (shares.length === 0) this.#shares.delete(record);
    else this.#shares.set(record, shares);
    return () => {
      if (before === undefined) this.#shares.delete(record);
      else this.#shares.set(record, before);
    };
  }

  /** Forgets a record that is deleted: its number may be given again. */
  forgetRecord(record: number): Undo {
    return this.#setShares(record, []);
  }

  /** Forgets a user or team that is removed: his profiles, and what is shared with him. */
  forgetPrincipal(principal: number): Undo {
    const profiles = [...this.profilesOf(principal)];
    for (const profile of profiles) this.#leave(profile, principal);
    const undos: Undo[] = [];
    for (const [record, shares] of this.#shares) {
      const others = shares.filter((share) => share.principal !== principal);
      if (others.length !== shares.length) undos.push(this.#setShares(record, others));
    }
    return () => {
      for (const undo of undos) undo();
      for (const profile of profiles) this.#join(profile, principal);
    };
  }

  /** Adds shares: several of one column and principal add up (semantics.md S3). */
  addShares(shares: Iterable<ColumnShareOfRecord & { readonly record: number }>): void {
    for (const { record, column, principal, rights } of shares) {
      this.setShare(record, column, principal, this.shareOf(record, column, principal) | rights);
    }
  }

  /** Adds the shares that the policy's source declares. Throws BWK413. */
  loadDeclared(
    shares: readonly DeclaredColumnShare[],
    world: World,
    find: (entity: number, id: string) => number | undefined,
  ): void {
    this.addShares(
      shares.map(({ entity, id, column, principalKind, principal, rights }) => {
        const record = find(entity, id);
        const number =
          principalKind === PRINCIPAL_ORGANIZATION
            ? ORGANIZATION
            : sourcePrincipal(principalKind === PRINCIPAL_TEAM, principal as string, world);
        if (record === undefined || number === undefined) {
          throw damaged("a declared share of a column has no record or no principal");
        }
        return { record, column, principal: number, rights };
      }),
    );
  }

  /** Everything as plain numbers. */
  image(): ColumnStateImage {
    const shares = Array.from(this.#shares, ([record, of]) =>
      of.flatMap(({ column, principal, rights }) => [record, column, principal, rights]),
    );
    return {
      members: this.#members.map((members) => [...members]),
      shares: Uint32Array.from(shares.flat()),
    };
  }

  /** Puts everything back as `image` had it. */
  restore({ members, shares }: ColumnStateImage): void {
    this.#setAllMembers(members);
    this.#shares.clear();
    for (let at = 0; at + 3 < shares.length; at += 4) {
      const [record, column, principal, rights] = shares.subarray(at, at + 4) as unknown as number[];
      this.setShare(record as number, column as number, principal as number, rights as number);
    }
  }
}
