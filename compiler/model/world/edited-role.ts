import type { Grant, Role } from "../model.ts";
import type { Change } from "../script.ts";

type RoleChange = Extract<Change, { kind: "edit role" }>;

/** A role with privileges replaced (semantics.md B5). */
export function editedRole(role: Role, change: RoleChange): Role {
  const replaced = new Set(change.replaced.map(({ action, privilegeSet }) => `${action} ${privilegeSet}`));
  const stays = ({ action, privilegeSet }: Grant): boolean => !replaced.has(`${action} ${privilegeSet}`);
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
}
