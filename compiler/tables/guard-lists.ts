import { ACTION_ASSIGN, ACTION_SHARE, ACTIONS } from "../../runtime-as/abi.ts";
import type { Entity, Guardrail, Policy } from "../model/model.ts";

/** For every privilege (entity * 8 + action, then tasks) the guardrails that may concern it. */
export interface GuardLists {
  /** Lists one after another (abi.ts, GUARD_LIST_*). Equal lists are stored once. */
  readonly lists: readonly number[];
  /** Index into `lists`, or undefined where no guardrail concerns the privilege. */
  readonly byPrivilege: readonly (number | undefined)[];
}

const organization = 4;
const user = 1;

/** Whether a record of this entity has a business unit (language.md section 3). */
function hasUnit(entity: Entity): boolean {
  return entity.ownership === "userOrTeam" || entity.ownership === "businessUnit";
}

/** Whether the access level and the action exist for the entity's ownership: only such privileges can be permitted. */
function exists(entity: Entity, action: number, level: number): boolean {
  switch (entity.ownership) {
    case "userOrTeam":
      return true;
    case "organization":
      return level === organization && action !== ACTION_ASSIGN && action !== ACTION_SHARE;
    case "businessUnit":
      return level !== user && action !== ACTION_ASSIGN && action !== ACTION_SHARE;
    case "parent":
      return false;
  }
}

function coversRecords(guardrail: Guardrail, entity: Entity, number: number, action: number): boolean {
  const { resource } = guardrail;
  if ((guardrail.actions & (1 << action)) === 0) return false;
  if (resource.entities !== undefined && !resource.entities.includes(number)) return false;
  if (resource.record !== undefined && resource.record.entity !== number) return false;
  if (resource.unit !== undefined && !hasUnit(entity)) return false;
  return guardrail.effect === "forbid" || exists(entity, action, guardrail.level);
}

/** A task privilege has no resource: only a bare `resource` covers it, and a permit only at organization level. */
function coversTask({ effect, resource, tasks, level }: Guardrail, task: number): boolean {
  const bare =
    resource.entities === undefined && resource.record === undefined && resource.unit === undefined;
  return bare && tasks.has(task) && (effect === "forbid" || level === organization);
}

export function guardLists(policy: Policy): GuardLists {
  const lists: number[] = [];
  const known = new Map<string, number>();
  const listOf = (covers: (guardrail: Guardrail) => boolean): number | undefined => {
    const members: number[] = [];
    policy.guardrails.forEach((guardrail, number) => {
      if (covers(guardrail)) members.push(number);
    });
    if (members.length === 0) return undefined;
    const key = members.join();
    let start = known.get(key);
    if (start === undefined) {
      start = lists.length;
      const everybody = members.some((number) => policy.guardrails[number]?.principal.kind === "any");
      lists.push(everybody ? 1 : 0, members.length, ...members);
      known.set(key, start);
    }
    return start;
  };
  const byPrivilege: (number | undefined)[] = [];
  policy.entities.forEach((entity, number) => {
    for (let action = 0; action < ACTIONS; action++) {
      byPrivilege.push(listOf((guardrail) => coversRecords(guardrail, entity, number, action)));
    }
  });
  policy.tasks.forEach((_, task) => {
    byPrivilege.push(listOf((guardrail) => coversTask(guardrail, task)));
  });
  return { lists, byPrivilege };
}
