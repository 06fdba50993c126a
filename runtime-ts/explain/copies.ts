import { ROLE_ADMINISTRATOR, SLOTS_PER_WORD, TEAM_ACCESS, TEAM_BIT } from "../../runtime-as/abi.ts";
import type { ConditionalGrant } from "../conditions.ts";
import type { Ground } from "../operations/ground.ts";
import type { PrincipalReference } from "../operations/operation.ts";
import type { AccessLevel } from "./explanation.ts";
import type { Subject } from "./subject.ts";

/** A role copy that counts in a question: the user's own, or of a team of his. */
export interface Copy {
  readonly role: number;
  /** The context: the unit of the copy. */
  readonly unit: number;
  /** User number, or team number with TEAM_BIT. */
  readonly holder: number;
}

/** Level names by their bit. */
export const levelNames: ReadonlyMap<number, AccessLevel> = new Map([
  [1, "user"],
  [2, "businessUnit"],
  [4, "parentChild"],
  [8, "organization"],
]);

/** The teams through which the user holds roles, and owns, in this question: the one that he administers too (semantics.md T5, T8). */
export function owningTeamsOf({ loaded }: Ground, { user, owner }: Subject): number[] {
  const { teams } = loaded.world;
  const found = loaded.people.teamsOf(user).filter((team) => teams.kinds[team] !== TEAM_ACCESS);
  const owning = (owner & TEAM_BIT) === 0 ? -1 : owner & ~TEAM_BIT;
  const isAdministered = teams.administrators[owning] === user && teams.kinds[owning] !== TEAM_ACCESS;
  return isAdministered && !found.includes(owning) ? [...found, owning] : found;
}

/** Every role copy that the user holds himself or through a team of his. */
export function copiesOf(ground: Ground, subject: Subject): Copy[] {
  const { people } = ground.loaded;
  const own = people.rolesOfUser(subject.user).map((copy) => ({ ...copy, holder: subject.user }));
  const ofTeams = owningTeamsOf(ground, subject).flatMap((team) =>
    people.rolesOfTeam(team).map((copy) => ({ ...copy, holder: (team | TEAM_BIT) >>> 0 })),
  );
  return [...own, ...ofTeams];
}

export function isAdministratorRole({ policy }: Ground, role: number): boolean {
  return policy.roles[role]?.form === ROLE_ADMINISTRATOR;
}

/** The level (LEVEL_* bit) that a role grants at a slot without a condition; 0 where none. */
export function levelOf({ core, memory }: Ground, role: number, slot: number): number {
  const row = core.rolePlanes(role) >>> 2;
  const word = memory.words[row + Math.floor(slot / SLOTS_PER_WORD)] as number;
  return (word >>> ((slot % SLOTS_PER_WORD) * 4)) & 15;
}

/** What a role grants of a privilege under conditions. */
export function conditionalGrantsOf({ policy }: Ground, role: number, privilege: number): ConditionalGrant[] {
  const grants = policy.conditions.grants.get(role) ?? [];
  return grants.filter((grant) => grant.privilege === privilege);
}

/** A user or team as an answer names it. */
export function principalNamed({ loaded }: Ground, principal: number): PrincipalReference {
  const { users, teams } = loaded.world;
  return (principal & TEAM_BIT) === 0
    ? { user: users.names.at(principal) }
    : { team: teams.names[principal & ~TEAM_BIT] as string };
}
