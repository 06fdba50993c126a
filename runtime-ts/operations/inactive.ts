import { inactive, stateAttributes } from "../columns/kept.ts";
import type { Attribute, Entity } from "../policy.ts";
import type { Changing } from "./ground.ts";

function statesOf({ policy, editor }: Changing, record: number): Attribute[] {
  return stateAttributes(policy.entities[editor.entityOf(record)] as Entity);
}

/** semantics.md A11: a record of an entity without such an attribute is always active. */
export function isActive(changing: Changing, record: number): boolean {
  return !statesOf(changing, record).some(({ name }) => changing.editor.hasValue(record, name, inactive));
}

/** Makes a record inactive, where records of its entity can be. */
export function makeInactive(changing: Changing, record: number): void {
  for (const { name } of statesOf(changing, record)) changing.editor.setValue(record, name, inactive);
}
