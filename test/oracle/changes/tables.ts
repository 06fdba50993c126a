// Tables that are loaded into a world in which things have happened: rows are put down as they are, and nothing follows from them.
import type { Share, WorldRecord } from "../../../compiler/model/model.ts";
import { placed, withParent } from "../effects/records.ts";
import { keyOf, type PlainWorld } from "../plain-world.ts";
import type { Outcome } from "./change.ts";

export type TableChange =
  | { readonly kind: "load records"; readonly records: readonly WorldRecord[] }
  | { readonly kind: "load shares"; readonly shares: readonly Share[] };

/** Records of one entity; all or nothing. */
export function loadRecords(world: PlainWorld, records: readonly WorldRecord[]): Outcome {
  const seen = new Set<string>();
  for (const record of records) {
    const key = keyOf(record);
    if (seen.has(key) || world.records.has(key)) return "there is such a record already";
    seen.add(key);
    const { owner } = record;
    // T5
    if (owner?.kind === "team" && world.teams.get(owner.name)?.kind === "access")
      return "an access team owns nothing";
    const { attributes, ownership } = world.entityOf(record);
    if (ownership === "businessUnit" && record.unit === undefined) return "a cell is empty";
    // What is not optional has a value in every row, or in none: then the column is left out.
    const halfEmpty = attributes.some(
      ({ name, optional }) =>
        !optional && !record.attributes.has(name) && records.some((other) => other.attributes.has(name)),
    );
    if (halfEmpty) return "a cell is empty";
  }
  for (const record of records) world.setRecord(withParent(world, placed(world, record)));
  return undefined;
}

/** S3: rows of one record and principal add up. */
export function loadShares(world: PlainWorld, shares: readonly Share[]): Outcome {
  for (const { record } of shares) {
    if (world.record(record) === undefined) return "there is no such record";
    if (world.entityOf(record).ownership !== "userOrTeam") return "the record cannot be shared";
  }
  for (const { record, principal, direct, inherited } of shares) {
    const before = world.masks(record, principal);
    world.setMasks(record, principal, {
      direct: before.direct | direct,
      inherited: before.inherited | inherited,
    });
  }
  return undefined;
}
