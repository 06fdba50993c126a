import { ORGANIZATION, OWNED_BY_PRINCIPAL, TEAM_BIT } from "../../runtime-as/abi.ts";
import type { Policy } from "../policy.ts";
import { describeValue, quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";
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

const columnNames = ["entity", "id", "principal", "principal_type", "rights", "inherited_rights"];

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

  #record(entities: Column, ids: Column, row: number): number {
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
    const id = columns.text(ids, "id", row);
    const record = this.#records.find(entity, id);
    if (record !== undefined) return record;
    const help = didYouMean(id, this.#records.ids(entity));
    throw columns.error(
      "BWK431",
      row,
      "id",
      `record ${quote(id)} of ${quote(entityName)} is not loaded`,
      help,
    );
  }

  #principal(names: Column | undefined, kinds: Column, row: number): number {
    const columns = this.#columns;
    const kind = columns.text(kinds, "principal_type", row);
    if (kind === "organization") {
      if (isEmpty(names?.[row])) return ORGANIZATION;
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
    const cell = column?.[row];
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

  read(): ShareRows {
    const columns = this.#columns;
    const [entities, ids, kinds] = ["entity", "id", "principal_type"].map((name) =>
      columns.required(name),
    ) as [Column, Column, Column];
    const names = columns.get("principal");
    const direct = columns.get("rights");
    const inherited = columns.get("inherited_rights");
    if (inherited === undefined) columns.required("rights");
    const rows = newShareRows(columns.length);
    for (let row = 0; row < columns.length; row++) {
      rows.records[row] = this.#record(entities, ids, row);
      rows.principals[row] = this.#principal(names, kinds, row);
      rows.direct[row] = this.#mask(direct, "rights", row);
      rows.inherited[row] = this.#mask(inherited, "inherited_rights", row);
      if (isEmpty(direct?.[row]) && isEmpty(inherited?.[row])) {
        throw columns.error("BWK433", row, "rights", "the cell is empty");
      }
    }
    return rows;
  }
}

/** Reads a table of shares of loaded records into numbers. Throws BWK430, BWK431, BWK433 to BWK435. */
export function readShares(
  table: ShareColumns,
  place: TablePlace | undefined,
  policy: Policy,
  world: World,
  records: Records,
): ShareRows {
  return new ShareReader(new Columns(table, columnNames, "shares", place), policy, world, records).read();
}
