// Step 5c: what is shared, for everybody who has any grant of that right (semantics.md S1 to S4).
import { actions, printName } from "../../compiler/index.ts";
import { grantTargets } from "./access.ts";
import { audience } from "./audience.ts";
import type { Export } from "./context.ts";
import { type CedarGrant, wordsOf } from "./grants.ts";
import { ownership } from "./holding.ts";
import { entityId } from "./names.ts";
import type { CedarPolicy } from "./policy.ts";
import { isShareRight, ORGANIZATION, USER } from "./rights.ts";
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

/** One policy for the rights to an entity that the same roles grant. */
function ofRoles(entity: number, grants: readonly CedarGrant[], context: Export): CedarPolicy[] {
  const { policy, names } = context;
  const targets = targetsOf(
    [entity],
    { unit: undefined, record: undefined },
    { policy, names, alone: false },
  );
  // At organization, the level has reached every record already.
  const reaching = grants.filter(({ level }) => level < ORGANIZATION);
  const everybody = sameHolders(reaching.filter((grant) => !isTeamOnly(grant, context)));
  const byTeamOnly = reaching.filter((grant) => isTeamOnly(grant, context));
  return targets.flatMap((target) => {
    const made = everybody.map(({ actions, holders }) => {
      const { principal, when } = inRoles(holders, context);
      return {
        ...shared(actions, target, [...when, ...audience(actions, target, "always", context)]),
        comments: [commentOf(actions, entity, holders, context)],
        principal,
      };
    });
    for (const grant of byTeamOnly) {
      const rights = grant.actions.filter(isShareRight);
      if (rights.length === 0) continue;
      made.push({
        ...shared(rights, target, audience(rights, target, grant.holding.himself, context)),
        comments: [commentOf(rights, entity, [grant], context)],
        principal: grant.holding.scope,
      });
    }
    return merged(made);
  });
}

/** Rights that are granted by the same grants go together. */
function sameHolders(
  grants: readonly CedarGrant[],
): readonly { actions: readonly number[]; holders: readonly CedarGrant[] }[] {
  const groups = new Map<string, { actions: number[]; holders: readonly CedarGrant[] }>();
  for (const action of [...actions.keys()].filter(isShareRight)) {
    const holders = grants.filter((grant) => grant.actions.includes(action));
    if (holders.length === 0) continue;
    const key = [...new Set(holders.map(({ role }) => role))].join();
    const group = groups.get(key) ?? { actions: [], holders };
    groups.set(key, group);
    group.actions.push(action);
  }
  return [...groups.values()];
}

/** Policies that only differ in nothing at all, which two lines of one role can give. */
function merged(policies: readonly CedarPolicy[]): CedarPolicy[] {
  return [...new Map(policies.map((policy) => [JSON.stringify(policy), policy])).values()];
}

function commentOf(
  rights: readonly number[],
  entity: number,
  grants: readonly CedarGrant[],
  { policy }: Export,
): string {
  const roles = [...new Set(grants.map(({ role }) => printName(policy.roles[role as number]?.name ?? "")))];
  const on = printName(policy.entities[entity]?.name ?? "");
  return `shares: ${wordsOf(rights)} on ${on} for ${roles.length === 1 ? "role" : "roles"} ${roles.join(", ")}`;
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
  return ofRights(grant, context, (rights, target) => ({
    ...shared(rights, target, audience(rights, target, himself, context)),
    principal: holding.scope,
  }));
}

/** T8: who holds the grant only because he administers the owning team. Without B9 he has reached the record as its owner. */
function ofAdministrators(grant: CedarGrant, context: Export): CedarPolicy[] {
  const { holding, level } = grant;
  const { owningTeam } = holding;
  if (owningTeam === undefined || level === USER || level === ORGANIZATION) return [];
  return ofRights(grant, context, (rights, target) => {
    const { ofTeam, administers } = ownership(target.record, context.names);
    const held = [ofTeam, administers, owningTeam(target.record)];
    return shared(rights, target, [...held, ...audience(rights, target, "always", context)]);
  });
}

function ofRights(
  grant: CedarGrant,
  context: Export,
  make: (rights: readonly number[], target: Target) => Omit<CedarPolicy, "comments">,
): CedarPolicy[] {
  const rights = grant.actions.filter(isShareRight);
  if (rights.length === 0) return [];
  const targets = grantTargets(grant, context).filter((target) => isOwned(target, context.policy));
  return targets.map((target) => {
    const made = make(rights, target);
    const condition =
      grant.condition === undefined ? [] : [context.conditionOf(grant.condition, target).text];
    return { ...made, when: [...made.when, ...condition], comments: [grant.comment] };
  });
}

function shared(
  rights: readonly number[],
  target: Target,
  when: readonly string[],
): Omit<CedarPolicy, "comments"> {
  return {
    effect: "permit",
    reason: "share",
    principal: "principal",
    actions: rights,
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
