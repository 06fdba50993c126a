// semantics.md section 1, steps 2 and 3: whose grants count, and from where they reach.
import type { Action, Guardrail, Level, Team, User } from "../../compiler/model/model.ts";
import type { Facts, RecordFacts } from "./facts.ts";
import { actionNames, hasRight, levelExists, levelNames } from "./rights.ts";
import { isBareResource, matchesPrincipal, matchesRecord } from "./scopes.ts";
import type { Source } from "./sources.ts";

/** Who holds a grant: the user himself, or one of his teams, which passes it on (inheriting) or not (team-only). */
export type Holder =
  | { readonly kind: "user" }
  | { readonly kind: "team"; readonly team: Team; readonly inherits: boolean };

/** One element of G. `context` is the unit of the assigned role copy. */
export interface HeldGrant {
  readonly holder: Holder;
  readonly level: Level;
  readonly context: string;
  readonly source: Source;
}

/** A role copy in somebody's hands. */
interface HeldCopy {
  readonly holder: Holder;
  readonly role: number;
  readonly context: string;
}

/** Roles assigned to the user, and roles of his owner and group teams (T5). */
function copiesOf(facts: Facts, user: User, record: RecordFacts | undefined): readonly HeldCopy[] {
  const copies: HeldCopy[] = [];
  // A team role assigned to a user directly acts like any role (language.md section 7).
  for (const held of user.roles)
    copies.push({ holder: { kind: "user" }, role: held.role, context: held.unit });
  for (const team of facts.ownerTeamsOf(user, record))
    for (const held of team.roles) {
      const inherits = facts.role(held.role).form !== "team role";
      copies.push({ holder: { kind: "team", team, inherits }, role: held.role, context: held.unit });
    }
  return copies;
}

/** 2 ADMIN: the user holds an administrator role, directly or through an owner or group team. */
export function isAdministrator(facts: Facts, user: User, record: RecordFacts | undefined): boolean {
  return copiesOf(facts, user, record).some((copy) => facts.role(copy.role).form === "administrator role");
}

/** The copies as which a guardrail permit acts; empty where its principal scope does not match. */
function permitCopies(
  facts: Facts,
  guardrail: Guardrail,
  user: User,
  record: RecordFacts | undefined,
): readonly Omit<HeldCopy, "role">[] {
  const scope = guardrail.principal;
  if (!matchesPrincipal(facts, scope, user, record)) return [];
  if (scope.kind === "role")
    // Each holder of the role, with the context of his copy.
    return copiesOf(facts, user, record).filter((copy) => copy.role === scope.role);
  if (scope.kind === "team") {
    // That team, as a team-only role would.
    const team = facts.ownerTeamsOf(user, record).find((candidate) => candidate.name === scope.name);
    return team === undefined
      ? []
      : [{ holder: { kind: "team", team, inherits: false }, context: team.unit }];
  }
  return [{ holder: { kind: "user" }, context: user.unit }];
}

function levelOf(number: number): Level {
  return levelNames[number] ?? "none";
}

/** 3 GRANTS: every grant of (privilege set of E, a) that the user holds in a question about this record. */
export function grantsOnRecord(
  facts: Facts,
  user: User,
  action: Action,
  record: RecordFacts,
): readonly HeldGrant[] {
  const grants: HeldGrant[] = [];
  for (const copy of copiesOf(facts, user, record)) {
    const role = facts.role(copy.role);
    for (const grant of role.grants) {
      // E4: the grant names the privilege set, which its entities share.
      if (grant.privilegeSet !== record.entity.privilegeSet) continue;
      if (grant.action !== actionNames.indexOf(action)) continue;
      const { holder, context } = copy;
      grants.push({
        holder,
        level: levelOf(grant.level),
        context,
        source: { kind: "role", name: role.name },
      });
    }
  }
  for (const guardrail of facts.policy.guardrails) {
    if (guardrail.effect !== "permit" || !hasRight(guardrail.actions, action)) continue;
    // A bare `resource` is `*`: every entity for which the action and the level exist.
    const level = levelOf(guardrail.level);
    if (!levelExists(level, record.entity.ownership)) continue;
    if (!matchesRecord(facts, guardrail, record)) continue;
    for (const { holder, context } of permitCopies(facts, guardrail, user, record))
      grants.push({ holder, level, context, source: { kind: "permit", name: guardrail.id } });
  }
  return grants;
}

/** 3 GRANTS for a task privilege, which has no level but organization: where the grants come from is all that matters. */
export function grantsOfTask(facts: Facts, user: User, task: number): readonly Source[] {
  const sources: Source[] = [];
  for (const copy of copiesOf(facts, user, undefined)) {
    const role = facts.role(copy.role);
    if (role.tasks.has(task)) sources.push({ kind: "role", name: role.name });
  }
  for (const guardrail of facts.policy.guardrails) {
    if (guardrail.effect !== "permit" || !guardrail.tasks.has(task)) continue;
    if (!isBareResource(guardrail) || levelOf(guardrail.level) !== "organization") continue;
    if (permitCopies(facts, guardrail, user, undefined).length > 0)
      sources.push({ kind: "permit", name: guardrail.id });
  }
  return sources;
}
