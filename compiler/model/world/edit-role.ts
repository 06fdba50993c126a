import type { Grant, Role } from "../model.ts";
import type { Change } from "../script.ts";
import type { Outcome, State } from "./state.ts";

/** Replaces privileges of a role, in all its copies at once (semantics.md B5). */
export function editRole({ policy, world }: State, change: Extract<Change, { kind: "edit role" }>): Outcome {
  const replaced = new Set(change.replaced.map(({ action, privilegeSet }) => `${action} ${privilegeSet}`));
  const stays = ({ action, privilegeSet }: Grant): boolean => !replaced.has(`${action} ${privilegeSet}`);
  const edit = (role: Role): Role => {
    const tasks = new Set(role.tasks);
    for (const [task, held] of change.tasks)
      if (held) tasks.add(task);
      else tasks.delete(task);
    return {
      ...role,
      grants: [...role.grants.filter(stays), ...change.grants],
      tasks,
      conditionalGrants: [...role.conditionalGrants.filter(stays), ...change.conditionalGrants],
      conditionalTasks: [
        ...role.conditionalTasks.filter(({ task }) => !change.tasks.has(task)),
        ...change.conditionalTasks,
      ],
    };
  };
  const roles = policy.roles.map((role, index) => (index === change.role ? edit(role) : role));
  return { policy: { ...policy, roles }, world };
}
