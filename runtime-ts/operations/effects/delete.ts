import { DELETE_CASCADES, DELETE_IS_RESTRICTED, NONE } from "../../../runtime-as/abi.ts";
import type { Attribute } from "../../policy.ts";
import type { Changing } from "../ground.ts";
import { lookupsTo } from "../relations.ts";
import { setLookups } from "./set-lookups.ts";

/** What the deletion of a record brings about (semantics.md A6). */
export interface Deletion {
  /** The record and what is deleted with it, parents before children. */
  readonly records: ReadonlySet<number>;
  /** Lookups of records that stay. */
  readonly unlinked: readonly { readonly record: number; readonly attribute: Attribute }[];
  /** A record whose lookup forbids it; NONE where there is none. */
  readonly restrictedBy: number;
}

/** Works out a deletion: `cascade` goes on to the children, `restrict` refuses, `unlink` empties the lookup. */
export function deletionOf({ policy, editor }: Changing, record: number): Deletion {
  const records = new Set([record]);
  const links: { record: number; attribute: Attribute }[] = [];
  let restrictedBy: number = NONE;
  // A set is walked in the order in which it grows.
  for (const parent of records) {
    for (const { child, attribute } of lookupsTo(policy, editor.entityOf(parent))) {
      for (const below of editor.childrenOf(parent, child, attribute.name)) {
        if (attribute.onDelete === DELETE_CASCADES) records.add(below);
        else if (attribute.onDelete !== DELETE_IS_RESTRICTED) links.push({ record: below, attribute });
        // What leads to itself does not hold itself.
        else if (restrictedBy === NONE && below !== parent) restrictedBy = below;
      }
    }
  }
  return { records, unlinked: links.filter((link) => !records.has(link.record)), restrictedBy };
}

/** Deletes a record with all that goes with it; what the ones that stay inherited from it is gone. */
export function deleteRecord(changing: Changing, record: number): void {
  const { records, unlinked } = deletionOf(changing, record);
  for (const { record: child, attribute } of unlinked)
    setLookups(changing, child, [{ attribute, target: NONE }]);
  for (const gone of [...records].reverse()) changing.editor.removeRecord(gone);
}
