// What a project means, names resolved. Policy things (entities, roles, tasks) are small integers: the index into their
// list. People and places keep their names, because a policy may name users, teams and units that only a directory
// loaded later declares (language.md section 7); the runtime numbers them when the world is loaded.
import type { Span } from "../source.ts";
import type { ConditionNode } from "../syntax/ast.ts";

/** The eight record privileges, in the order of language.md section 2. The index is the action number everywhere. */
export const actions = [
  "create",
  "read",
  "write",
  "delete",
  "assign",
  "share",
  "append",
  "appendTo",
] as const;
export type Action = (typeof actions)[number];

/** Access levels, lowest first; the index is the level number everywhere (0 = none). */
export const levels = ["none", "user", "businessUnit", "parentChild", "organization"] as const;
export type Level = (typeof levels)[number];

export type Ownership = "userOrTeam" | "organization" | "businessUnit" | "parent";

/** A set of actions: bit 1 << action number. */
export type ActionMask = number;

export interface Settings {
  readonly ownershipAcrossBusinessUnits: boolean;
  readonly keepRolesOnUnitChange: boolean;
  readonly moveRecordsWithOwner: boolean;
  readonly recomputeOwnership: boolean;
  readonly inheritAboveUser: boolean;
  readonly teamGrantServesDirectShare: boolean;
  readonly grantAddsToShare: boolean;
  readonly sharerNeedsGrantedRights: boolean;
  readonly shareToPreviousOwner: boolean;
  readonly disabledMayOwn: boolean;
  readonly appendToNeedsWrite: boolean;
  readonly associateNeedsAppendTo: boolean;
  readonly hierarchy: "off" | "manager" | "position";
  readonly hierarchyDepth: number;
  readonly hierarchyLevel: Level;
  readonly hierarchyAncestorUnits: boolean;
  readonly hierarchyAnyUnit: boolean;
  /** Entity numbers. */
  readonly hierarchyExcludes: readonly number[];
  readonly hierarchyDisabledReports: boolean;
}

export type AttributeType =
  | {
      readonly kind:
        | "String"
        | "Long"
        | "Bool"
        | "Decimal"
        | "Datetime"
        | "User"
        | "Team"
        | "BusinessUnit"
        | "Principal";
    }
  | { readonly kind: "Choice"; readonly options: readonly string[] }
  | { readonly kind: "Set"; readonly element: "String" | "Long" }
  | { readonly kind: "Lookup"; readonly entity: number };

export type CascadeOperation = "assign" | "share" | "unshare" | "reparent" | "merge";

export interface Attribute {
  readonly name: string;
  readonly optional: boolean;
  readonly type: AttributeType;
  readonly secured: boolean;
  readonly masked: string | undefined;
  /** What follows this lookup from parent to child. */
  readonly cascades: ReadonlySet<CascadeOperation>;
  /** What the deletion of the parent does to the child; `unlink` where nothing is said. */
  readonly onDelete: "cascade" | "restrict" | "unlink";
  readonly span: Span;
}

export interface Entity {
  readonly name: string;
  readonly ownership: Ownership;
  /** Index into `privilegeSets`. */
  readonly privilegeSet: number;
  readonly attributes: readonly Attribute[];
  /** Of ownership "parent": index of the lookup attribute, and the entity it leads to. */
  readonly parent: { readonly attribute: number; readonly entity: number } | undefined;
  readonly span: Span;
}

/** The entities that share their grants: one entity under its own name, or all of `as <Set>`. */
export interface PrivilegeSet {
  readonly name: string;
  readonly entities: readonly number[];
  readonly ownership: Ownership;
  /** Whether it was named by `as`: then its entities cannot be named in grants (BWK306). */
  readonly shared: boolean;
}

export interface Task {
  readonly name: string;
}

/** A grant, one per privilege: `permit read, write on A, B` becomes four. */
export interface Grant {
  readonly action: number;
  readonly privilegeSet: number;
  /** 1..4 */
  readonly level: number;
  readonly span: Span;
}

