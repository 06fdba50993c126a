// An administrator's changes to columns by name, within an update.
import { COLUMN_READ, COLUMN_WRITE, OWNED_BY_PRINCIPAL } from "../../runtime-as/abi.ts";
import { BailiwickError } from "../errors.ts";
import { entityNumber } from "../names.ts";
import type { Ground } from "../operations/ground.ts";
import type { PrincipalReference } from "../operations/operation.ts";
import { readPrincipal, readRightNames, readSharee } from "../operations/read-operation.ts";
import type { Entity } from "../policy.ts";
import type { RecordReference } from "../questions.ts";
import { quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";
import { securedColumn } from "./names.ts";

/** `read` and `write`: their bits are those of the actions. Throws BWK440, BWK441. */
function columnRights(rights: readonly string[], what: string): number {
  const mask = readRightNames(rights, what);
  if ((mask & ~(COLUMN_READ | COLUMN_WRITE)) === 0) return mask;
  throw new BailiwickError("BWK441", `${what}: a column is shared to \`read\` and \`write\` alone`);
}

/**
 * Shares a secured column of a record (semantics.md F3): adds to what the principal has of it, or replaces that; no rights
 * take the share away. Throws BWK440, BWK441.
 */
export function shareColumn(
  { policy, loaded }: Ground,
  { entity: entityName, id }: RecordReference,
  columnName: string,
  principal: PrincipalReference | "organization",
  rights: readonly string[],
  how: "add" | "replace",
): void {
  const what = how === "add" ? "shareColumn" : "setColumnShare";
  const entity = entityNumber(policy, entityName);
  if ((policy.entities[entity] as Entity).ownership !== OWNED_BY_PRINCIPAL) {
    throw new BailiwickError("BWK441", `records of ${quote(entityName)} cannot be shared`);
  }
  const record = loaded.record(policy, entity, id);
  const column = securedColumn(policy, entity, columnName);
  const sharee = readSharee(loaded.world, principal, what);
  const given = columnRights(rights, what);
  const before = how === "add" ? loaded.columns.shareOf(record, column, sharee) : 0;
  loaded.editor.journal.done(loaded.columns.setShare(record, column, sharee, before | given));
}

/** Replaces the members of a column profile (semantics.md F2). Throws BWK440, BWK441. */
export function setProfileMembers(
  { policy, loaded }: Ground,
  profile: string,
  members: readonly PrincipalReference[],
): void {
  const { profileNumbers } = policy.secured;
  const number = profileNumbers.get(profile);
  if (number === undefined) {
    const help = didYouMean(profile, profileNumbers.keys());
    throw new BailiwickError("BWK440", `unknown column profile ${quote(profile)}`, help);
  }
  const principals = members.map((member) => readPrincipal(loaded.world, member, "setProfileMembers"));
  loaded.editor.journal.done(loaded.columns.setMembers(number, principals));
}
