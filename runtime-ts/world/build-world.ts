import { TEAM_ACCESS, TEAM_BIT, TEAM_DEFAULT } from "../../runtime-as/abi.ts";
import { BailiwickError } from "../errors.ts";
import { damaged } from "../image-reader.ts";
import type { Numbers } from "../names.ts";
import type { Policy } from "../policy.ts";
import { quote } from "../quote.ts";
import { valueProblem } from "../values.ts";
import { RoleAssigner } from "./assign-roles.ts";
import { buildUsers, numberUsers } from "./build-users.ts";
import type {
  Declarations,
  PositionDeclaration,
  Reference,
  RoleDeclaration,
  TeamDeclaration,
  ValueDeclaration,
} from "./declarations.ts";
import { lookUp } from "./look-up.ts";
import { numberUnits, type Units } from "./number-units.ts";
import { checkOpenNames } from "./open-names.ts";
import { sourcePrincipal } from "./source-principal.ts";
import { checkTree, mergeTrees } from "./tree.ts";
import type { Positions, Teams, World } from "./world.ts";

/** A directory that declares nothing: the policy's own people and places stand alone. */
export const nothing: Declarations = {
  units: [],
  users: [],
  teams: [],
  positions: [],
  defaultTeamRoles: [],
  profileMembers: [],
  values: [],
};

function numbered(
  items: readonly { path: string; name: string }[],
  kind: string,
  help?: (name: string) => string | undefined,
): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const { path, name } of items) {
    if (numbers.has(name)) {
      throw new BailiwickError("BWK422", `${path}: ${kind} ${quote(name)} is declared twice`, help?.(name));
    }
    numbers.set(name, numbers.size);
  }
  return numbers;
}

function* manyOf(users: Numbers, references: readonly Reference[]): Iterable<number> {
  for (const reference of references) yield lookUp(users, reference, "user");
}

/** Every unit has a default team of its name; those of the directory's units are added (semantics.md T6). */
function withDefaultTeams(declared: Declarations, directory: Declarations, units: Units): TeamDeclaration[] {
  const teams = [...declared.teams];
  const defaults = new Set<string>();
  for (const { kind, name, unit } of teams) {
    if (kind !== TEAM_DEFAULT) continue;
    if (unit.name !== name || !units.numbers.has(name))
      throw damaged("a default team without its business unit");
    defaults.add(name);
  }
  for (const name of units.names) {
    if (defaults.has(name)) continue;
    const path = `default team of ${quote(name)}`;
    teams.push({
      path,
      name,
      kind: TEAM_DEFAULT,
      unit: { path, name },
      roles: [],
      members: [],
      administrator: undefined,
    });
  }
  teams.push(...directory.teams);
  return teams;
}

function moreRolesOf(
  { defaultTeamRoles }: Declarations,
  units: Units,
): Map<number, readonly RoleDeclaration[]> {
  return new Map(
    defaultTeamRoles.map(({ unit, roles }) => [lookUp(units.numbers, unit, "business unit"), roles] as const),
  );
}

function checkValues(
  values: readonly ValueDeclaration[],
  policy: Policy,
  names: Parameters<typeof valueProblem>[2],
): void {
  const attributes = {
    user: policy.userAttributes,
    team: policy.teamAttributes,
    unit: policy.unitAttributes,
  };
  for (const { path, of, attribute, value } of values) {
    const declared = attributes[of].get(attribute);
    const problem = declared === undefined ? undefined : valueProblem(declared, value, names);
    if (problem !== undefined) throw new BailiwickError("BWK425", `${path}: ${problem}`);
  }
}

/** Members of each column profile, by its number (semantics.md F2): of the source, then of the directory. */
function membersOfProfiles(
  declared: Declarations["profileMembers"],
  directory: Pick<Declarations, "profileMembers" | "profiles">,
  { secured }: Policy,
  numbers: Record<"user" | "team", Numbers>,
): Set<number>[] {
  const ofProfiles = secured.profiles.map(() => new Set<number>());
  const world = { users: { numbers: numbers.user }, teams: { numbers: numbers.team } };
  const add = ({ profile, kind, member }: Declarations["profileMembers"][number], principal?: number) => {
    const number = principal ?? lookUp(numbers[kind], member, kind);
    const of = lookUp(secured.profileNumbers, profile, "column profile");
    ofProfiles[of]?.add(kind === "team" ? (number | TEAM_BIT) >>> 0 : number);
  };
  for (const each of declared) add(each, sourcePrincipal(each.kind === "team", each.member.name, world));
  for (const each of directory.profileMembers) add(each);
  // One without members is one that the policy declares, too.
  for (const profile of directory.profiles ?? []) lookUp(secured.profileNumbers, profile, "column profile");
  return ofProfiles;
}