/**
 * What follows a grant or guardrail, as written: every `when` must hold and no `unless`, in order (language.md section 5).
 * The fast side compiles the clauses to code, the slow twin interprets them as they stand.
 */
export interface Condition {
  readonly clauses: readonly ConditionNode[];
  readonly span: Span;
}

/** A grant that exists only where its condition holds. Nothing of it is merged: each stands for itself. */
export interface ConditionalGrant extends Grant {
  /** Index into `Policy.conditions`. */
  readonly condition: number;
}

export interface Role {
  readonly name: string;
  readonly form: "role" | "team role" | "administrator role";
  /** The business unit that owns the role; undefined = the root. May be open. */
  readonly unit: string | undefined;
  /** The highest level of each (action, privilege set): at most one grant for each pair. */
  readonly grants: readonly Grant[];
  /** Task numbers. */
  readonly tasks: ReadonlySet<number>;
  /** Where each of these is granted first; what is not written in source has no place. */
  readonly taskSpans?: ReadonlyMap<number, Span>;
  readonly conditionalGrants: readonly ConditionalGrant[];
  readonly conditionalTasks: readonly {
    readonly task: number;
    readonly condition: number;
    readonly span: Span;
  }[];
  readonly description: string | undefined;
  readonly span: Span;
}

export type PrincipalScope =
  | { readonly kind: "any" }
  | { readonly kind: "user"; readonly name: string }
  | { readonly kind: "team"; readonly name: string }
  | { readonly kind: "unit"; readonly name: string }
  | { readonly kind: "role"; readonly role: number };

export interface ResourceScope {
  /** Entity numbers; undefined = every entity. */
  readonly entities: readonly number[] | undefined;
  /** `resource in BusinessUnit::"x"`: that unit or below. */
  readonly unit: string | undefined;
  /** `resource == E::"id"` */
  readonly record: { readonly entity: number; readonly id: string } | undefined;
}

/** A guardrail. For a permit, only what exists counts: see `guardrailCovers` in guardrails.ts. */
export interface Guardrail {
  readonly effect: "permit" | "forbid";
  /** `@id`, else file and line: `guards.bwk:12`. */
  readonly id: string;
  readonly principal: PrincipalScope;
  /** Record actions in scope. */
  readonly actions: ActionMask;
  /** Task numbers in scope; every task for a bare `action`. They count only where the resource is bare. */
  readonly tasks: ReadonlySet<number>;
  readonly resource: ResourceScope;
  /** 1..4; of permits. */
  readonly level: number;
  /** Index into `Policy.conditions`. */
  readonly condition: number | undefined;
  readonly span: Span;
}

export interface Policy {
  readonly settings: Settings;
  readonly entities: readonly Entity[];
  readonly privilegeSets: readonly PrivilegeSet[];
  readonly tasks: readonly Task[];
  readonly roles: readonly Role[];
  /** As written: files in the order given, then by place. */
  readonly guardrails: readonly Guardrail[];
  readonly conditions: readonly Condition[];
  readonly context: readonly Attribute[];
  /** Attributes added to the built-in types. */
  readonly principals: {
    readonly User: readonly Attribute[];
    readonly Team: readonly Attribute[];
    readonly BusinessUnit: readonly Attribute[];
  };
  readonly columnProfiles: readonly ColumnProfile[];
  /** The data security inventory; absent where nothing is declared. It documents and decides nothing. */
  readonly ownerRules?: readonly OwnerRule[];
}

/** Who owns the records of an entity, by which rule (language.md section 7). */
export interface OwnerRule {
  readonly entity: number;
  readonly owner:
    | { readonly kind: "creator" }
    | { readonly kind: "principal"; readonly principal: PrincipalName }
    /** The attributes from the record to the owner: `resource.country.owningTeam`. */
    | { readonly kind: "path"; readonly attributes: readonly string[] };
  readonly span: Span;
}

export interface ColumnProfile {
  readonly name: string;
  readonly grants: readonly {
    readonly action: "create" | "read" | "write" | "readUnmasked";
    readonly entity: number;
    readonly attribute: number;
  }[];
}

