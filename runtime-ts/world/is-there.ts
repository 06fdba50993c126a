import { TEAM_BIT } from "../../runtime-as/abi.ts";
import type { World } from "./world.ts";

/** Whether this is the number of a user or team: one who was removed leaves his behind, and a newcomer may get it. */
export function isPrincipal({ users, teams }: Pick<World, "users" | "teams">, principal: number): boolean {
  if ((principal & TEAM_BIT) === 0) return users.names.isThere(principal);
  const name = teams.names[principal & ~TEAM_BIT];
  return name !== undefined && name !== "";
}
