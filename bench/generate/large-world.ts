// A world of any size in columns, as a database hands it over: nothing is made for a single row. Seeded by its sizes alone.
import type {
  DictionaryColumn,
  DirectoryRole,
  DirectoryUnit,
  DirectoryUserColumns,
  PackedTexts,
  RecordTable,
  ShareTable,
} from "../../runtime-ts/index.ts";
import { Random } from "./random.ts";

export interface LargeSizes {
  readonly users: number;
  readonly records: number;
  readonly shares: number;
  readonly units: number;
}

/** Numbered names, packed: `prefix0`, `prefix1`, … */
export function packedNames(prefix: string, count: number): PackedTexts {
  const offsets = new Uint32Array(count + 1);
  for (let i = 0, digits = 1, limit = 10; i < count; i++) {
    if (i === limit) {
      digits++;
      limit *= 10;
    }
    offsets[i + 1] = (offsets[i] as number) + prefix.length + digits;
  }
  const bytes = new Uint8Array(offsets[count] as number);
  for (let i = 0; i < count; i++) {
    const start = offsets[i] as number;
    for (let c = 0; c < prefix.length; c++) bytes[start + c] = prefix.charCodeAt(c);
    for (let at = (offsets[i + 1] as number) - 1, left = i; at >= start + prefix.length; at--) {
      bytes[at] = 48 + (left % 10);
      left = Math.floor(left / 10);
    }
  }
  return { bytes, offsets };
}

const unitName = (unit: number): string => `unit ${unit}`;

/** Units in a tree, four below each. */
export function unitRows(count: number): DirectoryUnit[] {
  return Array.from({ length: count }, (_, unit) =>
    unit === 0 ? { id: unitName(0) } : { id: unitName(unit), parent: unitName((unit - 1) >>> 2) },
  );
}

function random(count: number, below: number, random: Random): Uint32Array {
  const numbers = new Uint32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = random.below(below);
  return numbers;
}

/** Users in units by chance, each with one of these lists of roles. */
export function userColumns(
  { users, units }: LargeSizes,
  roles: readonly (readonly DirectoryRole[])[],
): DirectoryUserColumns {
  const draw = new Random(11);
  const unitNames = Array.from({ length: units }, (_, unit) => unitName(unit));
  const unit: DictionaryColumn<string> = { values: unitNames, indices: random(users, units, draw) };
  return {
    id: packedNames("user-", users),
    businessUnit: unit,
    roles: { values: roles, indices: random(users, roles.length, draw) },
  };
}

/** Records of one entity with owners by chance. */
export function recordTable({ records, users }: LargeSizes): RecordTable {
  return { id: packedNames("record-", records), owner: random(records, users, new Random(12)) };
}

/** Shares of records by chance with users by chance, to read and write. */
export function shareTable({ shares, records, users }: LargeSizes, numbers: Uint32Array): ShareTable {
  const draw = new Random(13);
  const id = random(shares, records, draw);
  for (let i = 0; i < shares; i++) id[i] = numbers[id[i] as number] as number;
  return {
    id,
    principal: random(shares, users, draw),
    rights: { values: ["read|write"], indices: new Uint8Array(shares) },
  };
}
