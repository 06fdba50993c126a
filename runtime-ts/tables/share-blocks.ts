import { PAGE_RECORDS, SHARE_BYTES, SHARE_DIRECT, SHARE_PRINCIPAL } from "../../runtime-as/abi.ts";
import type { Journal } from "../changes/journal.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import { FreeBlocks } from "./free-blocks.ts";
import type { RecordPages } from "./record-pages.ts";
import {
  addressOf,
  type Block,
  type BlockSize,
  blockSize,
  bytesOfRoom,
  countRows,
  firstRow,
  groupRows,
  openBlock,
  roomOf,
  seekRow,
  setCount,
  setRoom,
  shiftOf,
} from "./share-block.ts";
import { mergeShares, type SortedShares } from "./sort-shares.ts";

/** Room for rows to come: a page that is full moves. */
const withRoom = (rows: number): number => rows + Math.max(4, rows >>> 3);

const placeOf = (record: number): number => record & (PAGE_RECORDS - 1);

/** What a page is to have: in a block of this size elsewhere, or where its rows are. */
interface Plan {
  readonly page: number;
  readonly rows: Uint32Array;
  readonly size: BlockSize | undefined;
}

/** The blocks of share rows of all pages (share-block.ts), where they lie in memory, and how they change. */
export class ShareBlocks {
  readonly #core: Core;
  readonly #memory: Memory;
  readonly #pages: RecordPages;
  readonly #free = new FreeBlocks();

  constructor(core: Core, memory: Memory, pages: RecordPages) {
    this.#core = core;
    this.#memory = memory;
    this.#pages = pages;
  }

