// A policy test, resolved: what it starts from and what it does, in order.
import type { Span } from "../source.ts";
import type {
  ActionMask,
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
  /** What this version does not run yet, by name; a test that waits for something is reported and not run. */
  readonly waitsFor: readonly string[];
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
    };

/** A question of a test: a right on a record, or a task privilege. */
export type Question =
  | { readonly kind: "right"; readonly action: number; readonly record: RecordRef }
  | { readonly kind: "task"; readonly task: number };

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
  | { readonly kind: "set"; readonly span: Span; readonly change: Change }
  | {
      readonly kind: "expect";
      readonly span: Span;
      readonly effect: "allow" | "deny";
      readonly user: string;
      readonly question: Question;
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
    }
  /** A statement that this version does not run; what it would change, if anything, is unknown. */
  | { readonly kind: "wait"; readonly span: Span; readonly what: string; readonly changes: boolean };
