import {
  COLUMN_READ,
  COLUMN_WRITE,
  ORGANIZATION,
  OWNED_BY_PRINCIPAL,
  TEAM_BIT,
} from "../../runtime-as/abi.ts";
import type { TableColumn } from "../cells.ts";
import type { Entity, Policy } from "../policy.ts";
import { describeValue, quote } from "../quote.ts";
import type { ColumnShareOfRecord } from "../secured/column-state.ts";
import { didYouMean } from "../suggest.ts";
import { isPrincipal } from "../world/is-there.ts";
import type { World } from "../world/world.ts";
import { type Column, Columns, isEmpty, type TablePlace } from "./columns.ts";
import type { Records } from "./records.ts";
import { parseRights } from "./rights.ts";

/** A shares table, column by column (semantics.md S4); an empty cell is null, undefined or "". */
export interface ShareColumns {
  readonly entity: ArrayLike<unknown>;
  /** Id of a loaded record of a user-or-team-owned entity. */
  readonly id: ArrayLike<unknown>;
  /** Name of the user or team; empty for the organization. */
  readonly principal?: ArrayLike<unknown>;
  /** `user`, `team` or `organization`. */
  readonly principal_type: ArrayLike<unknown>;
  /** Direct mask: `read|write`, or their number of semantics.md S8. */
  readonly rights?: ArrayLike<unknown>;
  /** Inherited mask, written alike. */
  readonly inherited_rights?: ArrayLike<unknown>;
  /**
   * A secured column of the record: then that is what is shared (semantics.md F3), to `read` or `write`, and the row says
   * nothing of the record itself. Empty in the rows of record shares.
   */
  readonly column?: ArrayLike<unknown>;
}

/**
 * The same with columns of any form (cells.ts). Records and principals may be numbers, in a Uint32Array each: then `entity` and
 * `principal_type` say nothing more and are left out. A team's number has 2^31 on top, the organization is `wholeOrganization`.
 */
export type ShareTable = {
  readonly [column in keyof ShareColumns]?: TableColumn | undefined;
};

/** What a table of shares holds. */
export interface ReadShares {
  readonly rows: ShareRows;
  readonly columns: readonly (ColumnShareOfRecord & { readonly record: number })[];
}

/** Shares in numbers, one index a share. */
export interface ShareRows {
  readonly records: Uint32Array;
  readonly principals: Uint32Array;
  readonly direct: Uint8Array;
  readonly inherited: Uint8Array;
}

/** Room for so many shares. */
export function newShareRows(length: number): ShareRows {
  return {
    records: new Uint32Array(length),
    principals: new Uint32Array(length),
    direct: new Uint8Array(length),
    inherited: new Uint8Array(length),
  };
}

const columnNames = ["entity", "id", "principal", "principal_type", "rights", "inherited_rights", "column"];

class ShareReader {
  readonly #columns: Columns;
  readonly #policy: Policy;
  readonly #world: World;
  readonly #records: Records;
  readonly #masks = new Map<unknown, number>();

  constructor(columns: Columns, policy: Policy, world: World, records: Records) {
    this.#columns = columns;
    this.#policy = policy;
    this.#world = world;
    this.#records = records;
  }

  #entity(entities: Column, row: number): number {
    const columns = this.#columns;
    const entityName = columns.text(entities, "entity", row);
    const entity = this.#policy.entityNumbers.get(entityName);
    if (entity === undefined) {
      const help = didYouMean(entityName, this.#policy.entityNumbers.keys());
      throw columns.error("BWK431", row, "entity", `unknown entity ${quote(entityName)}`, help);
    }
    if (this.#policy.entities[entity]?.ownership !== OWNED_BY_PRINCIPAL) {
      throw columns.error("BWK435", row, "entity", `records of ${quote(entityName)} cannot be shared`);
    }
    return entity;
  }

