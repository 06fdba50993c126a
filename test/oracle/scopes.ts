// What the scope of a guardrail matches: language.md section 5.
import type { Guardrail, PrincipalScope, User } from "../../compiler/model/model.ts";
import type { Facts, RecordFacts } from "./facts.ts";

/** Whether the principal of the question lies in the scope; T8 makes an administrator a member here as well. */
export function matchesPrincipal(
  facts: Facts,
  scope: PrincipalScope,
  user: User,
  record: RecordFacts | undefined,
): boolean {
  switch (scope.kind) {
    case "any":
      return true;
    case "user":
      return user.name === scope.name;
    case "team":
      return facts.teamsOf(user, record).some((team) => team.name === scope.name);
    case "unit":
      return facts.isAtOrBelow(user.unit, scope.name);
    case "role": {
      const holders = [user, ...facts.ownerTeamsOf(user, record)];
      return holders.some((holder) => holder.roles.some((held) => held.role === scope.role));
    }
  }
}

/** Whether the record of the question lies in the scope. */
export function matchesRecord(facts: Facts, guardrail: Guardrail, record: RecordFacts): boolean {
  const { entities, unit, record: only } = guardrail.resource;
  const entity = facts.policy.entities.indexOf(record.entity);
  if (entities !== undefined && !entities.includes(entity)) return false;
  if (only !== undefined && (only.entity !== entity || only.id !== record.id)) return false;
  // Organization-owned and parent-owned records have no unit, so they lie in none.
  if (unit !== undefined && (record.unit === undefined || !facts.isAtOrBelow(record.unit, unit)))
    return false;
  return true;
}

/** A task privilege concerns no record: only a bare `resource` reaches it. */
export function isBareResource(guardrail: Guardrail): boolean {
  const { entities, unit, record } = guardrail.resource;
  return entities === undefined && unit === undefined && record === undefined;
}
