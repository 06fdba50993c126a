// What every chapter of the resolver is given.
import type { Report } from "../diagnostics/report.ts";
import type { Span } from "../source.ts";
import type { DefaultTeamNode, NameNode } from "../syntax/ast.ts";
import type {
  Attribute,
  ColumnProfile,
  Entity,
  OpenName,
  Policy,
  PrivilegeSet,
  Task,
  Team,
} from "./model.ts";
import { NameSpace } from "./name-space.ts";
import type { ConditionTable } from "./resolve-conditions.ts";
import type { MistypedSite, Sites } from "./sites.ts";

/** Entities, privilege sets and tasks, with their names. Tests declare none, so there is one for the whole project. */
export interface Schema {
  readonly entities: Entity[];
  readonly privilegeSets: PrivilegeSet[];
  readonly tasks: Task[];
  readonly entityNames: NameSpace<number>;
  readonly setNames: NameSpace<number>;
  readonly taskNames: NameSpace<number>;
  context: readonly Attribute[];
  principals: Policy["principals"];
  /** Privileges that the grants of all roles name so far. */
  grants: number;
}

/**
 * How many privileges the grants of a project may name: many times what the largest real projects do, and what still fits
 * into memory. A `*` in many roles over many entities would pass every bound.
 */
export const GRANT_LIMIT = 10_000_000;

/** The names of roles, people, places and records: the project's, or a test's over the project's. */
export interface Scope {
  readonly roles: NameSpace<number>;
  readonly units: NameSpace<{ readonly node: Span }>;
  /** The unit is undefined where its name is unknown. */
  readonly users: NameSpace<{ readonly unit: string | undefined }>;
  readonly teams: NameSpace<{ readonly kind: Team["kind"]; readonly unit: string | undefined }>;
  readonly defaultTeams: NameSpace<DefaultTeamNode>;
  readonly positions: NameSpace<true>;
  readonly profiles: NameSpace<ColumnProfile>;
  /** The entity is undefined where its name is unknown. */
  readonly records: NameSpace<{ readonly entity: number | undefined }>;
  /** Ids of guardrails, for `because forbid "…"`. */
  readonly guardrails: NameSpace<true>;
  /** The root unit. A project that declares it declares all people and places. */
  root: NameNode | undefined;
}

export function scopeOver(outer: Scope | undefined): Scope {
  return {
    roles: new NameSpace("role", outer?.roles),
    units: new NameSpace("business unit", outer?.units),
    users: new NameSpace("user", outer?.users),
    teams: new NameSpace("team", outer?.teams),
    defaultTeams: new NameSpace("default team", outer?.defaultTeams),
    positions: new NameSpace("position", outer?.positions),
    profiles: new NameSpace("column profile", outer?.profiles),
    records: new NameSpace("record", outer?.records),
    guardrails: new NameSpace("guardrail", outer?.guardrails),
    root: outer?.root,
  };
}

export interface Context {
  readonly report: Report;
  readonly schema: Schema;
  readonly scope: Scope;
  readonly sites: Sites;
  /** Names left to a directory; undefined where the world is closed: then they are BWK201. */
  readonly openNames: OpenName[] | undefined;
  /** Whether this is a test's context. */
  readonly local: boolean;
  /** Whether this is a change that has to be refused: it may ask for what cannot be. */
  readonly refused?: true;
  /** Names of records that a test declares further down. */
  readonly later: ReadonlySet<string>;
  /** Where conditions are collected. */
  readonly conditions: ConditionTable;
  /** The step of a test that is being resolved; undefined for what is there from the first line. */
  step: number | undefined;
}

export function mistyped(context: Context, site: MistypedSite): undefined {
  context.sites.mistyped.push(site);
  return undefined;
}
