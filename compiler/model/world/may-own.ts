import { guardrailCovers } from "../guardrails.ts";
import type { Assignment, PrincipalName, Role, Team, World } from "../model.ts";
import { READ } from "../vocabulary.ts";
import { findTeam, findUser, type State } from "./state.ts";

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
    (guardrail) => guardrail.effect === "permit" && guardrailCovers(policy, guardrail, entity, READ),
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
