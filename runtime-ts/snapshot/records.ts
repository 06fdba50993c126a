import {
  PAGE_BYTES,
  PAGE_DEAD,
  PAGE_DEAD_BYTES,
  PAGE_ENTITY,
  PAGE_OWNERS,
  PAGE_RECORDS,
  TYPE_CHOICE,
  TYPE_SET,
  TYPE_STRING,
} from "../../runtime-as/abi.ts";
import type { LoadedWorld } from "../loaded-world.ts";
import type { Memory } from "../memory.ts";
import type { Attribute, Policy } from "../policy.ts";
import { pageColumnBytes } from "../tables/page-values.ts";
import type { TextTable } from "../text-table.ts";
import { type ChunkReader, type ChunkWriter, damaged } from "./chunks.ts";
import type { Parts } from "./parts.ts";

const bodyBytes = PAGE_BYTES - PAGE_OWNERS;

/** Pages, columns and shares. */
export function writeRecords(writer: ChunkWriter, memory: Memory, policy: Policy, loaded: LoadedWorld): void {
  const { records, shares } = loaded;
  const { pages } = records;
  const { bytes, words } = memory;
  const addresses = Array.from({ length: pages.pageCount }, (_, page) =>
    pages.pageAddress(page * PAGE_RECORDS),
  );
  writer.put(Uint32Array.from(addresses, (address) => words[(address + PAGE_ENTITY) >>> 2] as number));
  writer.put(Uint32Array.from(policy.entities, (_, entity) => pages.countOf(entity)));
  writer.putParts(addresses.map((address) => bytes.subarray(address + PAGE_OWNERS, address + PAGE_BYTES)));
  const dead = addresses.flatMap((address, page) => {
    const at = words[(address + PAGE_DEAD) >>> 2] as number;
    return at === 0 ? [] : [page, ...words.subarray(at >>> 2, (at + PAGE_DEAD_BYTES) >>> 2)];
  });
  writer.put(Uint32Array.from(dead));
  writeColumns(writer, memory, loaded, addresses);
  const { pages: shared, rows } = shares.image();
  writer.put(shared);
  writer.putParts(rows);
}

function writeColumns(
  writer: ChunkWriter,
  memory: Memory,
  loaded: LoadedWorld,
  addresses: readonly number[],
): void {
  const { records, conditions } = loaded;
  const { bytes, words } = memory;
  const sets = conditions.interned.sets.numbers();
  const places: number[] = [];
  const columns: number[] = [];
  addresses.forEach((address, page) => {
    const entity = words[(address + PAGE_ENTITY) >>> 2] as number;
    (records.kept[entity] as readonly Attribute[]).forEach((_, column) => {
      const at = records.pages.valuesOf(entity).column(address, column);
      if (at === 0) return;
      places.push(page, column);
      columns.push(at);
    });
  });
  const bodies = columns.map((at, i) => {
    const entity = words[((addresses[places[i * 2] as number] as number) + PAGE_ENTITY) >>> 2] as number;
    const kept = records.kept[entity] as readonly Attribute[];
    const body = bytes.subarray(at, at + pageColumnBytes);
    if (kept[places[i * 2 + 1] as number]?.type !== TYPE_SET) return body;
    // Addresses mean nothing elsewhere.
    const copy = body.slice();
    const values = new Uint32Array(copy.buffer, 0, PAGE_RECORDS * 2);
    for (let row = 0; row < PAGE_RECORDS; row++) values[row * 2] = sets.get(values[row * 2] as number) ?? 0;
    return copy;
  });
  writer.put(Uint32Array.from(places));
  writer.putParts(bodies);
}

