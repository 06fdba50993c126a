// Step 5c: what is shared, for everybody who has any grant of that right (semantics.md S1 to S4).
import { actions, printName } from "../../compiler/index.ts";
import { grantTargets } from "./access.ts";
import type { Export } from "./context.ts";
import type { CedarGrant } from "./grants.ts";
import { type Holding, ownership } from "./holding.ts";
import { attributeName, entityId, member } from "./names.ts";
import type { CedarPolicy } from "./policy.ts";
import { isShareRight, ORGANIZATION, USER, wordOf } from "./rights.ts";
import { isOwned, type Target, targetsOf } from "./targets.ts";
import { limitsOwners } from "./user-level.ts";

export function sharePolicies(context: Export): readonly CedarPolicy[] {
  const { policy } = context;
  const owned = context.grants.filter(({ deciders }) =>
    deciders.some((entity) => policy.entities[entity]?.ownership === "userOrTeam"),
  );
  const single = owned.filter((grant) => !isPlain(grant));
  return [
    ...[...policy.entities.keys()].flatMap((entity) => {
      if (policy.entities[entity]?.ownership !== "userOrTeam") return [];
      const plain = owned.filter((grant) => isPlain(grant) && grant.deciders.includes(entity));
      return ofRoles(entity, plain, context);
    }),
    ...single.flatMap((grant) => ofGrant(grant, context)),
    ...(limitsOwners(context) ? owned.flatMap((grant) => ofAdministrators(grant, context)) : []),
  ];
}

/** Grants of roles that differ in nothing but the role: they go together. */
function isPlain({ role, condition, places }: CedarGrant): boolean {
  return (
    role !== undefined && condition === undefined && places.unit === undefined && places.record === undefined
  );
}

/** One policy for each right to an entity, for all the roles that grant it. */
function ofRoles(entity: number, grants: readonly CedarGrant[], context: Export): CedarPolicy[] {
  const { policy, names } = context;
  const targets = targetsOf(
    [entity],
    { unit: undefined, record: undefined },
    { policy, names, alone: false },
  );
  return targets.flatMap((target) =>
    [...actions.keys()].filter(isShareRight).flatMap((action) => {
      // At organization, the level has reached every record already.
      const granting = grants.filter(
        ({ actions, level }) => actions.includes(action) && level < ORGANIZATION,
      );
      const everybody = granting.filter((grant) => !isTeamOnly(grant, context));
      const byTeamOnly = granting.filter((grant) => isTeamOnly(grant, context));
      const made: CedarPolicy[] = [];
      if (everybody.length > 0) {
        const { principal, when } = inRoles(everybody, context);
        made.push({
          ...shared(action, target, [...when, ...audience(action, target, "always", context)]),
          comments: [commentOf(action, entity, everybody, context)],
          principal,
        });
      }
      for (const grant of byTeamOnly)
        made.push({
          ...shared(action, target, audience(action, target, grant.holding.himself, context)),
          comments: [commentOf(action, entity, [grant], context)],
          principal: grant.holding.scope,
        });
      return merged(made);
    }),
  );
}

/** Policies that only differ in nothing at all, which two lines of one role can give. */
function merged(policies: readonly CedarPolicy[]): CedarPolicy[] {
  return [...new Map(policies.map((policy) => [JSON.stringify(policy), policy])).values()];
}

function commentOf(
  action: number,
  entity: number,
  grants: readonly CedarGrant[],
  { policy }: Export,
): string {
  const roles = [...new Set(grants.map(({ role }) => printName(policy.roles[role as number]?.name ?? "")))];
  const right = `${wordOf(action)} on ${printName(policy.entities[entity]?.name ?? "")}`;
  return `shares: ${right} for ${roles.length === 1 ? "role" : "roles"} ${roles.join(", ")}`;
}

/** Cedar's scope takes one role; several are a condition. */
function inRoles(
  grants: readonly CedarGrant[],
  { policy }: Export,
): { principal: string; when: readonly string[] } {
  const ids = [
    ...new Set(grants.map(({ role }) => entityId("Role", policy.roles[role as number]?.name ?? ""))),
  ];
  if (ids.length === 1) return { principal: `principal in ${ids[0]}`, when: [] };
  return { principal: "principal", when: [`principal in [${ids.join(", ")}]`] };
}

/** A grant with a condition or a scope, or of a permit that no role holds. */
function ofGrant(grant: CedarGrant, context: Export): CedarPolicy[] {
  const { holding, level } = grant;
  if (level === ORGANIZATION) return [];
  const himself = isTeamOnly(grant, context) ? holding.himself : "always";
  return ofEachRight(grant, context, (action, target) => ({
    ...shared(action, target, audience(action, target, himself, context)),
    principal: holding.scope,
  }));
}

/** T8: who holds the grant only because he administers the owning team. Without B9 he has reached the record as its owner. */
function ofAdministrators(grant: CedarGrant, context: Export): CedarPolicy[] {
  const { holding, level } = grant;
  const { owningTeam } = holding;
  if (owningTeam === undefined || level === USER || level === ORGANIZATION) return [];
  return ofEachRight(grant, context, (action, target) => {
    const { ofTeam, administers } = ownership(target.record, context.names);
    const held = [ofTeam, administers, owningTeam(target.record)];
    return shared(action, target, [...held, ...audience(action, target, "always", context)]);
  });
}

function ofEachRight(
  grant: CedarGrant,
  context: Export,
  make: (action: number, target: Target) => Omit<CedarPolicy, "comments">,
): CedarPolicy[] {
  const targets = grantTargets(grant, context).filter((target) => isOwned(target, context.policy));
  return targets.flatMap((target) =>
    grant.actions.filter(isShareRight).map((action) => {
      const made = make(action, target);
      const condition =
        grant.condition === undefined ? [] : [context.conditionOf(grant.condition, target).text];
      return { ...made, when: [...made.when, ...condition], comments: [grant.comment] };
    }),
  );
}

function shared(action: number, target: Target, when: readonly string[]): Omit<CedarPolicy, "comments"> {
  return {
    effect: "permit",
    reason: "share",
    principal: "principal",
    actions: [action],
    tasks: [],
    target,
    when,
    unless: [],
  };
}

/** X2 off: a team-only grant at user level does not serve for a share to the user himself. */
function isTeamOnly({ holding, level }: CedarGrant, { policy }: Export): boolean {
  if (policy.settings.teamGrantServesDirectShare) return false;
  return level === USER && !holding.inherits && holding.himself !== "always";
}

/** That the right is shared with him, a team of his or the organization; `himself` says when a share to himself counts. */
function audience(
  action: number,
  { record }: Target,
  himself: Holding["himself"],
  { names }: Export,
): readonly string[] {
  const { ofTeam, administers } = ownership(record, names);
  const shares = member(record, names.added.record.shares);
  const right = wordOf(action);
  const of = `${shares}.${right}`;
  const direct = `${of}.users.contains(principal)`;
  const ways = [
    `${of}.organization`,
    ...(himself === "always" ? [direct] : []),
    ...(typeof himself === "object" ? [`(${himself.test} && ${direct})`] : []),
    `principal in ${of}.teams`,
    `(${ofTeam} && ${of}.teams.contains(${record}.owner.team) && ${administers})`,
  ];
  return [`${shares} has ${attributeName(right)}`, `(${ways.join(" ||\n ")})`];
}
