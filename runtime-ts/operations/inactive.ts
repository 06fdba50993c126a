import { stateAttribute } from "../columns/kept.ts";
import type { Entity } from "../policy.ts";
import type { Changing } from "./ground.ts";

/** The value that makes a record inactive. */
const inactive = "inactive";

const stateOf = ({ policy, editor }: Changing, record: number) =>
  stateAttribute(policy.entities[editor.entityOf(record)] as Entity);

/** semantics.md A11: a record of an entity without such an attribute is always active. */
export function isActive(changing: Changing, record: number): boolean {
  const state = stateOf(changing, record);
  return state === undefined || !changing.editor.hasValue(record, state.name, inactive);
}

/** Makes a record inactive, where records of its entity can be. */
export function makeInactive(changing: Changing, record: number): void {
  const state = stateOf(changing, record);
  if (state !== undefined) changing.editor.setValue(record, state.name, inactive);
}
