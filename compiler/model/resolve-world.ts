// People, places and roles: of a project, or of a test over a project's.
import type { DefaultTeamNode } from "../syntax/ast.ts";
import type { Context } from "./context.ts";
import type { LocalDeclarations } from "./declarations.ts";
import type { ColumnProfile, PrincipalName, Role, Team, World } from "./model.ts";
import { resolveUnit } from "./references.ts";
import {
  declareTeams,
  declareUsers,
  resolveDefaultTeam,
  resolveTeamNode,
  resolveUserNode,
} from "./resolve-people.ts";
import { declarePositions, declareUnits, resolvePositions, resolveUnits } from "./resolve-places.ts";
import { resolveProfile } from "./resolve-profiles.ts";
import { declareRoles, resolveRole } from "./resolve-roles.ts";

export interface PeopleAndPlaces {
  readonly world: Omit<World, "records" | "shares">;
  readonly roles: readonly Role[];
  readonly columnProfiles: readonly ColumnProfile[];
}

/** Declares all names first, since declarations are free of order; `firstRole` is the number of the first new role. */
export function resolvePeopleAndPlaces(
  nodes: LocalDeclarations,
  firstRole: number,
  context: Context,
): PeopleAndPlaces {
  const placed = declareUnits(nodes.Unit, context);
  const positionNodes = declarePositions(nodes.Position, context);
  const userNodes = declareUsers(nodes.User, context);
  const teamNodes = declareTeams(nodes.Team, context);
  const roleNodes = declareRoles(nodes.Role, firstRole, context);

  const units = resolveUnits(placed, context);
  const positions = resolvePositions(positionNodes, context);
  const roles = roleNodes.map((node) => resolveRole(node, context));
  const teams = [
    ...defaultTeams(
      units.map(({ name }) => name),
      nodes.DefaultTeam,
      context,
    ),
    ...teamNodes.flatMap((node) => resolveTeamNode(node, context) ?? []),
  ];
  const users = userNodes.flatMap((node) => resolveUserNode(node, context) ?? []);
  const profiles = nodes.ColumnProfile.flatMap((node) => resolveProfile(node, context) ?? []);
  const profileMembers = new Map<string, readonly PrincipalName[]>(
    profiles.map(({ profile, members }) => [profile.name, members]),
  );
  return {
    world: { units, users, teams, positions, profileMembers },
    roles,
    columnProfiles: profiles.map(({ profile }) => profile),
  };
}

/** One for each new unit, and one for each older or open unit whose default team is given roles here. */
function defaultTeams(
  units: readonly string[],
  nodes: readonly DefaultTeamNode[],
  context: Context,
): readonly Team[] {
  const given = new Map<string, DefaultTeamNode | undefined>(units.map((unit) => [unit, undefined]));
  for (const node of nodes) {
    const unit = resolveUnit(node.unit, "people", context);
    if (unit === undefined) continue;
    const name = { kind: "Name", value: unit, span: node.unit.span } as const;
    if (context.scope.defaultTeams.declare(name, node, context.report)) given.set(unit, node);
  }
  return [...given].map(([unit, node]) => resolveDefaultTeam(unit, node, context));
}
