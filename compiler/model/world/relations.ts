import type { CascadeOperation, Policy, WorldRecord } from "../model.ts";
import { entityOf, keyOf, type RecordRef } from "./state.ts";

/** The records of a world and which of them are children of which, by lookup. */
export interface Relations {
  /** The records that a lookup with this cascade leads to. */
  readonly parents: (record: WorldRecord, cascade: CascadeOperation) => readonly WorldRecord[];
  /** The records whose lookup with this cascade leads here. */
  readonly children: (record: RecordRef, cascade: CascadeOperation) => readonly WorldRecord[];
}

export function relationsOf(policy: Policy, records: readonly WorldRecord[]): Relations {
  const byKey = new Map(records.map((record) => [keyOf(record), record]));
  const parents = (record: WorldRecord, cascade: CascadeOperation) =>
    entityOf(policy, record).attributes.flatMap((attribute) => {
      const value = record.attributes.get(attribute.name);
      if (!attribute.cascades.has(cascade) || value?.kind !== "Record") return [];
      return byKey.get(keyOf(value)) ?? [];
    });
  const childrenBy = new Map<CascadeOperation, Map<string, WorldRecord[]>>();
  const childrenOf = (cascade: CascadeOperation) => {
    let index = childrenBy.get(cascade);
    if (index === undefined) {
      index = new Map();
      for (const record of records)
        for (const parent of new Set(parents(record, cascade))) {
          const list = index.get(keyOf(parent));
          if (list === undefined) index.set(keyOf(parent), [record]);
          else list.push(record);
        }
      childrenBy.set(cascade, index);
    }
    return index;
  };
  return {
    parents,
    children: (record, cascade) => childrenOf(cascade).get(keyOf(record)) ?? [],
  };
}
