// A story as plain data: what users set out to do, and what an administrator changes, by names.
import type { Operation } from "../../runtime-ts/index.ts";
import type { ValuesPlan } from "./attribute-plan.ts";
import type { AssignmentPlan, GrantPlan, PrincipalPlan, RecordPlan, SharePlan, TeamPlan } from "./project.ts";

export interface RecordName {
  readonly entity: string;
  readonly id: string;
}

/** New values of a record; what is not named stays. */
export interface Written {
  readonly attributes: ValuesPlan;
  /** Optional ones that are emptied. */
  readonly clear: readonly string[];
  /** The id that the lookup of its entity leads to; null empties it. */
  readonly parent?: string | null;
}

/** The same of a user or team. */
export type HolderWritten = Omit<Written, "parent">;

/** Operations as the programming interface has them, with values that are written for engine and twin in their own ways. */
export type OperationPlan =
  | Exclude<Operation, { kind: "create" | "update" }>
  | (Omit<Extract<Operation, { kind: "create" }>, "attributes" | "id"> & { readonly id: string } & Written)
  | (Omit<Extract<Operation, { kind: "update" }>, "attributes"> & Written);

/** Operations that have no change of their own below. */
export type AdministeredPlan = Exclude<OperationPlan, { kind: "create" | "update" | "delete" }>;

/** A part that is left out stays as it is; null clears it. */
export type ChangePlan =
  | { readonly kind: "move user"; readonly user: string; readonly unit: string }
  | { readonly kind: "disable user"; readonly user: string; readonly disabled: boolean }
  | {
      readonly kind: "edit user";
      readonly user: string;
      readonly roles?: readonly AssignmentPlan[];
      readonly manager?: string | null;
      readonly position?: string | null;
    }
  | { readonly kind: "move unit"; readonly unit: string; readonly under: string }
  | { readonly kind: "disable unit"; readonly unit: string; readonly disabled: boolean }
  | { readonly kind: "delete unit"; readonly unit: string }
  | { readonly kind: "move team"; readonly team: string; readonly unit: string }
  | {
      readonly kind: "edit team";
      readonly team: string;
      readonly roles?: readonly AssignmentPlan[];
      readonly members?: readonly string[];
      readonly administrator?: string | null;
    }
  | {
      readonly kind: "edit role";
      readonly role: string;
      /** Takes over what this one grants, conditions included, before the rest. */
      readonly like?: string;
      readonly grants: readonly GrantPlan[];
      /** Task privileges: held from now on, or not. */
      readonly tasks?: Readonly<Record<string, boolean>>;
    }
  | {
      readonly kind: "edit record";
      readonly record: RecordName;
      readonly owner?: PrincipalPlan;
      readonly unit?: string;
      readonly written: Written;
    }
  /** What a user may do as well, and here nobody is asked. */
  | { readonly kind: "administer"; readonly operation: AdministeredPlan }
  | { readonly kind: "create record"; readonly record: RecordPlan }
  | { readonly kind: "delete record"; readonly record: RecordName }
  | {
      readonly kind: "share";
      readonly record: RecordName;
      readonly with: PrincipalPlan | undefined;
      readonly rights: readonly string[];
    }
  | { readonly kind: "unshare"; readonly record: RecordName; readonly with: PrincipalPlan | undefined }
  | {
      readonly kind: "add user";
      readonly name: string;
      readonly unit: string;
      readonly roles: readonly AssignmentPlan[];
      readonly manager?: string;
      readonly position?: string;
      readonly disabled: boolean;
      readonly attributes: ValuesPlan;
    }
  | {
      readonly kind: "share column";
      readonly record: RecordName;
      readonly attribute: string;
      readonly with: PrincipalPlan | undefined;
      /** None take the share away. */
      readonly rights: readonly string[];
    }
  | { readonly kind: "profile members"; readonly profile: string; readonly members: readonly PrincipalPlan[] }
  | { readonly kind: "remove user"; readonly user: string }
  | {
      readonly kind: "add team";
      readonly name: string;
      readonly of: TeamPlan["kind"];
      readonly unit: string;
      readonly roles: readonly AssignmentPlan[];
      readonly members: readonly string[];
      readonly administrator?: string;
      readonly attributes: ValuesPlan;
    }
  | { readonly kind: "remove team"; readonly team: string }
  /** Tables; of records the rows of one entity. */
  | { readonly kind: "load records"; readonly records: readonly RecordPlan[] }
  | { readonly kind: "load shares"; readonly shares: readonly SharePlan[] }
  | { readonly kind: "add unit"; readonly name: string; readonly under: string }
  | { readonly kind: "write user"; readonly user: string; readonly written: HolderWritten }
  | { readonly kind: "write team"; readonly team: string; readonly written: HolderWritten };

/** What one person does at once. */
export type SingleStep = Extract<ScriptStep, { kind: "do" | "set" }>;

export type ScriptStep =
  | {
      readonly kind: "do";
      readonly user: string;
      readonly operation: OperationPlan;
      /** What the request carries. */
      readonly context?: ValuesPlan;
    }
  | { readonly kind: "set"; readonly change: ChangePlan }
  /** One update; `takenBack`: in the end it throws, and nothing has happened. */
  | { readonly kind: "together"; readonly steps: readonly ScriptStep[]; readonly takenBack: boolean }
  /** The engine is written down and read again; the story goes on with the copy. */
  | { readonly kind: "restore" };
