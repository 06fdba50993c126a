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
} from "../../runtime-as/abi.ts";
import type { ShareMasks, ShareOfRecord } from "../changes/editor.ts";
import type { Heap } from "../changes/heap.ts";
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

/** Chains longer than this are looked up in a Map instead of walked: one record may be shared with thousands. */
const longChain = 32;

/** Bytes of a row outside of its chain, and how many of them go through scratch at once. */
const packedBytes = 12;
const packedAtOnce = 1 << 14;

/** How many rows are allocated at once where shares come one by one. */
const rowsOfBlock = 64;
const noMasks: ShareMasks = { direct: 0, inherited: 0 };

/** The shares of all records, chained in memory (abi.ts, "Share row"). */
export class Shares {
  readonly #core: Core;
  readonly #memory: Memory;
  readonly #policy: Policy;
  readonly #world: World;
  readonly #records: Records;
  /** Record -> principal -> address, of records with long chains. */
  readonly #long = new Map<number, Map<number, number>>();
  /** Rows that were removed. */
  #free: number[] = [];
  /** At least as many as there are rows. */
  #room = 0;

  constructor(core: Core, memory: Memory, policy: Policy, world: World, records: Records) {
    this.#core = core;
    this.#memory = memory;
    this.#policy = policy;
    this.#world = world;
    this.#records = records;
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
    this.#room += (next - block) / SHARE_BYTES;
    // Rows that were merged into others leave room at the end.
    this.#memory.reset(((next + 15) & ~15) >>> 0);
  }

  #head(record: number): number {
    const heads = this.#records.pages.shareHeads(record);
    return heads === 0 ? 0 : (this.#memory.words[(heads >>> 2) + (record & (PAGE_RECORDS - 1))] as number);
  }

  /** The masks of the row of this record and principal; both 0 where there is none. */
  masks(record: number, principal: number): ShareMasks {
    const row = this.#find(record, principal, this.#head(record));
    if (row === 0) return noMasks;
    const { bytes } = this.#memory;
    return {
      direct: bytes[row + SHARE_DIRECT] as number,
      inherited: bytes[row + SHARE_INHERITED] as number,
    };
  }

  /** Every row of a record. */
  of(record: number): ShareOfRecord[] {
    const { words, bytes } = this.#memory;
    const rows: ShareOfRecord[] = [];
    for (let at = this.#head(record); at !== 0; at = words[(at + SHARE_NEXT) >>> 2] as number) {
      rows.push({
        principal: words[(at + SHARE_PRINCIPAL) >>> 2] as number,
        direct: bytes[at + SHARE_DIRECT] as number,
        inherited: bytes[at + SHARE_INHERITED] as number,
      });
    }
    return rows;
  }

  /** The records that are shared with a user or team: looks through all shares. */
  recordsSharedWith(principal: number): number[] {
    const { pages } = this.#records;
    const { words } = this.#memory;
    const found: number[] = [];
    for (let page = 0; page < pages.pageCount; page++) {
      const first = page * PAGE_RECORDS;
      const heads = pages.shareHeads(first) >>> 2;
      if (heads === 0) continue;
      for (let place = 0; place < PAGE_RECORDS; place++) {
        let at = words[heads + place] as number;
        while (at !== 0 && words[(at + SHARE_PRINCIPAL) >>> 2] !== principal)
          at = words[(at + SHARE_NEXT) >>> 2] as number;
        if (at !== 0) found.push(first + place);
      }
    }
    return found;
  }