/** `ids`: of each entity. Throws BWK414, BWK419: every number that the core follows is checked. */
export function readRecords(
  reader: ChunkReader,
  { core, memory, policy }: Parts,
  loaded: LoadedWorld,
  ids: readonly TextTable[],
): void {
  const { records, shares } = loaded;
  const entities = reader.words();
  const counts = reader.words();
  if (counts.length !== policy.entities.length) throw damaged("records of other entities");
  const pagesOf = new Uint32Array(counts.length);
  for (const entity of entities) {
    if (entity >= counts.length) throw damaged("a page of no entity");
    pagesOf[entity] = (pagesOf[entity] as number) + 1;
  }
  if (counts.some((count, entity) => Math.ceil(count / PAGE_RECORDS) !== pagesOf[entity])) {
    throw damaged("pages that do not fit");
  }
  records.pages.restore(entities, counts);
  const body = reader.take();
  if (body.length !== entities.length * bodyBytes) throw damaged("pages that are cut");
  entities.forEach((_, page) => {
    const address = records.pages.pageAddress(page * PAGE_RECORDS);
    memory.bytes.set(body.subarray(page * bodyBytes, (page + 1) * bodyBytes), address + PAGE_OWNERS);
  });
  if (core.ownersAreKnown() === 0) throw damaged("a record of nobody");
  const dead = reader.words();
  for (let at = 0; at < dead.length; at += 1 + PAGE_DEAD_BYTES / 4) {
    const page = dead[at] as number;
    if (page >= entities.length || at + PAGE_DEAD_BYTES / 4 >= dead.length)
      throw damaged("deleted records of no page");
    const bitmap = memory.allocate(PAGE_DEAD_BYTES);
    memory.words.set(dead.subarray(at + 1, at + 1 + PAGE_DEAD_BYTES / 4), bitmap >>> 2);
    memory.words[(records.pages.pageAddress(page * PAGE_RECORDS) + PAGE_DEAD) >>> 2] = bitmap;
  }
  ids.forEach((table, entity) => {
    if (table.count !== counts[entity]) throw damaged("ids that do not fit");
    records.restore(entity, table);
  });
  readColumns(reader, memory, loaded, entities);
  if (!shares.restore(reader.words(), reader.take())) throw damaged("shares that do not fit");
  records.findGuardedRecords();
}

function readColumns(reader: ChunkReader, memory: Memory, loaded: LoadedWorld, entities: Uint32Array): void {
  const { records } = loaded;
  const places = reader.words();
  const body = reader.take();
  const count = places.length / 2;
  if (body.length !== count * pageColumnBytes) throw damaged("columns that are cut");
  let at = memory.allocate(count * pageColumnBytes);
  for (let i = 0; i < count; i++) {
    const entity = entities[places[i * 2] as number];
    const column = places[i * 2 + 1] as number;
    const attribute = entity === undefined ? undefined : records.kept[entity]?.[column];
    if (entity === undefined || attribute === undefined) throw damaged("a column of no attribute");
    memory.bytes.set(body.subarray(i * pageColumnBytes, (i + 1) * pageColumnBytes), at);
    checkColumn(memory, at, PAGE_RECORDS, attribute, loaded);
    const address = records.pages.pageAddress((places[i * 2] as number) * PAGE_RECORDS);
    records.pages.valuesOf(entity).attachColumn(address, column, at);
    at += pageColumnBytes;
  }
}

/** Strings by number must be there; sets get their addresses back. Everything else the core checks when it follows it. */
export function checkColumn(
  memory: Memory,
  address: number,
  rows: number,
  { type }: Attribute,
  { conditions }: LoadedWorld,
): void {
  const { strings, sets } = conditions.interned;
  const { words } = memory;
  const isText = type === TYPE_STRING || type === TYPE_CHOICE;
  if (!isText && type !== TYPE_SET) return;
  const most = isText ? strings.texts.count : sets.keys.count;
  for (let row = 0; row < rows; row++) {
    const present = words[(address >>> 2) + rows * 2 + (row >>> 5)] as number;
    if (((present >>> (row & 31)) & 1) === 0) continue;
    const value = words[(address >>> 2) + row * 2] as number;
    if (value >= most || words[(address >>> 2) + row * 2 + 1] !== 0)
      throw damaged("a value that does not exist");
    if (!isText) words[(address >>> 2) + row * 2] = sets.address(value);
  }
}
