import {
  NO_UNIT,
  NONE,
  OWNED_BY_ORGANIZATION,
  OWNED_BY_PRINCIPAL,
  OWNED_BY_UNIT,
  TEAM_ACCESS,
  TEAM_BIT,
} from "../../runtime-as/abi.ts";
import { PackedCells } from "../cells.ts";
import type { Entity } from "../policy.ts";
import { describeValue, quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";
import { isPrincipal } from "../world/is-there.ts";
import type { World } from "../world/world.ts";
import { type Column, type Columns, isEmpty } from "./columns.ts";

/** Owners and units of the rows of a table, resolved to numbers. */
export interface OwnersAndUnits {
  readonly owners: Uint32Array<ArrayBuffer>;
  readonly units: Uint16Array<ArrayBuffer>;
}

/** Reads the columns `owner`, `owner_type` and `business_unit` of a records table (semantics.md B7, E1 to E3). */
export class OwnerReader {
  readonly #columns: Columns;
  readonly #world: World;

  constructor(columns: Columns, world: World) {
    this.#columns = columns;
    this.#world = world;
  }

  #isTeam(kinds: Column | undefined, row: number): boolean {
    const kind = kinds?.at(row);
    if (kind === "team") return true;
    if (isEmpty(kind) || kind === "user") return false;
    throw this.#columns.error(
      "BWK434",
      row,
      "owner_type",
      `expected \`user\` or \`team\`, not ${describeValue(kind)}`,
    );
  }

  #namedOwner(column: Column, kinds: Column | undefined, row: number): number {
    const isTeam = this.#isTeam(kinds, row);
    if (!isTeam && column instanceof PackedCells && column.isAscii) {
      const { bytes, offsets } = column;
      const user = this.#world.users.numbers.find(bytes, offsets[row] as number, offsets[row + 1] as number);
      if (user !== undefined) return user;
    }
    const name = this.#columns.text(column, "owner", row);
    const { numbers } = isTeam ? this.#world.teams : this.#world.users;
    const number = numbers.get(name);
    if (number !== undefined) return isTeam ? (number | TEAM_BIT) >>> 0 : number;
    const other = isTeam ? this.#world.users : this.#world.teams;
    throw this.#columns.error(
      "BWK431",
      row,
      "owner",
      `unknown ${isTeam ? "team" : "user"} ${quote(name)}`,
      other.numbers.has(name)
        ? `there is such a ${isTeam ? "user" : "team"}: say so in the column \`owner_type\``
        : didYouMean(name, numbers.keys()),
    );
  }

  /** An owner given as a number: a user, or a team with TEAM_BIT. */
  #numberedOwner(column: Uint32Array, row: number): number {
    const owner = column[row] as number;
    if (isPrincipal(this.#world, owner)) return owner;
    throw this.#columns.error(
      "BWK431",
      row,
      "owner",
      `there is no ${(owner & TEAM_BIT) !== 0 ? "team" : "user"} with number ${owner & ~TEAM_BIT}`,
    );
  }

  #unitOfOwner(owner: number, row: number): number {
    const { users, teams } = this.#world;
    if ((owner & TEAM_BIT) === 0) return users.units[owner] as number;
    const team = owner & ~TEAM_BIT;
    if (teams.kinds[team] === TEAM_ACCESS) {
      throw this.#columns.error(
        "BWK435",
        row,
        "owner",
        `access team ${quote(teams.names[team] as string)} cannot own records`,
      );
    }
    return teams.units[team] as number;
  }

  /** The unit in the cell; undefined where it is empty. */
  #unit(column: Column | undefined, row: number): number | undefined {
    const cell = column?.at(row);
    if (isEmpty(cell)) return undefined;
    const { names, numbers } = this.#world.units;
    if (typeof cell === "number" && ArrayBuffer.isView(column)) {
      if (Number.isInteger(cell) && cell >= 0 && cell < names.length) return cell;
      throw this.#columns.error(
        "BWK431",
        row,
        "business_unit",
        `there is no business unit with number ${cell}`,
      );
    }
    if (typeof cell !== "string") {
      throw this.#columns.error("BWK434", row, "business_unit", `expected text, not ${describeValue(cell)}`);
    }
    const number = numbers.get(cell);
    if (number !== undefined) return number;
    const help = didYouMean(cell, numbers.keys());
    throw this.#columns.error("BWK431", row, "business_unit", `unknown business unit ${quote(cell)}`, help);
  }

  #mustBeEmpty(names: readonly string[], words: string): void {
    for (const name of names) {
      const column = this.#columns.get(name);
      for (let row = 0; column !== undefined && row < column.length; row++) {
        if (!isEmpty(column.at(row))) throw this.#columns.error("BWK435", row, name, words);
      }
    }
  }

  #byPrincipal(owners: Uint32Array, units: Uint16Array, modern: boolean): void {
    const column = this.#columns.required("owner");
    const kinds = this.#columns.get("owner_type");
    const unitColumn = this.#columns.get("business_unit");
    if (column instanceof Uint32Array && kinds !== undefined && kinds.length > 0) {
      const words = "owners given as numbers say themselves whether they are teams: leave the column out";
      throw this.#columns.error("BWK434", 0, "owner_type", words);
    }
    if (column instanceof Uint32Array && unitColumn === undefined) {
      this.#byNumber(column, owners, units);
      return;
    }
    for (let row = 0; row < owners.length; row++) {
      const owner =
        column instanceof Uint32Array
          ? this.#numberedOwner(column, row)
          : this.#namedOwner(column, kinds, row);
      owners[row] = owner;
      const ownersUnit = this.#unitOfOwner(owner, row);
      const unit = unitColumn === undefined ? undefined : this.#unit(unitColumn, row);
      // Classic: always the owner's unit, whatever the table says (semantics.md B7).
      units[row] = modern && unit !== undefined ? unit : ownersUnit;
    }
  }

  /** Millions of owners come as numbers, and most of them are users. */
  #byNumber(column: Uint32Array, owners: Uint32Array, units: Uint16Array): void {
    const { names, units: unitsOfUsers } = this.#world.users;
    owners.set(column);
    for (let row = 0; row < owners.length; row++) {
      const owner = owners[row] as number;
      units[row] = names.isThere(owner)
        ? (unitsOfUsers[owner] as number)
        : this.#unitOfOwner(this.#numberedOwner(column, row), row);
    }
  }

  #byUnit(units: Uint16Array): void {
    const column = this.#columns.required("business_unit");
    for (let row = 0; row < units.length; row++) {
      const unit = this.#unit(column, row);
      if (unit === undefined) throw this.#columns.error("BWK433", row, "business_unit", "the cell is empty");
      units[row] = unit;
    }
  }

  /** Throws BWK430 to BWK435. Records owned by their parent get it later, when it is loaded. */
  read({ name, ownership }: Entity, modern: boolean): OwnersAndUnits {
    const owners = new Uint32Array(this.#columns.length).fill(NONE);
    const units = new Uint16Array(this.#columns.length).fill(NO_UNIT);
    const all = ["owner", "owner_type", "business_unit"];
    if (ownership === OWNED_BY_PRINCIPAL) this.#byPrincipal(owners, units, modern);
    else if (ownership === OWNED_BY_UNIT) {
      this.#mustBeEmpty(["owner", "owner_type"], `${quote(name)} is owned by business units`);
      this.#byUnit(units);
    } else if (ownership === OWNED_BY_ORGANIZATION) {
      this.#mustBeEmpty(all, `${quote(name)} is owned by the organization`);
    } else this.#mustBeEmpty(all, `${quote(name)} is owned by its parent`);
    return { owners, units };
  }
}
