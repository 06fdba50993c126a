import { TEAM_BIT } from "../../runtime-as/abi.ts";

interface Numbers {
  readonly users: { readonly numbers: ReadonlyMap<string, number> };
  readonly teams: { readonly numbers: ReadonlyMap<string, number> };
}

/**
 * The number of somebody whom the source names, a team's with TEAM_BIT; undefined where nobody has the name. A bare name
 * that the source itself does not declare stands as a user's: where only a team carries it, it is the team's (language.md
 * section 1; what both carry or neither, checkOpenNames has refused).
 */
export function sourcePrincipal(
  isTeam: boolean,
  name: string,
  { users, teams }: Numbers,
): number | undefined {
  const user = isTeam ? undefined : users.numbers.get(name);
  if (user !== undefined) return user;
  const team = teams.numbers.get(name);
  return team === undefined ? undefined : (team | TEAM_BIT) >>> 0;
}
