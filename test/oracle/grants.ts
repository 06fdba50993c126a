// semantics.md section 1, steps 2 and 3: whose grants count, and from where they reach.
import type { Action, Grant, Guardrail, Level, Role, Team, User } from "../../compiler/model/model.ts";
import type { Conditions } from "./conditions.ts";
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
export interface HeldCopy {
  readonly holder: Holder;
  readonly role: number;
  readonly context: string;
}

/** Roles assigned to the user, and roles of his owner and group teams (T5). */
export function copiesOf(facts: Facts, user: User, record: RecordFacts | undefined): readonly HeldCopy[] {
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
export function permitCopies(
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

export function permits(
  guardrail: Guardrail,
  record: RecordFacts | undefined,
  conditions: Conditions,
): boolean {
  return conditions.permits(guardrail.condition, record, { kind: "guardrail", name: guardrail.id });
}

function levelOf(number: number): Level {
  return levelNames[number] ?? "none";
}

/** E5: the grants of a role that exist for this record and request. E4: they name the privilege set, which entities share. */
function grantsOfRole(role: Role, action: Action, record: RecordFacts, conditions: Conditions): Grant[] {
  const concerns = ({ privilegeSet, action: number }: Grant): boolean =>
    privilegeSet === record.entity.privilegeSet && number === actionNames.indexOf(action);
  return [
    ...role.grants.filter(concerns),
    ...role.conditionalGrants.filter(
      (grant) =>
        concerns(grant) && conditions.permits(grant.condition, record, { kind: "role", name: role.name }),
    ),
  ];
}

/** 3 GRANTS: every grant of (privilege set of E, a) that the user holds in a question about this record. */
export function grantsOnRecord(
  facts: Facts,
  user: User,
  action: Action,
  record: RecordFacts,
  conditions: Conditions,
): readonly HeldGrant[] {
  const grants: HeldGrant[] = [];
  for (const copy of copiesOf(facts, user, record)) {
    const role = facts.role(copy.role);
    for (const grant of grantsOfRole(role, action, record, conditions)) {
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
    const copies = permitCopies(facts, guardrail, user, record);
    if (copies.length === 0 || !permits(guardrail, record, conditions)) continue;
    for (const { holder, context } of copies)
      grants.push({ holder, level, context, source: { kind: "permit", name: guardrail.id } });
  }
  return grants;
}

/** 3 GRANTS for a task privilege, which has no level but organization: where the grants come from is all that matters. */
export function grantsOfTask(
  facts: Facts,
  user: User,
  task: number,
  conditions: Conditions,
): readonly Source[] {
  const sources: Source[] = [];
  for (const copy of copiesOf(facts, user, undefined)) {
    const role = facts.role(copy.role);
    const { name } = role;
    const holds = role.conditionalTasks.some(
      (grant) =>
        grant.task === task && conditions.permits(grant.condition, undefined, { kind: "role", name }),
    );
    if (holds || role.tasks.has(task)) sources.push({ kind: "role", name });
  }
  for (const guardrail of facts.policy.guardrails) {
    if (guardrail.effect !== "permit" || !guardrail.tasks.has(task)) continue;
    if (!isBareResource(guardrail) || levelOf(guardrail.level) !== "organization") continue;
    if (permitCopies(facts, guardrail, user, undefined).length === 0) continue;
    if (permits(guardrail, undefined, conditions)) sources.push({ kind: "permit", name: guardrail.id });
  }
  return sources;
}
