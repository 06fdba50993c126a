import {
  NO_UNIT,
  NONE,
  OWNED_BY_PRINCIPAL,
  PRINCIPAL_TEAM,
  TEAM_BIT,
  TYPE_STRING,
} from "../../runtime-as/abi.ts";
import { BailiwickError } from "../errors.ts";
import { damaged } from "../image-reader.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import type { Attribute, Entity, Policy } from "../policy.ts";
import { quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";
import { type ValueNames, valueProblem } from "../values.ts";
import { writeGuardrailRecord } from "../world/guardrail-scopes.ts";
import type { DeclaredRecord } from "../world/read-image.ts";
import type { World } from "../world/world.ts";
import { type Column, Columns, isEmpty, type TablePlace } from "./columns.ts";
import { OwnerReader } from "./owners.ts";
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

const builtIn = ["id", "owner", "owner_type", "business_unit"];

/** A JavaScript Map holds no more. */
const mostRecords = 2 ** 24 - 1;

class EntityRecords {
  /** In the order of loading. */
  readonly ids: string[] = [];
  /** Id -> index in `ids`. */
  readonly ordinals = new Map<string, number>();
}

/** Rows of an entity owned by its parent whose parent records are still to be found. */
interface Waiting {
  readonly entity: number;
  readonly first: number;
  readonly parents: readonly (string | undefined)[];
  readonly error: (row: number, words: string) => BailiwickError;
}

/** The records of all entities: ids here, owners and units in memory. */
export class Records {
  readonly pages: RecordPages;
  readonly #memory: Memory;
  readonly #policy: Policy;
  readonly #world: World;
  readonly #scopes: number;
  readonly #names: ValueNames;
  readonly #entities: readonly EntityRecords[];
  #waiting: Waiting[] = [];

  constructor(core: Core, memory: Memory, policy: Policy, world: World, names: ValueNames, scopes: number) {
    this.pages = new RecordPages(core, memory, policy.entities.length);
    this.#memory = memory;
    this.#policy = policy;
    this.#world = world;
    this.#scopes = scopes;
    this.#names = names;
    this.#entities = policy.entities.map(() => new EntityRecords());
  }

  /** Ids of an entity's records, in the order of loading. */
  ids(entity: number): readonly string[] {
    return (this.#entities[entity] as EntityRecords).ids;
  }

  /** The record number; undefined where there is no such record. */
  find(entity: number, id: string): number | undefined {
    const ordinal = this.#entities[entity]?.ordinals.get(id);
    return ordinal === undefined ? undefined : this.pages.numberOf(entity, ordinal);
  }

  /** Ids enter here first; `undo` takes them back when the rest fails. */
  #addIds(entity: number, ids: readonly string[], duplicate: (row: number) => BailiwickError): () => void {
    const { ordinals, ids: known } = this.#entities[entity] as EntityRecords;
    const first = known.length;
    const undo = () => {
      for (let i = first; i < known.length; i++) ordinals.delete(known[i] as string);
      known.length = first;
    };
    for (let row = 0; row < ids.length; row++) {
      const id = ids[row] as string;
      if (ordinals.has(id)) {
        undo();
        throw duplicate(row);
      }
      ordinals.set(id, first + row);
      known.push(id);
    }
    return undo;
  }

  #append(entity: number, owners: Uint32Array, units: Uint16Array, undo: () => void): void {
    try {
      this.pages.append(entity, owners, units);
    } catch (error) {
      undo();
      throw error;
    }
    this.#policy.guardrails.forEach(({ record }, guardrail) => {
      if (record?.entity !== entity) return;
      const number = this.find(entity, record.id);
      if (number !== undefined) writeGuardrailRecord(this.#memory, this.#scopes, guardrail, number);
    });
  }

  #checkAttribute(columns: Columns, attribute: Attribute): void {
    const column = columns.get(attribute.name);
    if (column === undefined) return;
    for (let row = 0; row < column.length; row++) {
      const cell = column[row];
      if (isEmpty(cell)) {
        if (attribute.optional) continue;
        throw columns.error(
          "BWK433",
          row,
          attribute.name,
          "the cell is empty, and the attribute is not optional",
        );
      }
      if (attribute.type === TYPE_STRING && typeof cell === "string") continue;
      const problem = valueProblem(attribute, cell, this.#names);
      if (problem !== undefined) throw columns.error("BWK434", row, attribute.name, problem);
    }
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
  load(entityNumber: number, table: RecordColumns, place: TablePlace | undefined): void {
    const entity = this.#policy.entities[entityNumber] as Entity;
    const attributes = [...entity.attributes.values()].filter(({ name }) => !builtIn.includes(name));
    const columns = new Columns(
      table,
      [...builtIn, ...attributes.map(({ name }) => name)],
      entity.name,
      place,
    );
    const idColumn = columns.required("id");
    if (this.ids(entityNumber).length + columns.length > mostRecords) {
      throw new BailiwickError(
        "BWK426",
        `${quote(entity.name)}: the engine holds ${mostRecords} records of an entity`,
      );
    }
    const { owners, units } = new OwnerReader(columns, this.#world).read(entity, this.#policy.modern);
    for (const attribute of attributes) this.#checkAttribute(columns, attribute);
    const parent = entity.parent?.attribute.name;
    const parentColumn = this.#parentColumn(entity, columns);
    const ids = Array.from({ length: columns.length }, (_, row) => columns.text(idColumn, "id", row));
    const first = this.ids(entityNumber).length;
    const undo = this.#addIds(entityNumber, ids, (row) =>
      columns.error(
        "BWK432",
        row,
        "id",
        `record ${quote(ids[row] as string)} of ${quote(entity.name)} occurs twice`,
      ),
    );
    this.#append(entityNumber, owners, units, undo);
    if (parent === undefined || parentColumn === undefined) return;
    this.#waiting.push({
      entity: entityNumber,
      first,
      parents: Array.from(parentColumn, (cell) => (isEmpty(cell) ? undefined : (cell as string))),
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
      const undo = this.#addIds(entity, ids, () => damaged("a declared record occurs twice"));
      this.#append(entity, owners, units, undo);
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
    const isTeam = ownerKind === PRINCIPAL_TEAM;
    const number = (isTeam ? this.#world.teams : this.#world.users).numbers.get(owner ?? "");
    if (number === undefined) throw damaged("a declared record has no owner");
    return isTeam ? (number | TEAM_BIT) >>> 0 : number;
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
    for (let waiting = this.#waiting[0]; waiting !== undefined; waiting = this.#waiting[0]) {
      const { entity, first, parents, error } = waiting;
      const { parent } = this.#policy.entities[entity] as Entity;
      const to = parent?.entity ?? NONE;
      parents.forEach((id, row) => {
        if (id === undefined) return;
        const record = this.find(to, id);
        if (record === undefined) {
          const name = this.#policy.entities[to]?.name as string;
          const nearest = didYouMean(id, this.ids(to));
          throw error(
            row,
            `record ${quote(id)} of ${quote(name)} is not loaded${nearest === undefined ? "" : `; ${nearest}`}`,
          );
        }
        this.pages.setOwner(this.pages.numberOf(entity, first + row), record);
      });
      this.#waiting = this.#waiting.slice(1);
    }
  }
}
