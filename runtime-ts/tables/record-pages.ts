import {
  ENTITY_PAGES_BYTES,
  ENTITY_PAGES_COUNT,
  ENTITY_PAGES_LIST,
  ENTITY_PAGES_RECORDS,
  MARK_SHARED,
  PAGE_BYTES,
  PAGE_COUNT,
  PAGE_COUNT_BITS,
  PAGE_ENTITY,
  PAGE_FACTS,
  PAGE_MARKS,
  PAGE_OWNERS,
  PAGE_RECORDS,
  PAGE_SHARES,
  PAGE_SHIFT,
  PAGE_UNITS,
  PAGE_VALUES,
  ROW_OF_PAGE_ADDRESS,
  ROW_OF_PAGE_FACTS,
  ROW_OF_PAGE_HEAD,
  ROW_OF_PAGE_SHIFT,
  ROW_OF_PAGE_VALUES,
  WORLD_ENTITY_PAGES,
  WORLD_PAGE_COUNT,
  WORLD_PAGES,
} from "../../runtime-as/abi.ts";
import type { ColumnBuffer } from "../columns/column-buffer.ts";
import { emptyTable, type GrowingTable, grownTable } from "../columns/growing-table.ts";
import type { LookupColumns } from "../columns/lookup-columns.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import type { Attribute } from "../policy.ts";
import { writeOwnerMarks } from "./owner-marks.ts";
import { PageValues, pageColumnBytes } from "./page-values.ts";

/** The records of one entity: page numbers in order, and how many records. */
class EntityPages {
  readonly numbers: number[] = [];
  readonly values: PageValues;
  records = 0;
  table: GrowingTable = emptyTable;

  constructor(values: PageValues) {
    this.values = values;
  }
}

/** Records in memory: pages of 4,096 records of one entity (abi.ts, "Records live in pages"). */
export class RecordPages {
  readonly #memory: Memory;
  readonly #header: number;
  readonly #rows: number;
  readonly #entities: readonly EntityPages[];
  readonly #addresses: number[] = [];
  /** Of each page, which of its entity's pages it is. */
  readonly #indices: number[] = [];
  /** Of each page its entity and its shares, as its own head says: few enough to stay in the cache. */
  readonly #entityOf: number[] = [];
  readonly #shares: number[] = [];
  #table: GrowingTable = emptyTable;

  /** `kept`: the attributes of each entity that have columns. `facts`: how many facts its records have. */
  constructor(
    core: Core,
    memory: Memory,
    kept: readonly (readonly Attribute[])[],
    facts: readonly number[],
    lookups: LookupColumns,
  ) {
    this.#memory = memory;
    this.#header = core.world();
    this.#rows = memory.allocate(kept.length * ENTITY_PAGES_BYTES);
    this.#entities = kept.map(
      (attributes, entity) =>
        new EntityPages(new PageValues(memory, attributes, facts[entity] as number, lookups)),
    );
    memory.words[(this.#header + WORLD_ENTITY_PAGES) >>> 2] = this.#rows;
  }

  #entity(entity: number): EntityPages {
    return this.#entities[entity] as EntityPages;
  }

  /** The record number of the record at this place in its entity's order, also of one that is appended next. */
  numberOf(entity: number, ordinal: number): number {
    const { numbers } = this.#entity(entity);
    const index = ordinal >>> PAGE_SHIFT;
    const page = numbers[index] ?? this.#addresses.length + index - numbers.length;
    return page * PAGE_RECORDS + (ordinal & (PAGE_RECORDS - 1));
  }

  /** The entity of a record; undefined where there is no page of it. */
  entityOf(record: number): number | undefined {
    return this.#entityOf[record >>> PAGE_SHIFT];
  }

