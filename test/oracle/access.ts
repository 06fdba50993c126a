// semantics.md section 1, step 5: how the grants of G reach one record.
import type { Action, User } from "../../compiler/model/model.ts";
import type { Facts, RecordFacts } from "./facts.ts";
import type { HeldGrant } from "./grants.ts";
import { byHierarchy } from "./hierarchy.ts";
import { hasRight } from "./rights.ts";
import type { Source } from "./sources.ts";

/** Every source through which the record is in reach; none is deny "access". */
export function reach(
  facts: Facts,
  user: User,
  action: Action,
  record: RecordFacts,
  grants: readonly HeldGrant[],
): readonly Source[] {
  // 4 PRIVILEGE: owners and sharees do not pass without a grant.
  if (grants.length === 0) return [];
  // E1: the level is fixed at organization; no owner, no unit, no share.
  if (record.entity.ownership === "organization") return grants.map((grant) => grant.source);
  const byRole = grants.filter((grant) => reachesByLevel(facts, grant, record)).map((grant) => grant.source);
  // E3: steps 0 to 5a with the record's unit.
  if (record.entity.ownership === "businessUnit") return byRole;
  const sources = [...byRole];
  if (ownershipCounts(facts, grants, byRole)) sources.push(...byOwner(facts, user, record, grants));
  // S3: shares add up, and add to role access.
  sources.push(...byShare(facts, user, action, record, grants));
  sources.push(...byHierarchy(facts, user, action, record, grants));
  return sources;
}

/** 5a ROLE. The record side is the record's own unit (B7), the other side the context of the copy (B6), never the member's unit (T1). */
export function reachesByLevel(facts: Facts, grant: HeldGrant, record: RecordFacts): boolean {
  if (grant.level === "organization") return true;
  if (record.unit === undefined) return false;
  if (grant.level === "parentChild") return facts.isAtOrBelow(record.unit, grant.context);
  if (grant.level === "businessUnit") return record.unit === grant.context;
  return false;
}

/** B9: modern with `recomputeOwnership: false`, 5b needs a grant at level user, or the record's unit covered by 5a. */
function ownershipCounts(facts: Facts, grants: readonly HeldGrant[], byRole: readonly Source[]): boolean {
  const { ownershipAcrossBusinessUnits, recomputeOwnership } = facts.policy.settings;
  if (!ownershipAcrossBusinessUnits || recomputeOwnership) return true;
  return grants.some((grant) => grant.level === "user") || byRole.length > 0;
}

/** 5b OWNER, a grant of any level. */
function byOwner(
  facts: Facts,
  user: User,
  record: RecordFacts,
  grants: readonly HeldGrant[],
): readonly Source[] {
  const owner = record.owner;
  if (owner === undefined) return [];
  if (owner.kind === "user") {
    if (owner.name !== user.name) return [];
    return grants.some((grant) => servesOwnRecord(facts, grant)) ? [{ kind: "owner" }] : [];
  }
  const isHisTeam = facts.ownerTeamsOf(user, record).some((team) => team.name === owner.name);
  const serves = grants.some(({ holder }) =>
    holder.kind === "user" ? isHisTeam : holder.team.name === owner.name,
  );
  return serves ? [{ kind: "team", name: owner.name }] : [];
}

/** Whether a grant serves for records that the user owns himself. */
function servesOwnRecord(facts: Facts, { holder, level }: HeldGrant): boolean {
  if (holder.kind === "user") return true;
  // T2: a team-only role says nothing about the member's own records.
  if (!holder.inherits) return false;
  // T3: the user level is inherited; T4 (X1): whether a higher one is too is a setting.
  return level === "user" || facts.policy.settings.inheritAboveUser;
}

/** 5c SHARE, right by right (S2), to the user, to any team of his, or to the organization. */
function byShare(
  facts: Facts,
  user: User,
  action: Action,
  record: RecordFacts,
  grants: readonly HeldGrant[],
): readonly Source[] {
  // S8: create in a share is ignored.
  if (action === "create") return [];
  const teams = facts.teamsOf(user, record);
  const sources: Source[] = [];
  for (const share of facts.sharesOf(record)) {
    const to = share.principal;
    const reaches =
      to === undefined ||
      (to.kind === "team" && teams.some((team) => team.name === to.name)) ||
      (to.kind === "user" && to.name === user.name && servesDirectShare(facts, grants));
    if (!reaches) continue;
    // S4: two masks, and each is a source of its own.
    const whom = to === undefined ? ({ to: "organization" } as const) : { to: to.kind, name: to.name };
    if (hasRight(share.direct, action)) sources.push({ kind: "share", ...whom });
    if (hasRight(share.inherited, action)) sources.push({ kind: "parent", ...whom });
  }
  return sources;
}

/** S1, X2: with `teamGrantServesDirectShare: false`, a share to the user himself needs more than team-only grants at user level. */
function servesDirectShare(facts: Facts, grants: readonly HeldGrant[]): boolean {
  if (facts.policy.settings.teamGrantServesDirectShare) return true;
  return grants.some(
    ({ holder, level }) => !(holder.kind === "team" && !holder.inherits && level === "user"),
  );
}