  /** What may be shared alone has an entity here. */
  #numberedEntity(ids: Uint32Array, row: number): number {
    const record = ids[row] as number;
    const entity = this.#records.entityOf(record);
    if (entity === undefined) {
      throw this.#columns.error("BWK431", row, "id", `there is no record with number ${record}`);
    }
    const { ownership, name } = this.#policy.entities[entity] as Entity;
    if (ownership === OWNED_BY_PRINCIPAL) return entity;
    throw this.#columns.error("BWK435", row, "id", `records of ${quote(name)} cannot be shared`);
  }

  #numberedPrincipal(principals: Uint32Array, row: number): number {
    const principal = principals[row] as number;
    if (principal === ORGANIZATION || isPrincipal(this.#world, principal)) return principal;
    throw this.#columns.error(
      "BWK431",
      row,
      "principal",
      `there is no ${(principal & TEAM_BIT) !== 0 ? "team" : "user"} with number ${principal & ~TEAM_BIT}`,
    );
  }

  #record(entity: number, ids: Column, row: number): number {
    const columns = this.#columns;
    const id = columns.text(ids, "id", row);
    const record = this.#records.find(entity, id);
    if (record !== undefined) return record;
    const help = didYouMean(id, this.#records.ids(entity));
    throw columns.error(
      "BWK431",
      row,
      "id",
      `record ${quote(id)} of ${quote(this.#policy.entities[entity]?.name as string)} is not loaded`,
      help,
    );
  }

  #principal(names: Column | undefined, kinds: Column, row: number): number {
    const columns = this.#columns;
    const kind = columns.text(kinds, "principal_type", row);
    if (kind === "organization") {
      if (isEmpty(names?.at(row))) return ORGANIZATION;
      throw columns.error("BWK434", row, "principal", "the organization has no name: leave the cell empty");
    }
    if (kind !== "user" && kind !== "team") {
      const words = `expected \`user\`, \`team\` or \`organization\`, not ${quote(kind)}`;
      throw columns.error("BWK434", row, "principal_type", words);
    }
    const name = columns.text(names ?? columns.required("principal"), "principal", row);
    const { numbers } = kind === "team" ? this.#world.teams : this.#world.users;
    const number = numbers.get(name);
    if (number !== undefined) return kind === "team" ? number | TEAM_BIT : number;
    const help = didYouMean(name, numbers.keys());
    throw columns.error("BWK431", row, "principal", `unknown ${kind} ${quote(name)}`, help);
  }

  #mask(column: Column | undefined, name: string, row: number): number {
    const cell = column?.at(row);
    if (isEmpty(cell)) return 0;
    let mask = this.#masks.get(cell);
    if (mask === undefined) {
      mask = parseRights(cell);
      if (mask === undefined) {
        const words = `expected rights such as \`read|write\` or their number, not ${describeValue(cell)}`;
        throw this.#columns.error("BWK434", row, name, words);
      }
      this.#masks.set(cell, mask);
    }
    return mask;
  }

  /** The number of the secured column that a row shares. */
  #securedColumn(entity: number, column: Column, row: number): number {
    const name = this.#columns.text(column, "column", row);
    const { attributes, name: of } = this.#policy.entities[entity] as Entity;
    const number = (this.#policy.secured.columns[entity] ?? []).findIndex((secured) => secured.name === name);
    if (number >= 0) return number;
    if (attributes.has(name)) {
      throw this.#columns.error("BWK435", row, "column", `${quote(name)} of ${quote(of)} is not secured`);
    }
    const help = didYouMean(name, attributes.keys());
    throw this.#columns.error("BWK431", row, "column", `${quote(of)} has no attribute ${quote(name)}`, help);
  }

  /** The rights of a row that shares a column: its bits are those of the actions. */
  #columnRights(direct: Column | undefined, inherited: Column | undefined, row: number): number {
    const rights = this.#mask(direct, "rights", row);
    if (!isEmpty(inherited?.at(row))) {
      const words = "what is shared of a column is not inherited: leave the cell empty";
      throw this.#columns.error("BWK434", row, "inherited_rights", words);
    }
    if (isEmpty(direct?.at(row))) throw this.#columns.error("BWK433", row, "rights", "the cell is empty");
    if (rights !== 0 && (rights & ~(COLUMN_READ | COLUMN_WRITE)) === 0) return rights;
    throw this.#columns.error(
      "BWK434",
      row,
      "rights",
      "a column is shared to `read`, `write` or `read|write`",
    );
  }

  /** A column that says what numbers say themselves. */
  #unlessNumbered(name: string, numbers: Uint32Array | undefined): Column | undefined {
    if (numbers === undefined) return this.#columns.required(name);
    if ((this.#columns.get(name)?.length ?? 0) === 0) return undefined;
    throw this.#columns.error("BWK434", 0, name, "numbers say it themselves: leave the column out");
  }

  read(): ReadShares {
    const columns = this.#columns;
    const ids = columns.required("id");
    const names = columns.get("principal");
    const records = ids instanceof Uint32Array ? ids : undefined;
    const principals = names instanceof Uint32Array ? names : undefined;
    const entities = this.#unlessNumbered("entity", records);
    const kinds = this.#unlessNumbered("principal_type", principals);
    const direct = columns.get("rights");
    const inherited = columns.get("inherited_rights");
    if (inherited === undefined) columns.required("rights");
    const column = columns.get("column");
    const shares: (ColumnShareOfRecord & { record: number })[] = [];
    let plain = columns.length;
    for (let row = 0; column !== undefined && row < columns.length; row++)
      if (!isEmpty(column.at(row))) plain--;
    const rows = newShareRows(plain);
    for (let row = 0, next = 0; row < columns.length; row++) {
      const entity =
        records === undefined ? this.#entity(entities as Column, row) : this.#numberedEntity(records, row);
      const record = records === undefined ? this.#record(entity, ids, row) : (records[row] as number);
      const principal =
        principals === undefined
          ? this.#principal(names, kinds as Column, row) >>> 0
          : this.#numberedPrincipal(principals, row);
      if (column !== undefined && !isEmpty(column.at(row))) {
        const shared = this.#securedColumn(entity, column, row);
        shares.push({
          record,
          column: shared,
          principal,
          rights: this.#columnRights(direct, inherited, row),
        });
        continue;
      }
      rows.records[next] = record;
      rows.principals[next] = principal;
      rows.direct[next] = this.#mask(direct, "rights", row);
      rows.inherited[next++] = this.#mask(inherited, "inherited_rights", row);
      if (isEmpty(direct?.at(row)) && isEmpty(inherited?.at(row))) {
        throw columns.error("BWK433", row, "rights", "the cell is empty");
      }
    }
    return { rows, columns: shares };
  }
}

/** Reads a table of shares of loaded records into numbers. Throws BWK430, BWK431, BWK433 to BWK435. */
export function readShares(
  table: ShareTable,
  place: TablePlace | undefined,
  policy: Policy,
  world: World,
  records: Records,
): ReadShares {
  return new ShareReader(new Columns(table, columnNames, "shares", place), policy, world, records).read();
}
