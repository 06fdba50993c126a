// Which privileges exist: a matter of the entity's ownership alone (language.md section 2, semantics.md E1 to E3).
import type { ActionMask, Ownership } from "./model.ts";
import { ALL_ACTIONS, ASSIGN, SHARE } from "./vocabulary.ts";

const UNSHARED = ALL_ACTIONS & ~(1 << ASSIGN) & ~(1 << SHARE);

const actionsByOwnership: Record<Ownership, ActionMask> = {
  userOrTeam: ALL_ACTIONS,
  organization: UNSHARED,
  businessUnit: UNSHARED,
  parent: 0,
};

const levelsByOwnership: Record<Ownership, readonly number[]> = {
  userOrTeam: [1, 2, 3, 4],
  organization: [4],
  businessUnit: [2, 3, 4],
  parent: [],
};

/** The actions for which an entity of this ownership has privileges of its own. */
export function existingActions(ownership: Ownership): ActionMask {
  return actionsByOwnership[ownership];
}

export function actionExists(ownership: Ownership, action: number): boolean {
  return (actionsByOwnership[ownership] & (1 << action)) !== 0;
}

/** The levels above `none` that a grant may have, lowest first. */
export function existingLevels(ownership: Ownership): readonly number[] {
  return levelsByOwnership[ownership];
}

export function levelExists(ownership: Ownership, level: number): boolean {
  return levelsByOwnership[ownership].includes(level);
}
