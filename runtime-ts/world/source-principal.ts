import { TEAM_BIT } from "../../runtime-as/abi.ts";
import type { Numbers } from "../names.ts";

interface People {
  readonly users: { readonly numbers: Numbers };
  readonly teams: { readonly numbers: Numbers };
}

/**
 * The number of somebody whom the source names, a team's with TEAM_BIT; undefined where nobody has the name. A bare name
 * that the source itself does not declare stands as a user's: where only a team carries it, it is the team's (language.md
 * section 1; what both carry or neither, checkOpenNames has refused).
 */
export function sourcePrincipal(isTeam: boolean, name: string, { users, teams }: People): number | undefined {
  const user = isTeam ? undefined : users.numbers.get(name);
  if (user !== undefined) return user;
  const team = teams.numbers.get(name);
  return team === undefined ? undefined : (team | TEAM_BIT) >>> 0;
}
