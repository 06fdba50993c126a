import type { Entity, Guardrail, Ownership, Policy } from "./model.ts";
import { actionExists, levelExists } from "./privileges.ts";

/**
 * Whether a guardrail concerns (entity, action) at all, whatever its scopes of principal and record are.
 * A permit gives only what exists for the entity's ownership; a forbid of a parent-owned entity concerns what its
 * parent decides (semantics.md E2), so it needs nothing to exist, unless it has a condition: that may ask for attributes
 * which only those entities have for which the action exists.
 */
export function guardrailCovers(
  policy: Policy,
  guardrail: Guardrail,
  entity: number,
  action: number,
): boolean {
  if ((guardrail.actions & (1 << action)) === 0) return false;
  const { entities } = guardrail.resource;
  if (entities !== undefined && !entities.includes(entity)) return false;
  // A condition is checked for what exists only, so that only there it can be judged.
  if (guardrail.effect === "forbid")
    return guardrail.condition === undefined || actionExists(decidingOwnership(policy, entity), action);
  const { ownership } = policy.entities[entity] as Entity;
  return actionExists(ownership, action) && levelExists(ownership, guardrail.level);
}

/** The ownership that decides which actions exist: of the entity, or of the one that it hangs from (semantics.md E2). */
function decidingOwnership({ entities }: Policy, start: number): Ownership {
  let entity = entities[start] as Entity;
  // A cycle is BWK205; it must not hang the rules that look at the rest.
  for (let steps = 0; entity.parent !== undefined && steps < entities.length; steps++)
    entity = entities[entity.parent.entity] as Entity;
  return entity.ownership;
}

/**
 * Whether a guardrail concerns a task privilege: only a bare `resource` does (semantics.md section 1), and a permit only
 * at organization level, which is the one that a task privilege has.
 */
export function guardrailCoversTask(guardrail: Guardrail, task: number): boolean {
  const { entities, unit, record } = guardrail.resource;
  const bare = entities === undefined && unit === undefined && record === undefined;
  return bare && guardrail.tasks.has(task) && (guardrail.effect === "forbid" || guardrail.level === 4);
}
