import type { Value } from "../model.ts";
import type { AttributeValues, Change, GivenRole } from "../script.ts";
import { findTeam, findUser, type Outcome, replaced, type State } from "./state.ts";
import { hasCopyIn } from "./units.ts";

/** Roles, manager, position and attributes of a user. */
export function editUser(state: State, change: Extract<Change, { kind: "edit user" }>): Outcome {
  const { policy, world } = state;
  const user = findUser(world, change.user);
  const missing = user === undefined ? undefined : missingCopy(state, change.roles, user.unit);
  if (missing !== undefined) return { refused: missing };
  return {
    policy,
    world: {
      ...world,
      users: replaced(world.users, change.user, (before) => ({
        ...before,
        roles: change.roles === undefined ? before.roles : assigned(change.roles, before.unit),
        manager: change.manager === undefined ? before.manager : (change.manager ?? undefined),
        position: change.position === undefined ? before.position : (change.position ?? undefined),
        attributes: withValues(before.attributes, change.attributes),
      })),
    },
  };
}

/** Roles, members, administrator and attributes of a team. */
export function editTeam(state: State, change: Extract<Change, { kind: "edit team" }>): Outcome {
  const { policy, world } = state;
  const team = findTeam(world, change.team);
  const missing = team === undefined ? undefined : missingCopy(state, change.roles, team.unit);
  if (missing !== undefined) return { refused: missing };
  return {
    policy,
    world: {
      ...world,
      teams: replaced(world.teams, change.team, (before) => ({
        ...before,
        roles: change.roles === undefined ? before.roles : assigned(change.roles, before.unit),
        members: change.members ?? before.members,
        administrator:
          change.administrator === undefined ? before.administrator : (change.administrator ?? undefined),
        attributes: withValues(before.attributes, change.attributes),
      })),
    },
  };
}

/** A user disabled or enabled. */
export function disableUser(
  { policy, world }: State,
  change: Extract<Change, { kind: "disable user" }>,
): Outcome {
  const { disabled } = change;
  const users = replaced(world.users, change.user, (before) => ({ ...before, disabled }));
  return { policy, world: { ...world, users } };
}

const assigned = (roles: readonly GivenRole[], own: string) =>
  roles.map(({ role, unit }) => ({ role, unit: unit ?? own }));

/** A role can be held only where it has a copy (semantics.md B5). */
function missingCopy(
  { policy, world }: State,
  roles: readonly GivenRole[] | undefined,
  own: string,
): string | undefined {
  const missing = roles?.find(({ role, unit }) => !hasCopyIn(policy, world, role, unit ?? own));
  if (missing === undefined) return undefined;
  return `role \`${policy.roles[missing.role]?.name}\` has no copy in \`${missing.unit ?? own}\``;
}

/** The values with those of a change over them. */
export function withValues(
  before: ReadonlyMap<string, Value>,
  changes: AttributeValues,
): ReadonlyMap<string, Value> {
  const after = new Map(before);
  for (const [name, value] of changes)
    if (value === "none") after.delete(name);
    else after.set(name, value);
  return after;
}
