import { TEAM_ACCESS, TEAM_GROUP, TEAM_OWNER } from "../../runtime-as/abi.ts";
import { BailiwickError } from "../errors.ts";
import type { Attribute, Policy } from "../policy.ts";
import { quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";
import type {
  Declarations,
  DefaultTeamRoles,
  PositionDeclaration,
  ProfileMemberDeclaration,
  Reference,
  RoleDeclaration,
  TeamDeclaration,
  UnitDeclaration,
  UserDeclaration,
  ValueDeclaration,
} from "./declarations.ts";
import {
  anyFields,
  at,
  type Fields,
  fields,
  flag,
  list,
  name,
  optionalText,
  shapeError,
  text,
} from "./json-shape.ts";
import { UserColumns } from "./user-columns.ts";

const teamKinds: ReadonlyMap<string, number> = new Map([
  ["owner", TEAM_OWNER],
  ["access", TEAM_ACCESS],
  ["group", TEAM_GROUP],
]);

function reference(of: Fields, path: string, key: string): Reference {
  return { path: at(path, key), name: text(of, path, key) };
}

function optionalReference(of: Fields, path: string, key: string): Reference | undefined {
  const named = optionalText(of, path, key);
  return named === undefined ? undefined : { path: at(path, key), name: named };
}

const readReference = (value: unknown, path: string): Reference => ({ path, name: name(value, path) });

/** A role is its name, or `{ role, businessUnit }`. */
function readRole(value: unknown, path: string): RoleDeclaration {
  if (typeof value !== "object") return { path, role: name(value, path), unit: undefined };
  const of = fields(value, path, ["role", "businessUnit"]);
  return { path, role: text(of, path, "role"), unit: optionalText(of, path, "businessUnit") };
}

function readRoles(value: unknown, path: string): RoleDeclaration[] {
  if (!Array.isArray(value)) throw shapeError(path, "an array of roles", value);
  return value.map((role, i) => readRole(role, `${path}[${i}]`));
}

function readPosition(value: unknown, path: string): PositionDeclaration {
  const of = fields(value, path, ["id", "parent"]);
  return { path, name: text(of, path, "id"), parent: optionalReference(of, path, "parent") };
}

function readDefaultTeamRoles(of: Fields): DefaultTeamRoles[] {
  const path = "defaultTeamRoles";
  const roles = anyFields(of.get(path) ?? {}, path);
  return Array.from(roles.keys(), (unit) => ({
    unit: { path: at(path, unit), name: unit },
    roles: list(roles, path, unit, readRole),
  }));
}

class DirectoryReader {
  readonly values: ValueDeclaration[] = [];
  readonly profileMembers: ProfileMemberDeclaration[] = [];
  readonly profiles: Reference[] = [];
  readonly #policy: Policy;

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  /**
   * Remembers the attribute values of a user, team or unit; their types are checked when every name is known. One may be
   * missing, optional or not, as in source: a condition that uses it ends with an error.
   */
  #attributes(
    of: Fields,
    path: string,
    kind: ValueDeclaration["of"],
    holder: string,
    declared: ReadonlyMap<string, Attribute>,
  ): void {
    const place = at(path, "attributes");
    const given = anyFields(of.get("attributes") ?? {}, place);
    for (const [attribute, value] of given) {
      if (!declared.has(attribute)) {
        throw new BailiwickError(
          "BWK425",
          `${place}: unknown attribute ${quote(attribute)}`,
          didYouMean(attribute, declared.keys()) ?? "declare it in the policy",
        );
      }
      if (value === undefined || value === null) continue;
      this.values.push({ path: at(place, attribute), attribute, of: kind, holder, value });
    }
  }

  readonly unit = (value: unknown, path: string): UnitDeclaration => {
    const of = fields(value, path, ["id", "parent", "disabled", "attributes"]);
    const name = text(of, path, "id");
    this.#attributes(of, path, "unit", name, this.#policy.unitAttributes);
    return {
      path,
      name,
      parent: optionalReference(of, path, "parent"),
      disabled: flag(of, path, "disabled"),
    };
  };

  readonly user = (value: unknown, path: string): UserDeclaration => {
    const known = ["id", "businessUnit", "roles", "manager", "position", "disabled", "attributes"];
    const of = fields(value, path, known);
    const name = text(of, path, "id");
    this.#attributes(of, path, "user", name, this.#policy.userAttributes);
    return {
      path,
      name,
      unit: reference(of, path, "businessUnit"),
      disabled: flag(of, path, "disabled"),
      roles: list(of, path, "roles", readRole),
      manager: optionalReference(of, path, "manager"),
      position: optionalReference(of, path, "position"),
    };
  };

  readonly team = (value: unknown, path: string): TeamDeclaration => {
    const known = ["id", "kind", "businessUnit", "roles", "members", "administrator", "attributes"];
    const of = fields(value, path, known);
    const name = text(of, path, "id");
    this.#attributes(of, path, "team", name, this.#policy.teamAttributes);
    const kind = teamKinds.get(optionalText(of, path, "kind") ?? "owner");
    if (kind === undefined)
      throw shapeError(at(path, "kind"), "`owner`, `access` or `group`", of.get("kind"));
    return {
      path,
      name,
      kind,
      unit: reference(of, path, "businessUnit"),
      roles: list(of, path, "roles", readRole),
      members: list(of, path, "members", readReference),
      administrator: optionalReference(of, path, "administrator"),
    };
  };

  readonly profile = (value: unknown, path: string): void => {
    const of = fields(value, path, ["profile", "users", "teams"]);
    const profile = reference(of, path, "profile");
    this.profiles.push(profile);
    for (const [kind, key] of [
      ["user", "users"],
      ["team", "teams"],
    ] as const) {
      for (const member of list(of, path, key, readReference)) {
        this.profileMembers.push({ profile, kind, member });
      }
    }
  };
}

const properties = [
  "businessUnits",
  "users",
  "teams",
  "positions",
  "columnProfiles",
  "defaultTeamRoles",
  "$schema",
];

/**
 * Reads a directory (architecture.md section 3, parsed JSON) without looking up any name.
 * Throws BWK420 with the path of what does not have the shape of a directory, BWK425 for attributes nobody declares.
 */
export function readDirectory(directory: unknown, policy: Policy): Declarations {
  const of = fields(directory, "directory", properties);
  const reader = new DirectoryReader(policy);
  const users = of.get("users");
  const inColumns = typeof users === "object" && users !== null && !Array.isArray(users);
  list(of, "", "columnProfiles", reader.profile);
  return {
    units: list(of, "", "businessUnits", reader.unit),
    users: inColumns ? [] : list(of, "", "users", reader.user),
    userColumns: inColumns ? new UserColumns(users, "users", readRoles) : undefined,
    teams: list(of, "", "teams", reader.team),
    positions: list(of, "", "positions", readPosition),
    defaultTeamRoles: readDefaultTeamRoles(of),
    profileMembers: reader.profileMembers,
    profiles: reader.profiles,
    values: reader.values,
  };
}
