// The shape of a directory (architecture.md section 3), for people who write one in TypeScript. The engine trusts none of
// it: readDirectory checks everything.

import type { TableColumn } from "../cells.ts";

/** A role: the copy of the holder's own unit, or of another one (modern mode only). */
export type DirectoryRole = string | { readonly role: string; readonly businessUnit?: string | null };

/** Attributes as the policy declares them. A Long or Decimal that a number does not carry exactly is text; lookups are ids. */
export type DirectoryAttributes = Readonly<Record<string, unknown>>;

export interface DirectoryUnit {
  readonly id: string;
  /** Absent for the root. */
  readonly parent?: string | null;
  readonly disabled?: boolean | null;
  readonly attributes?: DirectoryAttributes | null;
}

export interface DirectoryUser {
  readonly id: string;
  readonly businessUnit: string;
  readonly roles?: readonly DirectoryRole[] | null;
  /** A user. */
  readonly manager?: string | null;
  readonly position?: string | null;
  readonly disabled?: boolean | null;
  readonly attributes?: DirectoryAttributes | null;
}

/**
 * Users in columns of any form (cells.ts), one row a user: how a million of them are loaded without an object for each. Units
 * and roles are dictionaries best, as each of their values is looked up once.
 */
export interface DirectoryUserColumns {
  readonly id: TableColumn<string>;
  readonly businessUnit: TableColumn<string>;
  /** All roles of a user in one cell. */
  readonly roles?: TableColumn<readonly DirectoryRole[]> | null;
  readonly manager?: TableColumn<string | null> | null;
  readonly position?: TableColumn<string | null> | null;
  /** `true` or `false`, or 1 or 0. */
  readonly disabled?: TableColumn<boolean | number> | null;
  readonly attributes?: Readonly<Record<string, TableColumn>> | null;
}

export interface DirectoryTeam {
  readonly id: string;
  /** Default `owner`. An access team holds no roles and owns nothing. */
  readonly kind?: "owner" | "access" | "group" | null;
  readonly businessUnit: string;
  readonly roles?: readonly DirectoryRole[] | null;
  /** Users. */
  readonly members?: readonly string[] | null;
  /** A user; he counts as a member for the team's own records (semantics.md T8). */
  readonly administrator?: string | null;
  readonly attributes?: DirectoryAttributes | null;
}

export interface Directory {
  readonly businessUnits?: readonly DirectoryUnit[] | null;
  readonly users?: readonly DirectoryUser[] | DirectoryUserColumns | null;
  /** Default teams are not listed: every unit has one, of its own name. */
  readonly teams?: readonly DirectoryTeam[] | null;
  readonly positions?: readonly { readonly id: string; readonly parent?: string | null }[] | null;
  readonly columnProfiles?:
    | readonly {
        readonly profile: string;
        readonly users?: readonly string[] | null;
        readonly teams?: readonly string[] | null;
      }[]
    | null;
  /** Business unit -> roles of its default team, on top of those that the policy gives it. */
  readonly defaultTeamRoles?: Readonly<Record<string, readonly DirectoryRole[]>> | null;
}
