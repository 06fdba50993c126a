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
  const masks = roles.map((role) => masksOf(role, privilegeSets.length));
  const grants = (role: number, action: number, set: number): boolean =>
    ((masks[role]?.[set] ?? 0) & (1 << action)) !== 0;
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
    if (together === undefined) return roles.some((_, other) => grants(other, action, set));
    return [...together].some(
      (other) => roles[other]?.form === "administrator role" || grants(other, action, set),
    );
  };
}

/** For each privilege set the actions that a role grants, be it under a condition. */
function masksOf({ grants, conditionalGrants }: Role, sets: number): Uint8Array {
  const masks = new Uint8Array(sets);
  for (const { action, privilegeSet } of [...grants, ...conditionalGrants])
    masks[privilegeSet] = (masks[privilegeSet] ?? 0) | (1 << action);
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
