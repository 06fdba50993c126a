// Numbers of levels, and the rights of shares by name and number (semantics.md S8: create in a share counts for nothing).
import { type Action, actions } from "../../compiler/index.ts";

/** Numbers of levels (language.md section 2). */
export const USER = 1;
export const PARENT_CHILD = 3;
export const ORGANIZATION = 4;

export const shareRights: readonly Action[] = actions.filter((action) => action !== "create");

export function isShareRight(action: number): boolean {
  return actions[action] !== "create";
}

export function inMask(mask: number, action: number): boolean {
  return (mask & (1 << action)) !== 0;
}

export function wordOf(action: number): Action {
  return actions[action] as Action;
}
