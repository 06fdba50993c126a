import {
  DEAD_UNIT,
  GHOST_RECORDS,
  NO_UNIT,
  NONE,
  PAGE_RECORDS,
  TYPE_UNIT,
  WORLD_TEAM_COLUMNS,
  WORLD_TEAM_ROOM,
  WORLD_UNIT_COLUMNS,
  WORLD_UNIT_COUNT,
  WORLD_UNIT_ENDS,
  WORLD_UNIT_ROOM,
  WORLD_USER_COLUMNS,
  WORLD_USER_ROOM,
} from "../../runtime-as/abi.ts";
import { columnBytes } from "../columns/column-buffer.ts";
import type { Core } from "../instantiate.ts";
import type { LoadedWorld } from "../loaded-world.ts";
import type { Memory } from "../memory.ts";
import type { Attribute, Policy } from "../policy.ts";
import { rewriteGuardrailUnits } from "../world/guardrail-scopes.ts";
import { Hierarchy } from "../world/hierarchy.ts";
import type { Units } from "../world/number-units.ts";

/** Gives business units their new numbers everywhere (semantics.md B4): people, contexts, guardrails, conditions, records. */
export class UnitRenumberer {
  readonly #core: Core;
  readonly #memory: Memory;
  readonly #policy: Policy;
  readonly #loaded: LoadedWorld;

  constructor(core: Core, memory: Memory, policy: Policy, loaded: LoadedWorld) {
    this.#core = core;
    this.#memory = memory;
    this.#policy = policy;
    this.#loaded = loaded;
  }

  /**
   * Units in another order, some new, one perhaps gone. `before` is the former number of each, NONE of a new one. Users and
   * teams must not lie in a unit that is gone.
   */
  apply(units: Units, before: readonly number[]): void {
    const { world, people, editor, stale } = this.#loaded;
    const { journal } = editor;
    const former = world.units;
    const map = new Uint16Array(65_536).fill(NO_UNIT);
    map[DEAD_UNIT] = DEAD_UNIT;
    before.forEach((unit, number) => {
      if (unit !== NONE) map[unit] = number;
    });
    const isSame =
      before.every((unit, number) => unit === number || unit === NONE) && !this.#movesEnds(units);
    world.units = units;
    this.#loaded.names.units = units.numbers;
    journal.done(() => {
      world.units = former;
      this.#loaded.names.units = former.numbers;
    });
    this.#writeEnds(units);
    if (!isSame) {
      this.#remapRecords(map, before);
      this.#remapColumns(map);
      this.#remapPeople(map);
    }
    people.contexts.renumber(units.ends, before);
    this.#moveUnitColumns(before, former.names.length);
    rewriteGuardrailUnits(this.#policy, world, this.#loaded.scopes, journal);
    this.#loaded.conditions.references.rewriteUnits(world, journal);
    new Hierarchy(this.#core, this.#memory).setUnits(journal, units.ends, world.teams.names.length);
    stale.people = true;
    people.setHeader(WORLD_UNIT_COUNT, units.names.length);
  }

  #movesEnds({ ends }: Units): boolean {
    const former = this.#loaded.world.units.ends;
    return ends.length !== former.length || ends.some((end, unit) => end !== former[unit]);
  }

  #word(offset: number): number {
    return this.#memory.words[(this.#core.world() + offset) >>> 2] as number;
  }

