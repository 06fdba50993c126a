// Which privileges come together with a role: what the role grants, and what those who hold it get besides.
import { guardrailCovers } from "../model/guardrails.ts";
import type { Policy, World } from "../model/model.ts";
import { teamsOf } from "../model/world/may-own.ts";

/** Whether (action, privilege set) is ever granted together with a role. */
export type GrantedTogether = (role: string, action: number, set: number) => boolean;

const key = (action: number, set: number): number => set * 8 + action;

/**
 * Certain only where it says no: a privilege comes with a role that grants it, with another role of somebody who holds
 * both in source, with any role where nobody in source holds the first, with an administrator role, and with a guardrail
 * that permits it.
 */
export function grantedTogether(policy: Policy, world: World): GrantedTogether {
  const privileges = policy.roles.map(
    ({ grants }) => new Set(grants.map(({ action, privilegeSet }) => key(action, privilegeSet))),
  );
  const anywhere = new Set(privileges.flatMap((each) => [...each]));
  const numbers = new Map(policy.roles.map(({ name }, number) => [name, number]));
  const holders = holdersOf(world);
  const permitted = (action: number, set: number): boolean =>
    policy.guardrails.some(
      (guardrail) =>
        guardrail.effect === "permit" &&
        policy.privilegeSets[set]?.entities.some((entity) =>
          guardrailCovers(policy, guardrail, entity, action),
        ),
    );
  return (name, action, set) => {
    const number = numbers.get(name) ?? -1;
    const wanted = key(action, set);
    if (privileges[number]?.has(wanted) === true || permitted(action, set)) return true;
    const together = holders.get(number);
    if (together === undefined) return anywhere.has(wanted);
    return [...together].some(
      (other) =>
        policy.roles[other]?.form === "administrator role" || privileges[other]?.has(wanted) === true,
    );
  };
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
