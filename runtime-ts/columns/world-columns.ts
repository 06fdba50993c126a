import {
  TYPE_LOOKUP,
  WORLD_TEAM_COLUMNS,
  WORLD_UNIT_COLUMNS,
  WORLD_USER_COLUMNS,
} from "../../runtime-as/abi.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import type { Numbers } from "../names.ts";
import type { Attribute, Policy } from "../policy.ts";
import type { ValueDeclaration } from "../world/declarations.ts";
import type { World } from "../world/world.ts";
import { ColumnBuffer, columnBytes } from "./column-buffer.ts";
import type { LookupColumns } from "./lookup-columns.ts";
import type { ValueEncoder } from "./value-encoder.ts";

/** Fills the columns of users, teams or units from what was declared of them. */
function fill(
  columns: readonly Attribute[],
  numbers: Numbers,
  rows: number,
  values: readonly ValueDeclaration[],
  encoder: ValueEncoder,
): ColumnBuffer[] {
  const buffers = columns.map(() => new ColumnBuffer(rows));
  const writers = new Map(
    columns.map((attribute, i) => [
      attribute.name,
      { write: encoder.writer(attribute), into: buffers[i] as ColumnBuffer },
    ]),
  );
  for (const { holder, attribute, value } of values) {
    const column = writers.get(attribute);
    const row = numbers.get(holder);
    // Its value has been checked when the world was built.
    if (column !== undefined && row !== undefined) column.write(column.into, row, value);
  }
  return buffers;
}

/** Copies columns into memory; returns the address of the table of their addresses. */
function store(
  memory: Memory,
  columns: readonly Attribute[],
  buffers: readonly ColumnBuffer[],
  rows: number,
  lookups: LookupColumns,
): number {
  const table = memory.allocate(columns.length * 4);
  columns.forEach(({ type }, i) => {
    const address = memory.allocate(columnBytes(rows));
    memory.words[(table >>> 2) + i] = address;
    buffers[i]?.copy(0, rows, memory, address, rows, 0);
    if (type === TYPE_LOOKUP) lookups.add(address, rows);
  });
  return table;
}

/** Writes the attributes of users, teams and units that conditions read. Throws BWK414, BWK426. */
export function writeWorldColumns(
  core: Core,
  memory: Memory,
  { conditions }: Policy,
  { users, teams, units, values }: World,
  encoder: ValueEncoder,
  lookups: LookupColumns,
): void {
  // A number that nobody has any more has its row, too.
  const owners = [
    {
      of: "user",
      columns: conditions.users,
      numbers: users.numbers,
      rows: users.names.length,
      word: WORLD_USER_COLUMNS,
    },
    {
      of: "team",
      columns: conditions.teams,
      numbers: teams.numbers,
      rows: teams.names.length,
      word: WORLD_TEAM_COLUMNS,
    },
    {
      of: "unit",
      columns: conditions.units,
      numbers: units.numbers,
      rows: units.names.length,
      word: WORLD_UNIT_COLUMNS,
    },
  ].map((owner) => {
    const declared = values.filter(({ of }) => of === owner.of);
    return { ...owner, buffers: fill(owner.columns, owner.numbers, owner.rows, declared, encoder) };
  });
  encoder.commit();
  for (const { columns, rows, word, buffers } of owners) {
    encoder.place(columns, buffers);
    const table = store(memory, columns, buffers, rows, lookups);
    memory.words[(core.world() + word) >>> 2] = table;
  }
}
