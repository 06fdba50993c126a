import { TYPE_CHOICE, TYPE_LOOKUP } from "../../runtime-as/abi.ts";
import type { Attribute, Entity, Policy } from "../policy.ts";

/** Says that a record is inactive (semantics.md A11): a Choice of this name that has the option. */
const stateNames = ["status", "state"];
/** The option that says so. */
export const inactive = "inactive";

/** The attributes that say whether records of an entity are active; none where they always are (semantics.md A11). */
export function stateAttributes({ attributes }: Entity): Attribute[] {
  return stateNames.flatMap((name) => {
    const attribute = attributes.get(name);
    return attribute?.type === TYPE_CHOICE && attribute.options.includes(inactive) ? [attribute] : [];
  });
}

/**
 * The attributes whose values stay in memory, by entity: first what conditions read, in the order of their column numbers;
 * then what operations need: lookups (cascades, semantics.md A7), the state of the record (A11), and the last step of
 * ownership rules.
 */
export function keptAttributes(policy: Policy): readonly (readonly Attribute[])[] {
  const ofRules = new Set<Attribute | undefined>();
  for (const rule of policy.ownerRules.values()) {
    if (rule.kind === "path") for (const { attribute } of rule.steps) ofRules.add(attribute);
  }
  return policy.entities.map((entity, number) => {
    const kept = new Set<Attribute>(policy.conditions.entities[number]);
    const states = stateAttributes(entity);
    for (const attribute of entity.attributes.values()) {
      if (attribute.type === TYPE_LOOKUP || states.includes(attribute) || ofRules.has(attribute))
        kept.add(attribute);
    }
    return [...kept];
  });
}
