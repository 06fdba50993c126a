import { BailiwickError, type Engine, noRecord } from "../../runtime-ts/index.ts";
import type { Cell } from "../tables/read-cells.ts";
import { Trouble } from "../trouble.ts";

/** The cells of some requests, column by column. */
export interface RequestCells {
  readonly principals: readonly Cell[];
  readonly actions: readonly Cell[];
  readonly entities: readonly Cell[];
  readonly ids: readonly Cell[];
}

/** Requests in the engine's numbers. */
export interface NumberedRequests {
  readonly principals: Uint32Array;
  readonly privileges: Uint32Array;
  readonly records: Uint32Array;
}

/** Turns the names in requests into numbers. An unknown or missing name ends it, with the row that has it. */
export class RequestNumbers {
  readonly #engine: Engine;
  readonly #file: string;
  /** entity ("" for none) -> action -> privilege: there are few of them, and each is looked up once. */
  readonly #privileges = new Map<string, Map<string, number>>();

  constructor(engine: Engine, file: string) {
    this.#engine = engine;
    this.#file = file;
  }

  /** `first` is the number of rows before these. */
  number(cells: RequestCells, first: number): NumberedRequests {
    const rows = cells.principals.length;
    const numbered = {
      principals: new Uint32Array(rows),
      privileges: new Uint32Array(rows),
      records: new Uint32Array(rows),
    };
    let row = 0;
    try {
      for (; row < rows; row++) {
        const principal = cells.principals[row] ?? this.#empty(first + row, "principal");
        const action = cells.actions[row] ?? this.#empty(first + row, "action");
        const entity = cells.entities[row] ?? null;
        const id = cells.ids[row] ?? null;
        numbered.principals[row] = this.#engine.principal(principal);
        numbered.privileges[row] = this.#privilege(action, entity ?? "");
        if (entity === null) {
          if (id !== null) this.#empty(first + row, "entity");
          numbered.records[row] = noRecord;
        } else {
          numbered.records[row] = this.#engine.record(entity, id ?? this.#empty(first + row, "id"));
        }
      }
    } catch (error) {
      if (!(error instanceof BailiwickError)) throw error;
      throw new BailiwickError(
        error.code,
        `\`${this.#file}\`, row ${first + row + 1}: ${error.message}`,
        error.help,
      );
    }
    return numbered;
  }

  #privilege(action: string, entity: string): number {
    let ofEntity = this.#privileges.get(entity);
    if (ofEntity === undefined) {
      ofEntity = new Map();
      this.#privileges.set(entity, ofEntity);
    }
    let privilege = ofEntity.get(action);
    if (privilege === undefined) {
      privilege = this.#engine.privilege(action, entity === "" ? undefined : entity);
      ofEntity.set(action, privilege);
    }
    return privilege;
  }

  #empty(row: number, column: string): never {
    throw new Trouble("BWK478", `\`${this.#file}\`, row ${row + 1}, column \`${column}\`: the cell is empty`);
  }
}
