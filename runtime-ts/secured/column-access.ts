import { COLUMN_CREATE, COLUMN_READ, COLUMN_READ_UNMASKED, COLUMN_WRITE } from "../../runtime-as/abi.ts";
import type { SecuredColumn } from "./read-secured.ts";

/** What a user may do with one secured column (semantics.md section 8). */
export interface ColumnAccess {
  readonly column: string;
  /** The record and the column may be read. */
  readonly readable: boolean;
  /** Readable, but only as `engine.mask` shows it. */
  readonly masked: boolean;
  /** The record and the column may be written. */
  readonly writable: boolean;
  /** May be given a value when a record is created. */
  readonly creatable: boolean;
}

/** Puts the rights on a column into words. */
export function accessOf(
  { name, mask }: SecuredColumn,
  rights: number,
  record: { readonly read: boolean; readonly write: boolean },
): ColumnAccess {
  const readable = record.read && (rights & COLUMN_READ) !== 0;
  return {
    column: name,
    readable,
    masked: readable && mask !== undefined && (rights & COLUMN_READ_UNMASKED) === 0,
    writable: record.write && (rights & COLUMN_WRITE) !== 0,
    creatable: (rights & COLUMN_CREATE) !== 0,
  };
}

/** What a user may do with the secured columns of many records of one entity: row by row, in the order asked for. */
export class ColumnTable {
  /** Names of the secured columns, in the order of the entity's attributes. */
  readonly columns: readonly string[];
  /** Records. */
  readonly length: number;
  readonly #of: readonly SecuredColumn[];
  readonly #rights: readonly Uint8Array[];
  readonly #records: (row: number) => { readonly read: boolean; readonly write: boolean };

  constructor(
    of: readonly SecuredColumn[],
    rights: readonly Uint8Array[],
    records: (row: number) => { readonly read: boolean; readonly write: boolean },
  ) {
    this.columns = of.map(({ name }) => name);
    this.length = rights.length;
    this.#of = of;
    this.#rights = rights;
    this.#records = records;
  }

  /** The columns of the record in this row; none where there is no such row. */
  at(row: number): ColumnAccess[] {
    const rights = this.#rights[row];
    if (rights === undefined) return [];
    const record = this.#records(row);
    return this.#of.map((column, number) => accessOf(column, rights[number] as number, record));
  }
}
