// semantics.md A3: who may own records of an entity.
import type { Grant, PrincipalName } from "../../../compiler/model/model.ts";
import type { RecordFacts } from "../facts.ts";
import { grantsOnRecord, type HeldGrant, isAdministrator } from "../grants.ts";
import { actionNames, hasRight, levelExists, levelNames } from "../rights.ts";
import { matchesRecord } from "../scopes.ts";
import type { Checked, Inquiry } from "./inquiry.ts";
import { looksAtPrincipal } from "./looks-at-principal.ts";

/** A3: checked on the new owner, whoever calls. Conditions look at the record as it is. */
export function mayOwn(inquiry: Inquiry, owner: PrincipalName, record: RecordFacts): Checked {
  const asked = { ...record, ownerAside: true };
  const may =
    owner.kind === "user" ? userMayOwn(inquiry, owner.name, asked) : teamMayOwn(inquiry, owner.name, asked);
  return may ? { sources: [] } : inquiry.refuse("owner", "A3", "own", record, owner);
}

function userMayOwn(inquiry: Inquiry, name: string, record: RecordFacts): boolean {
  const { facts } = inquiry;
  const { disabledMayOwn, inheritAboveUser } = facts.policy.settings;
  const user = facts.user(name);
  // X10: the user's own mark; a disabled unit keeps from signing in alone (B2).
  if (user.disabled && !disabledMayOwn) return false;
  if (isAdministrator(facts, user, record)) return true;
  const suffices = ({ holder, level }: HeldGrant): boolean => {
    if (holder.kind === "user") return true;
    if (holder.inherits) return level === "user" || inheritAboveUser;
    return level === "organization";
  };
  return grantsOnRecord(facts, user, "read", record, inquiry.conditions("read", user)).some(suffices);
}

/**
 * A team through its own role at any level, or a guardrail permit that acts as its role. T5: access teams own nothing.
 * No user asks for a team, so a condition that looks at the principal does not hold.
 */
function teamMayOwn(inquiry: Inquiry, name: string, record: RecordFacts): boolean {
  const { facts } = inquiry;
  const team = facts.findTeam(name);
  if (team === undefined || team.kind === "access") return false;
  const conditions = inquiry.conditions("read");
  const situation = { facts, user: inquiry.user, action: "read", record, context: new Map() };
  const holds = (condition: number | undefined): boolean =>
    condition === undefined ||
    (!looksAtPrincipal(facts.policy.conditions[condition]?.clauses ?? [], situation) &&
      conditions.permits(condition, record, { kind: "role", name }));
  const concerns = ({ action, privilegeSet }: Grant): boolean =>
    actionNames[action] === "read" && privilegeSet === record.entity.privilegeSet;
  const byRole = team.roles.some((held) => {
    const role = facts.role(held.role);
    if (role.form === "administrator role") return true;
    if (role.grants.some(concerns)) return true;
    return role.conditionalGrants.some((grant) => concerns(grant) && holds(grant.condition));
  });
  if (byRole) return true;
  return facts.policy.guardrails.some(({ effect, principal, actions, level, condition, ...rest }) => {
    if (effect !== "permit" || !hasRight(actions, "read")) return false;
    if (!levelExists(levelNames[level] ?? "none", record.entity.ownership)) return false;
    const named =
      (principal.kind === "team" && principal.name === name) ||
      (principal.kind === "role" && team.roles.some((held) => held.role === principal.role));
    const guardrail = { effect, principal, actions, level, condition, ...rest };
    return named && matchesRecord(facts, guardrail, record) && holds(condition);
  });
}
