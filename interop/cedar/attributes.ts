// Declared attributes in Cedar: their types, their values, and which of them are there for certain.
import type { Attribute, AttributeType, Model, PrincipalName, Value } from "../../compiler/index.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Whose attributes: an entity by number, or a built-in type. */
export type AttributesOf = number | "User" | "Team" | "BusinessUnit";

export function attributesOf({ policy }: Model, owner: AttributesOf): readonly Attribute[] {
  return typeof owner === "number" ? (policy.entities[owner]?.attributes ?? []) : policy.principals[owner];
}

/**
 * Whether Cedar is to take the attribute for optional: where it is declared so, and where something in the world lacks it
 * all the same, which Cedar would not accept as an entity.
 */
export function mayBeAbsent(model: Model, owner: AttributesOf, { name, optional }: Attribute): boolean {
  return optional || holders(model, owner).some((values) => !values.has(name));
}

const nothing: ReadonlyMap<string, Value> = new Map();

function holders({ world }: Model, owner: AttributesOf): readonly ReadonlyMap<string, Value>[] {
  if (owner === "User") return world.users.map((user) => user.attributes);
  if (owner === "Team") return world.teams.map((team) => team.attributes);
  // Units have no values in this version.
  if (owner === "BusinessUnit") return world.units.map(() => nothing);
  return world.records.filter((record) => record.entity === owner).map((record) => record.attributes);
}

export function cedarType(type: AttributeType, names: Vocabulary): string {
  switch (type.kind) {
    case "Choice":
      return "String";
    case "Decimal":
      return "decimal";
    case "Datetime":
      return "datetime";
    case "Set":
      return `Set<${type.element}>`;
    case "Lookup":
      return names.entities[type.entity] as string;
    case "Principal":
      return names.types.Principal;
    default:
      return type.kind;
  }
}

export interface EntityUid {
  readonly type: string;
  readonly id: string;
}

/** A value in Cedar's JSON. A Long beyond the exact numbers of JavaScript is a bigint. */
export type CedarValue =
  | string
  | number
  | bigint
  | boolean
  | readonly CedarValue[]
  | { readonly [key: string]: CedarValue | EntityUid };

export function reference(type: string, id: string): CedarValue {
  return { __entity: { type, id } };
}

/** A value of the common type `Principal`. */
export function principalValue({ kind, name }: PrincipalName): CedarValue {
  return kind === "user" ? { user: reference("User", name) } : { team: reference("Team", name) };
}

export function cedarValue(value: Value, type: AttributeType, names: Vocabulary): CedarValue {
  switch (value.kind) {
    case "String":
    case "Choice":
    case "Bool":
      return value.value;
    case "Long":
      return long(value.value);
    case "Decimal":
      return { __extn: { fn: "decimal", arg: value.value } };
    case "Datetime":
      return { __extn: { fn: "datetime", arg: value.value } };
    case "Set":
      return value.value.map((element) => (typeof element === "bigint" ? long(element) : element));
    case "Record":
      return reference(names.entities[value.entity] as string, value.id);
    case "Unit":
      return reference("BusinessUnit", value.name);
    case "Principal": {
      const { kind, name } = value.principal;
      if (type.kind === "Principal") return principalValue(value.principal);
      return reference(kind === "user" ? "User" : "Team", name);
    }
  }
}

function long(value: bigint): number | bigint {
  return BigInt(Number(value)) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