  /** Hands over every row: record, principal, and both masks in one word; by record. A view, which is gone afterwards. */
  rows<T>(use: (rows: Uint32Array<ArrayBuffer>) => T): T {
    return this.#memory.scratch(this.#room * packedBytes, (address) => {
      const count = this.#core.packShares(address);
      const from = address >>> 2;
      return use(this.#memory.words.subarray(from, from + (count * packedBytes) / 4));
    });
  }

  /**
   * Chains the bytes of rows as `rows` has given them, into a world without shares; `shared` are the pages that have some.
   * False where a row does not fit the world. Throws BWK414.
   */
  restore(shared: Uint32Array, packed: Uint8Array): boolean {
    const { pages } = this.#records;
    const count = Math.floor(packed.length / packedBytes);
    const heads = this.#memory.allocate(shared.length * PAGE_RECORDS * 4);
    const block = this.#memory.allocate(count * SHARE_BYTES);
    shared.forEach((page, i) => {
      pages.setShareHeads(page * PAGE_RECORDS, heads + i * PAGE_RECORDS * 4);
    });
    this.#room = count;
    return this.#memory.scratch(packedAtOnce * packedBytes, (scratch) => {
      for (let row = 0; row < count; row += packedAtOnce) {
        const rows = Math.min(packedAtOnce, count - row);
        this.#memory.bytes.set(packed.subarray(row * packedBytes, (row + rows) * packedBytes), scratch);
        if (this.#core.chainShares(scratch, rows, block + row * SHARE_BYTES) === 0) return false;
      }
      return packed.length === count * packedBytes;
    });
  }

  /** Replaces both masks of a row; a row that carries nothing is removed. */
  set(record: number, principal: number, masks: ShareMasks, journal: Journal, heap: Heap): void {
    const word = masks.direct | (masks.inherited << 8);
    const found = this.#find(record, principal, this.#head(record));
    if (found === 0 && word === 0) return;
    if (found !== 0 && word !== 0) journal.word(found + SHARE_DIRECT, word);
    else if (found === 0) this.#insert(record, principal, word, journal, heap);
    else this.#remove(record, principal, found, journal);
  }

  #insert(record: number, principal: number, word: number, journal: Journal, heap: Heap): void {
    const { pages } = this.#records;
    if (pages.shareHeads(record) === 0) {
      const heads = heap.take(PAGE_RECORDS * 4);
      pages.setShareHeads(record, heads);
      journal.done(() => pages.setShareHeads(record, 0));
    }
    const row = this.#takeRow(journal, heap);
    const headAt = pages.shareHeads(record) + (record & (PAGE_RECORDS - 1)) * 4;
    journal.word(row + SHARE_PRINCIPAL, principal);
    journal.word(row + SHARE_DIRECT, word);
    journal.word(row + SHARE_NEXT, this.#memory.words[headAt >>> 2] as number);
    journal.word(headAt, row);
    // A mark that stays when the change is undone only makes the record's checks a little slower.
    pages.markShared(record);
    const long = this.#long.get(record);
    if (long === undefined) return;
    long.set(principal, row);
    journal.done(() => long.delete(principal));
  }

  #remove(record: number, principal: number, row: number, journal: Journal): void {
    const { words } = this.#memory;
    const heads = this.#records.pages.shareHeads(record);
    let before = heads + (record & (PAGE_RECORDS - 1)) * 4;
    while (words[before >>> 2] !== row) before = (words[before >>> 2] as number) + SHARE_NEXT;
    journal.word(before, words[(row + SHARE_NEXT) >>> 2] as number);
    journal.afterwards(() => this.#free.push(row));
    const long = this.#long.get(record);
    if (long === undefined) return;
    long.delete(principal);
    journal.done(() => long.set(principal, row));
  }

  /** A row that nobody uses: one that was removed before, or of a new block of them. */
  #takeRow(journal: Journal, heap: Heap): number {
    if (this.#free.length === 0) {
      const bytes = rowsOfBlock * SHARE_BYTES;
      const block = heap.take(bytes);
      for (let i = rowsOfBlock - 1; i >= 0; i--) this.#free.push(block + i * SHARE_BYTES);
      this.#room += rowsOfBlock;
      journal.done(() => {
        this.#room -= rowsOfBlock;
        this.#free = this.#free.filter((row) => row < block || row >= block + bytes);
      });
    }
    const row = this.#free.pop() as number;
    journal.done(() => this.#free.push(row));
    return row;
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
    this.#records.pages.markShared(record);
    this.#long.get(record)?.set(principal, row);
    return free + SHARE_BYTES;
  }
}
