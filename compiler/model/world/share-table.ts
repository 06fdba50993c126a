import type { ActionMask, PrincipalName, Share } from "../model.ts";
import { RECORD_RIGHTS } from "../vocabulary.ts";
import { keyOf, type RecordRef } from "./state.ts";

type Masks = { -readonly [K in keyof Share]: Share[K] };

const principalKey = (principal: PrincipalName | undefined): string =>
  principal === undefined ? "" : `${principal.kind} ${principal.name}`;

/** The share rows of a world while they change: one row for each (record, principal), each with two masks (semantics.md S4). */
export class ShareTable {
  readonly #rows = new Map<string, Map<string, Masks>>();

  constructor(shares: readonly Share[]) {
    for (const share of shares) Object.assign(this.#row(share.record, share.principal), share);
  }

  #row(record: RecordRef, principal: PrincipalName | undefined): Masks {
    const key = keyOf(record);
    let rows = this.#rows.get(key);
    if (rows === undefined) {
      rows = new Map();
      this.#rows.set(key, rows);
    }
    let row = rows.get(principalKey(principal));
    if (row === undefined) {
      row = { record: { entity: record.entity, id: record.id }, principal, direct: 0, inherited: 0 };
      rows.set(principalKey(principal), row);
    }
    return row;
  }

  /** The row as it is; both masks 0 where there is none. */
  get(record: RecordRef, principal: PrincipalName | undefined): Share {
    const row = this.#rows.get(keyOf(record))?.get(principalKey(principal));
    return row === undefined ? { record, principal, direct: 0, inherited: 0 } : { ...row };
  }

  /** Every row of a record. */
  of(record: RecordRef): readonly Share[] {
    return [...(this.#rows.get(keyOf(record))?.values() ?? [])].map((row) => ({ ...row }));
  }

  /** Create is no right on a record that exists, so no mask carries it (semantics.md S8). */
  setDirect(record: RecordRef, principal: PrincipalName | undefined, mask: ActionMask): void {
    this.#row(record, principal).direct = mask & RECORD_RIGHTS;
  }

  setInherited(record: RecordRef, principal: PrincipalName | undefined, mask: ActionMask): void {
    this.#row(record, principal).inherited = mask & RECORD_RIGHTS;
  }

  /** What is left: rows that carry nothing are gone. */
  rows(): readonly Share[] {
    return [...this.#rows.values()]
      .flatMap((rows) => [...rows.values()])
      .filter(({ direct, inherited }) => (direct | inherited) !== 0)
      .map((row) => ({ ...row }));
  }
}
