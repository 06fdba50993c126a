// A policy test, resolved: what it starts from and what it does, in order.
import type { Span } from "../source.ts";
import type {
  ActionMask,
  ColumnShare,
  Grant,
  OpenName,
  Policy,
  PrincipalName,
  Role,
  Value,
  World,
  WorldRecord,
} from "./model.ts";
import type { RecordRef } from "./world/state.ts";

export type { ColumnShare } from "./model.ts";

export interface ResolvedTest {
  readonly title: string;
  readonly span: Span;
  /** The project's policy with the test's own roles and column profiles. */
  readonly policy: Policy;
  /** The project's world with the test's own units, people and positions; its records come by steps. */
  readonly world: World;
  /** The project's: in a test itself every name of people and places must be declared. */
  readonly openNames: readonly OpenName[];
  readonly steps: readonly Step[];
}

/** A record as written: its unit is settled when it is created (semantics.md B7). */
export type NewRecord = WorldRecord;

/** A role as given: without a unit, the copy of the holder's own. */
export interface GivenRole {
  readonly role: number;
  readonly unit: string | undefined;
}

/** Values of attributes; "none" clears one. */
export type AttributeValues = ReadonlyMap<string, Value | "none">;

/** A change that an administrator makes without a check (`set …`). An absent part stays as it is; null clears it. */
export type Change =
  | { readonly kind: "move user"; readonly user: string; readonly unit: string }
  | { readonly kind: "disable user"; readonly user: string; readonly disabled: boolean }
  | {
      readonly kind: "edit user";
      readonly user: string;
      readonly roles: readonly GivenRole[] | undefined;
      readonly manager: string | null | undefined;
      readonly position: string | null | undefined;
      readonly attributes: AttributeValues;
    }
  | { readonly kind: "move unit"; readonly unit: string; readonly under: string }
  | { readonly kind: "disable unit"; readonly unit: string; readonly disabled: boolean }
  | { readonly kind: "delete unit"; readonly unit: string }
  | { readonly kind: "move team"; readonly team: string; readonly unit: string }
  | {
      readonly kind: "edit team";
      readonly team: string;
      readonly roles: readonly GivenRole[] | undefined;
      readonly members: readonly string[] | undefined;
      readonly administrator: string | null | undefined;
      readonly attributes: AttributeValues;
    }
  | {
      readonly kind: "edit record";
      readonly record: RecordRef;
      /** A new owner, as an assignment without checks. */
      readonly owner: PrincipalName | undefined;
      readonly unit: string | undefined;
      readonly attributes: AttributeValues;
    }
  | {
      readonly kind: "edit role";
      readonly role: number;
      /** What is replaced: (action, privilege set) pairs; `grants` holds what they become. */
      readonly replaced: readonly { readonly action: number; readonly privilegeSet: number }[];
      readonly grants: readonly Grant[];
      readonly conditionalGrants: Role["conditionalGrants"];
      /** Every task named, and whether it is held without a condition from now on. */
      readonly tasks: ReadonlyMap<number, boolean>;
      readonly conditionalTasks: Role["conditionalTasks"];
    }
  | {
      readonly kind: "share";
      readonly record: RecordRef;
      /** undefined = the whole organization */
      readonly principal: PrincipalName | undefined;
      readonly rights: ActionMask;
    }
  | {
      readonly kind: "unshare";
      readonly record: RecordRef;
      readonly principal: PrincipalName | undefined;
    }
  /** Replaces what the principal has of that column. */
  | ({ readonly kind: "share column" } & ColumnShare)
  | ({ readonly kind: "unshare column" } & Omit<ColumnShare, "rights">);

/** An action on one secured column (semantics.md section 8); create is asked of an entity, before there is a record. */
export type ColumnAction = "create" | "read" | "write" | "readUnmasked";

/**
 * What a principal does or asks to do: a single right, or an operation with several checks (semantics.md section 6). The
 * engine takes the same by names (`engine.can`, `world.do`).
 */
