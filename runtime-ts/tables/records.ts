import { NO_UNIT, NONE, OWNED_BY_PRINCIPAL, PRINCIPAL_TEAM, TEAM_BIT } from "../../runtime-as/abi.ts";
import { PackedCells, type TableColumn } from "../cells.ts";
import { ColumnBuffer } from "../columns/column-buffer.ts";
import { keptAttributes } from "../columns/kept.ts";
import type { LoadedConditions } from "../columns/loaded-conditions.ts";
import type { ValueEncoder } from "../columns/value-encoder.ts";
import { BailiwickError } from "../errors.ts";
import { damaged } from "../image-reader.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import type { Attribute, Entity, Policy } from "../policy.ts";
import { quote } from "../quote.ts";
import { TextTable } from "../text-table.ts";
import type { ValueNames } from "../values.ts";
import { writeGuardrailRecord } from "../world/guardrail-scopes.ts";
import type { DeclaredRecord } from "../world/read-image.ts";
import { sourcePrincipal } from "../world/source-principal.ts";
import type { World } from "../world/world.ts";
import { type Column, Columns, isEmpty, type TablePlace } from "./columns.ts";
import { OwnerReader, type OwnersAndUnits } from "./owners.ts";
import { findParents, type WaitingRows } from "./parents.ts";
import { checkAttribute, readAttribute } from "./read-attributes.ts";
import { RecordPages } from "./record-pages.ts";

/**
 * A records table of one entity, column by column; all columns have one length, and an empty cell is null, undefined or "".
 * The remaining columns are the entity's attributes by name. Attributes that are left out altogether are absent.
 */
export interface RecordColumns {
  /** Ids, each once within the entity. */
  readonly id: readonly string[];
  /** Owner names, or a Uint32Array of principal numbers (teams: number + 2^31). Of user-or-team-owned entities only. */
  readonly owner?: ArrayLike<unknown>;
  /** `user` (the default) or `team`. */
  readonly owner_type?: ArrayLike<unknown>;
  /** Unit names, or a typed array of unit numbers. Classic mode: the owner's unit counts, whatever stands here. */
  readonly business_unit?: ArrayLike<unknown>;
  readonly [attribute: string]: ArrayLike<unknown> | undefined;
}

/**
 * The same with columns of any form (cells.ts). With packed ids and owners as numbers nothing is made for a single row, which
 * is how millions of records are loaded.
 */
export interface RecordTable {
  readonly id: TableColumn;
  readonly [column: string]: TableColumn | undefined;
}

const builtIn = ["id", "owner", "owner_type", "business_unit"];

/** Of one entity: record numbers of several entities stay far below those of ghosts. */
const mostRecords = 2 ** 24 - 1;

/** The ids of an entity's records. */
class EntityRecords {
  /** The number of an id is its place in the order of loading. */
  table = new TextTable();
  /** Places of deleted records, to be used again. */
  readonly free: number[] = [];
  /** All ids as texts, made when somebody asks for them. */
  texts: readonly string[] | undefined;
}

/** Ids of new records, none of them empty; packed ones are ASCII. */
type Ids = readonly string[] | PackedCells;

/** The columns that are kept of some records, in the order of `keptAttributes`. */
type ReadColumns = () => (ColumnBuffer | undefined)[];

/** The records of all entities: ids here; owners, units and the attributes that are kept in memory. */
export class Records {
  readonly pages: RecordPages;
  /** The attributes of each entity that have columns. */
  readonly kept: readonly (readonly Attribute[])[];
  readonly #memory: Memory;
  readonly #policy: Policy;
  readonly #world: World;
  readonly #scopes: number;
  readonly #names: ValueNames;
  readonly #encoder: ValueEncoder;
  readonly #entities: readonly EntityRecords[];
  #waiting: WaitingRows[] = [];
  /** Tables have been loaded that nobody has looked through yet. */
  tablesAreNew = true;

