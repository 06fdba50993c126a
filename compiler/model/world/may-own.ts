import { guardrailCovers } from "../guardrails.ts";
import type { Assignment, Guardrail, PrincipalName, Role, Team, World } from "../model.ts";
import { READ } from "../vocabulary.ts";
import { findTeam, findUser, indexOf, type State } from "./state.ts";
import { isAtOrBelow } from "./units.ts";

/**
 * Whether a user or team may own records of an entity (semantics.md A3). "unknown" where only a directory knows him, or
 * where a guardrail or a conditional grant may permit him to read.
 */
export function mayOwn(state: State, owner: PrincipalName, entity: number): "yes" | "no" | "unknown" {
  const { policy, world } = state;
  const set = policy.entities[entity]?.privilegeSet;
  const readLevel = (role: Role | undefined): number => {
    if (role?.form === "administrator role") return 4;
    const read = role?.grants.find(({ action, privilegeSet }) => action === READ && privilegeSet === set);
    return read?.level ?? 0;
  };
  const roleOf = (number: number) => policy.roles[number];
  const permitted = policy.guardrails.some(
    (guardrail) =>
      guardrail.effect === "permit" &&
      guardrailCovers(policy, guardrail, entity, READ) &&
      mayServe(world, guardrail, owner),
  );
  const sometimes = ({ role }: Assignment): boolean =>
    roleOf(role)?.conditionalGrants.some((grant) => grant.action === READ && grant.privilegeSet === set) ===
    true;
  const otherwise = (roles: readonly Assignment[]) => (permitted || roles.some(sometimes) ? "unknown" : "no");
  if (owner.kind === "team") {
    const team = findTeam(world, owner.name);
    if (team === undefined) return "unknown";
    const reads = team.roles.some(({ role }) => readLevel(roleOf(role)) > 0);
    return reads ? "yes" : otherwise(team.roles);
  }
  const user = findUser(world, owner.name);
  if (user === undefined) return "unknown";
  if (user.roles.some(({ role }) => readLevel(roleOf(role)) > 0)) return "yes";
  const teamRoles = teamsOf(world, user.name).flatMap((team) => team.roles);
  const throughTeam = teamRoles.some(({ role: number }) => {
    const role = roleOf(number);
    const level = readLevel(role);
    if (role?.form === "role") return policy.settings.inheritAboveUser ? level > 0 : level === 1;
    return level === 4;
  });
  return throughTeam ? "yes" : otherwise([...user.roles, ...teamRoles]);
}

/** Whether a permit may make somebody an owner: of a team as its own role would, of a user also as a role of his team would (A3). */
function mayServe(
  world: World,
  { principal: scope, level }: Guardrail,
  { kind, name }: PrincipalName,
): boolean {
  const team = kind === "team" ? findTeam(world, name) : undefined;
  const user = kind === "user" ? findUser(world, name) : undefined;
  const teams = user === undefined ? [] : teamsOf(world, name);
  switch (scope.kind) {
    case "any":
      return kind === "user";
    case "user":
      return kind === "user" && scope.name === name;
    case "unit":
      // A unit that only a directory knows may lie anywhere.
      return (
        user !== undefined &&
        (!indexOf(world.units).has(scope.name) || isAtOrBelow(world, user.unit, scope.name))
      );
    case "team":
      if (kind === "team") return scope.name === name;
      return (
        level === 4 &&
        (findTeam(world, scope.name) === undefined || teams.some((each) => each.name === scope.name))
      );
    case "role":
      return [user, team, ...teams].some((holder) => holder?.roles.some(({ role }) => role === scope.role));
  }
}

/** The teams that can hold roles and that a user is in: owner and group teams, and his unit's default team (T5, T6). */
export function teamsOf(world: World, user: string): readonly Team[] {
  const unit = findUser(world, user)?.unit;
  const joined = membershipsIn(world.teams).get(user) ?? [];
  const ofUnit = unit === undefined ? undefined : findTeam(world, unit);
  return ofUnit?.kind === "default" ? [...joined, ofUnit] : joined;
}

const memberships = new WeakMap<readonly Team[], ReadonlyMap<string, readonly Team[]>>();

/** The owner and group teams of every member; made once a list, since a change makes a new list. */
function membershipsIn(teams: readonly Team[]): ReadonlyMap<string, readonly Team[]> {
  let byMember = memberships.get(teams);
  if (byMember === undefined) {
    const lists = new Map<string, Team[]>();
    for (const team of teams)
      for (const member of team.kind === "access" || team.kind === "default" ? [] : team.members) {
        const list = lists.get(member);
        if (list === undefined) lists.set(member, [team]);
        else list.push(team);
      }
    byMember = lists;
    memberships.set(teams, byMember);
  }
  return byMember;
}
