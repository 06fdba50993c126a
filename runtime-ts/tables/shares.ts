import {
  ORGANIZATION,
  OWNED_BY_PRINCIPAL,
  PAGE_COUNT,
  PAGE_RECORDS,
  PRINCIPAL_ORGANIZATION,
  PRINCIPAL_TEAM,
  SHARE_BYTES,
  SHARE_DIRECT,
  SHARE_PRINCIPAL,
  TEAM_BIT,
} from "../../runtime-as/abi.ts";
import type { ShareMasks, ShareOfRecord } from "../changes/editor.ts";
import type { Journal } from "../changes/journal.ts";
import { damaged } from "../image-reader.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import type { Policy } from "../policy.ts";
import type { DeclaredShare } from "../world/read-image.ts";
import { sourcePrincipal } from "../world/source-principal.ts";
import type { World } from "../world/world.ts";
import type { TablePlace } from "./columns.ts";
import { newShareRows, type ReadShares, readShares, type ShareRows, type ShareTable } from "./read-shares.ts";
import type { Records } from "./records.ts";
import { endOfRows, firstRow } from "./share-block.ts";
import { ShareBlocks } from "./share-blocks.ts";
import { sortShares } from "./sort-shares.ts";

const masksOf = (word: number): ShareMasks => ({ direct: word & 0xff, inherited: (word >>> 8) & 0xff });

/** The shares of all records, page by page (abi.ts, SHARES_*). */
export class Shares {
  readonly #memory: Memory;
  readonly #policy: Policy;
  readonly #world: World;
  readonly #records: Records;
  readonly #blocks: ShareBlocks;

  constructor(core: Core, memory: Memory, policy: Policy, world: World, records: Records) {
    this.#memory = memory;
    this.#policy = policy;
    this.#world = world;
    this.#records = records;
    this.#blocks = new ShareBlocks(core, memory, records.pages);
  }

  /** Loads a table of shares, all or nothing, and returns what it shares of columns. Throws BWK414, BWK430, BWK431, BWK433 to BWK435. */
  load(table: ShareTable, place: TablePlace | undefined): ReadShares["columns"] {
    const { rows, columns } = readShares(table, place, this.#policy, this.#world, this.#records);
    this.#append(rows);
    return columns;
  }

  /** Loads the shares that the policy's source declares. */
  loadDeclared(shares: readonly DeclaredShare[]): void {
    const rows = newShareRows(shares.length);
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
    const number = sourcePrincipal(kind === PRINCIPAL_TEAM, name, this.#world);
    if (number === undefined) throw damaged("a declared share has no principal");
    return number;
  }

  #append(rows: ShareRows): void {
    this.#blocks.add(sortShares(rows, this.#records.pages.pageCount));
  }

  /** The masks of the row of this record and principal; both 0 where there is none. */
  masks(record: number, principal: number): ShareMasks {
    return masksOf(this.#blocks.masks(record, principal));
  }

  /** Every row of a record, by principal. */
  of(record: number): ShareOfRecord[] {
    const { words } = this.#memory;
    return Array.from(this.#blocks.rowsOf(record), (row) => ({
      principal: words[(row + SHARE_PRINCIPAL) >>> 2] as number,
      ...masksOf(words[(row + SHARE_DIRECT) >>> 2] as number),
    }));
  }

  /** The records that are shared with a user or team: looks through all shares. */
  recordsSharedWith(principal: number): number[] {
    const { pages } = this.#records;
    const { words } = this.#memory;
    const found: number[] = [];
    for (let page = 0; page < pages.pageCount; page++) {
      const first = page * PAGE_RECORDS;
      const block = pages.sharesOf(first);
      if (block === 0) continue;
      const end = endOfRows(this.#memory, block);
      for (let row = firstRow(block); row < end; row += SHARE_BYTES) {
        if (words[(row + SHARE_PRINCIPAL) >>> 2] !== principal) continue;
        found.push(first + ((words[(row + SHARE_DIRECT) >>> 2] as number) >>> 16));
      }
    }
    return found;
  }

  /** For a snapshot: page and number of rows, of pages that have some; and the rows as they lie in memory. */
  image(): { readonly pages: Uint32Array<ArrayBuffer>; readonly rows: Uint8Array<ArrayBuffer>[] } {
    const { pages } = this.#records;
    const { bytes } = this.#memory;
    const counts: number[] = [];
    const rows: Uint8Array<ArrayBuffer>[] = [];
    for (let page = 0; page < pages.pageCount; page++) {
      const block = pages.sharesOf(page * PAGE_RECORDS);
      if (block === 0) continue;
      const of = bytes.subarray(firstRow(block), endOfRows(this.#memory, block));
      if (of.length === 0) continue;
      counts.push(page, of.length / SHARE_BYTES);
      rows.push(of);
    }
    return { pages: Uint32Array.from(counts), rows };
  }

  /** Takes over what `image` gave, into a world without shares; false where it does not fit the world. Throws BWK414. */
  restore(shared: Uint32Array, rows: Uint8Array): boolean {
    const { pages } = this.#records;
    let count = 0;
    for (let at = 0; at < shared.length; at += 2) {
      const isLater = at === 0 || (shared[at] as number) > (shared[at - 2] as number);
      if (!isLater || (shared[at] as number) >= pages.pageCount || shared[at + 1] === 0) return false;
      count += shared[at + 1] ?? 0;
    }
    if (shared.length % 2 !== 0 || rows.length !== count * SHARE_BYTES) return false;
    return this.#blocks.restore(shared, rows, (words, page) => this.#areKnown(words, page));
  }

  /** Whether rows are in order, carry something, and are of records of this page with somebody. */
  #areKnown(rows: Uint32Array, page: number): boolean {
    const users = this.#world.users.names.length;
    const teams = this.#world.teams.names.length;
    const address = this.#records.pages.pageAddress(page * PAGE_RECORDS);
    const places = this.#memory.words[(address + PAGE_COUNT) >>> 2] as number;
    let before = -1;
    let last = 0;
    for (let at = 0; at < rows.length; at += 2) {
      const principal = rows[at] as number;
      const word = rows[at + 1] as number;
      const isSomebody =
        principal < users || principal === ORGANIZATION || (principal ^ TEAM_BIT) >>> 0 < teams;
      const place = word >>> 16;
      const follows = place > last || (place === last && principal > before);
      if (!isSomebody || !follows || place >= places || (word & 0xffff) === 0) return false;
      last = place;
      before = principal;
    }
    return true;
  }

  /** Replaces both masks of a row; a row that carries nothing is removed. */
  set(record: number, principal: number, masks: ShareMasks, journal: Journal): void {
    this.#blocks.set(record, principal, masks.direct | (masks.inherited << 8), journal);
  }
}
