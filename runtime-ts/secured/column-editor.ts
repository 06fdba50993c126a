// An administrator's changes to columns by name, within an update.
import { FLAG_GRANT_ADDS } from "../../runtime-as/abi.ts";
import { BailiwickError } from "../errors.ts";
import { entityNumber } from "../names.ts";
import type { Ground } from "../operations/ground.ts";
import type { PrincipalReference } from "../operations/operation.ts";
import { readPrincipal } from "../operations/read-operation.ts";
import type { RecordReference } from "../questions.ts";
import { quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";
import type { ColumnShareOfRecord } from "./column-state.ts";
import { readColumnShare } from "./read-column-share.ts";

/**
 * Shares a secured column of a record (semantics.md F3): again, as the project says of shares (S4), or in place of what the
 * principal has of it; no rights take the share away.
 */
export function putColumnShare(
  { policy, loaded }: Ground,
  record: number,
  { column, principal, rights }: ColumnShareOfRecord,
  how: "share" | "replace",
): void {
  const adds = how === "share" && (policy.switches & FLAG_GRANT_ADDS) !== 0;
  const before = adds ? loaded.columns.shareOf(record, column, principal) : 0;
  loaded.editor.journal.done(loaded.columns.setShare(record, column, principal, before | rights));
}

/** The same by names. Throws BWK440, BWK441. */
export function shareColumn(
  ground: Ground,
  { entity, id }: RecordReference,
  column: string,
  principal: PrincipalReference | "organization",
  rights: readonly string[],
  how: "share" | "replace",
): void {
  const what = how === "share" ? "shareColumn" : "setColumnShare";
  const record = ground.loaded.record(ground.policy, entityNumber(ground.policy, entity), id);
  const share = readColumnShare(ground, record, column, principal, rights, [what, what]);
  putColumnShare(ground, record, share, how);
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