  constructor(
    core: Core,
    memory: Memory,
    policy: Policy,
    world: World,
    names: ValueNames,
    scopes: number,
    { encoder, lookups }: LoadedConditions,
  ) {
    this.kept = keptAttributes(policy);
    this.pages = new RecordPages(core, memory, this.kept, policy.conditions.recordFacts, lookups);
    this.#encoder = encoder;
    this.#memory = memory;
    this.#policy = policy;
    this.#world = world;
    this.#scopes = scopes;
    this.#names = names;
    this.#entities = policy.entities.map(() => new EntityRecords());
  }

  #of(entity: number): EntityRecords {
    return this.#entities[entity] as EntityRecords;
  }

  /** Ids of an entity's records, in the order of loading; empty where a record was deleted. */
  ids(entity: number): readonly string[] {
    const records = this.#of(entity);
    records.texts ??= records.table.texts();
    return records.texts;
  }

  /** The ids of an entity, for a snapshot. */
  tableOf(entity: number): TextTable {
    return this.#of(entity).table;
  }

  /** Takes over the ids that a snapshot held. */
  restore(entity: number, table: TextTable): void {
    const records = this.#of(entity);
    records.table = table;
    records.free.push(...table.removed());
  }

  /** The id of a record; empty where it was deleted. */
  idOf(entity: number, record: number): string {
    return this.#of(entity).table.at(this.pages.ordinalOf(record));
  }

  /** The entity of a record number; undefined where there is no such record. */
  entityOf(record: number): number | undefined {
    const entity = this.pages.entityOf(record);
    if (entity === undefined || !this.#of(entity).table.isThere(this.pages.ordinalOf(record)))
      return undefined;
    return entity;
  }

  /** The record number; undefined where there is no such record. */
  find(entity: number, id: string): number | undefined {
    const ordinal = this.#entities[entity]?.table.get(id);
    return ordinal === undefined ? undefined : this.pages.numberOf(entity, ordinal);
  }

  /** Ids enter here first; `undo` takes them back when the rest fails. */
  #addIds(entity: number, ids: Ids, duplicate: (row: number) => BailiwickError): () => void {
    const records = this.#of(entity);
    const { table } = records;
    const first = table.count;
    records.texts = undefined;
    if (ids instanceof PackedCells) {
      const row = table.addPacked(ids.bytes, ids.offsets);
      if (row >= 0) throw duplicate(row);
      return () => table.truncate(first);
    }
    for (let row = 0; row < ids.length; row++) {
      const id = ids[row] as string;
      if (table.has(id)) {
        table.truncate(first);
        throw duplicate(row);
      }
      table.add(id);
    }
    return () => table.truncate(first);
  }

  /**
   * The number of a new record with this id, which must not be taken: the place of a deleted one, or the next. Returns what
   * takes it back, too.
   */
  enter(
    entity: number,
    id: string,
    owner: number,
    unit: number,
  ): { readonly record: number; readonly undo: () => void } {
    const records = this.#of(entity);
    records.texts = undefined;
    const place = records.free.pop();
    if (place !== undefined) {
      records.table.put(place, id);
      const undo = () => {
        records.texts = undefined;
        records.table.remove(place);
        records.free.push(place);
      };
      return { record: this.pages.numberOf(entity, place), undo };
    }
    const undoPages = this.pages.mark(entity);
    this.pages.append(entity, Uint32Array.of(owner), Uint16Array.of(unit), []);
    const ordinal = records.table.add(id);
    const undo = () => {
      records.texts = undefined;
      records.table.truncate(ordinal);
      undoPages();
    };
    return { record: this.pages.numberOf(entity, ordinal), undo };
  }

  /** Forgets the id of a deleted record; returns what brings it back. */
  leave(entity: number, record: number): () => void {
    const records = this.#of(entity);
    const place = this.pages.ordinalOf(record);
    const id = records.table.at(place);
    records.texts = undefined;
    records.table.remove(place);
    records.free.push(place);
    return () => {
      records.texts = undefined;
      records.free.splice(records.free.lastIndexOf(place), 1);
      records.table.put(place, id);
    };
  }

  /** Adds records, all or nothing. Their ids are known while `read` reads the columns: a lookup may lead to one of them. */
  #append(
    entity: number,
    ids: Ids,
    { owners, units }: OwnersAndUnits,
    duplicate: (row: number) => BailiwickError,
    read: ReadColumns,
  ): void {
    this.tablesAreNew = true;
    const undoIds = this.#addIds(entity, ids, duplicate);
    const undoValues = this.#encoder.mark();
    try {
      const columns = read();
      this.#encoder.commit();
      this.#encoder.place(this.kept[entity] as readonly Attribute[], columns);
      this.pages.append(entity, owners, units, columns);
    } catch (error) {
      undoIds();
      undoValues();
      throw error;
    }
    this.findGuardedRecords();
  }

  /** Tells guardrails that are about one record which number it has; NONE while it is not there. */
  findGuardedRecords(): void {
    this.#policy.guardrails.forEach(({ record }, guardrail) => {
      if (record === undefined) return;
      const number = this.find(record.entity, record.id) ?? NONE;
      writeGuardrailRecord(this.#memory, this.#scopes, guardrail, number);
    });
  }

  /** Checks all attributes of a table; reads those that are kept. */
  #readAttributes(entity: number, columns: Columns): (ColumnBuffer | undefined)[] {
    const kept = this.kept[entity] as readonly Attribute[];
    const { attributes } = this.#policy.entities[entity] as Entity;
    for (const attribute of attributes.values()) {
      if (builtIn.includes(attribute.name) || kept.includes(attribute)) continue;
      checkAttribute(columns, attribute, this.#names);
    }
    return kept.map((attribute) =>
      builtIn.includes(attribute.name)
        ? undefined
        : readAttribute(columns, attribute, this.#names, this.#encoder),
    );
  }

  /** The declared values that are kept; a column that nobody has a value for is left out. */
  #declaredColumns(entity: number, records: readonly DeclaredRecord[]): (ColumnBuffer | undefined)[] {
    return (this.kept[entity] as readonly Attribute[]).map((attribute) => {
      if (!records.some(({ values }) => values.has(attribute.name))) return undefined;
      const column = new ColumnBuffer(records.length);
      const write = this.#encoder.writer(attribute);
      records.forEach(({ id, values }, row) => {
        const value = values.get(attribute.name);
        if (value !== undefined && !write(column, row, value)) {
          throw damaged(
            `attribute ${quote(attribute.name)} of declared record ${quote(id)} has no value of its type`,
          );
        }
      });
      return column;
    });
  }

  #idsOf(columns: Columns, column: Column): Ids {
    if (!(column instanceof PackedCells && column.isAscii)) {
      return Array.from({ length: columns.length }, (_, row) => columns.text(column, "id", row));
    }
    const { offsets } = column;
    for (let row = 0; row < column.length; row++) {
      if (offsets[row] === offsets[row + 1]) columns.text(column, "id", row);
    }
    return column;
  }

  /** The ids of the parents of an entity owned by its parent; an optional lookup may be left out altogether. */
  #parentColumn({ name, parent }: Entity, columns: Columns): Column | undefined {
    if (parent === undefined) return undefined;
    const { attribute } = parent;
    if (builtIn.includes(attribute.name)) {
      throw new BailiwickError(
        "BWK430",
        `${quote(name)}: the lookup ${quote(attribute.name)} has the name of a built-in column`,
        "give the attribute another name",
      );
    }
    return attribute.optional ? columns.get(attribute.name) : columns.required(attribute.name);
  }

  /** Loads a table of records of one entity, all or nothing. Throws BWK414, BWK430 to BWK435. */
  load(entityNumber: number, table: RecordTable, place: TablePlace | undefined): void {
    const entity = this.#policy.entities[entityNumber] as Entity;
    const attributes = [...entity.attributes.values()].filter(({ name }) => !builtIn.includes(name));
    const columns = new Columns(
      table,
      [...builtIn, ...attributes.map(({ name }) => name)],
      entity.name,
      place,
    );
    const idColumn = columns.required("id");
    if (this.#of(entityNumber).table.count + columns.length > mostRecords) {
      throw new BailiwickError(
        "BWK426",
        `${quote(entity.name)}: the engine holds ${mostRecords} records of an entity`,
      );
    }
    const ownersAndUnits = new OwnerReader(columns, this.#world).read(entity, this.#policy.modern);
    const parent = entity.parent?.attribute.name;
    const parentColumn = this.#parentColumn(entity, columns);
    const ids = this.#idsOf(columns, idColumn);
    const first = this.#of(entityNumber).table.count;
    const duplicate = (row: number) => {
      const words = `record ${quote(columns.text(idColumn, "id", row))} of ${quote(entity.name)} occurs twice`;
      return columns.error("BWK432", row, "id", words);
    };
    this.#append(entityNumber, ids, ownersAndUnits, duplicate, () =>
      this.#readAttributes(entityNumber, columns),
    );
    if (parent === undefined || parentColumn === undefined) return;
    this.#waiting.push({
      entity: entityNumber,
      first,
      parents: Array.from({ length: columns.length }, (_, row) => {
        const cell = parentColumn.at(row);
        return isEmpty(cell) ? undefined : (cell as string);
      }),
      error: (row, words) => columns.error("BWK436", row, parent, words),
    });
  }

  /** Loads the records that the policy's source declares. */
  loadDeclared(records: readonly DeclaredRecord[]): void {
    this.#entities.forEach((_, entity) => {
      const own = records.filter((record) => record.entity === entity);
      if (own.length === 0) return;
      const owners = Uint32Array.from(own, (record) => this.#declaredOwner(record));
      const units = Uint16Array.from(own, (record, i) => this.#declaredUnit(record, owners[i] as number));
      const ids = own.map(({ id }) => id);
      const duplicate = () => damaged("a declared record occurs twice");
      this.#append(entity, ids, { owners, units }, duplicate, () => this.#declaredColumns(entity, own));
      if (this.#policy.entities[entity]?.parent === undefined) return;
      this.#waiting.push({
        entity,
        first: 0,
        parents: own.map(({ parent }) => parent),
        error: (row, words) =>
          new BailiwickError("BWK436", `declared record ${quote(ids[row] as string)}: ${words}`),
      });
    });
  }

  #declaredOwner({ entity, ownerKind, owner }: DeclaredRecord): number {
    if (this.#policy.entities[entity]?.ownership !== OWNED_BY_PRINCIPAL) return NONE;
    const number = sourcePrincipal(ownerKind === PRINCIPAL_TEAM, owner ?? "", this.#world);
    if (number === undefined) throw damaged("a declared record has no owner");
    return number;
  }

  #declaredUnit({ unit }: DeclaredRecord, owner: number): number {
    const { units, users, teams } = this.#world;
    if (unit !== undefined && (this.#policy.modern || owner === NONE)) {
      const number = units.numbers.get(unit);
      if (number === undefined) throw damaged("a declared record lies in an unknown business unit");
      return number;
    }
    if (owner === NONE) return NO_UNIT;
    return ((owner & TEAM_BIT) === 0 ? users.units[owner] : teams.units[owner & ~TEAM_BIT]) as number;
  }

  /** Finds the parents that were not loaded yet. Throws BWK436 for the first that is still missing. */
  findParents(): void {
    for (let rows = this.#waiting[0]; rows !== undefined; rows = this.#waiting[0]) {
      findParents(rows, this.#policy, this);
      this.#waiting = this.#waiting.slice(1);
    }
  }
}