  /** The place of a record in its entity's order. */
  ordinalOf(record: number): number {
    return (this.#indices[record >>> PAGE_SHIFT] as number) * PAGE_RECORDS + (record & (PAGE_RECORDS - 1));
  }

  /** How many places an entity has used, those of deleted records included. */
  countOf(entity: number): number {
    return this.#entity(entity).records;
  }

  /** How many pages there are of all entities. */
  get pageCount(): number {
    return this.#addresses.length;
  }

  valuesOf(entity: number): PageValues {
    return this.#entity(entity).values;
  }

  /** Record numbers of an entity, in the order of loading. */
  numbersOf(entity: number): Uint32Array<ArrayBuffer> {
    const { numbers, records } = this.#entity(entity);
    const all = new Uint32Array(records);
    for (let i = 0; i < records; i++) {
      all[i] = (numbers[i >>> PAGE_SHIFT] as number) * PAGE_RECORDS + (i & (PAGE_RECORDS - 1));
    }
    return all;
  }

  pageCountOf(entity: number): number {
    return this.#entity(entity).numbers.length;
  }

  /** The pages of an entity: address, and number of the first record. */
  pagesOf(entity: number): { readonly address: number; readonly first: number }[] {
    return this.#entity(entity).numbers.map((number) => ({
      address: this.#addresses[number] as number,
      first: number * PAGE_RECORDS,
    }));
  }

  pageAddress(record: number): number {
    return this.#addresses[record >>> PAGE_SHIFT] as number;
  }

  /**
   * Appends records: owners (principals; parent record numbers of an entity owned by its parent), units, and the columns
   * that conditions read. Throws BWK414 and leaves everything as it was when the memory does not suffice.
   */
  append(
    entity: number,
    owners: Uint32Array,
    units: Uint16Array,
    columns: readonly (ColumnBuffer | undefined)[],
  ): void {
    const pages = this.#entity(entity);
    const total = pages.records + owners.length;
    const added = Math.ceil(total / PAGE_RECORDS) - pages.numbers.length;
    const mark = this.#memory.mark();
    const blockBytes = pages.values.blockBytes;
    const missing = this.#missingColumns(pages, owners.length, columns);
    let block: number;
    let blocks: number;
    let next: number;
    let table: GrowingTable;
    let list: GrowingTable;
    try {
      block = this.#memory.allocate(added * PAGE_BYTES);
      blocks = this.#memory.allocate(added * blockBytes);
      next = this.#memory.allocate(missing * pageColumnBytes);
      table = this.#roomFor(this.#table, this.#addresses.length + added);
      list = grownTable(this.#memory, pages.table, pages.numbers.length + added);
    } catch (error) {
      this.#memory.reset(mark);
      throw error;
    }
    this.#table = table;
    pages.table = list;
    const { words } = this.#memory;
    for (let i = 0; i < added; i++) {
      const address = block + i * PAGE_BYTES;
      const number = this.#addresses.push(address) - 1;
      words[(list.address >>> 2) + pages.numbers.length] = number;
      words[(address + PAGE_ENTITY) >>> 2] = entity;
      this.#entityOf.push(entity);
      this.#shares.push(0);
      pages.values.attach(address, blocks + i * blockBytes);
      this.#indices.push(pages.numbers.push(number) - 1);
    }
    for (let index = pages.records >>> PAGE_SHIFT; index * PAGE_RECORDS < total; index++) {
      const page = this.#addresses[pages.numbers[index] as number] as number;
      columns.forEach((column, i) => {
        if (column === undefined || pages.values.column(page, i) !== 0) return;
        pages.values.attachColumn(page, i, next);
        next += pageColumnBytes;
      });
    }
    this.#fill(pages, owners, units, columns);
    this.#publish(entity);
  }

  /** How many columns the pages need that `count` more records go to. */
  #missingColumns(pages: EntityPages, count: number, columns: readonly (ColumnBuffer | undefined)[]): number {
    const given = columns.filter((column) => column !== undefined).length;
    const first = pages.records >>> PAGE_SHIFT;
    const touched = Math.ceil((pages.records + count) / PAGE_RECORDS) - first;
    const page = this.#addresses[pages.numbers[first] ?? -1];
    const there =
      page === undefined
        ? 0
        : columns.filter((column, i) => column !== undefined && pages.values.column(page, i) !== 0).length;
    return count === 0 ? 0 : touched * given - there;
  }

  /** Returns a function that takes back what is appended to this entity from now on. */
  mark(entity: number): () => void {
    const pages = this.#entity(entity);
    const { records, table } = pages;
    const before = { numbers: pages.numbers.length, addresses: this.#addresses.length, table: this.#table };
    return () => {
      pages.records = records;
      pages.table = table;
      pages.numbers.length = before.numbers;
      this.#addresses.length = before.addresses;
      this.#indices.length = before.addresses;
      this.#entityOf.length = before.addresses;
      this.#shares.length = before.addresses;
      this.#table = before.table;
      const last = this.#addresses[pages.numbers[records >>> PAGE_SHIFT] ?? -1];
      if (last !== undefined)
        this.#cut(pages.numbers[records >>> PAGE_SHIFT] as number, records & (PAGE_RECORDS - 1));
      this.#publish(entity);
    };
  }

  /** A page has so many records, and is empty behind them: the owners there may be people who are not there either. */
  #cut(number: number, count: number): void {
    const { words, halves } = this.#memory;
    const page = this.#addresses[number] as number;
    const former = words[(page + PAGE_COUNT) >>> 2] as number;
    words[(page + PAGE_COUNT) >>> 2] = count;
    this.#writeRow(number);
    if (former <= count) return;
    words.fill(0, ((page + PAGE_OWNERS) >>> 2) + count, ((page + PAGE_OWNERS) >>> 2) + former);
    for (const at of [page + PAGE_UNITS, page + PAGE_MARKS])
      halves.fill(0, (at >>> 1) + count, (at >>> 1) + former);
  }

  /** The table of pages, or a larger one, with rows for so many. */
  #roomFor(table: GrowingTable, pages: number): GrowingTable {
    return grownTable(this.#memory, table, pages << (ROW_OF_PAGE_SHIFT - 2));
  }

  /** Says in the row of a page what its head says. */
  #writeRow(number: number): void {
    const { words } = this.#memory;
    const page = this.#addresses[number] as number;
    const row = this.#table.address + (number << ROW_OF_PAGE_SHIFT);
    const word = (offset: number) => words[(page + offset) >>> 2] as number;
    words[(row + ROW_OF_PAGE_ADDRESS) >>> 2] = page;
    words[(row + ROW_OF_PAGE_HEAD) >>> 2] = (word(PAGE_ENTITY) << PAGE_COUNT_BITS) | word(PAGE_COUNT);
    words[(row + ROW_OF_PAGE_FACTS) >>> 2] = word(PAGE_FACTS);
    words[(row + ROW_OF_PAGE_VALUES) >>> 2] = word(PAGE_VALUES);
  }

  /** Tells the core about the pages of an entity. */
  #publish(entity: number): void {
    const pages = this.#entity(entity);
    const { words } = this.#memory;
    const row = (this.#rows + entity * ENTITY_PAGES_BYTES) >>> 2;
    words[row + ENTITY_PAGES_COUNT / 4] = pages.numbers.length;
    words[row + ENTITY_PAGES_LIST / 4] = pages.table.address;
    words[row + ENTITY_PAGES_RECORDS / 4] = pages.records;
    words[(this.#header + WORLD_PAGES) >>> 2] = this.#table.address;
    words[(this.#header + WORLD_PAGE_COUNT) >>> 2] = this.#addresses.length;
  }

  #fill(
    pages: EntityPages,
    owners: Uint32Array,
    units: Uint16Array,
    columns: readonly (ColumnBuffer | undefined)[],
  ): void {
    const { words, halves } = this.#memory;
    for (let from = 0; from < owners.length; ) {
      const place = pages.records & (PAGE_RECORDS - 1);
      const to = Math.min(owners.length, from + PAGE_RECORDS - place);
      const number = pages.numbers[pages.records >>> PAGE_SHIFT] as number;
      const address = this.#addresses[number] as number;
      words.set(owners.subarray(from, to), ((address + PAGE_OWNERS) >>> 2) + place);
      halves.set(units.subarray(from, to), ((address + PAGE_UNITS) >>> 1) + place);
      writeOwnerMarks(this.#memory, address, place, to - from);
      pages.values.fill(address, columns, from, to, place);
      words[(address + PAGE_COUNT) >>> 2] = place + to - from;
      this.#writeRow(number);
      pages.records += to - from;
      from = to;
    }
  }

  /** Makes empty pages, one after the other in memory: the entity of each, and how many records each entity has. */
  restore(entities: Uint32Array, counts: Uint32Array): void {
    const block = this.#memory.allocate(entities.length * PAGE_BYTES);
    this.#table = this.#roomFor(emptyTable, entities.length);
    entities.forEach((entity, number) => {
      const pages = this.#entity(entity);
      const address = block + number * PAGE_BYTES;
      const { blockBytes } = pages.values;
      const values = blockBytes === 0 ? 0 : this.#memory.allocate(blockBytes);
      const { words } = this.#memory;
      words[(address + PAGE_ENTITY) >>> 2] = entity;
      if (values !== 0) pages.values.attach(address, values);
      this.#addresses.push(address);
      this.#entityOf.push(entity);
      this.#shares.push(0);
      const index = pages.numbers.push(number) - 1;
      this.#indices.push(index);
      const left = (counts[entity] as number) - index * PAGE_RECORDS;
      words[(address + PAGE_COUNT) >>> 2] = Math.min(PAGE_RECORDS, left);
      this.#writeRow(number);
    });
    this.#entities.forEach((pages, entity) => {
      pages.records = counts[entity] as number;
      pages.table = grownTable(this.#memory, emptyTable, pages.numbers.length);
      this.#memory.words.set(pages.numbers, pages.table.address >>> 2);
      this.#publish(entity);
    });
  }

  /** Writes the owner word of one record. */
  setOwner(record: number, owner: number): void {
    const place = record & (PAGE_RECORDS - 1);
    this.#memory.words[((this.pageAddress(record) + PAGE_OWNERS) >>> 2) + place] = owner;
  }

  /** The shares of a record's page, as its head says (share-block.ts); 0 where it has none. */
  sharesOf(record: number): number {
    return this.#shares[record >>> PAGE_SHIFT] as number;
  }

  setShares(record: number, block: number): void {
    this.#shares[record >>> PAGE_SHIFT] = block;
    this.#memory.words[(this.pageAddress(record) + PAGE_SHARES) >>> 2] = block;
  }

  /** Marks a record as one with share rows. */
  markShared(record: number): void {
    const place = record & (PAGE_RECORDS - 1);
    const at = ((this.pageAddress(record) + PAGE_MARKS) >>> 1) + place;
    const { halves } = this.#memory;
    halves[at] = (halves[at] as number) | MARK_SHARED;
  }

  /** The same of all records of these rows of a page. */
  markRows(page: number, rows: Uint32Array): void {
    const marks = ((this.#addresses[page] as number) + PAGE_MARKS) >>> 1;
    const { halves } = this.#memory;
    for (let word = 1; word < rows.length; word += 2) {
      const at = marks + ((rows[word] as number) >>> 16);
      halves[at] = (halves[at] as number) | MARK_SHARED;
    }
  }
}
