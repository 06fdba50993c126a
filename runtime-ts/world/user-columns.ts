import { type Cells, cellsOf, DictionaryCells, PackedCells } from "../cells.ts";
import { BailiwickError } from "../errors.ts";
import type { Policy } from "../policy.ts";
import { quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";
import type { TextTable } from "../text-table.ts";
import type { RoleDeclaration, ValueDeclaration } from "./declarations.ts";
import { anyFields, at, type Fields, fields, shapeError } from "./json-shape.ts";

const known = ["id", "businessUnit", "roles", "manager", "position", "disabled", "attributes"];

const isEmpty = (cell: unknown): cell is null | undefined | "" =>
  cell === undefined || cell === null || cell === "";

/** Users of a directory in columns: unchecked but for the shape of the columns, as rows of a directory are. */
export class UserColumns {
  readonly length: number;
  readonly #path: string;
  readonly #of: Fields;
  readonly #readRoles: (value: unknown, path: string) => RoleDeclaration[];
  readonly #ids: Cells;
  readonly #units: Cells;
  readonly #roles: Cells | undefined;
  readonly #managers: Cells | undefined;
  readonly #positions: Cells | undefined;
  readonly #disabled: Cells | undefined;

  /** Throws BWK420. */
  constructor(value: unknown, path: string, readRoles: (value: unknown, path: string) => RoleDeclaration[]) {
    this.#path = path;
    this.#readRoles = readRoles;
    this.#of = fields(value, path, known);
    this.#ids = this.#column("id") ?? this.#missing("id");
    this.length = this.#ids.length;
    this.#units = this.#column("businessUnit") ?? this.#missing("businessUnit");
    this.#roles = this.#column("roles");
    this.#managers = this.#column("manager");
    this.#positions = this.#column("position");
    this.#disabled = this.#column("disabled");
  }

  #missing(key: string): never {
    throw shapeError(at(this.#path, key), "a column", undefined);
  }

  #column(key: string): Cells | undefined {
    const column = this.#of.get(key) ?? undefined;
    return column === undefined ? undefined : this.#cells(column, at(this.#path, key));
  }

  #cells(column: unknown, path: string): Cells {
    const cells = cellsOf(column);
    if (typeof cells === "string") throw new BailiwickError("BWK420", `${path}: ${cells}`);
    const length = this.#ids?.length ?? cells.length;
    if (cells.length === length) return cells;
    throw new BailiwickError("BWK420", `${path}: ${cells.length} rows, the users have ${length}`);
  }

  #place(key: string, row: number): string {
    return `${at(this.#path, key)}[${row}]`;
  }

  #text(cells: Cells, key: string, row: number): string {
    const cell = cells.at(row);
    if (typeof cell === "string" && cell !== "") return cell;
    throw shapeError(this.#place(key, row), "a name", cell === "" ? cell : (cell ?? undefined));
  }

  /** Numbers all users behind those that are there. Throws BWK420, BWK422. */
  number(names: TextTable): void {
    const ids = this.#ids;
    const twice = (row: number) =>
      new BailiwickError(
        "BWK422",
        `${this.#place("id", row)}: user ${quote(this.#text(ids, "id", row))} is declared twice`,
      );
    if (ids instanceof PackedCells && ids.isAscii) {
      for (let row = 0; row < ids.length; row++) {
        if (ids.offsets[row] === ids.offsets[row + 1]) this.#text(ids, "id", row);
      }
      const row = names.addPacked(ids.bytes, ids.offsets);
      if (row >= 0) throw twice(row);
      return;
    }
    for (let row = 0; row < ids.length; row++) {
      const name = this.#text(ids, "id", row);
      if (names.has(name)) throw twice(row);
      names.add(name);
    }
  }

  /** Numbers of what a column names; `fallback` where a cell is empty, or BWK420 without one. Throws BWK421. */
  #numbers(
    key: string,
    cells: Cells,
    kind: string,
    numberOf: { get(name: string): number | undefined; keys(): Iterable<string> },
    fallback: number | undefined,
  ): Int32Array<ArrayBuffer> {
    const numbers = new Int32Array(this.length);
    const find = (row: number): number => {
      if (fallback !== undefined && isEmpty(cells.at(row))) return fallback;
      const name = this.#text(cells, key, row);
      const number = numberOf.get(name);
      if (number !== undefined) return number;
      const words = `${this.#place(key, row)}: unknown ${kind} ${quote(name)}`;
      throw new BailiwickError("BWK421", words, didYouMean(name, numberOf.keys()));
    };
    if (!(cells instanceof DictionaryCells)) {
      for (let row = 0; row < this.length; row++) numbers[row] = find(row);
      return numbers;
    }
    const found = new Map<number, number>();
    for (let row = 0; row < this.length; row++) {
      const index = cells.indices[row] as number;
      let number = found.get(index);
      if (number === undefined) {
        number = find(row);
        found.set(index, number);
      }
      numbers[row] = number;
    }
    return numbers;
  }

  /** The unit of each user. Throws BWK420, BWK421. */
  units(numbers: ReadonlyMap<string, number>): Int32Array<ArrayBuffer> {
    return this.#numbers("businessUnit", this.#units, "business unit", numbers, undefined);
  }

  /** The manager of each user, or -1. Throws BWK420, BWK421. */
  managers(numbers: TextTable): Int32Array<ArrayBuffer> | undefined {
    return this.#managers === undefined
      ? undefined
      : this.#numbers("manager", this.#managers, "user", numbers, -1);
  }

  /** The position of each user, or -1. Throws BWK420, BWK421. */
  positions(numbers: ReadonlyMap<string, number>): Int32Array<ArrayBuffer> | undefined {
    return this.#positions === undefined
      ? undefined
      : this.#numbers("position", this.#positions, "position", numbers, -1);
  }

  /** Throws BWK420. */
  isDisabled(row: number): boolean {
    const cell = this.#disabled?.at(row) ?? false;
    if (typeof cell === "boolean") return cell;
    if (cell === 0 || cell === 1) return cell === 1;
    throw shapeError(this.#place("disabled", row), "true or false", cell);
  }

  /** What stands for the roles of a row: the same for all rows that share them. */
  rolesKey(row: number): unknown {
    return this.#roles instanceof DictionaryCells ? this.#roles.indices[row] : this.#roles?.at(row);
  }

  /** Throws BWK420. */
  roles(row: number): RoleDeclaration[] {
    const cell = this.#roles?.at(row) ?? undefined;
    return cell === undefined ? [] : this.#readRoles(cell, this.#place("roles", row));
  }

  /** The attribute values of all rows; an empty cell is none. Throws BWK420, BWK425. */
  *values({ userAttributes }: Policy): Generator<ValueDeclaration, void, undefined> {
    const path = at(this.#path, "attributes");
    for (const [attribute, column] of anyFields(this.#of.get("attributes") ?? {}, path)) {
      if (!userAttributes.has(attribute)) {
        throw new BailiwickError(
          "BWK425",
          `${path}: unknown attribute ${quote(attribute)}`,
          didYouMean(attribute, userAttributes.keys()) ?? "declare it in the policy",
        );
      }
      const place = at(path, attribute);
      const cells = this.#cells(column, place);
      for (let row = 0; row < this.length; row++) {
        const value = cells.at(row);
        if (isEmpty(value)) continue;
        const holder = this.#text(this.#ids, "id", row);
        yield { path: `${place}[${row}]`, attribute, of: "user", holder, value };
      }
    }
  }
}