export type Operation =
  /** `read o`, `write o`, … : a plain right. `delete o` is the operation below. */
  | { readonly kind: "right"; readonly action: number; readonly record: RecordRef }
  | { readonly kind: "task"; readonly task: number }
  /** `read o.phone` */
  | {
      readonly kind: "column";
      readonly action: Exclude<ColumnAction, "create">;
      readonly record: RecordRef;
      readonly attribute: string;
    }
  /** `create Account.phone` */
  | { readonly kind: "create column"; readonly entity: number; readonly attribute: string }
  | {
      readonly kind: "create";
      readonly entity: number;
      /** The name that later statements know the record by (`do alice create q: Contact`). */
      readonly id: string | undefined;
      /** undefined where the creator or an owner rule decides. */
      readonly owner: PrincipalName | undefined;
      readonly unit: string | undefined;
      readonly attributes: ReadonlyMap<string, Value>;
    }
  | { readonly kind: "assign"; readonly record: RecordRef; readonly to: PrincipalName }
  | {
      readonly kind: "share";
      readonly record: RecordRef;
      /** undefined = the whole organization, here and below. */
      readonly principal: PrincipalName | undefined;
      readonly rights: ActionMask;
    }
  | { readonly kind: "unshare"; readonly record: RecordRef; readonly principal: PrincipalName | undefined }
  | ({ readonly kind: "share column" } & ColumnShare)
  | ({ readonly kind: "unshare column" } & Omit<ColumnShare, "rights">)
  /** `append note to o`: sets the child's lookup, which is always named here. */
  | { readonly kind: "append"; readonly record: RecordRef; readonly to: RecordRef; readonly lookup: string }
  | { readonly kind: "associate" | "disassociate"; readonly record: RecordRef; readonly with: RecordRef }
  | { readonly kind: "delete"; readonly record: RecordRef }
  /** The subordinate into the master. */
  | { readonly kind: "merge"; readonly record: RecordRef; readonly into: RecordRef };

/** The reason that a test names: `text` is how a decision would say it (language.md section 8). */
export interface Reason {
  readonly word: string;
  readonly name: string | undefined;
  readonly text: string;
}

export type RequestContext = ReadonlyMap<string, Value>;

export type Step =
  | { readonly kind: "record"; readonly span: Span; readonly record: NewRecord }
  | {
      readonly kind: "share";
      readonly span: Span;
      readonly record: RecordRef;
      readonly principal: PrincipalName | undefined;
      readonly rights: ActionMask;
    }
  /** A declared share of a column: it adds to what the principal has of it. */
  | ({ readonly kind: "share column"; readonly span: Span } & ColumnShare)
  | { readonly kind: "set"; readonly span: Span; readonly change: Change }
  /** `refuse set …`: the change itself is refused. `refuse … by …` is an `expect` of a denial. */
  | { readonly kind: "refuse"; readonly span: Span; readonly change: Change }
  /** Must be allowed, and takes effect. */
  | {
      readonly kind: "do";
      readonly span: Span;
      readonly user: string;
      readonly operation: Operation;
      readonly context: RequestContext;
    }
  | {
      readonly kind: "expect";
      readonly span: Span;
      readonly effect: "allow" | "deny";
      readonly user: string;
      readonly operation: Operation;
      readonly context: RequestContext;
      readonly reason: Reason | undefined;
    }
  | {
      readonly kind: "rights";
      readonly span: Span;
      readonly user: string;
      readonly record: RecordRef;
      readonly context: RequestContext;
      /** Of the seven rights on a record that exists. */
      readonly rights: ActionMask;
    }
  | {
      readonly kind: "who";
      readonly span: Span;
      readonly action: number;
      readonly record: RecordRef;
      readonly context: RequestContext;
      readonly users: readonly string[];
    }
  | {
      readonly kind: "list";
      readonly span: Span;
      readonly action: number;
      readonly entity: number;
      readonly user: string;
      readonly context: RequestContext;
      readonly records: readonly RecordRef[];
    };
