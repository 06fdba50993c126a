// A project as plain data: what a random world is made of before it becomes source text, or source text and tables.
// Everything is said by name, as in the language. Level and action words are those of language.md section 2.

import type { AttributePlan, ValuesPlan } from "./attribute-plan.ts";
import type { ConditionPlan } from "./expression-plan.ts";
import type { HierarchyPlan, PositionPlan } from "./hierarchy-plan.ts";

export type Ownership = "userOrTeam" | "organization" | "businessUnit" | "parent";

export interface LookupPlan {
  readonly name: string;
  /** The entity it leads to. */
  readonly to: string;
  /** What stands behind the type: nothing, `parental`, `cascade share`, … */
  readonly cascade: string;
}

export interface EntityPlan {
  readonly name: string;
  readonly ownership: Ownership;
  /** The shared privilege set, of `as <Set>`. */
  readonly set: string | undefined;
  /** Of parent-owned entities the one that decides. */
  readonly lookup: LookupPlan | undefined;
  /** Beside the lookup. */
  readonly attributes: readonly AttributePlan[];
}

export interface GrantPlan {
  readonly actions: readonly string[];
  /** Entities or sets; `*` alone stands for every one. */
  readonly on: readonly string[];
  readonly level: string;
  readonly condition: ConditionPlan;
}

/** Task privileges granted together. */
export interface TaskGrantPlan {
  readonly tasks: readonly string[];
  readonly condition: ConditionPlan;
}

export interface RolePlan {
  readonly name: string;
  readonly form: "role" | "team role" | "administrator role";
  readonly unit: string | undefined;
  readonly grants: readonly GrantPlan[];
  readonly tasks: readonly TaskGrantPlan[];
}

export type PrincipalScopePlan =
  | { readonly kind: "any" }
  | { readonly kind: "is" }
  | { readonly kind: "user" | "team" | "unit" | "role"; readonly name: string };

export interface GuardrailPlan {
  readonly effect: "permit" | "forbid";
  readonly id: string | undefined;
  readonly principal: PrincipalScopePlan;
  /** Empty: a bare `action`. */
  readonly actions: readonly string[];
  readonly entity: string | undefined;
  readonly unit: string | undefined;
  readonly record: string | undefined;
  readonly level: string | undefined;
  readonly condition: ConditionPlan;
}

export interface PrincipalPlan {
  readonly kind: "user" | "team";
  readonly name: string;
}

/** `unit` where the copy is named; else the copy of the holder's unit. */
export interface AssignmentPlan {
  readonly role: string;
  readonly unit: string | undefined;
}

export interface UnitPlan {
  readonly name: string;
  readonly parent: string | undefined;
  readonly disabled: boolean;
}

export interface UserPlan {
  readonly name: string;
  readonly unit: string;
  readonly disabled: boolean;
  readonly roles: readonly AssignmentPlan[];
  readonly manager?: string | undefined;
  readonly position?: string | undefined;
  readonly attributes: ValuesPlan;
}

export interface TeamPlan {
  readonly name: string;
  readonly kind: "owner" | "group" | "access";
  readonly unit: string;
  readonly roles: readonly AssignmentPlan[];
  readonly members: readonly string[];
  readonly administrator: string | undefined;
  readonly attributes: ValuesPlan;
}

export interface DefaultTeamPlan {
  readonly unit: string;
  readonly roles: readonly AssignmentPlan[];
}

export interface RecordPlan {
  readonly entity: string;
  readonly id: string;
  readonly owner: PrincipalPlan | undefined;
  readonly unit: string | undefined;
  /** The id in the entity's lookup. */
  readonly parent: string | undefined;
  readonly attributes: ValuesPlan;
}

export interface SharePlan {
  readonly entity: string;
  readonly id: string;
  /** undefined: the whole organization */
  readonly with: PrincipalPlan | undefined;
  readonly direct: readonly string[];
  /** Not to be written in source: only a loaded table says it. */
  readonly inherited: readonly string[];
}

