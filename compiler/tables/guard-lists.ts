import { ACTIONS, GUARD_MEMBER_WORDS, NONE } from "../../runtime-as/abi.ts";
import { guardrailCovers, guardrailCoversTask } from "../model/guardrails.ts";
import type { Entity, Guardrail, Policy } from "../model/model.ts";
import type { Programs } from "./code/programs.ts";

/** For every privilege (entity * 8 + action, then tasks) the guardrails that may concern it. */
export interface GuardLists {
  /** Lists one after another (abi.ts, GUARD_LIST_*). Equal lists are stored once. */
  readonly lists: readonly number[];
  /** Index into `lists`, or undefined where no guardrail concerns the privilege. */
  readonly byPrivilege: readonly (number | undefined)[];
}

/** Whether a record of this entity has a business unit (language.md section 3). */
function hasUnit(entity: Entity): boolean {
  return entity.ownership === "userOrTeam" || entity.ownership === "businessUnit";
}

/** What a guardrail covers, less what its resource scope can never match. */
function mayConcern(policy: Policy, guardrail: Guardrail, number: number, action: number): boolean {
  const { record, unit } = guardrail.resource;
  if (record !== undefined && record.entity !== number) return false;
  if (unit !== undefined && !hasUnit(policy.entities[number] as Entity)) return false;
  return guardrailCovers(policy, guardrail, number, action);
}

/** The guardrails of every privilege. A condition that never holds takes its guardrail out, one that always holds goes. */
export function guardLists(policy: Policy, programs: Programs): GuardLists {
  const lists: number[] = [];
  const known = new Map<string, number>();
  const listOf = (privilege: number, covers: (guardrail: Guardrail) => boolean): number | undefined => {
    const members: number[] = [];
    let everybody = 0;
    policy.guardrails.forEach((guardrail, number) => {
      if (!covers(guardrail)) return;
      const { condition, principal } = guardrail;
      const outcome = condition === undefined ? true : programs.of(condition, privilege);
      if (outcome === false) return;
      members.push(number, outcome === true ? NONE : outcome);
      if (principal.kind === "any") everybody = 1;
    });
    if (members.length === 0) return undefined;
    const key = members.join();
    let start = known.get(key);
    if (start === undefined) {
      start = lists.length;
      lists.push(everybody, members.length / GUARD_MEMBER_WORDS, ...members);
      known.set(key, start);
    }
    return start;
  };
  const byPrivilege: (number | undefined)[] = [];
  policy.entities.forEach((_, number) => {
    for (let action = 0; action < ACTIONS; action++) {
      const covers = (guardrail: Guardrail) => mayConcern(policy, guardrail, number, action);
      byPrivilege.push(listOf(byPrivilege.length, covers));
    }
  });
  policy.tasks.forEach((_, task) => {
    byPrivilege.push(listOf(byPrivilege.length, (guardrail) => guardrailCoversTask(guardrail, task)));
  });
  return { lists, byPrivilege };
}
