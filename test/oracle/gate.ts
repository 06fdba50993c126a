// semantics.md section 1, step 0, and B2.
import type { User } from "../../compiler/model/model.ts";
import type { Facts } from "./facts.ts";

/** 0 GATE: the user is enabled, and so are his unit and all its ancestors. */
export function passesGate(facts: Facts, user: User): boolean {
  return !user.disabled && isUnitEnabled(facts, user.unit);
}

/** B2: disabling a unit disables everything below it for sign-in. */
function isUnitEnabled(facts: Facts, name: string): boolean {
  const unit = facts.unit(name);
  if (unit.disabled) return false;
  return unit.parent === undefined || isUnitEnabled(facts, unit.parent);
}
