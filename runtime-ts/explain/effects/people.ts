// Whose decisions a change of one user can touch beside his own.
import { HIERARCHY_BY_MANAGER, HIERARCHY_OFF } from "../../../runtime-as/abi.ts";
import type { Ground } from "../../operations/ground.ts";

/** Every user, removed ones among them: they are denied everything. */
export function everybody({ loaded }: Ground): number[] {
  return Array.from({ length: loaded.world.users.names.length }, (_, user) => user);
}

/** What a chain of managers or positions leads through, without what it begins with; cycles come round. */
function chain(above: Int32Array, from: number): Set<number> {
  const found = new Set<number>();
  for (let at = above[from] ?? -1; at >= 0 && !found.has(at); at = above[at] ?? -1) found.add(at);
  return found;
}

/** The user and those above him in the hierarchy: they may reach what he reaches by ownership and shares (semantics.md H2). */
export function withThoseAbove(ground: Ground, user: number): number[] {
  const { policy, loaded } = ground;
  const { users, positions } = loaded.world;
  if (policy.hierarchy === HIERARCHY_OFF) return [user];
  if (policy.hierarchy === HIERARCHY_BY_MANAGER) return [...new Set([user, ...chain(users.managers, user)])];
  const above = chain(positions.parents, users.positions[user] as number);
  return everybody(ground).filter((each) => each === user || above.has(users.positions[each] as number));
}

/** Whoever holds a role himself or through a team, of which he may be the administrator (semantics.md T8). */
export function holdersOf(ground: Ground, role: number): number[] {
  const { people, world } = ground.loaded;
  const { teams } = world;
  const holds = ({ role: each }: { readonly role: number }) => each === role;
  const ofTeams = new Set(
    [...teams.names.keys()].filter(
      (team) => teams.names[team] !== "" && people.rolesOfTeam(team).some(holds),
    ),
  );
  const administrators = new Set([...ofTeams].map((team) => teams.administrators[team] as number));
  return everybody(ground).filter(
    (user) =>
      people.rolesOfUser(user).some(holds) ||
      people.teamsOf(user).some((team) => ofTeams.has(team)) ||
      administrators.has(user),
  );
}
