import {
  ORGANIZATION,
  OWNED_BY_PRINCIPAL,
  PAGE_RECORDS,
  PAGE_SHIFT,
  PRINCIPAL_ORGANIZATION,
  PRINCIPAL_TEAM,
  SHARE_BYTES,
  SHARE_DIRECT,
  SHARE_INHERITED,
  SHARE_NEXT,
  SHARE_PRINCIPAL,
  TEAM_BIT,
} from "../../runtime-as/abi.ts";
import { damaged } from "../image-reader.ts";
import type { Memory } from "../memory.ts";
import type { Policy } from "../policy.ts";
import { describeValue, quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";
import type { DeclaredShare } from "../world/read-image.ts";
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
interface ShareRows {
  readonly records: Uint32Array;
  readonly principals: Uint32Array;
  readonly direct: Uint8Array;
  readonly inherited: Uint8Array;
}

function newRows(length: number): ShareRows {
  return {
    records: new Uint32Array(length),
    principals: new Uint32Array(length),
    direct: new Uint8Array(length),
    inherited: new Uint8Array(length),
  };
}

const columnNames = ["entity", "id", "principal", "principal_type", "rights", "inherited_rights"];
/** Chains longer than this are looked up in a Map instead of walked: one record may be shared with thousands. */
const longChain = 32;

/** Reads the cells of a shares table. */
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
    const rows = newRows(columns.length);
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

/** The shares of all records, chained in memory (abi.ts, "Share row"). */
export class Shares {
  readonly #memory: Memory;
  readonly #policy: Policy;
  readonly #world: World;
  readonly #records: Records;
  /** Record -> principal -> address, of records with long chains. */
  readonly #long = new Map<number, Map<number, number>>();

  constructor(memory: Memory, policy: Policy, world: World, records: Records) {
    this.#memory = memory;
    this.#policy = policy;
    this.#world = world;
    this.#records = records;
  }

  /** Loads a table of shares, all or nothing. Throws BWK414, BWK430, BWK431, BWK433 to BWK435. */
  load(table: ShareColumns, place: TablePlace | undefined): void {
    const columns = new Columns(table, columnNames, "shares", place);
    this.#append(new ShareReader(columns, this.#policy, this.#world, this.#records).read());
  }

  /** Loads the shares that the policy's source declares. */
  loadDeclared(shares: readonly DeclaredShare[]): void {
    const rows = newRows(shares.length);
    shares.forEach(({ entity, id, principalKind, principal, direct, inherited }, row) => {
      const record = this.#records.find(entity, id);
      const shared = this.#policy.entities[entity]?.ownership === OWNED_BY_PRINCIPAL;
      if (record === undefined || !shared) throw damaged("a declared share has no record");
      rows.records[row] = record;
      rows.principals[row] = this.#declaredPrincipal(principalKind, principal);
      rows.direct[row] = direct;
      rows.inherited[row] = inherited;
    });
    this.#append(rows);
  }

  #declaredPrincipal(kind: number, name: string | undefined): number {
    if (kind === PRINCIPAL_ORGANIZATION || name === undefined) return ORGANIZATION;
    const isTeam = kind === PRINCIPAL_TEAM;
    const number = (isTeam ? this.#world.teams : this.#world.users).numbers.get(name);
    if (number === undefined) throw damaged("a declared share has no principal");
    return isTeam ? number | TEAM_BIT : number;
  }

  /** Gives every page with a shared record its heads, then chains the rows. Only the allocation can fail. */
  #append({ records, principals, direct, inherited }: ShareRows): void {
    const { pages } = this.#records;
    const mark = this.#memory.mark();
    const withoutHeads = new Map<number, number>();
    for (const record of records) {
      if (pages.shareHeads(record) === 0) withoutHeads.set(record >>> PAGE_SHIFT, record);
    }
    let block: number;
    let heads: number;
    try {
      heads = this.#memory.allocate(withoutHeads.size * PAGE_RECORDS * 4);
      block = this.#memory.allocate(records.length * SHARE_BYTES);
    } catch (error) {
      this.#memory.reset(mark);
      throw error;
    }
    for (const record of withoutHeads.values()) {
      pages.setShareHeads(record, heads);
      heads += PAGE_RECORDS * 4;
    }
    let next = block;
    for (let row = 0; row < records.length; row++) {
      next = this.#add(
        records[row] as number,
        principals[row] as number,
        direct[row] as number,
        inherited[row] as number,
        next,
      );
    }
    // Rows that were merged into others leave room at the end.
    this.#memory.reset(((next + 15) & ~15) >>> 0);
  }

  /** The share row of this record and principal, 0 where there is none yet. */
  #find(record: number, principal: number, head: number): number {
    const long = this.#long.get(record);
    if (long !== undefined) return long.get(principal) ?? 0;
    const { words } = this.#memory;
    let steps = 0;
    for (let at = head; at !== 0; at = words[(at + SHARE_NEXT) >>> 2] as number) {
      if (words[(at + SHARE_PRINCIPAL) >>> 2] === principal) return at;
      steps++;
    }
    if (steps >= longChain) {
      const chain = new Map<number, number>();
      for (let at = head; at !== 0; at = words[(at + SHARE_NEXT) >>> 2] as number) {
        chain.set(words[(at + SHARE_PRINCIPAL) >>> 2] as number, at);
      }
      this.#long.set(record, chain);
    }
    return 0;
  }

  /** Writes one share, into the row at `free` or an older one (S3: several rows add up); returns the next free row. */
  #add(record: number, principal: number, direct: number, inherited: number, free: number): number {
    const { words, bytes } = this.#memory;
    const headAt = (this.#records.pages.shareHeads(record) >>> 2) + (record & (PAGE_RECORDS - 1));
    const head = words[headAt] as number;
    const found = this.#find(record, principal, head);
    const row = found === 0 ? free : found;
    bytes[row + SHARE_DIRECT] = (bytes[row + SHARE_DIRECT] as number) | direct;
    bytes[row + SHARE_INHERITED] = (bytes[row + SHARE_INHERITED] as number) | inherited;
    if (found !== 0) return free;
    words[(row + SHARE_PRINCIPAL) >>> 2] = principal;
    words[(row + SHARE_NEXT) >>> 2] = head;
    words[headAt] = row;
    this.#long.get(record)?.set(principal, row);
    return free + SHARE_BYTES;
  }
}
