// What a user may set out to do with records (semantics.md section 6), by names.
import type { Decision } from "../answer.ts";
import type { Source } from "../decode.ts";
import type { RecordReference } from "../questions.ts";

/** A user or a team by name. */
export type PrincipalReference = { readonly user: string } | { readonly team: string };

/** Attributes by name, typed as declared (lookups by id); null or undefined clears an optional one. */
export type AttributeChanges = Readonly<Record<string, unknown>>;

/** A record that is to be created. Without an owner the entity's owner rule says who owns it, else its creator does. */
export interface CreateOperation {
  readonly kind: "create";
  readonly entity: string;
  /** What the record is called from now on; needed for the creation to take effect, not for the question. */
  readonly id?: string;
  readonly owner?: PrincipalReference;
  /** Of unit-owned entities, and in the modern mode; there the creator's unit where nothing is said (semantics.md B7). */
  readonly businessUnit?: string;
  readonly attributes?: AttributeChanges;
}

/** Attributes, owner and unit of a record; what is left out stays as it is. */
export interface UpdateOperation {
  readonly kind: "update";
  readonly record: RecordReference;
  readonly attributes?: AttributeChanges;
  readonly owner?: PrincipalReference;
  /** In the modern mode, and of unit-owned entities. */
  readonly businessUnit?: string;
}

/** One of the operations that are more than a single check. */
export type Operation =
  | CreateOperation
  | UpdateOperation
  | { readonly kind: "assign"; readonly record: RecordReference; readonly to: PrincipalReference }
  | {
      readonly kind: "share";
      readonly record: RecordReference;
      readonly with: PrincipalReference | "organization";
      /** Actions by name; create is ignored (semantics.md S8). */
      readonly rights: readonly string[];
    }
  | {
      readonly kind: "unshare";
      readonly record: RecordReference;
      readonly with: PrincipalReference | "organization";
    }
  /** Shares a secured column of a record (semantics.md F3): `read` and `write` alone. */
  | {
      readonly kind: "shareColumn";
      readonly record: RecordReference;
      readonly column: string;
      readonly with: PrincipalReference | "organization";
      readonly rights: readonly string[];
    }
  | {
      readonly kind: "unshareColumn";
      readonly record: RecordReference;
      readonly column: string;
      readonly with: PrincipalReference | "organization";
    }
  /** Sets a lookup of `record` to `to`; its name is needed where several lead to that entity. */
  | {
      readonly kind: "append";
      readonly record: RecordReference;
      readonly to: RecordReference;
      readonly lookup?: string;
    }
  | {
      readonly kind: "associate" | "disassociate";
      readonly record: RecordReference;
      readonly with: RecordReference;
    }
  | { readonly kind: "delete"; readonly record: RecordReference }
  /** The subordinate `record` into the master `into`. */
  | { readonly kind: "merge"; readonly record: RecordReference; readonly into: RecordReference };

/** The check that refused an operation: which right, of whom, on what. */
export interface FailedCheck {
  /** The rule of semantics.md that asks for it, such as `A4`. */
  readonly rule: string;
  /** The right that is missing; `own` where the principal may not own records of the entity; a task privilege's name. */
  readonly action: string;
  /** Without id: the record that would be created. None for a task privilege. */
  readonly record?: { readonly entity: string; readonly id?: string };
  /** Who lacks it: the user who asks, the new owner, or the user with whom a record is shared. */
  readonly principal: PrincipalReference;
}

/**
 * Whether an operation is allowed. `reason` is what stands after `because` in language.md section 8: the first source of the
 * operation's own right, or the reason of the first check that fails.
 */
export interface OperationDecision extends Decision {
  /** What gives the operation's own right (create, write, assign, share, append, delete, Merge); empty where refused. */
  readonly sources: readonly Source[];
  readonly failed?: FailedCheck;
}
