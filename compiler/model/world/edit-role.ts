import type { Role } from "../model.ts";
import type { Change } from "../script.ts";
import type { Outcome, State } from "./state.ts";

/** Replaces privileges of a role, in all its copies at once (semantics.md B5). */
export function editRole({ policy, world }: State, change: Extract<Change, { kind: "edit role" }>): Outcome {
  const replaced = new Set(change.replaced.map(({ action, privilegeSet }) => `${action} ${privilegeSet}`));
  const edit = (role: Role): Role => {
    const kept = role.grants.filter(({ action, privilegeSet }) => !replaced.has(`${action} ${privilegeSet}`));
    const tasks = new Set(role.tasks);
    for (const [task, held] of change.tasks)
      if (held) tasks.add(task);
      else tasks.delete(task);
    return { ...role, grants: [...kept, ...change.grants], tasks };
  };
  const roles = policy.roles.map((role, index) => (index === change.role ? edit(role) : role));
  return { policy: { ...policy, roles }, world };
}
