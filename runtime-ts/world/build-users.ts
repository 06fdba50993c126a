import { BailiwickError } from "../errors.ts";
import { quote } from "../quote.ts";
import { TextTable } from "../text-table.ts";
import type { RoleAssigner } from "./assign-roles.ts";
import type { UserDeclaration } from "./declarations.ts";
import { lookUp } from "./look-up.ts";
import type { Units } from "./number-units.ts";
import type { UserColumns } from "./user-columns.ts";
import type { Assignment, Users } from "./world.ts";

/** Users in the order of their numbers: rows first, then those in columns. */
export interface DeclaredUsers {
  readonly rows: readonly UserDeclaration[];
  readonly columns: UserColumns | undefined;
}

/** Numbers all users. Throws BWK420, BWK422. */
export function numberUsers({ rows, columns }: DeclaredUsers): TextTable {
  const names = new TextTable();
  for (const { path, name } of rows) {
    if (names.has(name)) throw new BailiwickError("BWK422", `${path}: user ${quote(name)} is declared twice`);
    names.add(name);
  }
  columns?.number(names);
  return names;
}

/** Copies numbers behind those of the rows. */
function place<T extends Int32Array | Uint16Array>(
  into: T,
  numbers: Int32Array | undefined,
  first: number,
): T {
  if (numbers !== undefined) into.set(numbers, first);
  return into;
}

/** Adds the roles of the users in columns; who has the same ones in the same unit gets the same list. */
function addRolesInColumns(
  { lists, of }: { readonly lists: (readonly Assignment[])[]; readonly of: Uint32Array },
  columns: UserColumns,
  units: Int32Array,
  roles: RoleAssigner,
): void {
  const first = of.length - columns.length;
  const known = new Map<unknown, Map<number, number>>();
  for (let row = 0; row < columns.length; row++) {
    const key = columns.rolesKey(row);
    let byUnit = known.get(key);
    if (byUnit === undefined) {
      byUnit = new Map();
      known.set(key, byUnit);
    }
    const unit = units[row] as number;
    let list = byUnit.get(unit);
    if (list === undefined) {
      list = lists.push(roles.assign(columns.roles(row), unit)) - 1;
      byUnit.set(unit, list);
    }
    of[first + row] = list;
  }
}

/** Throws BWK420, BWK421, BWK424. */
export function buildUsers(
  { rows, columns }: DeclaredUsers,
  names: TextTable,
  units: Units,
  positions: ReadonlyMap<string, number>,
  roles: RoleAssigner,
): Users {
  const count = names.count;
  const unitNumbers = new Uint16Array(count);
  const managers = new Int32Array(count).fill(-1);
  const seats = new Int32Array(count).fill(-1);
  rows.forEach(({ unit, manager, position }, number) => {
    unitNumbers[number] = lookUp(units.numbers, unit, "business unit");
    if (manager !== undefined) managers[number] = lookUp(names, manager, "user");
    if (position !== undefined) seats[number] = lookUp(positions, position, "position");
  });
  const disabled = rows.map((user) => user.disabled);
  const lists = rows.map((user, number) => roles.assign(user.roles, unitNumbers[number] as number));
  const assigned = { lists, of: Uint32Array.from({ length: count }, (_, number) => number) };
  if (columns !== undefined) {
    const unitsOfColumns = columns.units(units.numbers);
    place(unitNumbers, unitsOfColumns, rows.length);
    place(managers, columns.managers(names), rows.length);
    place(seats, columns.positions(positions), rows.length);
    for (let row = 0; row < columns.length; row++) disabled.push(columns.isDisabled(row));
    addRolesInColumns(assigned, columns, unitsOfColumns, roles);
  }
  return {
    names,
    numbers: names,
    units: unitNumbers,
    enabled: disabled.map((isOff, number) => !isOff && units.enabled[unitNumbers[number] as number] === true),
    disabled,
    managers,
    positions: seats,
    roles: assigned,
  };
}