  #rows(block: Block): Uint32Array<ArrayBuffer> {
    const from = firstRow(block) >>> 2;
    return this.#memory.words.subarray(from, from + (countRows(this.#memory, block) * SHARE_BYTES) / 4);
  }

  /** The row of this record and principal in the block of its page, or the one before which it belongs. */
  #seek(block: Block, record: number, principal: number): number {
    return block === 0 ? 0 : seekRow(this.#memory, block, placeOf(record), principal);
  }

  /** Direct and inherited mask of this record and principal in one word; 0 where what was sought is not there. */
  #masksAt(row: number, record: number, principal: number): number {
    const { words } = this.#memory;
    if (row === 0 || words[(row + SHARE_PRINCIPAL) >>> 2] !== principal) return 0;
    const word = words[(row + SHARE_DIRECT) >>> 2] as number;
    return word >>> 16 === placeOf(record) ? word & 0xffff : 0;
  }

  masks(record: number, principal: number): number {
    const row = this.#seek(this.#pages.sharesOf(record), record, principal);
    return this.#masksAt(row, record, principal);
  }

  /** Addresses of the rows of a record. */
  *rowsOf(record: number): Generator<number> {
    const block = this.#pages.sharesOf(record);
    if (block === 0) return;
    const { words } = this.#memory;
    let row = seekRow(this.#memory, block, placeOf(record), 0);
    for (; (words[(row + SHARE_DIRECT) >>> 2] as number) >>> 16 === placeOf(record); row += SHARE_BYTES)
      yield row;
  }

  /** Replaces the masks of a row, 0 and 0 where there is none. Throws BWK414. */
  set(record: number, principal: number, masks: number, journal: Journal): void {
    const row = this.#seek(this.#pages.sharesOf(record), record, principal);
    const before = this.#masksAt(row, record, principal);
    if (before === masks) return;
    const isMoved = before === 0 && this.#makeRoom(record, journal);
    const at = isMoved ? this.#seek(this.#pages.sharesOf(record), record, principal) : row;
    this.#write(at, record, principal, before, masks);
    // Rows move: what is undone is what was done, not what stood at an address.
    journal.done(() => {
      const there = this.#seek(this.#pages.sharesOf(record), record, principal);
      this.#write(there, record, principal, masks, before);
    });
    if (masks === 0) journal.afterwards(() => this.#giveRoom(record));
  }

  /** Writes masks into a row, or a new row before it, for which there is room, or lets it go. */
  #write(row: number, record: number, principal: number, before: number, masks: number): void {
    const block = this.#pages.sharesOf(record);
    const place = placeOf(record);
    if (masks === 0) {
      this.#move(block, place, row + SHARE_BYTES, -SHARE_BYTES);
      return;
    }
    const { words } = this.#memory;
    if (before === 0) {
      this.#move(block, place, row, SHARE_BYTES);
      words[(row + SHARE_PRINCIPAL) >>> 2] = principal;
      // A mark that stays when the row is gone only makes the record's checks a little slower.
      this.#pages.markShared(record);
    }
    words[(row + SHARE_DIRECT) >>> 2] = (place << 16) | masks;
  }

  /** Moves the rows from one on up where there is room, or down over the one before. */
  #move(block: Block, place: number, row: number, by: number): void {
    this.#core.moveShares(addressOf(block), shiftOf(block), place, row, by);
  }

  /** Room for one more row; whether all of them have moved. Throws BWK414. */
  #makeRoom(record: number, journal: Journal): boolean {
    const before = this.#pages.sharesOf(record);
    const count = before === 0 ? 0 : countRows(this.#memory, before);
    if (before !== 0 && count < roomOf(this.#memory, before)) return false;
    const size = blockSize(withRoom(count));
    const again = this.#free.take(size.bytes);
    const address = again === 0 ? this.#memory.allocate(size.bytes) : again;
    if (again !== 0) journal.done(() => this.#free.put(again, size.bytes));
    this.#fill(address, size, before === 0 ? new Uint32Array(0) : this.#rows(before), record);
    journal.done(() => this.#pages.setShares(record, before));
    journal.afterwards(() => this.#put(before));
    return true;
  }

  /** Makes a block with these rows for the page of a record. */
  #fill(address: number, size: BlockSize, rows: Uint32Array, record: number): void {
    const block = openBlock(this.#memory, address, size, (rows.length * 4) / SHARE_BYTES);
    this.#memory.words.set(rows, firstRow(block) >>> 2);
    groupRows(this.#memory, block);
    this.#pages.setShares(record, block);
  }

  #put(block: Block): void {
    if (block !== 0) this.#free.put(addressOf(block), bytesOfRoom(block, roomOf(this.#memory, block)));
  }

  /** Rows have gone for good: where few are left the block becomes shorter. */
  #giveRoom(record: number): void {
    const block = this.#pages.sharesOf(record);
    if (block === 0) return;
    const count = countRows(this.#memory, block);
    const room = roomOf(this.#memory, block);
    if (count === 0) {
      this.#pages.setShares(record, 0);
      this.#put(block);
    } else if (room > 4 * withRoom(count)) {
      const kept = bytesOfRoom(block, withRoom(count));
      this.#free.put(addressOf(block) + kept, bytesOfRoom(block, room) - kept);
      setRoom(this.#memory, block, withRoom(count));
    }
  }

  /** Adds rows to those that are there. Only the allocation can fail. Throws BWK414. */
  add({ words, pages }: SortedShares): void {
    const plans: Plan[] = [];
    for (let at = 0, from = 0; at < pages.length; at += 2) {
      const [page, to] = [pages[at] as number, pages[at + 1] as number];
      if (to > from) plans.push(this.#plan(page, words.subarray(from, to)));
      from = to;
    }
    const addresses = this.#places(plans);
    plans.forEach(({ page, rows, size }, i) => {
      const first = page * PAGE_RECORDS;
      const before = this.#pages.sharesOf(first);
      if (size === undefined) {
        setCount(this.#memory, before, (rows.length * 4) / SHARE_BYTES);
        this.#memory.words.set(rows, firstRow(before) >>> 2);
        groupRows(this.#memory, before);
      } else {
        this.#fill(addresses[i] as number, size, rows, first);
        this.#put(before);
      }
      this.#pages.markRows(page, rows);
    });
  }

  #plan(page: number, more: Uint32Array): Plan {
    const block = this.#pages.sharesOf(page * PAGE_RECORDS);
    const rows = block === 0 ? more : mergeShares(this.#rows(block), more);
    const count = (rows.length * 4) / SHARE_BYTES;
    if (block === 0) return { page, rows, size: blockSize(count) };
    return {
      page,
      rows,
      size: count <= roomOf(this.#memory, block) ? undefined : blockSize(withRoom(count)),
    };
  }

  /** Addresses for all blocks that are needed, or an error and nothing is taken. */
  #places(plans: readonly Plan[]): number[] {
    let missing = 0;
    const addresses = plans.map(({ size }) => {
      const again = size === undefined ? 0 : this.#free.take(size.bytes);
      if (again === 0) missing += size?.bytes ?? 0;
      return again;
    });
    if (missing === 0) return addresses;
    let next: number;
    try {
      next = this.#memory.allocate(missing);
    } catch (error) {
      addresses.forEach((address, i) => {
        if (address !== 0) this.#free.put(address, plans[i]?.size?.bytes ?? 0);
      });
      throw error;
    }
    return addresses.map((address, i) => {
      if (address !== 0) return address;
      const from = next;
      next += plans[i]?.size?.bytes ?? 0;
      return from;
    });
  }

  /** Pages and their numbers of rows in turn, and the bytes of all these rows; false where `areKnown` is. Throws BWK414. */
  restore(
    shared: Uint32Array,
    rows: Uint8Array,
    areKnown: (rows: Uint32Array, page: number) => boolean,
  ): boolean {
    let bytes = 0;
    for (let at = 1; at < shared.length; at += 2) bytes += blockSize(shared[at] as number).bytes;
    let address = this.#memory.allocate(bytes);
    for (let at = 0, from = 0; at < shared.length; at += 2) {
      const [page, count] = [shared[at] as number, shared[at + 1] as number];
      const size = blockSize(count);
      const block = openBlock(this.#memory, address, size, count);
      this.#memory.bytes.set(rows.subarray(from, from + count * SHARE_BYTES), firstRow(block));
      const there = this.#rows(block);
      if (!areKnown(there, page)) return false;
      groupRows(this.#memory, block);
      this.#pages.setShares(page * PAGE_RECORDS, block);
      this.#pages.markRows(page, there);
      from += count * SHARE_BYTES;
      address += size.bytes;
    }
    return true;
  }
}