function numberPositions(positions: ReadonlyMap<string, PositionDeclaration>): Positions {
  const names = [...positions.keys()];
  const numbers = new Map(names.map((name, number) => [name, number]));
  const parents = Int32Array.from(positions.values(), ({ parent }) =>
    parent === undefined ? -1 : (numbers.get(parent.name) as number),
  );
  return { names, numbers, parents };
}

function buildTeams(
  declarations: readonly TeamDeclaration[],
  numbers: Map<string, number>,
  units: Units,
  users: Numbers,
  roles: RoleAssigner,
  defaultRoles: ReadonlyMap<number, readonly RoleDeclaration[]>,
): Teams {
  const unitNumbers = new Uint16Array(declarations.length);
  const administrators = new Int32Array(declarations.length).fill(-1);
  const assigned = declarations.map((team, number) => {
    const unit = lookUp(units.numbers, team.unit, "business unit");
    unitNumbers[number] = unit;
    if (team.administrator !== undefined) administrators[number] = lookUp(users, team.administrator, "user");
    if (team.kind === TEAM_ACCESS && team.roles.length > 0) {
      throw new BailiwickError(
        "BWK424",
        `${team.path}: access team ${quote(team.name)} cannot hold roles`,
        "an access team grants through shares alone; make it an owner team, or take the roles away",
      );
    }
    const more = team.kind === TEAM_DEFAULT ? (defaultRoles.get(unit) ?? []) : [];
    return roles.assign([...team.roles, ...more], unit);
  });
  return {
    names: [...numbers.keys()],
    numbers,
    kinds: Uint8Array.from(declarations, ({ kind }) => kind),
    units: unitNumbers,
    roles: assigned,
    members: declarations.map(({ members }) => new Set(manyOf(users, members))),
    administrators,
  };
}

/**
 * Puts a directory on top of what the policy declares, checks everything and numbers it. Pure: nothing is loaded yet.
 * Throws BWK201 and BWK204 for names that the policy left open, BWK421 to BWK427 for the directory's own mistakes.
 */
export function buildWorld(policy: Policy, declared: Declarations, directory: Declarations): World {
  const units = numberUnits(declared.units, directory.units);
  if (units.names.length === 0 && directory !== nothing) {
    throw new BailiwickError(
      "BWK423",
      "directory: no business unit is declared",
      "begin `businessUnits` with the root",
    );
  }
  const positionTree = mergeTrees(declared.positions, directory.positions, "position", (first) => first);
  checkTree(positionTree, "position", "positions");
  const positions = numberPositions(positionTree);
  const users = { rows: [...declared.users, ...directory.users], columns: directory.userColumns };
  const teamDeclarations = withDefaultTeams(declared, directory, units);
  const userNumbers = numberUsers(users);
  const teamNumbers = numbered(teamDeclarations, "team", (name) =>
    units.numbers.has(name) ? "every business unit has a default team of its name" : undefined,
  );
  checkOpenNames(policy.openNames, {
    users: userNumbers,
    teams: teamNumbers,
    units: units.numbers,
    positions: positions.numbers,
  });

  const values = [...declared.values, ...directory.values, ...(directory.userColumns?.values(policy) ?? [])];
  checkValues(values, policy, { users: userNumbers, teams: teamNumbers, units: units.numbers });

  const roles = new RoleAssigner(policy, units);
  return {
    units,
    users: buildUsers(users, userNumbers, units, positions.numbers, roles),
    teams: buildTeams(
      teamDeclarations,
      teamNumbers,
      units,
      userNumbers,
      roles,
      moreRolesOf(directory, units),
    ),
    positions,
    values,
    profileMembers: membersOfProfiles(declared.profileMembers, directory, policy, {
      user: userNumbers,
      team: teamNumbers,
    }),
  };
}
