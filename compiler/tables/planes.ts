import { ACTIONS, LEVEL_ORGANIZATION, SLOTS_PER_WORD } from "../../runtime-as/abi.ts";
import type { Policy } from "../model/model.ts";

/** Words of one plane row: four bits a privilege slot (abi.ts, "Planes"). */
export function planeWords(policy: Policy): number {
  return Math.ceil((policy.privilegeSets.length * ACTIONS + policy.tasks.length) / SLOTS_PER_WORD);
}

/** One row a role: the bit of the level it grants in each slot. Role sets are the OR of such rows (semantics.md T1). */
export function rolePlanes(policy: Policy): Uint32Array {
  const words = planeWords(policy);
  const planes = new Uint32Array(words * policy.roles.length);
  policy.roles.forEach((role, index) => {
    const row = planes.subarray(index * words, (index + 1) * words);
    const set = (slot: number, bit: number) => {
      const word = Math.floor(slot / SLOTS_PER_WORD);
      row[word] = ((row[word] as number) | (bit << ((slot % SLOTS_PER_WORD) * 4))) >>> 0;
    };
    for (const grant of role.grants) set(grant.privilegeSet * ACTIONS + grant.action, 1 << (grant.level - 1));
    const firstTask = policy.privilegeSets.length * ACTIONS;
    for (const task of role.tasks) set(firstTask + task, LEVEL_ORGANIZATION);
  });
  return planes;
}
