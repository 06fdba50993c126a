import { GHOST_RECORDS } from "../../runtime-as/abi.ts";
import type { TextTable } from "../text-table.ts";
import { Numbering } from "./numbering.ts";

/** The record number of a loaded record. */
export type FindRecord = (entity: number, id: string) => number | undefined;

/**
 * Numbers of records that lookups lead to and that are not loaded: one for each entity and id, so that two lookups to one
 * record are equal whether it is there or not (abi.ts, GHOST_RECORDS).
 */
export class Ghosts {
  readonly #ghosts = new Numbering("records that are looked up and not loaded");
  /** Ghosts whose records have come: from then on the record's own number counts. */
  readonly #resolved = new Set<number>();

  get count(): number {
    return this.#ghosts.count;
  }

  /** The number of a record that is not loaded. Throws BWK426. */
  number(entity: number, id: string): number {
    const key = `${entity} ${id}`;
    return GHOST_RECORDS + (this.#ghosts.find(key) ?? this.#ghosts.add(key));
  }

  /** The number that stands for a record that is not loaded, where some lookup has led to it; else undefined. */
  find(entity: number, id: string): number | undefined {
    const ghost = this.#ghosts.find(`${entity} ${id}`);
    return ghost === undefined ? undefined : GHOST_RECORDS + ghost;
  }

  /** The record of this number is there, or is not there any more. */
  settle(ghost: number, isLoaded: boolean): void {
    if (isLoaded) this.#resolved.add(ghost - GHOST_RECORDS);
    else this.#resolved.delete(ghost - GHOST_RECORDS);
  }

  /** What a snapshot holds of them. */
  get state(): { readonly table: TextTable; readonly resolved: Uint32Array<ArrayBuffer> } {
    return { table: this.#ghosts.table, resolved: Uint32Array.from(this.#resolved) };
  }

  restore(table: TextTable, resolved: Uint32Array): void {
    this.#ghosts.restore(table);
    for (const ghost of resolved) this.#resolved.add(ghost);
  }

  /** Forgets the ghosts that came after there were `count`. */
  truncate(count: number): void {
    this.#ghosts.truncate(count);
  }

  /** The ghosts whose records have been loaded since: ghost number to record number. */
  resolve(find: FindRecord): Map<number, number> {
    const resolved = new Map<number, number>();
    for (let ghost = 0; ghost < this.#ghosts.count; ghost++) {
      if (this.#resolved.has(ghost)) continue;
      const key = this.#ghosts.key(ghost);
      const space = key.indexOf(" ");
      const record = find(Number(key.slice(0, space)), key.slice(space + 1));
      if (record === undefined) continue;
      this.#resolved.add(ghost);
      resolved.set(GHOST_RECORDS + ghost, record);
    }
    return resolved;
  }
}
