// Who holds a grant, and from which unit it reaches (semantics.md section 1, step 3), in the words of Cedar.
import type { Policy, PrincipalScope, Role } from "../../compiler/index.ts";
import { attributeName, entityId, member } from "./names.ts";
import { PARENT_CHILD } from "./rights.ts";
import type { Vocabulary } from "./vocabulary.ts";

export interface Holding {
  /** The scope of the principal: who holds it himself or as a member of a team. */
  readonly scope: string;
  /** That he holds it himself: "always" within the scope, never, or where a test says so. */
  readonly himself: "always" | "never" | { readonly test: string };
  /** Whether the members of a team that holds it have it for their own records as well (T3). */
  readonly inherits: boolean;
  /** 5a at businessUnit or parentChild. */
  readonly covers: (record: string, level: number) => readonly string[];
  /** That the team which owns the record holds it; undefined where no team does. */
  readonly owningTeam: ((record: string) => string) | undefined;
  /** 5a in the contexts of the owning team. */
  readonly owningTeamCovers: (record: string, level: number) => readonly string[];
}

/** A unit against a set of contexts. */
function inContexts(record: string, contexts: string, level: number): string {
  const unit = `${record}.businessUnit`;
  return level === PARENT_CHILD ? `${unit} in ${contexts}` : `${contexts}.contains(${unit})`;
}

/** A unit against one context. */
function inContext(record: string, context: string, level: number): string {
  return `${record}.businessUnit ${level === PARENT_CHILD ? "in" : "=="} ${context}`;
}

export function holdingOfRole(number: number, policy: Policy, names: Vocabulary): Holding {
  const role = policy.roles[number] as Role;
  const key = names.roleKeys[number] as string;
  const { user, team } = names.added;
  const holds = (roles: string) => `${roles} has ${attributeName(key)}`;
  const teamRoles = (record: string) => member(`${record}.owner.team`, team.roles);
  const roles = member("principal", user.roles);
  return {
    scope: `principal in ${entityId("Role", role.name)}`,
    himself: { test: holds(member("principal", user.ownRoles)) },
    inherits: role.form !== "team role",
    covers: (record, level) => [holds(roles), inContexts(record, member(roles, key), level)],
    owningTeam: (record) => holds(teamRoles(record)),
    owningTeamCovers: (record, level) => [inContexts(record, member(teamRoles(record), key), level)],
  };
}

/** `in Team::`: as a team-only role would, held by that team in its unit. */
function holdingOfTeam(name: string, names: Vocabulary): Holding {
  const team = entityId("Team", name);
  const covers = (record: string, level: number) => [
    inContext(record, member(team, names.added.team.businessUnit), level),
  ];
  return {
    scope: `principal in ${team}`,
    himself: "never",
    inherits: false,
    covers,
    owningTeam: (record) => `${record}.owner.team == ${team}`,
    owningTeamCovers: covers,
  };
}

/** Every other permit: the principal himself, in his own unit. */
function holdingOfPrincipal(scope: string, names: Vocabulary): Holding {
  const unit = member("principal", names.added.user.businessUnit);
  return {
    scope,
    himself: "always",
    inherits: false,
    covers: (record, level) => [inContext(record, unit, level)],
    owningTeam: undefined,
    owningTeamCovers: () => [],
  };
}

/** How a guardrail permit is held. */
export function holdingOfScope(scope: PrincipalScope, policy: Policy, names: Vocabulary): Holding {
  if (scope.kind === "role") return holdingOfRole(scope.role, policy, names);
  if (scope.kind === "team") return holdingOfTeam(scope.name, names);
  return holdingOfPrincipal(principalScope(scope, policy), names);
}

/** The scope of a guardrail in the head of a policy. */
export function principalScope(scope: PrincipalScope, policy: Policy): string {
  switch (scope.kind) {
    case "any":
      return "principal";
    case "user":
      return `principal == ${entityId("User", scope.name)}`;
    case "team":
      return `principal in ${entityId("Team", scope.name)}`;
    case "unit":
      return `principal in ${entityId("BusinessUnit", scope.name)}`;
    case "role":
      return `principal in ${entityId("Role", policy.roles[scope.role]?.name ?? "")}`;
  }
}

/** Step 5b about the record: whose it is. */
export function ownership(record: string, names: Vocabulary) {
  const owner = `${record}.owner`;
  const administrator = names.added.team.administrator;
  const administers =
    `${owner}.team has ${attributeName(administrator)} && ` +
    `${member(`${owner}.team`, administrator)} == principal`;
  return {
    ofUser: [`${owner} has user`, `${owner}.user == principal`],
    ofTeam: `${owner} has team`,
    /** T8: the administrator of the owning team, which counts as membership for this record. */
    administers,
    belongs: `(principal in ${owner}.team || (${administers}))`,
  };
}

/** That the principal lies in the scope only because he administers the owning team (T8); undefined where that cannot be. */
export function administratorsScope(
  scope: PrincipalScope,
  record: string,
  { policy, names }: { policy: Policy; names: Vocabulary },
): readonly string[] | undefined {
  if (scope.kind !== "team" && scope.kind !== "role") return undefined;
  const { ofTeam, administers } = ownership(record, names);
  const { owningTeam } = holdingOfScope(scope, policy, names);
  return owningTeam === undefined ? undefined : [ofTeam, administers, owningTeam(record)];
}
