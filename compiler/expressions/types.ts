// The types of values: which are equal, which can be compared, and what a message calls them.
import type { AttributeType, Policy } from "../model/model.ts";
import type { EntityKind, ValueType } from "./typed.ts";

export const BOOL: ValueType = { kind: "Bool" };
export const LONG: ValueType = { kind: "Long" };
export const STRING: ValueType = { kind: "String" };
export const DECIMAL: ValueType = { kind: "Decimal" };
export const DATETIME: ValueType = { kind: "Datetime" };

export function entityType(of: EntityKind): ValueType {
  return { kind: "Entity", of };
}

export function sameType(a: ValueType, b: ValueType): boolean {
  if (a.kind === "Set") return b.kind === "Set" && sameElements(a.element, b.element);
  if (a.kind === "Entity") return b.kind === "Entity" && a.of === b.of;
  return a.kind === b.kind;
}

function sameElements(a: ValueType | undefined, b: ValueType | undefined): boolean {
  return a !== undefined && b !== undefined && sameType(a, b);
}

/** Whether values of the two types can be equal: of one type, or one of them a user or team and the other may be either. */
export function comparable(a: ValueType, b: ValueType): boolean {
  if (sameType(a, b)) return true;
  return a.kind === "Entity" && b.kind === "Entity" && (mayBe(a.of, b.of) || mayBe(b.of, a.of));
}

const mayBe = (a: EntityKind, b: EntityKind): boolean => a === "Principal" && (b === "User" || b === "Team");

/** The type of what an attribute holds: one of a choice is a text. */
export function valueType(type: AttributeType): ValueType {
  switch (type.kind) {
    case "Choice":
      return STRING;
    case "Set":
      return { kind: "Set", element: type.element === "Long" ? LONG : STRING };
    case "Lookup":
      return entityType(type.entity);
    case "User":
    case "Team":
    case "BusinessUnit":
    case "Principal":
      return entityType(type.kind);
    default:
      return { kind: type.kind };
  }
}

/** As the language writes it: `Set<Long>`, `Account`. */
export function typeName(type: ValueType, policy: Policy): string {
  if (type.kind === "Entity") return kindName(type.of, policy);
  if (type.kind !== "Set" || type.element === undefined) return type.kind;
  return `Set<${typeName(type.element, policy)}>`;
}

export function kindName(of: EntityKind, { entities }: Policy): string {
  return typeof of === "number" ? (entities[of]?.name ?? "") : of;
}
