import type { Changing } from "../ground.ts";
import type { NewRecord } from "../plan.ts";
import { arrive } from "./inherit.ts";

/** Adds a record, which inherits from its parents (semantics.md S5, R1). Returns its number. */
export function create(changing: Changing, record: NewRecord, id: string): number {
  const { entity, owner, unit, attributes } = record;
  const number = changing.editor.addRecord(entity, id, owner, unit, Object.fromEntries(attributes.values));
  arrive(changing, number);
  return number;
}
