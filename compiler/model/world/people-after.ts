import type { PrincipalName } from "../model.ts";
import type { Change, GivenRole } from "../script.ts";
import { editedRole } from "./edited-role.ts";
import { findTeam, findUser, indexOf, type State, unitOf } from "./state.ts";
import { hasCopyIn, isAtOrBelow } from "./units.ts";

/**
 * People, places and roles after a change of a test: what the rules need to judge what is written below it. Records and
 * shares are the engine's alone. A change that the model refuses leaves all as it is, as in the engine.
 */
export function peopleAfter(state: State, change: Change): State {
  switch (change.kind) {
    case "move user":
      return moveHolder(state, { kind: "user", name: change.user }, change.unit);
    case "move team":
      return moveHolder(state, { kind: "team", name: change.team }, change.unit);
    case "edit user":
      return change.roles === undefined
        ? state
        : giveRoles(state, { kind: "user", name: change.user }, change.roles);
    case "edit team":
      return editTeam(state, change);
    case "move unit":
      return moveUnit(state, change.unit, change.under);
    case "edit role": {
      const { policy, world } = state;
      const roles = policy.roles.map((role, index) =>
        index === change.role ? editedRole(role, change) : role,
      );
      return { policy: { ...policy, roles }, world };
    }
    default:
      return state;
  }
}

/** The state with a user or team replaced. */
function withHolder(
  { policy, world }: State,
  { kind, name }: PrincipalName,
  change: <T extends State["world"]["users"][number] | State["world"]["teams"][number]>(item: T) => T,
): State {
  const replaced = <T extends State["world"]["users"][number] | State["world"]["teams"][number]>(
    list: readonly T[],
  ) => list.map((item) => (item.name === name ? change(item) : item));
  return {
    policy,
    world:
      kind === "user"
        ? { ...world, users: replaced(world.users) }
        : { ...world, teams: replaced(world.teams) },
  };
}

/** semantics.md B8: in the classic mode the roles are gone, in the modern one the switch says. */
function moveHolder(state: State, holder: PrincipalName, unit: string): State {
  const { ownershipAcrossBusinessUnits, keepRolesOnUnitChange } = state.policy.settings;
  const keeps = ownershipAcrossBusinessUnits && keepRolesOnUnitChange;
  const isDefault = holder.kind === "team" && findTeam(state.world, holder.name)?.kind === "default";
  if (isDefault || unitOf(state.world, holder) === unit) return state;
  return withHolder(state, holder, (item) => ({ ...item, unit, roles: keeps ? item.roles : [] }));
}

/** A role can be held only where it has a copy (semantics.md B5), in the classic mode of the holder's unit (B6). */
function giveRoles(state: State, holder: PrincipalName, roles: readonly GivenRole[]): State {
  const { policy, world } = state;
  const own = (holder.kind === "user" ? findUser : findTeam)(world, holder.name)?.unit;
  if (own === undefined) return state;
  const assignments = roles.map(({ role, unit = own }) => ({ role, unit }));
  const holds = assignments.every(
    ({ role, unit }) =>
      hasCopyIn(policy, world, role, unit) && (policy.settings.ownershipAcrossBusinessUnits || unit === own),
  );
  return holds ? withHolder(state, holder, (item) => ({ ...item, roles: assignments })) : state;
}

function editTeam(state: State, { team, roles, members }: Extract<Change, { kind: "edit team" }>): State {
  const given = roles === undefined ? state : giveRoles(state, { kind: "team", name: team }, roles);
  if (members === undefined) return given;
  const { policy, world } = given;
  const teams = world.teams.map((each) => (each.name === team ? { ...each, members } : each));
  return { policy, world: { ...world, teams } };
}

/** semantics.md B1, B4 */
function moveUnit(state: State, unit: string, under: string): State {
  const { policy, world } = state;
  const isRoot = indexOf(world.units).get(unit)?.parent === undefined;
  if (isRoot || isAtOrBelow(world, under, unit)) return state;
  const units = world.units.map((each) => (each.name === unit ? { ...each, parent: under } : each));
  return { policy, world: { ...world, units } };
}
