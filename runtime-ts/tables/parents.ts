import type { BailiwickError } from "../errors.ts";
import type { Policy } from "../policy.ts";
import { quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";
import type { Records } from "./records.ts";

/** Rows of an entity owned by its parent whose parent records are still to be found. */
export interface WaitingRows {
  readonly entity: number;
  /** The place of the first row in the order of its entity. */
  readonly first: number;
  /** Ids of the parents; undefined where the lookup is empty. */
  readonly parents: readonly (string | undefined)[];
  readonly error: (row: number, words: string) => BailiwickError;
}

/** Enters the parents of these rows. Throws BWK436 for the first that is not loaded. */
export function findParents(
  { entity, first, parents, error }: WaitingRows,
  policy: Policy,
  records: Records,
): void {
  const to = policy.entities[entity]?.parent?.entity as number;
  parents.forEach((id, row) => {
    if (id === undefined) return;
    const record = records.find(to, id);
    if (record === undefined) {
      const name = policy.entities[to]?.name as string;
      const nearest = didYouMean(id, records.ids(to));
      const help = nearest === undefined ? "" : `; ${nearest}`;
      throw error(row, `record ${quote(id)} of ${quote(name)} is not loaded${help}`);
    }
    records.pages.setOwner(records.pages.numberOf(entity, first + row), record);
  });
}
