// Which right and which level exists for which ownership: language.md sections 2 and 3, semantics.md E1, E3, E6.
import type { Action, Level, Ownership } from "../../compiler/model/model.ts";

/** The number of an action in a mask or grant is its place here. */
export const actionNames: readonly Action[] = [
  "create",
  "read",
  "write",
  "delete",
  "assign",
  "share",
  "append",
  "appendTo",
];

/** The number of a level in a grant is its place here. */
export const levelNames: readonly Level[] = ["none", "user", "businessUnit", "parentChild", "organization"];

export function hasRight(mask: number, action: Action): boolean {
  return (mask & (1 << actionNames.indexOf(action))) !== 0;
}

/** E1, E3: nobody can be made owner of, or be shared, what has no owner. E2: a parent-owned entity has no rights of its own. */
export function rightExists(action: Action, ownership: Ownership): boolean {
  if (ownership === "userOrTeam") return true;
  if (ownership === "parent") return false;
  return action !== "assign" && action !== "share";
}

/** E1: the level is organization. E3: no user level. */
export function levelExists(level: Level, ownership: Ownership): boolean {
  if (ownership === "userOrTeam") return level !== "none";
  if (ownership === "organization") return level === "organization";
  if (ownership === "businessUnit") return level !== "none" && level !== "user";
  return false;
}