// ---------------------------------------------------------------- the world

export interface PrincipalName {
  readonly kind: "user" | "team";
  readonly name: string;
}

/** A value of an attribute: Decimal and Datetime as their text, lookups as names. */
export type Value =
  | { readonly kind: "String" | "Decimal" | "Datetime" | "Choice"; readonly value: string }
  | { readonly kind: "Long"; readonly value: bigint }
  | { readonly kind: "Bool"; readonly value: boolean }
  | { readonly kind: "Set"; readonly value: readonly (string | bigint)[] }
  | { readonly kind: "Record"; readonly entity: number; readonly id: string }
  | { readonly kind: "Principal"; readonly principal: PrincipalName }
  | { readonly kind: "Unit"; readonly name: string };

/** A role copy held: the role and the unit of the copy, which is the context (semantics.md B5, B6). */
export interface Assignment {
  readonly role: number;
  readonly unit: string;
}

export interface Unit {
  readonly name: string;
  /** undefined = the root */
  readonly parent: string | undefined;
  readonly disabled: boolean;
}

export interface User {
  readonly name: string;
  readonly unit: string;
  readonly disabled: boolean;
  readonly roles: readonly Assignment[];
  readonly manager: string | undefined;
  readonly position: string | undefined;
  readonly attributes: ReadonlyMap<string, Value>;
}

/** Default teams (semantics.md T6) are here too: kind "default", named like their unit, members left empty. */
export interface Team {
  readonly name: string;
  readonly kind: "owner" | "access" | "group" | "default";
  readonly unit: string;
  readonly roles: readonly Assignment[];
  readonly members: readonly string[];
  readonly administrator: string | undefined;
  readonly attributes: ReadonlyMap<string, Value>;
}

export interface Position {
  readonly name: string;
  readonly parent: string | undefined;
}

export interface WorldRecord {
  readonly entity: number;
  readonly id: string;
  /** Of user-or-team-owned entities. */
  readonly owner: PrincipalName | undefined;
  /**
   * Of user-or-team-owned and business-unit-owned entities. Filled in by rule B7; undefined there only where the owner
   * is an open name: then it is the unit that the directory gives him.
   */
  readonly unit: string | undefined;
  /** Of parent-owned entities: the id of the parent record; undefined where the lookup is empty. */
  readonly parent: string | undefined;
  readonly attributes: ReadonlyMap<string, Value>;
}

/** One share row (semantics.md S4). `principal` undefined = the whole organization. */
export interface Share {
  readonly record: { readonly entity: number; readonly id: string };
  readonly principal: PrincipalName | undefined;
  readonly direct: ActionMask;
  readonly inherited: ActionMask;
}

/** A share of one secured column of one record (semantics.md F3); `rights` holds read and write at most. */
export interface ColumnShare {
  readonly record: { readonly entity: number; readonly id: string };
  /** The name of the attribute. */
  readonly attribute: string;
  /** undefined = the whole organization */
  readonly principal: PrincipalName | undefined;
  readonly rights: ActionMask;
}

export interface World {
  readonly units: readonly Unit[];
  readonly users: readonly User[];
  readonly teams: readonly Team[];
  readonly positions: readonly Position[];
  readonly records: readonly WorldRecord[];
  readonly shares: readonly Share[];
  /** Declared shares of columns, as written; several of one principal add up. */
  readonly columnShares?: readonly ColumnShare[];
  /** Members of column profiles, by profile name. */
  readonly profileMembers: ReadonlyMap<string, readonly PrincipalName[]>;
}

/**
 * A name of people or places that the source does not declare: a directory must (else BWK201 when it is loaded). A bare
 * name that may be a user's or a team's is a "principal"; where it is used, it stands as a user's.
 */
export interface OpenName {
  readonly kind: "user" | "team" | "unit" | "principal" | "position";
  readonly name: string;
  readonly span: Span;
}

/** A project, resolved. */
export interface Model {
  readonly policy: Policy;
  readonly world: World;
  readonly openNames: readonly OpenName[];
}