/** Rights on secured columns (semantics.md F2). */
export interface ProfilePlan {
  readonly name: string;
  readonly grants: readonly {
    readonly actions: readonly string[];
    readonly entity: string;
    readonly attribute: string;
  }[];
  readonly members: readonly PrincipalPlan[];
}

/** A share of one column of one record (F3). */
export interface ColumnSharePlan {
  readonly entity: string;
  readonly id: string;
  readonly attribute: string;
  readonly with: PrincipalPlan | undefined;
  readonly rights: readonly string[];
}

/** Who owns a record that is created without an owner; `path`: attributes from the record to him. */
export interface OwnerRulePlan {
  readonly entity: string;
  readonly owner: "creator" | PrincipalPlan | { readonly path: readonly string[] };
}

/** A record that no table holds, and what is asked about it. */
export interface DescribedPlan {
  readonly entity: string;
  readonly owner: PrincipalPlan | undefined;
  readonly unit: string | undefined;
  readonly parent: string | undefined;
  readonly attributes: ValuesPlan;
  readonly action: string;
}

/** What stands in the source; the rest comes from directory and tables. The policy itself always is source. */
/** `directory`: records and shares in the source, whose owners only the directory declares. */
export type Placement = "everything" | "records" | "people" | "units" | "some users" | "policy" | "directory";

/** How the source is written, where the language leaves a choice. */
export interface Spelling {
  /** `basic`, `local`, `deep`, `global`, `update`. */
  readonly synonyms?: boolean;
  /** `alice` for `User::"alice"`, where the name is no team's. */
  readonly bare?: boolean;
  /** Trailing commas, and no `;` at the end of a block. */
  readonly commas?: boolean;
  /** Windows line ends, a byte order mark, comments. */
  readonly windows?: boolean;
  /** Records before people, people before units. */
  readonly backwards?: boolean;
}

export interface Project {
  readonly placement: Placement;
  readonly spelling: Spelling;
  readonly settings: Readonly<Record<string, boolean>>;
  /** Absent: off. */
  readonly hierarchy?: HierarchyPlan | undefined;
  readonly positions?: readonly PositionPlan[];
  readonly entities: readonly EntityPlan[];
  /** Attributes that the project adds to the built-in types. */
  readonly principals: {
    readonly User: readonly AttributePlan[];
    readonly Team: readonly AttributePlan[];
    readonly BusinessUnit: readonly AttributePlan[];
  };
  readonly context: readonly AttributePlan[];
  readonly tasks: readonly string[];
  readonly roles: readonly RolePlan[];
  readonly guardrails: readonly GuardrailPlan[];
  readonly units: readonly UnitPlan[];
  readonly users: readonly UserPlan[];
  readonly teams: readonly TeamPlan[];
  readonly defaultTeams: readonly DefaultTeamPlan[];
  readonly records: readonly RecordPlan[];
  readonly shares: readonly SharePlan[];
  readonly profiles?: readonly ProfilePlan[];
  readonly columnShares?: readonly ColumnSharePlan[];
  readonly ownerRules?: readonly OwnerRulePlan[];
  readonly described: readonly DescribedPlan[];
  /** What requests may carry, beside nothing. */
  readonly contexts: readonly ValuesPlan[];
}

export const recordActions = [
  "create",
  "read",
  "write",
  "delete",
  "assign",
  "share",
  "append",
  "appendTo",
] as const;

/** The rights that a share can carry. */
export const shareRights = ["read", "write", "delete", "assign", "share", "append", "appendTo"] as const;

export const levelWords = ["none", "user", "businessUnit", "parentChild", "organization"] as const;

/** The bits of record actions, or of the rights of a share, as model and tables number them. */
export function maskOf(words: readonly string[]): number {
  return words.reduce((mask, word) => mask | (1 << (recordActions as readonly string[]).indexOf(word)), 0);
}
