import type { Decision } from "../answer.ts";
import type { ConditionError, Source } from "../decode.ts";
import type { PrincipalReference } from "../operations/operation.ts";
import type { RecordReference } from "../questions.ts";
import type { Miss } from "./misses/miss.ts";

/** The access levels, lowest first (language.md section 2). */
export type AccessLevel = "user" | "businessUnit" | "parentChild" | "organization";

/** Who holds a role, and where. */
export interface HeldCopy {
  /** The user himself, or the team of his that it comes through. */
  readonly holder: PrincipalReference;
  /** The business unit of the role copy: from where its levels reach (semantics.md B5, B6). */
  readonly businessUnit: string;
}

/** One grant that reaches the record. */
export interface HeldGrant extends HeldCopy {
  readonly level: AccessLevel;
  /** File and line of the grant: `sales.bwk:12`. None where no source says it: a role that was edited since. */
  readonly line?: string;
}

type Detail<Kind extends Source["kind"], More> = Extract<Source, { readonly kind: Kind }> & More;

/**
 * One thing that alone would allow a check, in full (semantics.md section 10). Of a role or permit there is a source for
 * each holder, context unit and level that reaches the record. A permit in no team and no role is held by the user himself.
 */
export type ExplainedSource =
  | Detail<"administrator", HeldCopy & { readonly role: string }>
  | Detail<"role" | "permit", HeldGrant>
  | Detail<"owner" | "team" | "share" | "hierarchy", unknown>
  /** `from`: the records above from which cascades give the right now; empty where none of them does any more. */
  | Detail<"parent", { readonly from: readonly RecordReference[] }>;

/** What to say of a denial. */
export interface ExplainOptions {
  /** How many nearest misses of each kind there may be; 0 looks for none. Default 10. */
  readonly misses?: number;
  /**
   * Counts for each miss how many other decisions it would change, and puts the fewest first. A decision is a user, and a
   * loaded record with one of its privileges, or a task privilege; counted are all of the world, in the request context of
   * the question. The change is made as an administrator would make it, with what follows from it. Takes time by how many
   * users hold the role, or what the user owns, and in policies with conditions by all users. Default false.
   */
  readonly effects?: boolean;
}

/**
 * A decision with everything that allows it, or what would. The reason is the first source, or the step that denied; where
 * that is `disabled` or a forbid, no single change of the kinds that misses have mends it, and there are none.
 */
export interface Explanation extends Decision {
  readonly sources: readonly ExplainedSource[];
  /** Conditions that could not be worked out: a grant or permit with an error does not apply, a forbid with one does. */
  readonly errors: readonly ConditionError[];
  /** Of a record that is owned by its parent: the record above that decides (semantics.md E2), whose sources these are. */
  readonly decidedBy?: RecordReference;
  /** Of a denial the single changes that would each allow it: those first that concern least. */
  readonly misses: readonly Miss[];
  /** There may be more of some kind: `misses` of it were found, or 10,000 changes of it tried. */
  readonly missesCut: boolean;
}
