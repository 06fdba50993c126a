import {
  DEAD_UNIT,
  GHOST_RECORDS,
  MARK_SHARED,
  NONE,
  ORGANIZATION,
  OWNED_BY_PARENT,
  OWNED_BY_PRINCIPAL,
  PAGE_DEAD,
  PAGE_DEAD_BYTES,
  PAGE_MARKS,
  PAGE_OWNERS,
  PAGE_RECORDS,
  PAGE_UNITS,
  TEAM_BIT,
  TYPE_CHOICE,
  TYPE_LOOKUP,
  TYPE_STRING,
} from "../../runtime-as/abi.ts";
import { BailiwickError, type RuntimeCode } from "../errors.ts";
import type { LoadedWorld } from "../loaded-world.ts";
import type { Memory } from "../memory.ts";
import type { Attribute, Entity, Policy } from "../policy.ts";
import { quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";
import { isEmpty } from "../tables/columns.ts";
import { ownerMark } from "../tables/owner-marks.ts";
import { valueProblem } from "../values.ts";
import type { Editor, ShareMasks, ShareOfRecord } from "./editor.ts";
import type { Heap } from "./heap.ts";
import type { Journal } from "./journal.ts";
import { LookupIndexes } from "./lookup-indexes.ts";
import { OwnerIndex } from "./owner-index.ts";
import { RecordValues } from "./values.ts";

/** The editor of a loaded world: writes through the journal, and notes which facts of conditions are stale. */
export class RecordEditor implements Editor {
  readonly journal: Journal;
  readonly heap: Heap;
  readonly owners: OwnerIndex;
  readonly lookups: LookupIndexes;
  readonly #memory: Memory;
  readonly #policy: Policy;
  readonly #loaded: LoadedWorld;
  readonly #values: RecordValues;
  /** Of each entity, the column of each attribute that is kept. */
  readonly #columns: readonly ReadonlyMap<string, number>[];

  constructor(memory: Memory, policy: Policy, loaded: LoadedWorld, journal: Journal, heap: Heap) {
    this.journal = journal;
    this.heap = heap;
    this.#memory = memory;
    this.#policy = policy;
    this.#loaded = loaded;
    const { pages, kept } = loaded.records;
    this.#values = new RecordValues(memory, pages, loaded.conditions.encoder, this.journal, this.heap);
    this.owners = new OwnerIndex(memory, policy, pages, this.journal);
    this.lookups = new LookupIndexes(pages, this.#values, this.journal);
    this.#columns = kept.map((attributes) => new Map(attributes.map(({ name }, column) => [name, column])));
  }

  /** Records were loaded beside the editor: what it has found out about all records is found out again. */
  forget(): void {
    this.owners.forget();
    this.lookups.forget();
  }

  #page(record: number): number {
    return this.#loaded.records.pages.pageAddress(record);
  }

  entityOf(record: number): number {
    return this.#loaded.records.pages.entityOf(record) as number;
  }

  #entity(record: number): Entity {
    return this.#policy.entities[this.entityOf(record)] as Entity;
  }

  idOf(record: number): string {
    return this.#loaded.records.idOf(this.entityOf(record), record);
  }

  exists(record: number): boolean {
    const { pages } = this.#loaded.records;
    if (record >>> 0 !== record || record >= pages.pageCount * PAGE_RECORDS) return false;
    const entity = this.entityOf(record);
    return pages.ordinalOf(record) < pages.countOf(entity) && !this.#isDead(record);
  }

  #isDead(record: number): boolean {
    const dead = this.#memory.words[(this.#page(record) + PAGE_DEAD) >>> 2] as number;
    if (dead === 0) return false;
    const place = record & (PAGE_RECORDS - 1);
    return (((this.#memory.words[(dead >>> 2) + (place >>> 5)] as number) >>> (place & 31)) & 1) !== 0;
  }

  find(entity: number, id: string): number | undefined {
    return this.#loaded.records.find(entity, id);
  }

  #ownerAt(record: number): number {
    return this.#page(record) + PAGE_OWNERS + (record & (PAGE_RECORDS - 1)) * 4;
  }

  /** Writes the owner, and its mark. */
  #writeOwner(record: number, owner: number): void {
    const at = this.#page(record) + PAGE_MARKS + (record & (PAGE_RECORDS - 1)) * 2;
    const shared = (this.#memory.halves[at >>> 1] as number) & MARK_SHARED;
    this.journal.word(this.#ownerAt(record), owner);
    this.journal.half(at, ownerMark(owner) | shared);
  }

  #unitAt(record: number): number {
    return this.#page(record) + PAGE_UNITS + (record & (PAGE_RECORDS - 1)) * 2;
  }

  ownerOf(record: number): number {
    return this.#entity(record).ownership === OWNED_BY_PRINCIPAL
      ? (this.#memory.words[this.#ownerAt(record) >>> 2] as number)
      : NONE;
  }

  unitOf(record: number): number {
    return this.#memory.halves[this.#unitAt(record) >>> 1] as number;
  }

  setOwner(record: number, principal: number): void {
    const before = this.ownerOf(record);
    if (before === principal) return;
    this.#writeOwner(record, principal);
    this.owners.move(record, before, principal);
    this.#loaded.stale.touch(record);
  }

  setUnit(record: number, unit: number): void {
    if (this.unitOf(record) === unit) return;
    this.journal.half(this.#unitAt(record), unit);
    this.#loaded.stale.touch(record);
  }

  /** The same of many records, which are asked of memory together before the first of them is written. */
  setUnits(records: readonly number[], unit: number): void {
    let differing = 0;
    for (const record of records) differing |= this.unitOf(record) ^ unit;
    if (differing === 0) return;
    for (const record of records) this.setUnit(record, unit);
  }

  unitOfPrincipal(principal: number): number {
    const { users, teams } = this.#loaded.world;
    return (
      (principal & TEAM_BIT) === 0 ? users.units[principal] : teams.units[principal & ~TEAM_BIT]
    ) as number;
  }

  recordsOwnedBy(principal: number): number[] {
    return this.owners.of(principal);
  }

  shareOf(record: number, principal: number): ShareMasks {
    return this.#loaded.shares.masks(record, principal);
  }

  sharesOf(record: number): ShareOfRecord[] {
    return this.#loaded.shares.of(record);
  }

  setShare(record: number, principal: number, direct: number, inherited: number): void {
    const who = principal === ORGANIZATION ? principal : principal >>> 0;
    this.#loaded.shares.set(record, who, { direct, inherited }, this.journal);
  }

  #column(entity: number, attribute: string): number {
    const column = this.#columns[entity]?.get(attribute);
    if (column !== undefined) return column;
    throw new Error(`attribute ${attribute} of ${this.#policy.entities[entity]?.name} is not kept`);
  }

  lookup(record: number, attribute: string): number {
    const entity = this.entityOf(record);
    const target = this.#values.low(entity, record, this.#column(entity, attribute));
    return target === undefined || target >= GHOST_RECORDS ? NONE : target;
  }

  setLookup(record: number, attribute: string, target: number): void {
    const entity = this.entityOf(record);
    const column = this.#column(entity, attribute);
    const before = this.#values.low(entity, record, column);
    if (target === NONE) this.#values.clear(entity, record, column);
    else this.#values.write(entity, record, column, target, 0);
    this.lookups.move(entity, column, record, before, target === NONE ? undefined : target);
    this.#leadToParent(entity, record, attribute, target >= GHOST_RECORDS ? NONE : target);
    this.#loaded.stale.touch(record);
  }

  /** The core finds the parent of an entity owned by its parent where others have their owner. */
  #leadToParent(entity: number, record: number, attribute: string, parent: number): void {
    const { ownership, parent: by } = this.#policy.entities[entity] as Entity;
    if (ownership === OWNED_BY_PARENT && by?.attribute.name === attribute) {
      this.journal.word(this.#ownerAt(record), parent);
    }
  }

  childrenOf(parent: number, child: number, attribute: string): number[] {
    return this.lookups.of(parent, child, this.#column(child, attribute));
  }

  hasValue(record: number, attribute: string, value: string): boolean {
    const entity = this.entityOf(record);
    const { type } = this.#entity(record).attributes.get(attribute) as Attribute;
    if (type !== TYPE_STRING && type !== TYPE_CHOICE) return false;
    const low = this.#values.low(entity, record, this.#column(entity, attribute));
    return low !== undefined && low === this.#loaded.conditions.numberOfText(value);
  }

  #wrong(code: RuntimeCode, record: number, words: string, help?: string): BailiwickError {
    const what = `record ${quote(this.idOf(record))} of ${quote(this.#entity(record).name)}`;
    return new BailiwickError(code, `${what}: ${words}`, help);
  }

  setValue(record: number, name: string, value: unknown): void {
    const number = this.entityOf(record);
    const { attributes } = this.#entity(record);
    const attribute = attributes.get(name);
    if (attribute === undefined) {
      const help = didYouMean(name, attributes.keys());
      throw this.#wrong("BWK430", record, `unknown attribute ${quote(name)}`, help);
    }
    const column = this.#columns[number]?.get(name);
    if (isEmpty(value)) {
      if (!attribute.optional) {
        throw this.#wrong("BWK433", record, `attribute ${quote(name)} is not optional and cannot be cleared`);
      }
      if (column === undefined) return;
      if (attribute.type === TYPE_LOOKUP) this.setLookup(record, name, NONE);
      else this.#values.clear(number, record, column);
    } else {
      const problem = valueProblem(attribute, value, this.#loaded.names);
      if (problem !== undefined) throw this.#wrong("BWK434", record, `attribute ${quote(name)}: ${problem}`);
      if (column === undefined) return;
      if (attribute.type === TYPE_LOOKUP) {
        const target = this.#loaded.conditions.recordOrGhost(attribute.argument, value as string);
        this.setLookup(record, name, target);
      } else this.#values.encode(number, record, column, attribute, value);
    }
    this.#loaded.stale.touch(record);
  }

  addRecord(
    entity: number,
    id: string,
    owner: number,
    unit: number,
    attributes: Readonly<Record<string, unknown>>,
  ): number {
    const { records, conditions, stale } = this.#loaded;
    const what = `record ${quote(id)} of ${quote(this.#policy.entities[entity]?.name as string)}`;
    if (records.find(entity, id) !== undefined)
      throw new BailiwickError("BWK432", `${what} is there already`);
    if (id === "") throw new BailiwickError("BWK433", `${what}: its id is empty`);
    const { record, undo } = records.enter(entity, id, owner, unit);
    this.journal.done(undo);
    this.#setDead(record, false);
    this.#writeOwner(record, owner);
    this.journal.half(this.#unitAt(record), unit);
    if (this.#policy.entities[entity]?.ownership === OWNED_BY_PRINCIPAL)
      this.owners.move(record, NONE, owner);
    for (const [name, value] of Object.entries(attributes)) {
      if (!isEmpty(value) || this.#policy.entities[entity]?.attributes.has(name) !== true) {
        this.setValue(record, name, value);
      }
    }
    const ghost = conditions.ghosts.find(entity, id);
    if (ghost !== undefined) {
      for (const { record: from, attribute } of this.#leadingTo(entity, ghost)) {
        this.setLookup(from, attribute.name, record);
      }
      if (conditions.leadHolders(entity, ghost, record, this.journal)) stale.people = true;
      conditions.ghosts.settle(ghost, true);
      this.journal.done(() => conditions.ghosts.settle(ghost, false));
    }
    stale.touch(record);
    stale.identities = true;
    return record;
  }

  removeRecord(record: number): void {
    const { records, conditions, shares, stale } = this.#loaded;
    const entity = this.entityOf(record);
    const ghost = conditions.ghosts.number(entity, this.idOf(record));
    for (const { record: from, attribute } of this.#childrenOf(entity, record)) {
      this.setLookup(from, attribute.name, ghost);
    }
    if (conditions.leadHolders(entity, record, ghost, this.journal)) stale.people = true;
    conditions.ghosts.settle(ghost, false);
    this.journal.done(() => conditions.ghosts.settle(ghost, true));
    // From the last one on, so that those that stay behind it are all that moves.
    for (const { principal } of shares.of(record).reverse()) this.setShare(record, principal, 0, 0);
    this.journal.done(this.#loaded.columns.forgetRecord(record));
    this.#columns[entity]?.forEach((column, name) => {
      const type = (this.#entity(record).attributes.get(name) as Attribute).type;
      if (type === TYPE_LOOKUP) this.setLookup(record, name, NONE);
      else this.#values.clear(entity, record, column);
    });
    this.owners.move(record, this.ownerOf(record), NONE);
    this.#writeOwner(record, NONE);
    this.journal.half(this.#unitAt(record), DEAD_UNIT);
    this.#setDead(record, true);
    this.journal.done(records.leave(entity, record));
    stale.identities = true;
  }

  #setDead(record: number, isDead: boolean): void {
    const at = this.#page(record) + PAGE_DEAD;
    let dead = this.#memory.words[at >>> 2] as number;
    if (dead === 0) {
      if (!isDead) return;
      dead = this.heap.take(PAGE_DEAD_BYTES);
      this.journal.word(at, dead);
    }
    this.journal.bit(dead, record & (PAGE_RECORDS - 1), isDead);
  }

  /** The lookups of all entities that may lead to an entity. */
  *#lookupsTo(entity: number): Generator<{ child: number; column: number; attribute: Attribute }> {
    for (let child = 0; child < this.#policy.entities.length; child++) {
      const kept = this.#loaded.records.kept[child] as readonly Attribute[];
      for (let column = 0; column < kept.length; column++) {
        const attribute = kept[column] as Attribute;
        if (attribute.type === TYPE_LOOKUP && attribute.argument === entity)
          yield { child, column, attribute };
      }
    }
  }

  /** Every record whose lookup leads to this one. */
  *#childrenOf(entity: number, record: number): Generator<{ record: number; attribute: Attribute }> {
    for (const { child, column, attribute } of this.#lookupsTo(entity)) {
      for (const from of this.lookups.of(record, child, column)) yield { record: from, attribute };
    }
  }

  /** Every record whose lookup leads to a ghost: there is no index of those. */
  #leadingTo(entity: number, ghost: number): { record: number; attribute: Attribute }[] {
    const { pages } = this.#loaded.records;
    const found: { record: number; attribute: Attribute }[] = [];
    for (const { child, column, attribute } of this.#lookupsTo(entity)) {
      for (const { address, first } of pages.pagesOf(child)) {
        if (pages.valuesOf(child).column(address, column) === 0) continue;
        for (let row = 0; row < PAGE_RECORDS; row++) {
          if (this.#values.low(child, first + row, column) === ghost)
            found.push({ record: first + row, attribute });
        }
      }
    }
    return found;
  }
}
