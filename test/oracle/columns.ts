// semantics.md section 8: what a secured column shows to whom.
import type { PrincipalName, Team, User } from "../../compiler/model/model.ts";
import type { RecordFacts } from "./facts.ts";
import { isAdministrator } from "./grants.ts";
import type { PlainWorld } from "./plain-world.ts";
import { hasRight } from "./rights.ts";

export type ColumnAction = "create" | "read" | "write" | "readUnmasked";

/** F1 to F4, once the record is in reach: whether the column lets the user do it. `record` is undefined for create. */
export function columnAllows(
  world: PlainWorld,
  user: User,
  action: ColumnAction,
  entity: number,
  attribute: string,
  record: RecordFacts | undefined,
): boolean {
  const { facts } = world;
  const plan = world.policy.entities[entity]?.attributes.find(({ name }) => name === attribute);
  // F1: only secured columns are hidden, and from administrators none.
  if (plan?.secured !== true || isAdministrator(facts, user, record)) return true;
  const isHis = (principal: PrincipalName | undefined, teams: readonly Team[]): boolean => {
    if (principal === undefined) return true;
    if (principal.kind === "user") return principal.name === user.name;
    return teams.some(({ name }) => name === principal.name);
  };
  // T5: access teams give through shares alone.
  const inProfiles = facts.ownerTeamsOf(user, record);
  const inShares = facts.teamsOf(user, record);
  // F2: profiles of the user and of his teams add up.
  const byProfile = (wanted: ColumnAction): boolean =>
    world.policy.columnProfiles.some(
      ({ name, grants }) =>
        (world.profileMembers.get(name) ?? []).some((member) => isHis(member, inProfiles)) &&
        grants.some(
          (grant) =>
            grant.action === wanted &&
            grant.entity === entity &&
            world.policy.entities[entity]?.attributes[grant.attribute]?.name === attribute,
        ),
    );
  // F3: a share of the column of this record adds read or write.
  const byShare = (wanted: "read" | "write"): boolean =>
    record?.id !== undefined &&
    world
      .columnSharesOf({ entity, id: record.id })
      .some(
        (share) =>
          share.attribute === attribute && isHis(share.principal, inShares) && hasRight(share.rights, wanted),
      );
  if (action === "create") return byProfile("create");
  if (action === "write") return byProfile("write") || byShare("write");
  const reads = byProfile("read") || byShare("read");
  // F4: unmasked is what may be read, and of a masked column needs more.
  if (action === "read" || plan.masked === undefined) return reads;
  return reads && byProfile("readUnmasked");
}
