import {
  COLUMN_OWNERS_BESIDE_ENTITIES,
  COLUMNS_OF_CONTEXT,
  COLUMNS_OF_TEAM,
  COLUMNS_OF_UNIT,
  COLUMNS_OF_USER,
} from "../../../runtime-as/abi.ts";
import type { AttributeOwner } from "../../expressions/typed.ts";

const besideEntities = {
  User: COLUMNS_OF_USER,
  Team: COLUMNS_OF_TEAM,
  BusinessUnit: COLUMNS_OF_UNIT,
  context: COLUMNS_OF_CONTEXT,
} as const;

/** The attributes that conditions read: each becomes a column of its owner. The others are never kept in memory. */
export class ColumnNumbers {
  readonly #owners: number[][];
  readonly #entities: number;

  constructor(entities: number) {
    this.#entities = entities;
    this.#owners = Array.from({ length: entities + COLUMN_OWNERS_BESIDE_ENTITIES }, () => []);
  }

  /** The column of an attribute, numbered within its owner. */
  number(owner: AttributeOwner, attribute: number): number {
    const index = typeof owner === "number" ? owner : this.#entities + besideEntities[owner];
    const columns = this.#owners[index] as number[];
    const known = columns.indexOf(attribute);
    return known >= 0 ? known : columns.push(attribute) - 1;
  }

  /** Attribute numbers by owner: entities, then User, Team, BusinessUnit, context. */
  get owners(): readonly (readonly number[])[] {
    return this.#owners;
  }
}
