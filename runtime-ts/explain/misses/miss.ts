import type { RecordReference } from "../../questions.ts";
import type { AccessLevel } from "../explanation.ts";

/** One change that alone would turn a denial into an allow (semantics.md section 10). Each was tried, and taken back. */
export type Miss = (
  | {
      /** Read access to a record for the user himself, or another right; of a record owned by its parent, the one above. */
      readonly kind: "share";
      readonly record: RecordReference;
      readonly right: string;
    }
  | {
      /** A role for the user himself, in the copy of this unit. */
      readonly kind: "assign-role";
      readonly role: string;
      readonly businessUnit: string;
    }
  | {
      /** The user as a member of a team: an owner, group or access team. */
      readonly kind: "join-team";
      readonly team: string;
    }
  | {
      /** A grant without a condition in a role that he holds himself or through a team, for all who hold it. */
      readonly kind: "grant";
      readonly role: string;
      /** An action on an entity (or privilege set), or a task privilege. */
      readonly action: string;
      readonly entity?: string;
      /** The lowest level that suffices. */
      readonly level: AccessLevel;
      /** What the role grants now, lower than that. */
      readonly insteadOf?: AccessLevel;
    }
  | {
      /** The user in another unit, with what becomes of his roles and records (semantics.md B8). */
      readonly kind: "move-user";
      readonly businessUnit: string;
    }
) & {
  /** How many other decisions would change, where that is asked for: see `ExplainOptions`. */
  readonly effects?: number;
};

/** What was found of one kind; cut where there may be more. */
export interface Found {
  readonly misses: readonly Miss[];
  readonly isCut: boolean;
}

/** Never more than so many changes of one kind are tried for one question. */
export const mostTries = 10_000;

/** Tries candidates in their order until there are `limit` misses, or `tries` have been made. */
export function search<T>(
  candidates: Iterable<T>,
  limit: number,
  attempt: (candidate: T) => Miss | undefined,
  tries: number = mostTries,
): Found {
  const misses: Miss[] = [];
  let tried = 0;
  for (const candidate of candidates) {
    if (misses.length >= limit || tried >= tries) return { misses, isCut: true };
    tried++;
    const miss = attempt(candidate);
    if (miss !== undefined) misses.push(miss);
  }
  return { misses, isCut: false };
}
