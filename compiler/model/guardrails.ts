import type { Entity, Guardrail, Policy } from "./model.ts";
import { actionExists, levelExists } from "./privileges.ts";

/**
 * Whether a guardrail concerns (entity, action) at all, whatever its scopes of principal and record are.
 * A permit gives only what exists for the entity's ownership; a forbid of a parent-owned entity concerns what its
 * parent decides (semantics.md E2), so it needs nothing to exist.
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
  if (guardrail.effect === "forbid") return true;
  const { ownership } = policy.entities[entity] as Entity;
  return actionExists(ownership, action) && levelExists(ownership, guardrail.level);
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
