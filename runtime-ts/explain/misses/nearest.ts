import { missingGrants } from "./grants.ts";
import type { Found } from "./miss.ts";
import { missingRoles } from "./roles.ts";
import { missingShares } from "./shares.ts";
import { missingTeams } from "./teams.ts";
import type { Trial } from "./trial.ts";
import { missingMoves } from "./units.ts";

/** Kinds of changes, those first that concern least: one record, one user, all who hold a role; a move carries things along. */
const kinds = [missingShares, missingRoles, missingTeams, missingGrants, missingMoves];

/** The changes that would each allow a denied question: at most `limit` of each kind. */
export function nearestMisses(trial: Trial, limit: number): Found {
  const found = kinds.map((kind) => kind(trial, limit));
  return { misses: found.flatMap(({ misses }) => misses), isCut: found.some(({ isCut }) => isCut) };
}
