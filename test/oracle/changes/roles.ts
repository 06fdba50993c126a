// semantics.md B5: editing a role changes all its copies.
import type { Change } from "../../../compiler/model/script.ts";
import type { PlainWorld } from "../plain-world.ts";
import type { Outcome } from "./change.ts";

export type RoleChange = Extract<Change, { kind: "edit role" }> & {
  /** The role whose grants it takes over before the rest: only the programming interface says it. */
  readonly like?: number | undefined;
};

/** The privileges named are replaced, the others stay (language.md section 8). */
export function editRole(world: PlainWorld, change: RoleChange): Outcome {
  const model = change.like === undefined ? undefined : world.policy.roles[change.like];
  const isReplaced = (grant: { readonly action: number; readonly privilegeSet: number }): boolean =>
    change.replaced.some(
      ({ action, privilegeSet }) => action === grant.action && privilegeSet === grant.privilegeSet,
    );
  const roles = world.policy.roles.map((before, number) => {
    if (number !== change.role) return before;
    const { grants, tasks: held, conditionalGrants, conditionalTasks } = model ?? before;
    const role = { ...before, grants, tasks: held, conditionalGrants, conditionalTasks };
    const tasks = new Set([...role.tasks].filter((task) => !change.tasks.has(task)));
    for (const [task, held] of change.tasks) if (held) tasks.add(task);
    return {
      ...role,
      grants: [...role.grants.filter((grant) => !isReplaced(grant)), ...change.grants],
      tasks,
      conditionalGrants: [
        ...role.conditionalGrants.filter((grant) => !isReplaced(grant)),
        ...change.conditionalGrants,
      ],
      conditionalTasks: [
        ...role.conditionalTasks.filter(({ task }) => !change.tasks.has(task)),
        ...change.conditionalTasks,
      ],
    };
  });
  world.policy = { ...world.policy, roles };
  return undefined;
}
