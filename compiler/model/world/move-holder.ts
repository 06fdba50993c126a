import type { PrincipalName } from "../model.ts";
import { findTeam, findUser, type Outcome, replaced, type State } from "./state.ts";

/**
 * A user or team in another unit (semantics.md B8). Classic: his roles are gone and his records come along. Modern: the
 * switches say.
 */
export function moveHolder({ policy, world }: State, holder: PrincipalName, unit: string): Outcome {
  const { settings } = policy;
  const modern = settings.ownershipAcrossBusinessUnits;
  const keepsRoles = modern && settings.keepRolesOnUnitChange;
  const carriesRecords = !modern || settings.moveRecordsWithOwner;
  const team = holder.kind === "team" ? findTeam(world, holder.name) : undefined;
  const from = team?.unit ?? findUser(world, holder.name)?.unit;
  if (team?.kind === "default") return { refused: "a default team stays with its business unit" };
  if (from === undefined || from === unit) return { policy, world };
  const move = <T extends { unit: string; roles: readonly unknown[] }>(item: T): T => ({
    ...item,
    unit,
    roles: keepsRoles ? item.roles : [],
  });
  return {
    policy,
    world: {
      ...world,
      users: holder.kind === "user" ? replaced(world.users, holder.name, move) : world.users,
      teams: holder.kind === "team" ? replaced(world.teams, holder.name, move) : world.teams,
      records: carriesRecords
        ? world.records.map((record) =>
            record.owner?.kind === holder.kind && record.owner.name === holder.name
              ? { ...record, unit }
              : record,
          )
        : world.records,
    },
  };
}