  #writeEnds({ ends }: Units): void {
    const { people, editor } = this.#loaded;
    let address = this.#word(WORLD_UNIT_ENDS);
    const room = this.#word(WORLD_UNIT_ROOM);
    if (ends.length > room) {
      const wanted = ends.length + (ends.length >>> 2) + 16;
      const table = editor.heap.take(wanted * 2);
      editor.heap.give(address, room * 2);
      this.#growUnitColumns(room, wanted);
      people.setHeader(WORLD_UNIT_ENDS, table);
      people.setHeader(WORLD_UNIT_ROOM, wanted);
      address = table;
    }
    ends.forEach((end, unit) => {
      editor.journal.half(address + unit * 2, end);
    });
  }

  /** The inverse is as good as a journal of millions of words. */
  #remapRecords(map: Uint16Array, before: readonly number[]): void {
    const back = new Uint16Array(65_536).fill(NO_UNIT);
    back[DEAD_UNIT] = DEAD_UNIT;
    before.forEach((unit, number) => {
      if (unit !== NONE) back[number] = unit;
    });
    const remap = (numbers: Uint16Array) => {
      this.#memory.scratch(numbers.length * 2, (address) => {
        this.#memory.halves.set(numbers, address >>> 1);
        this.#core.remapUnits(address);
      });
    };
    remap(map);
    this.#loaded.editor.journal.done(() => remap(back));
  }

  #remapPeople(map: Uint16Array): void {
    const { world, editor } = this.#loaded;
    for (const holders of [world.users, world.teams]) {
      const former = holders.units;
      holders.units = former.map((unit) => map[unit] as number);
      editor.journal.done(() => {
        holders.units = former;
      });
    }
  }

  /** Attributes whose values are units. */
  #remapColumns(map: Uint16Array): void {
    const { records, stale } = this.#loaded;
    records.kept.forEach((attributes, entity) => {
      const values = records.pages.valuesOf(entity);
      attributes.forEach(({ type }, column) => {
        if (type !== TYPE_UNIT) return;
        for (const { address, first } of records.pages.pagesOf(entity)) {
          const goes = (row: number) => stale.touch(first + row);
          this.#remapColumn(values.column(address, column), PAGE_RECORDS, map, goes);
        }
      });
    });
    const { users, teams, units } = this.#policy.conditions;
    this.#remapTable(users, WORLD_USER_COLUMNS, WORLD_USER_ROOM, map, (user) => stale.users.add(user));
    this.#remapTable(teams, WORLD_TEAM_COLUMNS, WORLD_TEAM_ROOM, map);
    this.#remapTable(units, WORLD_UNIT_COLUMNS, WORLD_UNIT_ROOM, map);
  }

  #remapTable(
    attributes: readonly Attribute[],
    table: number,
    room: number,
    map: Uint16Array,
    goes: (row: number) => void = () => {},
  ): void {
    attributes.forEach(({ type }, column) => {
      if (type !== TYPE_UNIT) return;
      this.#remapColumn(
        this.#memory.words[(this.#word(table) >>> 2) + column] as number,
        this.#word(room),
        map,
        goes,
      );
    });
  }

  /** `goes` is told the rows that have no value any more. */
  #remapColumn(address: number, rows: number, map: Uint16Array, goes: (row: number) => void): void {
    if (address === 0) return;
    const { words } = this.#memory;
    const present = (address >>> 2) + rows * 2;
    for (let row = 0; row < rows; row++) {
      if (((words[present + (row >>> 5)] as number) & (1 << (row & 31))) === 0) continue;
      const unit = words[(address >>> 2) + row * 2] as number;
      if (unit >= GHOST_RECORDS) continue;
      const { journal } = this.#loaded.editor;
      const number = map[unit & 0xffff] as number;
      journal.word(address + row * 8, number === NO_UNIT ? 0 : number);
      // What led to a unit that is gone leads nowhere: conditions that look at it are errors, not equal to one another.
      if (number !== NO_UNIT) continue;
      journal.bit(address + rows * 8, row, false);
      goes(row);
    }
  }

  /** Attributes of units stand in rows by unit number: the rows move. */
  #moveUnitColumns(before: readonly number[], formerCount: number): void {
    const { journal } = this.#loaded.editor;
    const room = this.#word(WORLD_UNIT_ROOM);
    this.#policy.conditions.units.forEach((_, column) => {
      const address = this.#memory.words[(this.#word(WORLD_UNIT_COLUMNS) >>> 2) + column] as number;
      const { words } = this.#memory;
      const rows = words.slice(address >>> 2, (address + columnBytes(room)) >>> 2);
      const has = (row: number) => ((rows[room * 2 + (row >>> 5)] as number) & (1 << (row & 31))) !== 0;
      for (let row = 0; row < Math.max(before.length, formerCount); row++) {
        const from = before[row] ?? NONE;
        const there = from !== NONE && has(from);
        if (there) {
          journal.word(address + row * 8, rows[from * 2] as number);
          journal.word(address + row * 8 + 4, rows[from * 2 + 1] as number);
        }
        journal.bit(address + room * 8, row, there);
      }
    });
  }

  #growUnitColumns(room: number, wanted: number): void {
    this.#loaded.conditions.growColumns(
      WORLD_UNIT_COLUMNS,
      this.#policy.conditions.units,
      room,
      wanted,
      this.#loaded.editor,
    );
  }
}
