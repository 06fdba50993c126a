// Which privileges come together with a role: what the role grants, and what those who hold it get besides.
import { guardrailCovers } from "../model/guardrails.ts";
import type { Policy, Role, World } from "../model/model.ts";
import { teamsOf } from "../model/world/may-own.ts";

/** Whether (action, privilege set) is ever granted together with a role. */
export type GrantedTogether = (role: string, action: number, set: number) => boolean;

/**
 * Certain only where it says no: a privilege comes with a role that grants it, with another role of somebody who holds
 * both in source, with any role where nobody in source holds the first, with an administrator role, and with a guardrail
 * that permits it.
 */
export function grantedTogether(policy: Policy, world: World): GrantedTogether {
  const { roles, privilegeSets } = policy;
  const numbers = new Map(roles.map(({ name }, number) => [name, number]));
  const masks = new Map<number, Masks>();
  const grants = (number: number, action: number, set: number): boolean => {
    const role = roles[number];
    const mask = masks.get(number) ?? masksOf(role === undefined ? [] : [role]);
    masks.set(number, mask);
    return holds(mask, action, set);
  };
  let anywhere: Masks | undefined;
  const holders = holdersOf(world);
  const permitted = (action: number, set: number): boolean =>
    policy.guardrails.some(
      (guardrail) =>
        guardrail.effect === "permit" &&
        privilegeSets[set]?.entities.some((entity) => guardrailCovers(policy, guardrail, entity, action)),
    );
  return (name, action, set) => {
    const role = numbers.get(name) ?? -1;
    if (grants(role, action, set) || permitted(action, set)) return true;
    const together = holders.get(role);
    if (together === undefined) {
      anywhere ??= masksOf(roles);
      return holds(anywhere, action, set);
    }
    return [...together].some(
      (other) => roles[other]?.form === "administrator role" || grants(other, action, set),
    );
  };
}

/** Actions by privilege set. */
type Masks = ReadonlyMap<number, number>;

const holds = (masks: Masks, action: number, set: number): boolean =>
  ((masks.get(set) ?? 0) & (1 << action)) !== 0;

/** What roles grant, be it under a condition. */
function masksOf(roles: readonly Role[]): Masks {
  const masks = new Map<number, number>();
  for (const { grants, conditionalGrants } of roles)
    for (const list of [grants, conditionalGrants])
      for (const { action, privilegeSet } of list)
        masks.set(privilegeSet, (masks.get(privilegeSet) ?? 0) | (1 << action));
  return masks;
}

/** For every role that somebody in source holds: all the roles that its holders have, directly or through a team. */
function holdersOf(world: World): ReadonlyMap<number, ReadonlySet<number>> {
  const together = new Map<number, Set<number>>();
  for (const user of world.users) {
    const teams = teamsOf(world, user.name);
    const held = new Set([...user.roles, ...teams.flatMap(({ roles }) => roles)].map(({ role }) => role));
    for (const role of held) {
      const others = together.get(role) ?? new Set();
      for (const other of held) others.add(other);
      together.set(role, others);
    }
  }
  return together;
}
