import type { UserColumns } from "./user-columns.ts";

// People and places as they were declared, by name and unchecked: what the image and the directory have in common.

/** A role copy: of the holder's own unit where `unit` is undefined (semantics.md B5, B6). */
export interface RoleDeclaration {
  /** For messages: `users[3].roles[0]`. */
  readonly path: string;
  readonly role: string;
  readonly unit: string | undefined;
}

/** A name that refers to something else, and where it stands. */
export interface Reference {
  readonly path: string;
  readonly name: string;
}

export interface UnitDeclaration {
  readonly path: string;
  readonly name: string;
  readonly parent: Reference | undefined;
  readonly disabled: boolean;
}

export interface UserDeclaration {
  readonly path: string;
  readonly name: string;
  readonly unit: Reference;
  readonly disabled: boolean;
  readonly roles: readonly RoleDeclaration[];
  readonly manager: Reference | undefined;
  readonly position: Reference | undefined;
}

export interface TeamDeclaration {
  readonly path: string;
  readonly name: string;
  /** TEAM_* */
  readonly kind: number;
  readonly unit: Reference;
  readonly roles: readonly RoleDeclaration[];
  readonly members: readonly Reference[];
  readonly administrator: Reference | undefined;
}

export interface PositionDeclaration {
  readonly path: string;
  readonly name: string;
  readonly parent: Reference | undefined;
}

export interface DefaultTeamRoles {
  readonly unit: Reference;
  readonly roles: readonly RoleDeclaration[];
}

/** Attribute values wait here until every name is known: a value may be a user's name. */
export interface ValueDeclaration {
  readonly path: string;
  readonly attribute: string;
  readonly of: "user" | "team" | "unit";
  /** The name of the user, team or unit. */
  readonly holder: string;
  readonly value: unknown;
}

/** A user or team in a column profile (semantics.md F2). */
export interface ProfileMemberDeclaration {
  readonly profile: Reference;
  readonly kind: "user" | "team";
  readonly member: Reference;
}

export interface Declarations {
  readonly units: readonly UnitDeclaration[];
  readonly users: readonly UserDeclaration[];
  /** More users, in columns. */
  readonly userColumns?: UserColumns | undefined;
  readonly teams: readonly TeamDeclaration[];
  readonly positions: readonly PositionDeclaration[];
  readonly defaultTeamRoles: readonly DefaultTeamRoles[];
  readonly profileMembers: readonly ProfileMemberDeclaration[];
  /** The profiles that a directory names, with members or without. */
  readonly profiles?: readonly Reference[] | undefined;
  readonly values: readonly ValueDeclaration[];
}
