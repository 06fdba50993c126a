// Steps 3 to 5 of a check: one grant as Cedar permits, one for each way in which it reaches a record (semantics.md 5a, 5b).
import type { Export } from "./context.ts";
import type { CedarGrant } from "./grants.ts";
import { type Holding, ownership } from "./holding.ts";
import type { CedarPolicy } from "./policy.ts";
import { ORGANIZATION, USER } from "./rights.ts";
import { isOwned, type Target, targetsOf } from "./targets.ts";
import { limitsOwners, userLevelWays } from "./user-level.ts";

/** A permit in the making: the parts that differ from way to way. */
interface Part {
  readonly principal: string;
  readonly reason: string;
  readonly when: readonly string[];
}

export function accessPolicies(grant: CedarGrant, context: Export): readonly CedarPolicy[] {
  const targets = grantTargets(grant, context);
  return targets.flatMap((target) => {
    const conditions =
      grant.condition === undefined ? [] : [context.conditionOf(grant.condition, target).text];
    const parts = [...levelParts(grant, target, context), ...ownerParts(grant, target, context)];
    return parts.map(
      ({ principal, reason, when, actions }): CedarPolicy => ({
        effect: "permit",
        comments: [grant.comment],
        reason,
        principal,
        actions: actions ?? grant.actions,
        tasks: [],
        target,
        when: [...when, ...conditions],
        unless: [],
      }),
    );
  });
}

/**
 * Conditions are typed for each entity, so that a grant with one has a policy for each; so it has where owners need a grant
 * at user level (B9), which another entity may not have.
 */
export function grantTargets(
  { deciders, places, condition }: CedarGrant,
  context: Export,
): readonly Target[] {
  const { policy, names } = context;
  const alone = condition !== undefined || limitsOwners(context);
  return targetsOf(deciders, places, { policy, names, alone });
}

type Parts = readonly (Part & { readonly actions?: readonly number[] })[];

/** 5a ROLE. */
function levelParts({ holding, level, reason }: CedarGrant, target: Target, context: Export): Parts {
  const { record } = target;
  if (level === USER) return [];
  const parts: Part[] = [
    {
      principal: holding.scope,
      reason,
      when: level === ORGANIZATION ? [] : holding.covers(record, level),
    },
  ];
  // T8 matters here only where owning does not already suffice.
  if (limitsOwners(context) && isOwned(target, context.policy) && holding.owningTeam !== undefined) {
    const { ofTeam, administers } = ownership(record, context.names);
    const covers = level === ORGANIZATION ? [] : holding.owningTeamCovers(record, level);
    const when = [ofTeam, administers, holding.owningTeam(record), ...covers];
    parts.push({ principal: "principal", reason, when });
  }
  return parts;
}

/** 5b OWNER: a grant of any level. At organization, level reach has allowed already whoever is in the scope. */
function ownerParts(grant: CedarGrant, target: Target, context: Export): Parts {
  if (!isOwned(target, context.policy)) return [];
  const { holding, level, actions } = grant;
  const { ofUser } = ownership(target.record, context.names);
  const parts: Part[] = [];
  const own = ownRecords(grant, context);
  if (own !== undefined && level < ORGANIZATION)
    parts.push({ ...own, reason: "owner", when: [...own.when, ...ofUser] });
  // B9 and T8: at organization, the level reaches a record of the owning team as well.
  const reached = level === ORGANIZATION && (limitsOwners(context) || holding.owningTeam === undefined);
  if (!reached) parts.push(teamPart(holding, target, context));
  if (!limitsOwners(context) || level === USER) return parts;
  const ways = userLevelWays(actions, target, context);
  return parts.flatMap((part) =>
    ways.map(({ actions, tests }) => ({ ...part, actions, when: [...part.when, ...tests] })),
  );
}

/** Whether the grant serves for records that the user owns himself (T2, T3, T4). */
function ownRecords(
  { holding, level }: CedarGrant,
  { policy }: Export,
): Pick<Part, "principal" | "when"> | undefined {
  if (holding.inherits && (level === USER || policy.settings.inheritAboveUser))
    return { principal: holding.scope, when: [] };
  if (holding.himself === "never") return undefined;
  if (holding.himself === "always") return { principal: holding.scope, when: [] };
  return { principal: "principal", when: [holding.himself.test] };
}

/** Records of a team to which he belongs: the grant is his own, or that team's. */
function teamPart(holding: Holding, { record }: Target, { names }: Export): Part {
  const { ofTeam, belongs } = ownership(record, names);
  const { himself, owningTeam } = holding;
  const tests = [
    ...(typeof himself === "object" ? [himself.test] : []),
    ...(owningTeam === undefined ? [] : [owningTeam(record)]),
  ];
  const held = tests.length > 1 ? [`(${tests.join(" || ")})`] : tests;
  const principal = himself === "always" ? holding.scope : "principal";
  return { principal, reason: "team", when: [ofTeam, belongs, ...held] };
}
