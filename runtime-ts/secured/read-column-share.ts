import { COLUMN_READ, COLUMN_WRITE, OWNED_BY_PRINCIPAL } from "../../runtime-as/abi.ts";
import { BailiwickError } from "../errors.ts";
import type { Ground } from "../operations/ground.ts";
import { readRightNames, readSharee } from "../operations/read-operation.ts";
import type { Entity } from "../policy.ts";
import { quote } from "../quote.ts";
import type { ColumnShareOfRecord } from "./column-state.ts";
import { securedColumn } from "./names.ts";

/** `read` and `write`: their bits are those of the actions. Throws BWK440, BWK441. */
function columnRights(rights: readonly string[], what: string): number {
  const mask = readRightNames(rights, what);
  if ((mask & ~(COLUMN_READ | COLUMN_WRITE)) === 0) return mask;
  throw new BailiwickError("BWK441", `${what}: a column is shared to \`read\` and \`write\` alone`);
}

/** A share of a secured column as it is given (semantics.md F3); `what` is named where something is wrong. Throws BWK440, BWK441. */
export function readColumnShare(
  { policy, loaded, editor }: Ground,
  record: number,
  columnName: string,
  principal: unknown,
  rights: readonly string[],
  [whatSharee, whatRights]: readonly [string, string],
): ColumnShareOfRecord {
  const number = editor.entityOf(record);
  const entity = policy.entities[number] as Entity;
  if (entity.ownership !== OWNED_BY_PRINCIPAL) {
    throw new BailiwickError("BWK441", `records of ${quote(entity.name)} cannot be shared`);
  }
  const column = securedColumn(policy, number, columnName);
  const sharee = readSharee(loaded.world, principal, whatSharee);
  return { column, principal: sharee, rights: columnRights(rights, whatRights) };
}
