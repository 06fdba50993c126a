// What was written, with its names resolved and not yet judged: the resolver collects these, the rules read them.
// They hold what the model loses: the place of every word, and the grants that another grant hides.
import type { Span } from "../source.ts";
import type {
  AttributeNode,
  GrantNode,
  GuardrailNode,
  NameNode,
  RecordNode,
  TeamNode,
  UserNode,
} from "../syntax/ast.ts";
import type { Guardrail, PrincipalName, Role, Team } from "./model.ts";

/** An action word of a grant: a record privilege, or `all`. */
export interface ActionWord {
  readonly node: NameNode;
  readonly action: number | "all";
}

/** An entity word of a grant: a privilege set, or an entity that has no privileges of its own because it shares a set. */
export interface EntityWord {
  readonly node: NameNode;
  readonly set: number;
  readonly sharing: boolean;
}

/** A grant of a role as written. Without entities it is a grant of task privileges. */
export interface GrantSite {
  readonly role: { readonly name: string; readonly form: Role["form"] };
  /** Of the project itself, not of one test. */
  readonly global: boolean;
  readonly node: GrantNode;
  readonly actions: readonly ActionWord[];
  readonly entities: readonly EntityWord[];
  readonly star: boolean;
  readonly tasks: readonly { readonly node: NameNode; readonly task: number }[];
  /** 0..4; a task privilege without a level has 4. */
  readonly level: number;
  /** Index into `Policy.conditions`; undefined without a condition. */
  readonly condition: number | undefined;
}

/** A guardrail as written. `guardrail` is what it means; it is undefined where a name in it is unknown. */
export interface GuardrailSite {
  readonly node: GuardrailNode;
  readonly guardrail: Guardrail | undefined;
  /** The words of `action == …` and `action in […]`; none for a bare `action`. */
  readonly actions: readonly { readonly span: Span; readonly word: string; readonly action: number }[];
  readonly tasks: readonly { readonly span: Span; readonly word: string; readonly task: number }[];
  /** The entity word of the resource scope, where there is one. */
  readonly entity: EntityWord | undefined;
  /** The kind of the team of `principal in Team::`, where the source declares it. */
  readonly teamKind: Team["kind"] | undefined;
  readonly level: number;
}

/** A role given to a user or team. */
export interface AssignmentSite {
  readonly span: Span;
  readonly holder: PrincipalName;
  readonly role: number;
  /** The unit of `R in <unit>`; undefined = the holder's own. */
  readonly unit: string | undefined;
  /** The step of the test from which on it holds; undefined = from the first line. */
  readonly step: number | undefined;
}

/** A field that only some teams may have. */
export interface TeamRolesSite {
  readonly span: Span;
  readonly team: string;
  readonly kind: Team["kind"];
}

export interface UserSite {
  readonly node: UserNode;
  readonly roles: number;
}

export interface TeamSite {
  readonly node: TeamNode;
  readonly roles: number;
}

/** A declared record. */
export interface RecordSite {
  readonly node: RecordNode;
  readonly entity: number;
  readonly owner: { readonly span: Span; readonly principal: PrincipalName } | undefined;
  /** `businessUnit:` as written. */
  readonly unit: { readonly span: Span; readonly name: string } | undefined;
  /** The fields written, whatever their values. */
  readonly given: ReadonlySet<string>;
  readonly step: number | undefined;
}

/** A share of, or an assignment of, a record: what needs a privilege that not every ownership has. */
export interface HandingSite {
  readonly span: Span;
  readonly action: number;
  readonly entity: number;
}

/** A value that is not of its place's type. */
export interface MistypedSite {
  readonly span: Span;
  readonly expected: string;
  readonly found: string;
  readonly suggestion?: string | undefined;
  readonly help?: string | undefined;
}

/** A business unit disabled, deleted or moved. */
export interface UnitChangeSite {
  readonly span: Span;
  readonly unit: string;
  readonly change: "disabled" | "deleted" | "moved";
}

/** The pattern of a masked attribute. */
export interface MaskSite {
  readonly span: Span;
  readonly pattern: string;
  readonly secured: boolean;
}

/** An attribute of people, business units or requests: neither column security nor cascades know of it. */
export interface UnprotectedSite {
  readonly node: AttributeNode;
  readonly bearer: "User" | "Team" | "BusinessUnit" | "context";
}

export interface Sites {
  readonly grants: GrantSite[];
  readonly guardrails: GuardrailSite[];
  readonly assignments: AssignmentSite[];
  readonly teamRoles: TeamRolesSite[];
  readonly users: UserSite[];
  readonly teams: TeamSite[];
  readonly records: RecordSite[];
  readonly handings: HandingSite[];
  readonly mistyped: MistypedSite[];
  readonly unitChanges: UnitChangeSite[];
  readonly masks: MaskSite[];
  readonly unprotected: UnprotectedSite[];
}

export function noSites(): Sites {
  return {
    grants: [],
    guardrails: [],
    assignments: [],
    teamRoles: [],
    users: [],
    teams: [],
    records: [],
    handings: [],
    mistyped: [],
    unitChanges: [],
    masks: [],
    unprotected: [],
  };
}
